// The forms of a question besides a choice. Few pages have one.

import { stateName } from "../stage/model.js";
import { partsOf } from "./judge.js";
import { Order } from "./order.js";
import { Written } from "./written.js";

class States extends Written {
  get ends() {
    return [...this.block.querySelectorAll(".answer-end")].map((node) => ({ node, key: node.dataset.key, select: node.querySelector("select") }));
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
      node.querySelector(".answer-truth").textContent = right ? "✓" : `✗ ${this.t("predict-truth", { answer: stateName(states.get(key)) })}`;
    }
  }

  clear() {
    super.clear();
    for (const { node } of this.ends) {
      delete node.dataset.result;
      node.querySelector(".answer-truth").textContent = "";
    }
  }
}

/** Figure is a number that is typed. */
class Figure extends Written {
  get input() {
    return this.block.querySelector(".answer-input");
  }

  get mine() {
    return this.rules.read(this.rule, this.input.value.normalize("NFKC"));
  }

  get fault() {
    const wrong = this.input.value.trim() !== "" && this.mine === null;
    this.input.setAttribute("aria-invalid", String(wrong));
    return wrong ? `predict-${this.block.dataset.form}` : null;
  }

  say(answer) {
    return this.t("predict-measure", { number: answer, unit: this.block.querySelector(".answer-unit").textContent.trim() });
  }
}

class Field extends Figure {
  say(answer) {
    return answer < 10 ? answer : `${answer} (0x${Number(answer).toString(16)})`;
  }
}

const FORMS = { field: Field, number: Figure, order: Order, states: States };

/** formOf is the form of a block's question. */
export const formOf = (block, t) => new FORMS[block.dataset.form](block, t);
