// The sequence diagram: time goes down, a lifeline for each host. It is
// drawn as the events come; of what is drawn already only what is still open
// (a band, a blocked call, a packet on its way) is drawn again.

import { el, svg, set, text } from "./dom.js";
import { time } from "./labels.js";
import { Layout, columns, gap } from "./layout.js";
import { BandView } from "./band.js";
import { CallView } from "./callview.js";
import { TaskView } from "./taskview.js";
import { PacketView } from "./packetview.js";
import { HeldChips } from "./held.js";
import { Rover } from "./rover.js";
import { Folds } from "./folds.js";

/** More lanes than these at one host share the last one. */
const LANES = 8;

export class Diagram {
  /**
   * on: select(thing) when one is chosen, deliver(id), drop(id). sentence
   * says what a thing is. now gives the run's time at this moment.
   */
  constructor({ t, on, sentence, now }) {
    Object.assign(this, { t, on, sentence, now, relative: true });
    this.names = el("div", { class: "names" });
    this.back = svg("g", { "aria-hidden": "true" });
    this.bands = svg("g", { "aria-hidden": "true" });
    this.items = svg("g");
    this.svg = svg("svg", { class: "canvas", role: "group", "aria-label": t("diagram-label") }, this.back, this.bands, this.items);
    this.chips = new HeldChips(this);
    this.plane = el("div", { class: "plane" }, this.svg, this.chips.node);
    this.scroll = el("div", { class: "scroll", tabindex: "0", "aria-label": t("diagram-label"), role: "group" }, this.plane);
    this.node = el("div", { class: "diagram" }, this.names, this.scroll);
    this.rover = new Rover(this);
    this.scroll.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => this.resize()).observe(this.scroll);
    this.scroll.addEventListener("click", (e) => this.click(e));
  }

  /** reset begins a run: model is its model, empty so far. */
  reset(model) {
    this.model = model;
    this.layout = new Layout();
    this.views = new Map(); // by thing
    this.pieces = []; // views of bands
    this.dirty = new Set();
    this.live = new Set(); // views that are still open
    this.following = true;
    this.folds = new Folds(this);
    this.rover.reset();
    this.chips.reset();
    this.bands.replaceChildren();
    this.items.replaceChildren();
    this.columns = null;
  }

  /** take takes an event in, after the model has; it draws nothing yet. */
  take(e, thing) {
    const bands = this.newPieces();
    this.layout.take(e, thing, bands.length > 0);
    for (const view of [...bands, ...this.newTask(e)]) this.add(view, this.bands);
    if (thing?.type !== "call" && thing?.type !== "packet") return;
    let view = this.views.get(thing);
    if (!view) {
      view = thing.type === "call" ? new CallView(thing, this) : new PacketView(thing, this);
      this.views.set(thing, view);
      this.rover.add(view);
      this.add(view, this.items);
    }
    this.dirty.add(view);
  }

  newPieces() {
    const known = this.pieces.length;
    const all = [...this.model.hosts.values()].flatMap((h) => h.band);
    if (all.length === known) return [];
    const have = new Set(this.pieces.map((v) => v.piece));
    for (const v of this.pieces) if (this.live.has(v)) this.dirty.add(v);
    const fresh = all.filter((p) => !have.has(p)).map((p) => new BandView(p));
    this.pieces.push(...fresh);
    return fresh;
  }

  /** newTask is the line of a thread or child process that has just begun. */
  newTask(e) {
    const task = e.kind === "task" && e.phase === "began" && this.model.tasks.get(e.tid ?? e.pid);
    if (!task) return [];
    const view = new TaskView(task);
    this.views.set(task, view);
    return [view];
  }

  add(view, parent) {
    parent.append(view.node);
    this.dirty.add(view);
    this.live.add(view);
  }

  /** draw draws what changed, and what is open at this moment. */
  draw() {
    if (!this.model?.started || !this.measure()) return;
    for (const view of new Set([...this.dirty, ...this.live])) {
      view.draw(this);
      if (!view.open() || this.model.ended) this.live.delete(view);
    }
    this.dirty.clear();
    this.folds.draw(this);
    this.chips.draw(this);
    this.overlay?.draw();
    this.head();
    const height = Math.ceil(Math.max(this.end(), this.layout.bottom) + 24);
    if (this.height !== height) {
      this.height = height;
      set(this.svg, { height });
      if (this.following) this.scroll.scrollTop = this.scroll.scrollHeight;
    }
  }

  /** measure finds the columns; false while there is no room to draw in. */
  measure() {
    const width = this.scroll.clientWidth;
    if (width < 50) return false;
    const names = [...this.model.hosts.keys()];
    if (this.columns?.width === width && this.columns.names.length === names.length) return true;
    this.columns = columns(width, names);
    this.letter = { wide: 7, middle: 6.4, narrow: 5.8 }[this.columns.size];
    set(this.node, { "data-size": this.columns.size });
    set(this.svg, { width });
    for (const view of [...this.pieces, ...this.views.values()]) this.dirty.add(view);
    this.folds.clear();
    this.drawNames();
    return true;
  }

  resize() {
    if (this.model?.started) this.draw();
  }

  drawNames() {
    const hosts = [...this.model.hosts.values()];
    this.wireName = el("span", { class: "wire-name", hidden: hosts.length > 2 });
    this.names.replaceChildren(...hosts.map((h) => {
      const node = el("span", { class: "host-name" }, el("b", {}, h.name), el("small", {}, h.addrs[0] ?? ""));
      node.style.left = `${this.columns.x.get(h.name)}px`;
      return node;
    }), this.wireName);
  }

  head() {
    const w = this.model.wire;
    text(this.wireName, !w || this.model.started?.topology === "loopback" ? this.t("loopback") : w.mode === "hold" ? this.t("wire-hold") : this.t("wire-flow", { delay: time(w.delay) }));
  }

  /** end is the y of this moment, or of the end of the run. */
  end() {
    return this.model.ended ? this.layout.bottom : Math.max(this.layout.now(this.now()), this.layout.bottom - 18);
  }

  /** progress is how far a packet under way has come: the share, its y, and where it will end. */
  progress(p, y1) {
    const delay = Math.max(this.model.wire?.delay ?? 0, 1);
    const goal = Math.max(y1 + gap(delay), y1 + 14);
    const y = Math.min(Math.max(this.end(), y1 + 1), goal);
    return { share: Math.min((y - y1) / (goal - y1), 0.96), y, goal };
  }

  atRight(host) {
    const names = this.columns.names;
    return names.indexOf(host) >= names.length / 2 && names.length > 1;
  }

  /** otherThan is the x of a lifeline that is not this host's. */
  otherThan(host) {
    const { x, names } = this.columns;
    return x.get(names.find((n) => n !== host) ?? names[0]);
  }

  /** openCalls is how many calls of the same lane are open beside this one. */
  openCalls(call) {
    return [...this.live].filter((v) => v.call && v.call !== call && v.call.host === call.host && v.call.lane === call.lane && v.open()).length;
  }

  /** laneX is where the brackets of a lane are closed off; those of the first stand next to the lifeline. */
  laneX(host, lane) {
    const c = this.columns;
    const out = this.atRight(host) ? 1 : -1;
    return c.x.get(host) + out * (c.band / 2 + c.bracket - 2 + Math.min(lane, LANES) * 9);
  }

  /** slot keeps the waiting lines of held packets apart. */
  slot() {
    return this.model.held().length % 4;
  }

  scrolled() {
    const s = this.scroll;
    this.following = s.scrollTop + s.clientHeight >= s.scrollHeight - 24;
  }

  click(e) {
    const item = e.target.closest?.(".item");
    const view = item && this.rover.byNode.get(item);
    if (view) this.rover.select(view);
  }

  /** mark marks a call or packet that was chosen elsewhere, and brings it into sight. */
  mark(thing) {
    const view = this.views?.get(thing);
    if (!view || this.rover.marked === view) return;
    this.rover.mark(view);
    this.following = false;
    view.node.scrollIntoView({ block: "nearest" });
  }

  /** redraw draws everything again, after a setting changed. */
  redraw() {
    if (!this.model?.started) return;
    for (const view of this.views.values()) this.dirty.add(view);
    this.draw();
  }

  focus() {
    this.scroll.focus({ preventScroll: true });
  }
}
