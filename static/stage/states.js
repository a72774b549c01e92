// TCP's state machine, with a token for each end that moves as the kernel
// says. The path that an end has walked is drawn strong; what it never
// reached stays grey. As in RFC 9293, CLOSED stands there twice: where an end
// begins, and where it comes home.

import { el, set, svg, text } from "./dom.js";
import { stateName } from "./model.js";
import { Walks } from "./walks.js";

/** Where each state stands, in a plane of 720 by 625, as in RFC 9293, figure 5. */
const PLACES = {
  CLOSE: [360, 30], LISTEN: [200, 110], SYN_SENT: [520, 110], SYN_RECV: [200, 200], ESTABLISHED: [360, 280],
  FIN_WAIT1: [200, 360], CLOSE_WAIT: [560, 360], FIN_WAIT2: [90, 450], CLOSING: [300, 450], LAST_ACK: [560, 450], TIME_WAIT: [200, 535], home: [400, 600],
};

/** Transitions, and the key of the words for what causes each. */
const STEPS = [
  ["CLOSE", "LISTEN", "listen"], ["CLOSE", "SYN_SENT", "connect"], ["LISTEN", "SYN_RECV", "syn"], ["SYN_SENT", "SYN_RECV", "syn-both"],
  ["SYN_SENT", "ESTABLISHED", "synack"], ["SYN_RECV", "ESTABLISHED", "ack"], ["SYN_RECV", "FIN_WAIT1", "close"], ["ESTABLISHED", "FIN_WAIT1", "close"],
  ["ESTABLISHED", "CLOSE_WAIT", "fin"], ["FIN_WAIT1", "FIN_WAIT2", "ack-fin"], ["FIN_WAIT1", "CLOSING", "fin"], ["FIN_WAIT1", "TIME_WAIT", "fin-ack"],
  ["FIN_WAIT2", "TIME_WAIT", "fin"], ["CLOSING", "TIME_WAIT", "ack-fin"], ["CLOSE_WAIT", "LAST_ACK", "close"], ["LAST_ACK", "CLOSE", "ack-fin"], ["TIME_WAIT", "CLOSE", "two-msl"],
];

/** Ways on which a RST, a time-out or an early close ends a connection, and where each is drawn. */
const QUIET = [
  ["LISTEN", "CLOSE", [[185, 97], [312, 28]]], ["SYN_SENT", "CLOSE", [[535, 97], [408, 28]]],
  ["SYN_RECV", "CLOSE", [[152, 200], [18, 200], [18, 606], [352, 606]]], ["FIN_WAIT1", "CLOSE", [[152, 360], [18, 360], [18, 606], [352, 606]]],
  ["FIN_WAIT2", "CLOSE", [[42, 450], [18, 450], [18, 606], [352, 606]]], ["ESTABLISHED", "CLOSE", [[376, 293], [398, 587]]],
  ["CLOSING", "CLOSE", [[315, 463], [374, 587]]], ["CLOSE_WAIT", "CLOSE", [[520, 373], [424, 587]]],
];

const QUIETLY = new Set(QUIET.map(([a, b]) => `${a} ${b}`));

