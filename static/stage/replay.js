// A finished run again: a slider over its events, steps, and play. The whole
// stage shows the moment that was chosen.

import { button, el, set, text } from "./dom.js";

const SPEEDS = [0.1, 0.25, 1, 4];
const LONGEST = 1000; // ms between two events while it plays

export class Replay {
  /** seek(n) has the stage show the first n events; events are all of them. */
  constructor({ t, seek }) {
    Object.assign(this, { t, seek, events: [], at: 0 });
    this.slider = el("input", { type: "range", min: 1, step: 1, "aria-label": t("replay-slider"), "data-testid": "replay", oninput: () => this.go(Number(this.slider.value)) });
    this.where = el("output", {});
    this.playing = button(t("play"), { "data-testid": "play" }, () => this.play());
    this.speed = el("select", { "aria-label": t("speed"), "data-testid": "speed", onchange: () => this.tell() }, ...SPEEDS.map((s) => el("option", { value: s, selected: s === 1 }, `${s}×`)));
    this.shortened = el("small", { "data-testid": "shortened" }, t("pauses-shortened"));
    this.node = el("div", { class: "replay", role: "group", "aria-label": t("replay"), hidden: true }, el("b", {}, t("replay")),
      button("◀", { "aria-label": t("back-one"), "data-testid": "back-one" }, () => this.go(this.at - 1)), this.playing,
      button("▶", { "aria-label": t("on-one"), "data-testid": "on-one" }, () => this.go(this.at + 1)), this.speed, this.slider, this.where, this.shortened,
      button(t("to-end"), { "data-testid": "to-end" }, () => this.go(this.events.length)));
  }

  reset() {
    this.stop();
    this.events = [];
    set(this.node, { hidden: true });
  }

  /** ready is when a run is over: it can be replayed from now on. */
  ready(events) {
    if (!this.node.hidden) return;
    this.events = events;
    this.at = events.length;
    set(this.slider, { max: events.length });
    set(this.node, { hidden: false });
    this.tell();
  }

  go(n) {
    this.stop();
    this.to(n);
  }

  to(n) {
    this.at = Math.max(1, Math.min(n, this.events.length));
    this.seek(this.at);
    this.tell();
  }

  tell() {
    this.slider.value = String(this.at);
    const e = this.events[this.at - 1];
    const words = this.t("replay-at", { n: this.at, all: this.events.length, time: ((e?.t ?? 0) / 1e9).toFixed(4) });
    text(this.where, words);
    set(this.slider, { "aria-valuetext": words });
    set(this.shortened, { hidden: !this.events.some((e, i) => i > 0 && this.pause(this.events[i - 1], e) > LONGEST) });
  }

  /** pause is how many ms lie between two events at the speed that is chosen. */
  pause(a, b) {
    return (b.t - a.t) / 1e6 / Number(this.speed.value);
  }

  play() {
    if (this.timer) return this.stop();
    if (this.at >= this.events.length) this.to(1);
    text(this.playing, this.t("halt"));
    this.next();
  }

  next() {
    const now = this.events[this.at - 1], next = this.events[this.at];
    if (!next) return this.stop();
    const wait = Math.min(this.pause(now, next), LONGEST);
    this.timer = setTimeout(() => {
      // What happens within one frame is shown at once.
      let n = this.at + 1;
      while (this.events[n] && this.events[n].t - next.t < 16e6 * Number(this.speed.value)) n++;
      this.to(n);
      this.next();
    }, wait);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    text(this.playing, this.t("play"));
  }
}
