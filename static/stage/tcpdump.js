// The packets of the run as tcpdump prints them.

import { Printed } from "./printed.js";
import { scaleOf, tcpdumpParts } from "./tcpdumpparts.js";
import { TcpdumpLines } from "./toollines.js";

export class View extends Printed {
  constructor(stage) {
    super(stage, "tcpdump.txt", TcpdumpLines, [["recording.tcpdump.txt", stage.t("get")], ["recording.pcapng", stage.t("get-pcapng")]]);
  }

  explain(line) {
    return tcpdumpParts(line, this.t, line.thing && scaleOf(line.thing, this.of.all.map((l) => l.thing)));
  }
}
