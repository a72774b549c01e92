// <ft-quiz>: a question whose choices say, when one is chosen, why it is
// right or what misconception is behind it. All words are in the page.

import { lessonOf, record } from "./record.js";

customElements.define("ft-quiz", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (e) => this.choose(e.target.closest(".choice")));
  }

  choose(chosen) {
    if (!chosen) return;
    for (const choice of this.querySelectorAll(".choice")) {
      const mine = choice === chosen;
      choice.toggleAttribute("data-mine", mine);
      choice.querySelector(".why").open = mine;
    }
    this.dataset.result = "right" in chosen.dataset ? "right" : "wrong";
    record(lessonOf(this), { did: "answer", question: this.dataset.id, choice: chosen.querySelector("input").value, review: "review" in this.dataset });
  }
});
