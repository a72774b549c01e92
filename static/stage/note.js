// A note over the diagram: what has just happened, in words, for some seconds.

import { el, set, text } from "./dom.js";

/** Notes that are less apart, in nanoseconds, are said together: a start may have several. */
const MOMENT = 1e7;
const SHOWN = 8000; // ms

export class Note {
  constructor() {
    this.node = el("p", { class: "note", role: "status", hidden: true, "data-testid": "note" });
    this.reset();
  }

  /** reset takes the note of a run before away. */
  reset() {
    this.last = null;
    set(this.node, { hidden: true });
  }

  /** tell says the words of a note of the run, after those of the same moment. */
  tell(e, words) {
    const before = e.t - this.last?.t < MOMENT ? `${this.last.words} ` : "";
    this.last = { t: e.t, words: before + words };
    this.say(this.last.words, e.text);
  }

  say(words, code) {
    text(this.node, words);
    set(this.node, { hidden: false, "data-code": code });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => set(this.node, { hidden: true }), SHOWN);
  }
}
