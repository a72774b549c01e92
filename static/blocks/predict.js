// <ft-predict>: a question asked before the run. What is right comes from the
// learner's own run: the server works it out from the events, and it is shown
// once the learner has answered and the run has got that far.

import { words } from "../stage/dom.js";
import { Choice } from "./form.js";
import { lessonOf, record } from "./record.js";

const PAUSE = 400; // ms after the last event before the server is asked

customElements.define("ft-predict", class extends HTMLElement {
  connectedCallback() {
    this.t = words(JSON.parse(this.dataset.strings));
    this.compare = this.querySelector(".compare");
    this.heard = (e) => (this.form ? this.progress(e.detail) : (this.missed = e.detail));
    document.addEventListener("ft-progress", this.heard);
    this.ready = this.equip();
  }

  /** equip gives the block its form; the script of most is loaded when there is one. */
  async equip() {
    this.form = this.dataset.form === "choice" ? new Choice(this, this.t) : (await import("./forms.js")).formOf(this, this.t);
    this.addEventListener("change", () => this.choose());
    if (this.missed) this.progress(this.missed);
    else this.choose(); // the learner may have been quicker
  }

  disconnectedCallback() {
    document.removeEventListener("ft-progress", this.heard);
  }

  choose() {
    this.kept();
    if (this.answer && this.form.mine) this.reveal();
    else if (this.ended) this.ask();
  }

  /** kept says that an answer waits for the run. */
  kept() {
    this.form.clear();
    this.removeAttribute("data-result");
    const { fault } = this.form;
    this.say(fault ? this.t(fault) : this.form.mine ? this.t("predict-kept") : "", "kept");
  }

  progress({ id, answer, ended, kinds }) {
    if (id !== this.run) this.begin(id);
    this.source = answer;
    this.ended = ended;
    if (this.answer || !(ended || kinds.has("state") || kinds.has("packet") || kinds.has("call") || kinds.has("exit"))) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** begin forgets what an earlier run showed; the learner's answer stays. */
  begin(id) {
    this.run = id;
    this.answer = null;
    this.kept();
  }

  async ask() {
    const run = this.run;
    if (!this.form.mine) {
      if (this.ended) this.say(this.t(this.form.fault ?? this.form.missing), "choose");
      return;
    }
    const answer = await fetch(this.source(this.dataset.id))
      .then((r) => (r.ok ? r.json() : null)).catch(() => null);
    if (run !== this.run || this.answer || !this.form.mine) return;
    this.answer = answer?.answer ?? null;
    if (this.answer) {
      this.reveal();
      record(lessonOf(this), { did: "answer", question: this.dataset.id, choice: this.form.mine, sandbox: run });
    } else if (this.ended) {
      const why = answer ? "not-reached" : "lost"; // the run has no answer, or nobody gave it
      this.say(this.t(`predict-${why}`), why);
    }
  }

  reveal() {
    const { mine, truth, right } = this.form.compare(this.form.mine, this.answer);
    this.dataset.result = right ? "right" : "wrong";
    this.say(this.t(right ? "predict-right" : this.form.wrong ?? "predict-wrong", { mine: this.form.say(mine), answer: this.form.say(truth) }), this.dataset.result);
  }

  say(words, result) {
    this.compare.textContent = words;
    this.compare.hidden = !words;
    this.compare.dataset.result = result;
  }
});
