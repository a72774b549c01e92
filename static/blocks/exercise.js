// <ft-exercise>: puts the learner's program to its trials, one after another,
// in runs in the lab above; the server says of each whether it passed, and
// which mistake is behind it when it did not and that is known. Who plays a
// host by hand has made the run that is judged.

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
    let stopped;
    for (const round of rounds(this.trials)) if ((stopped = await this.run(round))) break;
    if (!stopped) this.say(this.t("all-passed"), "right");
    else this.say(this.t(stopped.verdict === "failed" ? "one-failed" : "not-run", { title: stopped.trial.querySelector("p > span").textContent.trim() }), "wrong");
    enable(this.button, true);
  }

  /** run puts the program to the trials that one run judges; the first that it does not pass, with the verdict. */
  async run(round) {
    for (const t of round) this.mark(t, "running");
    const stage = document.querySelector("ft-stage");
    const id = (await this.begin(stage, round[0])) ? await ended(stage) : null;
    let first;
    for (const trial of round) {
      const { verdict, mistake } = id ? await judged(id, trial.dataset.trial) : { verdict: "not-run" };
      this.mark(trial, verdict === "passed" ? "passed" : "failed", mistake);
      if (verdict !== "passed") first ??= { trial, verdict };
    }
    return first;
  }

  /** begin starts the run that judges a trial; false when it has not begun. Who plays by hand has begun it. */
  begin(stage, trial) {
    if ("byHand" in this.dataset) {
      stage.session.stop();
      return true;
    }
    const setting = JSON.parse(trial.dataset.set);
    if (stage.lab.wired) setting.wire = { ...stage.lab.wire, ...setting.wire }; // what the learner set is no part of a trial
    stage.setLab(setting);
    return stage.session.run("run");
  }

  /** mark shows what became of a trial; a mistake that is known has a hint of its own. */
  mark(trial, state, mistake) {
    set(trial, { "data-state": state });
    text(trial.querySelector(".mark"), { passed: "✓", failed: "✗", running: "…" }[state] ?? "");
    text(trial.querySelector(".result"), this.t(`trial-${state}`));
    for (const hint of trial.querySelectorAll("[data-mistake]")) hint.hidden = hint.dataset.mistake !== mistake;
  }

  say(words, result) {
    text(this.compare, words);
    set(this.compare, { "data-result": result });
    this.compare.hidden = false;
  }
});

/** rounds are the trials by the runs that judge them. */
function rounds(trials) {
  const all = [];
  for (const t of trials) {
    if ("same" in t.dataset) all.at(-1).push(t);
    else all.push([t]);
  }
  return all;
}

/** judged is the server's verdict on the run with this id: passed, failed or not-run, and the key of the mistake when that is known. */
async function judged(id, trial) {
  const answer = await fetch(`/api/sandboxes/${id}/grades/${trial}`).then((r) => (r.ok ? r.json() : null)).catch(() => null);
  if (!answer) return { verdict: "not-run" };
  return { verdict: answer.passed ? "passed" : "failed", mistake: answer.mistake };
}

/** ended waits until the stage's run is over and gives its id; nothing when there is none, or its end was not told. */
function ended(stage) {
  return new Promise((done) => {
    const look = () => {
      const { session, model, all } = stage;
      const phase = session.phase(model);
      if (phase !== "idle" && phase !== "over") return;
      document.removeEventListener("ft-progress", look);
      done(phase === "over" && all.at(-1)?.kind === "end" ? session.id : null);
    };
    document.addEventListener("ft-progress", look);
    look();
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
