// The text of a tool about this run, as the server prints it from the
// recording. Each line that tells of a call or a packet chooses it.

import { copy } from "./copy.js";
import { button, el, set, text } from "./dom.js";

const EVERY = 1000; // ms between two questions while the run goes on

export class ToolText {
  /** file is the recording's form on the server: strace.txt or tcpdump.txt. */
  constructor({ t, on }, file) {
    Object.assign(this, { t, on, file });
    this.say = el("p", { class: "hint", role: "status" }, t("hint"));
    this.lines = el("div", { class: "tool", role: "group", "aria-label": t("label"), "data-testid": `tool-${file}` });
    this.copy = button(t("copy"), {}, () => this.copied());
    this.node = el("div", {}, el("div", { class: "group" }, this.copy), this.say, this.lines);
    this.lines.addEventListener("click", (e) => this.choose(e.target.closest("button")));
  }

  reset() {
    this.things = new Map(); // by the microsecond in which they began
    this.seq = this.asked = 0;
    this.text = "";
    this.marked = null;
    this.lines.replaceChildren();
  }

  take(e, thing) {
    this.seq = e.seq;
    const begins = thing?.type === "call" ? e.phase === "enter" : thing?.type === "packet" && (e.phase === "sent" || e.phase === "made");
    if (begins) this.things.set(Math.floor(e.t / 1000), thing);
  }

  draw() {
    if (this.seq === this.asked || this.asking || Date.now() - (this.last ?? 0) < EVERY) return;
    this.asking = true;
    this.last = Date.now();
    const seq = this.seq;
    this.fetch().then(() => { this.asked = seq; }, () => text(this.say, this.t("failed"))).finally(() => { this.asking = false; });
  }

  async fetch() {
    const answer = await fetch(this.on.file(`recording.${this.file}`));
    if (!answer.ok) throw new Error(answer.statusText);
    this.text = await answer.text();
    text(this.say, this.t("hint"));
    this.lines.replaceChildren(...this.text.split("\n").filter(Boolean).map((line) => this.line(line)));
    if (this.chosen) this.select(this.chosen);
  }

  line(line) {
    const at = /(\d\d):(\d\d):(\d\d)\.(\d{6})/.exec(line);
    const thing = at && this.things.get(((+at[1] * 60 + +at[2]) * 60 + +at[3]) * 1e6 + +at[4]);
    return thing ? el("button", { type: "button", class: "line", "data-thing": `${thing.type} ${thing.id}` }, line) : el("span", { class: "line" }, line);
  }

  choose(node) {
    if (!node) return;
    const [type, id] = node.dataset.thing.split(" ");
    const thing = [...this.things.values()].find((x) => x.type === type && String(x.id) === id);
    if (thing) this.on.select(thing);
  }

  select(thing) {
    this.chosen = thing;
    for (const n of this.lines.querySelectorAll("[aria-current]")) set(n, { "aria-current": null });
    for (const n of this.lines.querySelectorAll(`[data-thing="${thing.type} ${thing.id}"]`)) set(n, { "aria-current": "true" });
  }

  async copied() {
    text(this.copy, this.t((await copy(this.text)) ? "copied" : "not-copied"));
  }
}

export class View extends ToolText {
  constructor(stage) {
    super(stage, "strace.txt");
  }
}
