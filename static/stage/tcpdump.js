// The run as tcpdump prints it.

import { ToolText } from "./strace.js";

export class View extends ToolText {
  constructor(stage) {
    super(stage, "tcpdump.txt");
  }
}
