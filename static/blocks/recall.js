// <ft-recall>: a prediction of another lesson, asked again. The server knows
// what the learner's own run once said.

import { words } from "../stage/dom.js";
import { formOf } from "./forms.js";
import { lessonOf, tell } from "./record.js";

customElements.define("ft-recall", class extends HTMLElement {
  connectedCallback() {
    this.t = words(JSON.parse(this.dataset.strings));
    this.form = formOf(this, this.t);
    this.compare = this.querySelector(".compare");
    const button = this.querySelector("[data-testid=recall]");
    button.hidden = false;
    button.addEventListener("click", () => this.ask());
  }

  async ask() {
    const { mine } = this.form;
    if (!mine) {
      this.say(this.t(this.form.fault ?? "recall-answer"), "choose");
      return;
    }
    const said = await tell(lessonOf(this), { did: "answer", question: this.dataset.id, choice: mine, review: true });
    if (!said || mine !== this.form.mine) return; // the page says when nothing could be kept
    const { truth, right } = this.form.compare(mine, said.answer);
    this.dataset.result = right ? "right" : "wrong";
    this.say(this.t(right ? "recall-right" : this.form.wrong ?? "recall-wrong", { mine: this.form.say(mine), answer: this.form.say(truth) }), this.dataset.result);
  }

  say(words, result) {
    this.compare.textContent = words;
    this.compare.hidden = !words;
    this.compare.dataset.result = result;
  }
});
