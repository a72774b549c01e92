// The text of a tool about this run, as the server prints it from the
// recording. While a run is shown as it was, it ends where it ended then.

import { text } from "./dom.js";
import { ToolText } from "./tooltext.js";

const EVERY = 1000; // ms between two questions while the run goes on

/** While a run goes on so many lines are looked through only when there are new ones. */
const MANY = 1000;

export class Printed extends ToolText {
  /** file is the recording's form on the server; Lines says which events its lines tell of. */
  constructor(stage, file, Lines, files) {
    super(stage, file, files);
    Object.assign(this, { file: `recording.${file}`, Lines, printed: [], covers: 0 });
  }

  reset() {
    super.reset();
    this.of = new this.Lines();
    this.seq = 0;
    this.shown = null;
  }

  take(e, thing) {
    this.seq = e.seq;
    this.of.take(e, thing);
  }

  draw(model) {
    this.over = Boolean(model.ended || model.past);
    const from = this.on.file(this.file);
    if (from !== this.from) Object.assign(this, { from, printed: [], covers: 0, shown: null });
    this.show();
    if (this.covers < this.seq) this.ask();
  }

  show() {
    const { seq, printed } = this;
    if (this.shown?.printed === printed && (this.shown.seq === seq || (!this.over && printed.length > MANY))) return;
    this.shown = { seq, printed };
    this.put(this.of.at(seq, printed).map((l, key) => ({ ...l, key })));
    if (this.open !== null) this.tell();
    if (this.thing) this.select(this.thing);
  }

  /** ask asks for the text anew, once a second at most. */
  ask() {
    if (this.asking) return;
    this.asking = true;
    const wait = Math.max(0, EVERY + (this.last ?? -EVERY) - performance.now());
    setTimeout(() => this.fetch().catch(() => text(this.say, this.t("failed"))).finally(() => { this.asking = false; }), wait);
  }

  async fetch() {
    this.last = performance.now();
    const { from } = this;
    const covers = this.over ? Infinity : this.seq; // a run that is over is printed as a whole
    const answer = await fetch(from);
    if (!answer.ok) throw new Error(answer.statusText);
    const printed = (await answer.text()).split("\n").filter(Boolean);
    if (from !== this.from) return; // another run has begun
    text(this.say, "");
    Object.assign(this, { printed, covers });
    this.show();
    if (covers < this.seq) setTimeout(() => this.ask()); // after this question has ended
  }
}
