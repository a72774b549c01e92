// <ft-predict>: a question asked before the run. The right choice comes from
// the learner's own run: the server works it out from the events, and it is
// shown once the learner has chosen and the run has got that far.

import { words } from "../stage/dom.js";
import { lessonOf, record } from "./record.js";

const PAUSE = 400; // ms after the last event before the server is asked

customElements.define("ft-predict", class extends HTMLElement {
  connectedCallback() {
    this.t = words(JSON.parse(this.dataset.strings));
    this.compare = this.querySelector(".compare");
    this.addEventListener("change", () => this.choose());
    this.heard = (e) => this.progress(e.detail);
    document.addEventListener("ft-progress", this.heard);
  }

  disconnectedCallback() {
    document.removeEventListener("ft-progress", this.heard);
  }

  get mine() {
    return this.querySelector("input:checked")?.value ?? null;
  }

  choose() {
    if (this.answer) this.reveal();
    else if (this.ended) this.ask();
    else this.say(this.t("predict-kept"), "kept");
  }

  progress({ id, answer, ended, kinds }) {
    if (id !== this.run) this.begin(id);
    this.source = answer;
    this.ended = ended;
    if (this.answer || !(ended || kinds.has("state") || kinds.has("packet") || kinds.has("call") || kinds.has("exit"))) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** begin forgets what an earlier run showed; the learner's choice stays. */
  begin(id) {
    this.run = id;
    this.answer = null;
    for (const c of this.querySelectorAll(".choice")) {
      for (const name of ["data-mine", "data-answer"]) c.removeAttribute(name);
      c.querySelector(".why").open = false;
    }
    this.removeAttribute("data-result");
    if (this.mine) this.say(this.t("predict-kept"), "kept");
    else this.say("", "");
  }

  async ask() {
    const run = this.run;
    if (!this.mine) {
      if (this.ended) this.say(this.t("predict-choose"), "choose");
      return;
    }
    const answer = await fetch(this.source(this.dataset.id))
      .then((r) => (r.ok ? r.json() : null)).catch(() => null);
    if (run !== this.run || this.answer) return;
    this.answer = answer?.answer ?? null;
    if (this.answer) {
      this.reveal();
      record(lessonOf(this), { did: "answer", question: this.dataset.id, choice: this.mine, sandbox: run });
    } else if (this.ended) this.say(this.t("predict-not-reached"), "not-reached");
  }

  reveal() {
    const { mine, answer } = this;
    const name = (key) => this.choice(key)?.querySelector("label span").textContent.trim().replace(/\.$/, "") ?? key;
    for (const c of this.querySelectorAll(".choice")) {
      const key = c.querySelector("input").value;
      c.toggleAttribute("data-mine", key === mine);
      c.toggleAttribute("data-answer", key === answer);
      c.querySelector(".why").open = key === mine || key === answer;
    }
    this.dataset.result = mine === answer ? "right" : "wrong";
    this.say(this.t(mine === answer ? "predict-right" : "predict-wrong", { mine: name(mine), answer: name(answer) }), this.dataset.result);
  }

  choice(key) {
    return [...this.querySelectorAll(".choice")].find((c) => c.querySelector("input").value === key);
  }

  say(words, result) {
    this.compare.textContent = words;
    this.compare.hidden = !words;
    this.compare.dataset.result = result;
  }
});
