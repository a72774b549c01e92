// Charts of one socket or connection: its sequence numbers against time, its
// queues, and what the kernel knows of it (TCP_INFO). They share one cursor,
// with each other and with the diagram, and one zoom.

import { Chart } from "./chart.js";
import { ChartTable } from "./charttable.js";
import { button, el, enable, sheet, text } from "./dom.js";
import { Measures } from "./measures.js";
import { Pointer } from "./pointer.js";

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on, charts: [], tables: [], zoomed: null, at: null });
    sheet(new URL("../vendor/uplot/uPlot.css", import.meta.url).href);
    this.choice = el("select", { "aria-label": t("connection"), "data-testid": "chart-choice", onchange: () => this.choose(this.choice.value) });
    this.whole = button(t("whole"), { "data-testid": "chart-whole" }, () => this.zoom(null));
    this.moment = el("output", { "data-testid": "chart-moment" });
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.holder = el("div", { class: "charts" });
    this.node = el("div", {}, el("div", { class: "group" }, el("label", {}, t("connection"), " ", this.choice), this.whole, this.moment), el("p", { class: "hint" }, t("hint")), this.empty, this.holder);
    this.pointer = new Pointer(on, (time) => this.holder.clientWidth > 0 && this.point(time, this.pointer));
    new ResizeObserver(() => this.resize()).observe(this.holder);
    document.addEventListener("ft-theme", () => this.build(this.charts.map((c) => c.data)));
    enable(this.whole, false);
  }

  /** reset begins with a run of which nothing is known yet; what is drawn stays until it is drawn anew. */
  reset() {
    this.of = new Measures();
    this.marked = null;
    this.drawn = -1;
  }

  take(e, thing) {
    this.of.take(e, thing);
  }

  /** draw draws what is new: as often as it takes little of the time. */
  draw() {
    if (this.drawn === this.of.count || this.timer) return;
    const wait = Math.max(0, (this.next ?? 0) - performance.now());
    if (wait > 0) {
      this.timer = setTimeout(() => {
        this.timer = null;
        this.draw();
      }, wait);
      return;
    }
    const began = performance.now();
    this.drawn = this.of.count;
    this.options();
    this.show();
    this.next = performance.now() + Math.max(100, 10 * (performance.now() - began));
  }

  options() {
    const all = this.of.choices();
    const chosen = this.chosen && all.some((c) => c.key === this.chosen) ? this.chosen : all[0]?.key ?? "";
    const written = all.map((c) => [c.key, this.name(c)]);
    if (JSON.stringify(written) !== this.written) {
      this.written = JSON.stringify(written);
      this.choice.replaceChildren(...written.map(([value, words]) => el("option", { value }, words)));
    }
    this.choice.value = chosen;
    this.key = chosen;
  }

  name({ key, kind, socket }) {
    return kind === "connection" ? key : this.t(`kind-${kind}`, { local: socket.local ?? "*", program: socket.program ?? "", fd: socket.fd ?? "–" });
  }

  /** choose shows another socket. */
  choose(key) {
    this.chosen = this.key = this.choice.value = key;
    this.zoomed = null;
    enable(this.whole, false);
    this.show();
  }

  /** show draws the chosen socket; charts that are there already get their new values. */
  show() {
    const all = this.of.charts(this.key);
    this.empty.hidden = all.length > 0;
    const same = this.shown === this.key && all.length === this.charts.length && all.every((d, i) => d.name === this.charts[i].data.name);
    this.shown = this.key;
    this.times(all);
    if (!same) this.build(all);
    else all.forEach((data, i) => this.charts[i].set(data));
    all.forEach((data, i) => this.tables[i].set(data));
  }

  /** build makes the charts anew. */
  build(all) {
    for (const c of this.charts) c.end();
    this.charts = [];
    if (all.length === 0) return this.tables.splice(0);
    this.style = style(this.holder);
    const kept = this.tables.map((table) => table.node.open);
    this.charts = all.map((data) => new Chart({ t: this.t, of: this }, data));
    this.tables = all.map((data) => new ChartTable(this.t, data.name, (packet) => this.tell(packet)));
    this.charts.forEach((c, i) => {
      c.node.append(this.tables[i].node);
      this.holder.append(c.node);
      c.begin(this.width());
      c.mark(this.marked);
      c.place(this.at);
      this.tables[i].node.open = kept[i] ?? false;
      this.tables[i].set(all[i]);
    });
    return undefined;
  }

  /** resize fits the charts to the room there is; what is out of sight has none, and waits. */
  resize() {
    const { clientWidth } = this.holder;
    if (clientWidth === 0 || this.charts.length === 0) return;
    if (isNarrow(clientWidth) !== this.style.narrow) this.build(this.charts.map((c) => c.data));
    else for (const c of this.charts) c.size(this.width());
  }

  width() {
    return Math.max(this.holder.clientWidth, 200);
  }

  /** times finds the first and the last moment of all charts. */
  times(all) {
    const ends = all.flatMap(({ x }) => [x[0], x.at(-1)]);
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    const room = Math.max(1e-6, (last - first) * 0.02);
    this.all = ends.length > 0 ? [first - room, last + room] : [0, 1];
  }

  /** range is the times that are to be seen. */
  range() {
    return this.zoomed ?? this.all;
  }

  zoom(range) {
    this.zoomed = range;
    enable(this.whole, range !== null);
    for (const c of this.charts) c.see();
  }

  /** closer zooms by a factor around the cursor. */
  closer(by) {
    const [from, to] = this.range();
    const middle = this.at ?? (from + to) / 2;
    const [a, b] = [middle - (middle - from) * by, middle + (to - middle) * by];
    this.zoom(a <= this.all[0] && b >= this.all[1] ? null : [Math.max(a, this.all[0]), Math.min(b, this.all[1])]);
  }

  /** point puts the cursor of all charts at a time, and the line in the diagram; null where it was chosen to be. from is what is pointed at. */
  point(time, from) {
    this.at = time ?? this.chosenAt();
    for (const c of this.charts) {
      if (c === from && time !== null) {
        c.at = time;
        c.tell();
      } else c.place(this.at);
    }
    text(this.moment, this.at === null ? "" : this.t("at", { s: this.at.toFixed(6) }));
    if (from !== this.pointer) this.pointer.show(time);
  }

  /** chosenAt is when began what was chosen. */
  chosenAt() {
    return this.marked ? Math.min(...Object.values(this.marked.at).map((a) => a.t)) / 1e9 : null;
  }

  /** tell has a packet chosen everywhere. */
  tell(packet) {
    this.on.select(packet);
  }

  /** select marks what was chosen anywhere; of a packet the connection that carries it is shown. */
  select(thing) {
    this.marked = thing;
    const { src, dst } = thing.summary ?? {};
    if (thing.summary?.proto === "TCP" && ![`${src} > ${dst}`, `${dst} > ${src}`].includes(this.key) && this.of.sockets.has(`${src} > ${dst}`)) {
      this.choose(`${src} > ${dst}`);
    }
    for (const c of this.charts) c.mark(thing);
    this.point(null);
  }
}

/** isNarrow says of a width that axes have to do without words. */
const isNarrow = (width) => width < 480;

/** style is what a canvas needs to be told of the theme: colours by their variables' names, fonts, and how thick lines are. */
function style(holder) {
  const probe = el("i", { hidden: true });
  holder.append(probe);
  const of = getComputedStyle(probe);
  const { fontSize, fontFamily } = of;
  const thick = Number(of.getPropertyValue("--thick"));
  const colours = new Map();
  const colour = (name) => {
    if (!colours.has(name)) {
      holder.append(probe);
      probe.style.color = `var(${name})`; // a variable's own value may be two colours
      colours.set(name, of.color);
      probe.remove();
    }
    return colours.get(name);
  };
  const [ink, rule] = [colour("--ink-soft"), colour("--rule")];
  const font = `${fontSize} ${fontFamily}`;
  const letter = parseFloat(fontSize);
  return {
    colour, thick, letter, narrow: isNarrow(holder.clientWidth), font: (ratio) => `700 ${letter * ratio}px ${fontFamily}`,
    axis: { stroke: ink, font, labelFont: font, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule } },
  };
}
