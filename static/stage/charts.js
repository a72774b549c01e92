// Charts of one connection: its sequence numbers against time, and what the
// kernel knows of it (TCP_INFO). They share one cursor.

import uPlot from "../vendor/uplot/uPlot.js";
import { button, el, set, sheet, text } from "./dom.js";

const HEIGHT = 220;

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on, plots: [] });
    sheet(new URL("../vendor/uplot/uPlot.css", import.meta.url).href);
    this.choice = el("select", { "aria-label": t("connection"), "data-testid": "chart-choice", onchange: () => this.show(this.choice.value) });
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.charts = el("div", { class: "charts" });
    this.table = el("details", {}, el("summary", {}, t("numbers")));
    this.table.addEventListener("toggle", () => this.table.open && this.tabulate());
    this.node = el("div", {}, el("div", { class: "group" }, el("label", {}, t("connection"), " ", this.choice), button(t("refresh"), { "data-testid": "chart-refresh" }, () => this.show(this.choice.value))),
      this.empty, this.charts, this.table);
    new ResizeObserver(() => this.resize()).observe(this.charts);
    document.addEventListener("ft-theme", () => this.plots.length > 0 && this.show(this.choice.value));
  }

  reset() {
    this.flows = new Map(); // by "src > dst": {infos: [[t, info]], packets: [packet]}
    this.count = this.shown = 0;
    this.choice.replaceChildren();
    this.clear();
  }

  flow(key) {
    if (!this.flows.has(key)) this.flows.set(key, { infos: [], packets: [] });
    return this.flows.get(key);
  }

  take(e, thing) {
    if (e.kind === "info" && e.socket.remote) this.flow(`${e.socket.local} > ${e.socket.remote}`).infos.push([e.t / 1e9, e.info]);
    if (thing?.type === "packet" && (e.phase === "sent" || e.phase === "made") && thing.summary?.proto === "TCP") {
      this.flow(`${thing.summary.src} > ${thing.summary.dst}`).packets.push(thing);
    } else if (e.kind !== "info") return;
    this.count++;
  }

  /** draw draws anew when there is more, at most once a second. */
  draw() {
    if (this.count === this.shown || Date.now() - (this.last ?? 0) < 1000) return;
    this.last = Date.now();
    const keys = [...this.flows].filter(([, f]) => f.infos.length > 0).map(([k]) => k);
    if (keys.length !== this.choice.childElementCount) {
      const chosen = this.choice.value;
      this.choice.replaceChildren(...keys.map((k) => el("option", { value: k, selected: k === chosen }, k)));
    }
    this.show(this.choice.value);
  }

  clear() {
    for (const p of this.plots) p.destroy();
    this.plots = [];
    this.charts.replaceChildren();
    this.empty.hidden = false;
  }

  show(key) {
    this.clear();
    this.shown = this.count;
    const flow = this.flows.get(key);
    if (!flow || flow.infos.length === 0) return;
    this.empty.hidden = true;
    const back = this.flows.get(key.split(" > ").reverse().join(" > "));
    this.sequence(flow, back);
    const at = flow.infos.map(([x]) => x);
    const of = (name, unit = 1) => flow.infos.map(([, i]) => (i[name] === undefined ? null : i[name] / unit));
    this.plot("window", at, [["cwnd", of("cwnd"), "--link"], ["ssthresh", of("ssthresh"), "--held"], ["in_flight", of("in_flight"), "--good"]], this.t("segments"));
    this.plot("times", at, [["rtt", of("rtt", 1e6), "--link"], ["rto", of("rto", 1e6), "--bad"]], this.t("milliseconds"));
    this.plot("windows", at, [["snd_wnd", of("snd_wnd"), "--link"], ["rcv_wnd", of("rcv_wnd"), "--good"], ["notsent", of("notsent"), "--held"]], this.t("bytes"));
    if (this.table.open) this.tabulate();
  }

  /** sequence is the time–sequence chart in tcptrace's grammar: segments, what is acknowledged, and the window above it. */
  sequence(flow, back) {
    const points = [...flow.packets.map((p) => ({ p, t: p.at.sent.t / 1e9, seq: (p.seq ?? 0) + (p.summary.len ?? 0), again: p.again })),
      ...(back?.packets ?? []).filter((p) => p.at.delivered && p.ack !== undefined).map((p) => ({ p, t: p.at.delivered.t / 1e9, ack: p.ack, top: p.ack + p.summary.window * (p.summary.flags.includes("SYN") ? 1 : this.scale(back)) }))]
      .sort((a, b) => a.t - b.t);
    const column = (f) => points.map((x) => f(x) ?? null);
    this.plot("sequence", points.map((x) => x.t), [
      ["segments", column((x) => (x.again ? null : x.seq)), "--link", "points"], ["again", column((x) => (x.again ? x.seq : null)), "--bad", "points"],
      ["acknowledged", column((x) => x.ack), "--good", "steps"], ["window-top", column((x) => x.top), "--held", "steps"],
    ], this.t("bytes"), (i) => points[i] && this.on.select(points[i].p));
  }

  /** scale is by what the windows of a direction are multiplied. */
  scale(flow) {
    const syn = flow.packets.find((p) => p.summary.flags?.includes("SYN"));
    const option = syn?.summary.options?.map((o) => /^wscale (\d+)$/.exec(o)?.[1]).find((v) => v !== undefined);
    return option === undefined ? 1 : 2 ** Number(option);
  }

  /** style is what a canvas needs to be told of the theme: a colour by its variable's name, and the width of a line. */
  style() {
    const probe = el("i", { hidden: true });
    this.charts.append(probe);
    const of = getComputedStyle(probe);
    const font = `${of.fontSize} ${of.fontFamily}`;
    const colour = (name) => {
      probe.style.color = `var(${name})`; // a variable's own value may be two colours
      return of.color;
    };
    const [ink, rule] = [colour("--ink-soft"), colour("--rule")];
    const axis = { stroke: ink, font, labelFont: font, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule } };
    return { axis, colour, thick: Number(of.getPropertyValue("--thick")), done: () => probe.remove() };
  }

  plot(name, x, series, unit, choose) {
    const holder = el("figure", { "data-testid": `chart-${name}` }, el("figcaption", {}, this.t(`chart-${name}`)));
    this.charts.append(holder);
    const { axis, colour, thick, done } = this.style();
    const plot = new uPlot({
      width: Math.max(this.charts.clientWidth, 200), height: HEIGHT, cursor: { sync: { key: "fivetuple" } }, scales: { x: { time: false } },
      axes: [{ ...axis, label: this.t("seconds") }, { ...axis, label: unit, size: 90 }],
      series: [{ label: this.t("seconds"), value: (_, v) => (v === null ? "" : v.toFixed(6)) }, ...series.map(([label, , c, how]) => ({
        label: this.t(label), stroke: colour(c), width: how === "points" ? 0 : 1.5 * thick, spanGaps: how === "steps", paths: how === "points" ? () => null : uPlot.paths.stepped({ align: 1 }),
        points: { show: how === "points", size: 5 * thick, fill: colour(c) },
      }))],
    }, [x, ...series.map(([, values]) => values)], holder);
    if (choose) plot.over.addEventListener("click", () => plot.cursor.idx !== null && choose(plot.cursor.idx));
    done();
    set(plot.root, { "aria-hidden": "true" });
    this.plots.push(plot);
  }

  resize() {
    for (const p of this.plots) p.setSize({ width: Math.max(this.charts.clientWidth, 200), height: HEIGHT });
  }

  /** tabulate writes the same numbers for reading. */
  tabulate() {
    const names = ["cwnd", "ssthresh", "in_flight", "rtt", "rto", "retransmits", "snd_wnd", "ca_state"];
    const rows = (this.flows.get(this.choice.value)?.infos ?? []).slice(-200);
    this.table.replaceChildren(this.table.firstElementChild, el("table", { class: "packets" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, this.t("seconds")), ...names.map((n) => el("th", { scope: "col" }, n)))),
      el("tbody", {}, ...rows.map(([x, info]) => el("tr", {}, el("th", { scope: "row" }, x.toFixed(6)), ...names.map((n) => el("td", {}, String(info[n] ?? ""))))))));
    text(this.table.firstElementChild, this.t("numbers"));
  }

  select() {}
}
