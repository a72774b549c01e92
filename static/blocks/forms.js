// The forms in which a question is answered. A form gives what the learner
// has answered, as the server keeps it (null until all of it is there), says
// an answer in words, and shows what is right beside it.

import { stateName } from "../stage/model.js";
import { judge, judges, partsOf } from "./judge.js";

/** formOf is the form of a block's question. */
export const formOf = (block, t) => new FORMS[block.dataset.form](block, t);

/** Form is what all forms have in common. */
class Form {
  missing = "predict-answer"; // the word for an answer that is not there

  constructor(block, t) {
    this.block = block;
    this.t = t;
    this.rule = JSON.parse(block.dataset.rule);
  }

  /** read is an answer or a truth as it is compared; one that cannot be read stays. */
  read(answer) {
    return judges[this.block.dataset.form].read(this.rule, answer) ?? answer;
  }

  /** compare shows what is right beside the learner's answer; it returns what was compared. */
  compare(mine, answer) {
    const truth = this.read(answer);
    const verdict = { mine, truth, ...judge(this.block.dataset.form, this.rule, mine, truth) };
    this.show(verdict);
    return verdict;
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

class Choice extends Form {
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

class States extends Form {
  get ends() {
    return [...this.block.querySelectorAll(".end")].map((node) => ({ node, key: node.dataset.key, select: node.querySelector("select") }));
  }

  get mine() {
    if (this.ends.some((end) => !end.select.value)) return null;
    return this.ends.map((end) => `${end.key}=${end.select.value}`).join(",");
  }

  say(answer) {
    const states = partsOf(answer);
    return this.ends.map((end) => `${end.node.querySelector("label").textContent.trim()} ${stateName(states.get(end.key))}`).join(", ");
  }

  show(verdict) {
    super.show(verdict);
    const states = partsOf(verdict.truth);
    for (const { node, key, select } of this.ends) {
      const right = select.value === states.get(key);
      node.dataset.result = right ? "right" : "wrong";
      node.querySelector(".truth").textContent = right ? "✓" : `✗ ${this.t("predict-truth", { answer: stateName(states.get(key)) })}`;
    }
  }

  clear() {
    super.clear();
    for (const { node } of this.ends) {
      delete node.dataset.result;
      node.querySelector(".truth").textContent = "";
    }
  }
}

const FORMS = { choice: Choice, states: States };
