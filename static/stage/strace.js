// The calls of the run as strace prints them.

import { Printed } from "./printed.js";
import { straceParts } from "./straceparts.js";
import { StraceLines } from "./toollines.js";

export class View extends Printed {
  constructor(stage) {
    super(stage, "strace.txt", StraceLines, [["recording.strace.txt", stage.t("get")]]);
  }

  explain(line) {
    return straceParts(line, this.t);
  }
}
