// What passes by itself on a wire that is on hold: packets are delivered
// until something is there, and then each waits again. The wire itself does
// it. It is loaded when packets are first held.

import { button, el, enable, enabled, set, text } from "./dom.js";
import { untilWords } from "./sentences.js";

/** States of an end that can be waited for. */
const STATES = ["ESTABLISHED", "CLOSE_WAIT", "TIME_WAIT", "CLOSE"];

/** choices are what can be waited for between these hosts. With more than two an end is not named. */
export function choices(hosts) {
  const ends = hosts.length > 2 ? [{}] : hosts.map((host) => ({ host }));
  return [
    { held: true }, { data: true }, ...["SYN", "FIN", "RST"].map((f) => ({ flags: [f] })), { again: true },
    ...hosts.map((host) => ({ host })), ...ends.flatMap((end) => STATES.map((state) => ({ state, ...end }))),
  ];
}

export class Until {
  /** on: command(command), wire(change). */
  constructor({ t, on, hosts }) {
    Object.assign(this, { t, on, choices: choices(hosts), passing: null });
    this.select = el("select", { "aria-label": t("until-label"), "data-testid": "until" }, ...this.choices.map((u, i) => el("option", { value: i }, untilWords(u, t))));
    this.button = button(t("deliver"), { "aria-keyshortcuts": "u", "data-testid": "until-go" }, () => this.go());
    this.node = el("span", { class: "until", role: "group", "aria-label": t("until-label") }, this.select, this.button);
  }

  /** go has packets pass until what is chosen, or those that pass wait again. */
  go() {
    if (this.node.hidden || !enabled(this.button)) return;
    if (this.passing) this.on.wire({ mode: "hold" });
    else this.on.command({ command: "deliver", until: this.choices[Number(this.select.value)] });
  }

  /** show is told whether the wire of a run is on hold, whether commands can be given, and until what packets pass. */
  show(holds, connected, passing) {
    this.passing = passing;
    set(this.node, { hidden: !holds, "data-passing": Boolean(passing) });
    text(this.button, this.t(passing ? "until-stop" : "deliver"));
    enable(this.button, connected);
  }
}
