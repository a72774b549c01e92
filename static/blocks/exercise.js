// <ft-exercise>: puts the learner's program to its trials, one after another,
// each a run in the lab above; the server says of each whether it passed.

import { enable, set, text, words } from "../stage/dom.js";

customElements.define("ft-exercise", class extends HTMLElement {
  connectedCallback() {
    this.t = words(JSON.parse(this.dataset.strings));
    this.button = this.querySelector("[data-testid=grade]");
    this.compare = this.querySelector(".compare");
    this.trials = [...this.querySelectorAll("[data-trial]")];
    this.button.parentElement.hidden = false;
    this.button.addEventListener("click", () => this.button.getAttribute("aria-disabled") || this.grade());
    for (const t of this.trials) staged(t.querySelector(".hints"));
  }

  async grade() {
    enable(this.button, false);
    this.compare.hidden = true;
    for (const t of this.trials) this.mark(t, "waiting");
    let verdict = "passed";
    for (const t of this.trials) {
      this.mark(t, "running");
      verdict = await this.run(t);
      this.mark(t, verdict === "passed" ? "passed" : "failed");
      if (verdict !== "passed") {
        const title = t.querySelector("p > span").textContent.trim();
        this.say(this.t(verdict === "failed" ? "one-failed" : "not-run", { title }), "wrong");
        break;
      }
    }
    if (verdict === "passed") this.say(this.t("all-passed"), "right");
    enable(this.button, true);
  }

  /** run puts the program to one trial: passed, failed, or not-run. */
  async run(trial) {
    const stage = document.querySelector("ft-stage");
    stage.setLab(JSON.parse(trial.dataset.set));
    await stage.session.run("run");
    const id = await ended(stage);
    if (!id) return "not-run";
    const answer = await fetch(`/api/sandboxes/${id}/grades/${trial.dataset.trial}`).then((r) => (r.ok ? r.json() : null)).catch(() => null);
    if (!answer) return "not-run";
    return answer.passed ? "passed" : "failed";
  }

  mark(trial, state) {
    set(trial, { "data-state": state });
    text(trial.querySelector(".mark"), { passed: "✓", failed: "✗", running: "…" }[state] ?? "");
    text(trial.querySelector(".result"), this.t(`trial-${state}`));
  }

  say(words, result) {
    text(this.compare, words);
    set(this.compare, { "data-result": result });
    this.compare.hidden = false;
  }
});

/** ended waits for the end of the stage's run and gives its id; nothing when there is none. */
function ended(stage) {
  const phase = () => stage.session.phase(stage.model);
  if (phase() === "idle" && !stage.session.stream) return Promise.resolve(null);
  return new Promise((done) => {
    const heard = (e) => {
      if (e.detail.id !== stage.session.id || !e.detail.ended) return;
      document.removeEventListener("ft-progress", heard);
      done(e.detail.id);
    };
    document.addEventListener("ft-progress", heard);
    if (stage.model.ended && phase() === "over") heard({ detail: { id: stage.session.id, ended: true } });
  });
}

/** staged shows the hints one by one. */
function staged(details) {
  const hints = [...details.querySelectorAll("li")];
  const more = details.querySelector("button");
  let shown = 1;
  const show = () => {
    hints.forEach((h, i) => { h.hidden = i >= shown; });
    more.hidden = shown >= hints.length;
  };
  more.addEventListener("click", () => {
    shown++;
    show();
  });
  show();
}
