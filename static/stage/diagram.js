// The sequence diagram: time goes down, a lifeline for each host. It is
// drawn as the events come; of what is drawn already only what is still open
// (a band, a blocked call, a packet on its way) is drawn again. What is far
// out of sight has a place and no nodes.

import { button, el, svg, set, text } from "./dom.js";
import { time } from "./labels.js";
import { AS_IS, Layout, columns } from "./layout.js";
import { Layer } from "./layer.js";
import { BandView } from "./band.js";
import { CallView } from "./callview.js";
import { TaskView } from "./taskview.js";
import { PacketView } from "./packetview.js";
import { HeldChips } from "./held.js";
import { Rover } from "./rover.js";
import { Folds } from "./folds.js";
import { Sight } from "./sight.js";

/** The views of what has a place in time, by its type. */
const VIEWS = { call: CallView, packet: PacketView, band: BandView, task: TaskView };

/** More lanes than these at one host share the last one. */
const LANES = 8;

export class Diagram {
  /**
   * node is its place, with a row for names and a part that scrolls. on:
   * select(thing) when one is chosen, deliver(id), drop(id). relative says
   * how sequence numbers are counted, sentence what a thing is. now gives the
   * run's time at this moment.
   */
  constructor(node, { t, on, relative, sentence, now }) {
    Object.assign(this, { node, t, on, relative, sentence, now, scale: AS_IS });
    [this.names, this.scroll] = node.children;
    const [back, bands, items] = [svg("g", { "aria-hidden": "true" }), svg("g", { "aria-hidden": "true" }), svg("g")];
    this.bands = new Layer(bands, (item) => this.view(item));
    this.items = new Layer(items, (item) => this.view(item));
    this.folds = new Folds(back);
    this.svg = svg("svg", { class: "canvas", height: 1, role: "group", "aria-label": t("diagram-label") }, back, bands, items);
    this.chips = new HeldChips(this);
    this.plane = el("div", { class: "plane" }, this.svg, this.chips.node);
    set(this.scroll, { tabindex: "0", "aria-label": t("diagram-label"), role: "group" }).append(this.plane);
    this.sight = new Sight(this.scroll, t, (more) => this.scrolled(more));
    this.further = this.zoomer("−", "-", "out", -1);
    this.closer = this.zoomer("+", "+", "in", 1);
    this.names.after(el("div", { class: "scaling" }, this.further, this.closer));
    this.scroll.after(this.sight.newest);
    this.rover = new Rover(this);
    new ResizeObserver(() => this.resize()).observe(this.scroll);
    this.scroll.addEventListener("click", (e) => this.click(e));
    this.scroll.addEventListener("wheel", (e) => this.wheel(e), { passive: false });
  }

  zoomer(label, key, name, by) {
    const words = this.t(`key-zoom-${name}`);
    return button(label, { "aria-label": words, title: words, "aria-keyshortcuts": key, "data-testid": `zoom-${name}` }, () => this.zoom((z) => z.step(by)));
  }

  /** reset begins a run: model is its model, empty so far. */
  reset(model) {
    this.model = model;
    this.told = []; // [event, thing, whether a band begins with it]
    this.open = new Map(); // calls that have not returned, by lane
    this.layout = new Layout(this.scale);
    for (const part of [this.bands, this.items, this.folds, this.rover, this.chips, this.sight]) part.reset();
    this.columns = null;
    this.named = 0; // the top below which names were placed
  }

  /** take takes an event in, after the model has; it draws nothing yet. */
  take(e, thing) {
    const pieces = this.newPieces(e);
    this.told.push([e, thing, pieces.length > 0]);
    this.layout.take(e, thing, pieces.length > 0);
    for (const p of pieces) this.takePiece(e, p);
    if (e.kind === "task") this.takeTask(e);
    if (thing?.type === "call") this.takeItem(e, thing, thing.phase === "return");
    if (thing?.type === "packet") this.takeItem(e, thing, !this.model.onWire.has(thing));
  }

  /** newPieces are the pieces of bands that begin with an event. */
  newPieces(e) {
    const hosts = e.kind === "start" || e.kind === "state" ? [...this.model.hosts.values()] : [];
    return hosts.map((h) => h.band.at(-1)).filter((p) => p?.at.seq === e.seq);
  }

  takePiece(e, piece) {
    const before = this.bands.get(this.model.hosts.get(piece.host).band.at(-2));
    if (before) this.bands.told(before, e.seq, this.layout);
    this.bands.add(piece, e.seq, this.layout);
  }

  /** takeTask takes in that a thread or child process has begun, or ended. */
  takeTask(e) {
    const task = this.model.tasks.get(e.tid ?? e.pid);
    if (!task) return;
    const item = this.bands.get(task) ?? this.bands.add(task, e.seq, this.layout);
    this.bands.told(item, task.at.ended && e.seq, this.layout);
  }

