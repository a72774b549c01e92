// How a question is answered. A form gives what the learner has answered, as
// the server keeps it (null until all of it is there), says an answer in
// words, and shows what is right beside it. Here is what all forms have in
// common, and the commonest, a choice; the others are in forms.js.

export class Form {
  missing = "predict-answer"; // the word for an answer that is not there
  wrong = null; // the word for one that is wrong, where the form has its own

  constructor(block, t) {
    this.block = block;
    this.t = t;
  }

  /** fault is the word for an answer that cannot be read. */
  get fault() {
    return null;
  }

  /** compare shows what is right beside the learner's answer; it returns what was compared. */
  compare(mine, answer) {
    const verdict = this.judge(mine, answer);
    this.show(verdict);
    return verdict;
  }

  judge(mine, truth) {
    return { mine, truth, right: mine === truth, mistake: null };
  }

  show({ mistake }) {
    this.explain((why) => why.dataset.of === "run" || why.dataset.of === String(mistake));
  }

  clear() {
    this.explain(() => false);
  }

  /** explain opens those of the explanations that are wanted, and no other. */
  explain(wanted) {
    for (const why of this.block.querySelectorAll(".why")) why.open = wanted(why);
  }
}

export class Choice extends Form {
  missing = "predict-choose";

  get all() {
    return [...this.block.querySelectorAll(".choice")];
  }

  get mine() {
    return this.block.querySelector("input:checked")?.value ?? null;
  }

  say(key) {
    const choice = this.all.find((c) => c.querySelector("input").value === key);
    return choice?.querySelector("label span").textContent.trim().replace(/\.$/, "") ?? key;
  }

  show({ mine, truth }) {
    for (const c of this.all) {
      const key = c.querySelector("input").value;
      c.toggleAttribute("data-mine", key === mine);
      c.toggleAttribute("data-answer", key === truth);
    }
    this.explain((why) => why.parentElement.matches("[data-mine], [data-answer]"));
  }

  clear() {
    super.clear();
    for (const c of this.all) for (const name of ["data-mine", "data-answer"]) c.removeAttribute(name);
  }
}
