import { Form } from "./form.js";
import { judge, judges } from "./judge.js";

/** Written is a form whose answers are compared by a rule. */
export class Written extends Form {
  constructor(block, t) {
    super(block, t);
    this.rule = JSON.parse(block.dataset.rule);
    this.rules = judges[block.dataset.form];
  }

  judge(mine, answer) {
    const truth = this.rules.read(this.rule, answer) ?? answer;
    return { mine, truth, ...judge(this.rules, this.rule, mine, truth) };
  }
}
