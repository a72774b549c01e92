// One chart: uPlot, its legend, and a cursor that keys move too. Where the
// cursor stands, and how far it is zoomed in, is the same in all charts of a
// stage: charts.js knows both.

import uPlot from "../vendor/uplot/uPlot.js";
import { el, set, svg, text } from "./dom.js";
import { nearest } from "./timesequence.js";

const HEIGHT = 220;

/** The window's edge is hidden, until it is asked for, where it is so many times as high as what was sent: all else would be one line. */
const FAR = 8;

/** How a series is drawn: its colour, its dashes, and lines (from a low end), or steps. */
const LOOKS = {
  sent: ["--link", [], "lines"], again: ["--bad", [], "lines"], sacked: ["--c-word", [], "lines"], acknowledged: ["--good", [], "steps"], top: ["--held", [6, 3], "steps"],
  cwnd: ["--link", [], "steps"], ssthresh: ["--held", [6, 3], "steps"], in_flight: ["--good", [2, 3], "steps"], rtt: ["--link", [], "steps"], rto: ["--bad", [6, 3], "steps"],
  snd_wnd: ["--link", [], "steps"], rcv_wnd: ["--good", [6, 3], "steps"], notsent: ["--held", [2, 3], "steps"],
  recv: ["--link", [], "steps"], send: ["--held", [6, 3], "steps"], accept: ["--link", [], "steps"], syn: ["--held", [2, 3], "steps"], backlog: ["--bad", [6, 3], "steps"], drops: ["--bad", [], "steps"],
};

export class Chart {
  /**
   * of says what is the same in all charts: of.range(data) the times that are
   * to be seen, of.point(t) when a time is pointed at, of.zoom(range) when
   * one is chosen, of.tell(packet), and of.style what the theme is.
   */
  constructor({ t, of }, data) {
    Object.assign(this, { t, of, data, at: null, marked: null });
    this.legend = el("ul", { class: "series" });
    this.holder = el("div", {
      class: "plot", role: "slider", tabindex: "0", "aria-label": t(`name-${data.name}`), "aria-valuemin": "0", "aria-valuemax": "0", "aria-valuenow": "0", onkeydown: (e) => this.key(e), onblur: () => of.point(null),
    });
    this.node = el("figure", { "data-testid": `chart-${data.name}` }, el("figcaption", {}, t(`chart-${data.name}`)), this.legend, this.holder);
    this.entries = data.series.map((s, i) => this.entry(s, i + 1));
    this.legend.append(...this.entries.map((e) => e.node));
  }

  /** begin draws for the first time; the node is in the page. */
  begin(width) {
    this.plot = new uPlot(this.options(width), this.columns(), this.holder);
    this.hideFar();
    for (const node of this.holder.children) set(node, { "aria-hidden": "true" });
    const { over } = this.plot;
    over.addEventListener("click", (e) => this.choose(this.hit(e)));
    over.addEventListener("mouseenter", () => { this.hovered = true; });
    over.addEventListener("mouseleave", () => {
      this.hovered = false;
      this.of.point(null);
    });
  }

  /** entry is a series in the legend: how it is drawn, its name, its value at the cursor; it hides and shows the series. */
  entry({ key }, i) {
    const [colour, dash, how] = LOOKS[key];
    const line = svg("path", { d: how === "lines" ? "M4,1 V11 M10,3 V9 M16,1 V11" : "M0,9 H10 V3 H20", fill: "none", "stroke-width": 2, "stroke-dasharray": dash.join(" ") || null });
    line.style.stroke = `var(${colour})`;
    const value = el("b", {});
    const button = el("button", { type: "button", class: "quiet", "aria-pressed": "true", onclick: () => this.toggle(i) },
      svg("svg", { width: 20, height: 12, "aria-hidden": "true" }, line), " ", this.t(key), " ", value);
    return { node: el("li", {}, button), button, value };
  }

  toggle(i) {
    this.touched = true;
    this.show(i, !this.plot.series[i].show);
  }

  show(i, yes) {
    if (this.plot.series[i].show !== yes) this.plot.setSeries(i, { show: yes });
    set(this.entries[i - 1].button, { "aria-pressed": String(yes) });
  }