const WIDTH = 96, HEIGHT = 26;

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on, lists: new Map() });
    this.svg = svg("svg", { class: "states", viewBox: "0 0 720 625", role: "img", "aria-label": t("label"), onclick: (e) => this.click(e) });
    this.arrows = new Map([
      ...QUIET.map(([a, b, way]) => [`${a} ${b}`, this.arrow(a, b, way, "", "quiet")]),
      ...STEPS.map(([a, b, why]) => [`${a} ${b}`, this.arrow(a, b, edges(PLACES[a], place(a, b)), t(why))]),
    ]);
    this.boxes = new Map(Object.keys(PLACES).map((s) => [s, this.box(s)]));
    this.others = svg("g"); // steps that are not in the table
    this.tokens = svg("g");
    this.svg.append(...this.arrows.values(), this.others, ...this.boxes.values(), this.tokens);
    this.walks = el("div", { class: "walks" });
    this.node = el("div", { class: "states-view" }, el("p", { class: "hint" }, t("hint")), el("div", { class: "states-scroll", tabindex: "0", role: "group", "aria-label": t("label") }, this.svg), el("p", { class: "hint" }, t("lines")), this.walks);
  }

  box(name) {
    const [x, y] = PLACES[name];
    const state = name === "home" ? "CLOSE" : name;
    return svg("g", { class: "state", "data-testid": "state-box", "data-state": state, "data-home": name === "home" },
      svg("rect", { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT, rx: 5 }),
      svg("text", { x, y: y + 4, "text-anchor": "middle" }, stateName(state)));
  }

  /** arrow leads along points; its words stand in the middle. */
  arrow(a, b, points, words, kind) {
    const [from, to] = points.slice(-2);
    const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
    return svg("g", { class: "step", "data-step": `${a} ${b}`, "data-kind": kind },
      svg("path", { class: "hit", d: `M${points.join(" L")}`, fill: "none" }), svg("path", { class: "line", d: `M${points.join(" L")}`, fill: "none" }),
      svg("path", { class: "tip", d: "M0,0 L-8,-3.5 L-8,3.5 Z", transform: `translate(${to}) rotate(${angle})` }),
      svg("text", { x: between(from[0], to[0], kind), y: between(from[1], to[1], kind) - 4, "text-anchor": "middle" }, words));
  }

  reset() {
    this.of = new Walks();
    this.chosen = null;
    this.fresh = true;
    this.drawOthers([]);
    this.walks.replaceChildren();
    this.lists.clear();
  }

  take(e, thing) {
    if (this.of.take(e, thing)) this.fresh = true;
  }

  get ends() {
    return [...this.of.ends.values()];
  }

  draw() {
    if (!this.fresh) return;
    this.fresh = false;
    const steps = this.ends.flatMap((end) => end.walk);
    this.drawOthers(steps);
    const walked = new Set(steps.map(name));
    const marked = new Set(steps.filter((w) => this.marks(w)).map(name));
    const reached = new Set(steps.flatMap((w) => [w.from, where(w)]));
    const now = new Set(this.ends.map((end) => standing(end)));
    for (const [step, node] of this.arrows) set(node, { "data-walked": walked.has(step), "data-marked": marked.has(step) });
    for (const [state, node] of this.boxes) set(node, { "data-reached": reached.has(state), "data-now": now.has(state) });
    this.drawTokens();
    for (const end of this.ends) this.list(end);
  }

  /** drawOthers draws those of steps that are not in the table, dashed: what lay between went by unseen. */
  drawOthers(steps) {
    for (const [step, node] of this.arrows) if (node.parentNode === this.others) this.arrows.delete(step);
    this.others.replaceChildren();
    for (const w of steps) if (!this.arrows.has(name(w))) this.drawOther(w);
  }

  drawOther(w) {
    const node = this.arrow(w.from, w.to, edges(PLACES[w.from] ?? PLACES.CLOSE, PLACES[where(w)] ?? PLACES.CLOSE), this.t("unlisted"), "other");
    this.arrows.set(name(w), node);
    this.others.append(node);
  }

  drawTokens() {
    const at = new Map();
    this.tokens.replaceChildren(...this.ends.map((end, i) => {
      const state = standing(end);
      const n = at.get(state) ?? 0;
      at.set(state, n + 1);
      const [x, y] = PLACES[state] ?? PLACES.CLOSE;
      const dx = x + WIDTH / 2 + 4 + n * 74;
      return svg("g", { class: "token", "data-testid": "token", "data-host": end.host, "data-state": end.state, "data-home": state === "home", "data-n": i % 4, transform: `translate(${dx},${y - 9})` },
        svg("rect", { width: 70, height: 18, rx: 9 }), svg("text", { x: 35, y: 13, "text-anchor": "middle" }, end.host));
    }));
  }

  /** list lists the steps of an end; each is a way to what caused it. */
  list(end) {
    let l = this.lists.get(end.host);
    if (l?.end !== end) {
      const before = l?.node;
      const ol = el("ol", {});
      l = { end, ol, steps: [], node: el("section", { "data-host": end.host }, el("h4", {}, end.host), ol) };
      this.lists.set(end.host, l);
      if (before) before.replaceWith(l.node);
      else this.walks.append(l.node);
    }
    for (const w of end.walk.slice(l.steps.length)) {
      const node = el("button", { type: "button", class: "quiet", "data-testid": "walked", "data-step": name(w), onclick: () => this.choose(w) });
      text(node, this.t(w.cause ? "step" : "step-by-timer", { from: stateName(w.from), to: stateName(w.to), at: (w.t / 1e9).toFixed(4) }));
      l.steps.push([w, node]);
      l.ol.append(el("li", {}, node));
    }
    for (const [w, node] of l.steps) set(node, { "aria-current": this.marks(w) ? "true" : null });
  }

  /** marks says whether a step is the one that was chosen, or by what was. */
  marks(w) {
    return this.chosen !== null && (w === this.chosen || w.cause === this.chosen);
  }

  /** choose chooses what caused a step; one that a timer made, the step itself. */
  choose(w) {
    if (w.cause) this.on.select(w.cause);
    else this.select(w);
  }

  click(e) {
    const step = e.target.closest?.(".step");
    const w = this.ends.flatMap((end) => end.walk).findLast((x) => this.arrows.get(name(x)) === step);
    if (w) this.choose(w);
  }

  select(thing) {
    this.chosen = thing;
    this.fresh = true;
    this.draw();
  }
}

/** name is the arrow that a step is drawn by: one of the table, or one of its own. */
const name = ({ from, to, unseen }) => (unseen && QUIETLY.has(`${from} ${to}`) ? `${from} ${to} unseen` : `${from} ${to}`);

/** between is where the words of an arrow stand: in its middle, of one that is not in the table where no others do. */
const between = (a, b, kind) => a + (b - a) * (kind === "other" ? 0.72 : 0.5);

/** where is the box that a step leads to: an end that was connected comes home, one that was not is where it began. */
const where = ({ from, to }) => (to === "CLOSE" && from !== "LISTEN" && from !== "SYN_SENT" ? "home" : to);

const place = (from, to) => PLACES[where({ from, to })];

/** standing is the box in which an end stands. */
const standing = (end) => (end.walk.length > 0 ? where(end.walk.at(-1)) : end.state);

/** edges are where the line between two boxes leaves the one and meets the other. */
function edges(a, b) {
  return [edge(a, b), edge(b, a)];
}

function edge([x, y], [tx, ty]) {
  const dx = tx - x, dy = ty - y;
  const k = Math.min(WIDTH / 2 / Math.max(Math.abs(dx), 1e-6), HEIGHT / 2 / Math.max(Math.abs(dy), 1e-6));
  return [Math.round(x + dx * k), Math.round(y + dy * k)];
}