  takeItem(e, thing, over) {
    const item = this.items.get(thing) ?? this.items.add(thing, e.seq, this.layout, this.beside(thing));
    this.items.told(item, over && e.seq, this.layout);
    if (thing.type === "call") this.lane(thing)[over ? "delete" : "add"](thing);
    this.rover.current ??= item;
  }

  /** beside is how many other calls of the same lane are open, or packets are held, when one begins. In a replay as when it happened. */
  beside(thing) {
    return thing.type === "call" ? this.lane(thing).size : [...this.model.onWire].filter((p) => p.phase === "held").length % 4;
  }

  /** lane is the calls of a lane that are open. */
  lane({ host, lane }) {
    const key = `${host} ${lane}`;
    if (!this.open.has(key)) this.open.set(key, new Set());
    return this.open.get(key);
  }

  view(item) {
    const view = new VIEWS[item.thing.type](item.thing, item);
    this.rover.dress(item, view);
    return view;
  }

  /** draw draws what changed, and what is open at this moment. */
  draw() {
    if (!this.model?.started || !this.measure()) return;
    const { sight, height } = this;
    sight.grow(height, !this.model.ended && !this.model.past);
    this.bands.draw(this, sight.part);
    this.items.draw(this, sight.part, this.rover.current);
    this.keepNames();
    this.folds.draw(this, sight.part);
    this.scaled?.draw(sight.part);
    this.chips.draw(this);
    this.overlay?.draw();
    this.head();
    if (sight.grown) this.plane.style.height = `${height}px`;
  }

  get height() {
    return Math.ceil(Math.max(this.end(), this.layout.bottom) + 24);
  }

  /** scrolled draws what has come into sight. */
  scrolled(more) {
    if (!this.model?.started) return;
    if (more) this.draw();
    else this.keepNames();
  }

  /** keepNames has the names of states that began above stay in sight. */
  keepNames() {
    const { bands: { spans, items }, top } = this;
    const [from, to] = [this.named, top].sort((a, b) => a - b);
    if (from === to) return;
    this.named = top;
    for (const i of spans.within(from, to)) items[i].view?.draw(this);
  }

  /** top is below what height names stand so that they are in sight; only where much is not. */
  get top() {
    return this.items.whole && !this.scale.zoom ? 0 : this.sight.top;
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
    this.change();
    this.drawNames();
    return true;
  }

  resize() {
    if (!this.model?.started) return;
    this.draw();
    this.sight.settle();
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
    const goal = y1 + Math.max(this.scale.gap(delay), 14 * this.scale.row);
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

  /** laneX is where the brackets of a lane are closed off; those of the first stand next to the lifeline. */
  laneX(host, lane) {
    const c = this.columns;
    const out = this.atRight(host) ? 1 : -1;
    return c.x.get(host) + out * (c.band / 2 + c.bracket - 2 + Math.min(lane, LANES) * 9);
  }

  click(e) {
    const item = this.items.byNode.get(e.target.closest?.(".item"));
    if (item) this.rover.select(item);
  }

  /** mark marks a call or packet that was chosen elsewhere, and brings it into sight. */
  mark(thing) {
    const item = this.items.get(thing);
    if (!item || (this.rover.marked === item && this.sees(item))) return;
    this.rover.mark(item);
    this.sight.following = false;
    this.reveal(item);
  }

  /** sees says whether any of an item is in sight. */
  sees({ i }) {
    const { tops, ends } = this.items.spans;
    const { scrollTop, clientHeight } = this.scroll;
    return ends[i] >= scrollTop && tops[i] <= scrollTop + clientHeight;
  }

  /** reveal brings an item into sight, and the page to it. */
  reveal(item) {
    if (!item.view) {
      this.sight.go(this.layout.y(item.began));
      this.draw();
    }
    item.view?.node.scrollIntoView({ block: "nearest" });
  }

  /** change has everything drawn anew, after a setting changed. */
  change() {
    for (const part of [this.bands, this.items, this.folds]) part.change();
  }

  redraw() {
    if (!this.model?.started) return;
    this.change();
    this.draw();
  }

  wheel(e) {
    if (!e.ctrlKey) return; // a pinch has it, too
    e.preventDefault();
    this.zoom((z) => z.wheel(e));
  }

  /** zoom has act(zoom) change the scale of time. */
  async zoom(act) {
    this.scaled ??= await import("./zoom.js").then(({ Zoom }) => this.scaled ?? new Zoom(this));
    act(this.scaled);
  }

  /** scaleTo lays everything out at another scale of time. */
  scaleTo(scale) {
    this.scale = scale;
    this.layout = new Layout(scale);
    for (const [e, thing, band] of this.told) this.layout.take(e, thing, band);
    for (const layer of [this.bands, this.items]) layer.place(this.layout);
    this.folds.reset();
    this.plane.style.height = `${this.height}px`;
  }

  focus() {
    this.scroll.focus({ preventScroll: true });
  }
}