  /** hideFar hides the window's edge where it is far above what was sent, unless the reader has chosen what is to be seen. */
  hideFar() {
    const { shapes, series } = this.data;
    if (!shapes || this.touched) return;
    const sent = shapes.segments.reduce((most, s) => Math.max(most, s.to), 1);
    const edge = shapes.tops.reduce((most, p) => Math.max(most, p.at), 0);
    this.show(series.findIndex((s) => s.key === "top") + 1, edge < FAR * sent);
  }

  columns() {
    return [this.data.x, ...this.data.series.map((s) => s.values)];
  }

  /** set shows other values of the same series; cursor, zoom and what is hidden stay. */
  set(data) {
    this.data = data;
    this.plot.setData(this.columns());
    this.hideFar();
    this.place(this.at);
  }

  options(width) {
    const { axis, colour, thick, narrow, letter } = this.of.style;
    return {
      width, height: HEIGHT, legend: { show: false }, scales: { x: { time: false, range: () => this.of.range() }, y: { range: (_, low, high) => this.height(low, high) } },
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => () => this.of.zoom(null) } },
      axes: [{ ...axis, label: this.t("seconds"), size: 2.4 * letter, labelSize: 1.5 * letter }, { ...axis, label: narrow ? undefined : this.t(this.data.unit), size: (narrow ? 4 : 5) * letter, labelSize: 1.6 * letter, values: (_, all) => all.map(short) }],
      series: [{}, ...this.data.series.map(({ key }, i) => {
        const [name, dash, how] = LOOKS[key];
        return {
          stroke: () => colour(name), width: (how === "lines" ? 2 : 1.5) * thick, dash, spanGaps: true, points: { show: () => how === "steps" && this.data.x.length === 1 },
          paths: how === "lines" ? (u, _, i0, i1) => this.lines(u, i, i0, i1) : uPlot.paths.stepped({ align: 1 }),
        };
      })],
      hooks: { draw: [(u) => this.marks(u)], setCursor: [(u) => this.pointed(u)], setSelect: [(u) => this.dragged(u)], setSize: [() => this.place(this.at)] },
    };
  }

  /** height is the range of values that is to be seen: from 0, of numbers of bytes from the lowest in sight. */
  height(low, high) {
    if (high === null) return [0, 1];
    if (!this.data.shapes) return [0, Math.max(1, high * 1.08)];
    const [from, to] = this.of.range();
    const lows = this.data.shapes.segments.filter((s) => s.t >= from && s.t <= to).map((s) => s.from);
    const least = lows.reduce((a, b) => Math.min(a, b), low);
    const room = Math.max(1, (high - least) * 0.08);
    return [least - room, high + room];
  }

  /** lines are the segments of a series between two points: from their low to their high ends, each end a small bar. */
  lines(u, i, i0, i1) {
    const stroke = new Path2D();
    const { values, low } = this.data.series[i];
    const bar = 2 * uPlot.pxRatio;
    for (let n = i0; n <= i1; n++) {
      if (values[n] === null) continue;
      const x = Math.round(u.valToPos(this.data.x[n], "x", true));
      const top = u.valToPos(values[n], "y", true), bottom = Math.max(u.valToPos(low[n], "y", true), top + 3);
      stroke.moveTo(x - bar, top);
      stroke.lineTo(x + bar, top);
      stroke.moveTo(x, top);
      stroke.lineTo(x, bottom);
      stroke.moveTo(x - bar, bottom);
      stroke.lineTo(x + bar, bottom);
    }
    return { stroke, fill: null, clip: null, band: null, gaps: null, flags: 0 };
  }

  /** marks writes SYN, FIN, RST and R where they belong, and a frame around what was chosen. */
  marks(u) {
    const { shapes } = this.data;
    if (!shapes) return;
    const { colour, font } = this.of.style;
    const [from, to] = this.of.range();
    const { ctx } = u;
    ctx.save();
    Object.assign(ctx, { font: font(uPlot.pxRatio), textAlign: "center", textBaseline: "bottom" });
    for (const m of shapes.marks) {
      if (m.t < from || m.t > to) continue;
      ctx.fillStyle = colour(/R|×/.test(m.text) ? "--bad" : "--ink");
      ctx.fillText(m.text, u.valToPos(m.t, "x", true), u.valToPos(m.at, "y", true) - 3 * uPlot.pxRatio);
    }
    this.frame(u, [...shapes.segments, ...shapes.acks].find((s) => s.packet === this.marked));
    ctx.restore();
  }

  frame({ ctx, valToPos }, shape) {
    if (!shape) return;
    const x = valToPos(shape.t, "x", true), top = valToPos(shape.to ?? shape.at, "y", true), bottom = valToPos(shape.from ?? shape.at, "y", true);
    const around = 6 * uPlot.pxRatio;
    Object.assign(ctx, { strokeStyle: this.of.style.colour("--focus"), lineWidth: 2 * uPlot.pxRatio });
    ctx.strokeRect(x - around, top - around, 2 * around, bottom - top + 2 * around);
  }

  /** mark puts the frame around what a packet is here. */
  mark(thing) {
    this.marked = thing;
    if (this.data.shapes) this.plot.redraw(false);
  }

  /** pointed is called when the cursor moves; where the pointer moved it, that of all charts does. */
  pointed(u) {
    if (this.hovered && u.cursor.left >= 0) this.of.point(u.posToVal(u.cursor.left, "x"), this);
  }

  dragged(u) {
    const { left, width } = u.select;
    if (width <= 2) return;
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.of.zoom([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
  }

  /** place puts the cursor at a time; null takes it away. */
  place(t) {
    this.at = t;
    const [from, to] = this.of.range();
    const left = t === null || t < from || t > to ? -10 : this.plot.valToPos(t, "x");
    if (this.plot.cursor.left !== left) this.plot.setCursor({ left, top: 0 }, false);
    this.tell();
  }

  /** tell writes the values at the cursor. */
  tell() {
    const { x, series } = this.data;
    const at = this.at === null ? -1 : last(x, this.at);
    const values = series.map(({ key, values: all }) => (at < 0 ? null : LOOKS[key][2] === "steps" ? held(all, at) : all[at]));
    this.entries.forEach(({ value }, i) => text(value, values[i] === null ? "" : figure(values[i])));
    const words = at < 0 ? this.t("no-moment") : [this.t("at", { s: x[at].toFixed(6) }), ...series.flatMap(({ key }, i) => (values[i] === null ? [] : [`${this.t(key)} ${figure(values[i])}`]))].join(", ");
    set(this.holder, { "aria-valuemax": String(x.length - 1), "aria-valuenow": String(Math.max(at, 0)), "aria-valuetext": words });
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const { x } = this.data;
    const at = this.at === null ? -1 : last(x, this.at);
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + 10, PageDown: at - 10, Home: 0, End: x.length - 1 }[e.key];
    const does = { "+": () => this.of.closer(0.5), "-": () => this.of.closer(2), 0: () => this.of.zoom(null), Enter: () => this.choose(this.packet(at)), " ": () => this.choose(this.packet(at)) }[e.key];
    if (to === undefined && !does) return;
    e.preventDefault();
    e.stopPropagation();
    if (does) does();
    else this.of.point(x[Math.max(0, Math.min(to, x.length - 1))]);
  }

  /** packet is the one at a point of the diagram. */
  packet(at) {
    const { shapes, x } = this.data;
    return shapes && [...shapes.segments, ...shapes.sacks, ...shapes.acks].find((s) => s.t === x[at])?.packet;
  }

  hit(e) {
    const { left, top } = this.plot.over.getBoundingClientRect();
    const zoom = this.plot.over.currentCSSZoom ?? 1;
    const { shapes } = this.data;
    return shapes && nearest(shapes, (e.clientX - left) / zoom, (e.clientY - top) / zoom, (t) => this.plot.valToPos(t, "x"), (v) => this.plot.valToPos(v, "y"));
  }

  choose(packet) {
    if (packet) this.of.tell(packet);
  }

  /** see draws anew what is to be seen of the times. */
  see() {
    const [min, max] = this.of.range();
    this.plot.setScale("x", { min, max });
    this.place(this.at);
  }

  size(width) {
    this.plot.setSize({ width, height: HEIGHT });
  }

  end() {
    this.plot.destroy();
    this.node.remove();
  }
}

/** last is the index of the last time that is not after t, or -1. */
function last(x, t) {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** held is the value that a step has at index i. */
function held(values, i) {
  while (i >= 0 && values[i] === null) i--;
  return i < 0 ? null : values[i];
}

const figure = (v) => (Number.isInteger(v) ? String(v) : v.toFixed(3));

/** short is a number of an axis. */
function short(v) {
  if (v === null) return "";
  if (Math.abs(v) >= 1e6) return `${+(v / 1e6).toPrecision(4)}M`;
  return Math.abs(v) >= 1e4 ? `${+(v / 1e3).toPrecision(4)}k` : String(+v.toPrecision(6));
}
