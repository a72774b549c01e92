// What a screen reader hears of a live run: its sentences, from a place that
// no tab hides. A run tells more than anybody can listen to, so some are
// spoken, and of the others how many there are.

import { el } from "./dom.js";

const AT_ONCE = 3; // sentences that are spoken together
const PAUSE = 3000; // ms until the next ones

export class Voice {
  constructor(t) {
    this.t = t;
    this.waiting = [];
    this.node = el("div", { class: "voice", role: "log", "aria-live": "polite", "aria-label": t("narrative"), "data-testid": "voice" });
  }

  /** hear takes in what was told. Notes the stage says by itself. */
  hear(told) {
    this.waiting.push(...told.filter((s) => s.kind !== "note").map((s) => s.words));
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.speak(), 100); // what comes together is spoken together
  }

  speak() {
    this.timer = this.waiting.length > 0 ? setTimeout(() => this.speak(), PAUSE) : null;
    if (!this.timer) return;
    const said = this.waiting.slice(0, AT_ONCE);
    const more = this.waiting.length - said.length;
    this.waiting = [];
    this.node.replaceChildren(...[...said, ...(more > 0 ? [this.t("and-more", { n: more })] : [])].map((words) => el("p", {}, words)));
  }

  /** hush ends it in the middle. */
  hush() {
    clearTimeout(this.timer);
    this.timer = null;
    this.waiting = [];
    this.node.replaceChildren();
  }
}
