// TCP's state machine, with a token for each end that moves as the kernel
// says. The path that an end has walked is drawn strong; what it never
// reached stays grey.

import { el, set, svg } from "./dom.js";
import { stateName } from "./model.js";

/** Where each state stands, in a plane of 720 by 560, as in RFC 9293, figure 5. */
const PLACES = {
  CLOSE: [360, 30], LISTEN: [200, 110], SYN_SENT: [520, 110], SYN_RECV: [200, 200], ESTABLISHED: [360, 280],
  FIN_WAIT1: [200, 360], CLOSE_WAIT: [560, 360], FIN_WAIT2: [80, 450], CLOSING: [330, 450], LAST_ACK: [560, 450], TIME_WAIT: [200, 530],
};

/** Transitions, and the key of the words for what causes each. */
const STEPS = [
  ["CLOSE", "LISTEN", "listen"], ["CLOSE", "SYN_SENT", "connect"], ["LISTEN", "SYN_RECV", "syn"], ["SYN_SENT", "SYN_RECV", "syn-both"],
  ["SYN_SENT", "ESTABLISHED", "synack"], ["SYN_RECV", "ESTABLISHED", "ack"], ["SYN_RECV", "FIN_WAIT1", "close"], ["ESTABLISHED", "FIN_WAIT1", "close"],
  ["ESTABLISHED", "CLOSE_WAIT", "fin"], ["FIN_WAIT1", "FIN_WAIT2", "ack-fin"], ["FIN_WAIT1", "CLOSING", "fin"], ["FIN_WAIT1", "TIME_WAIT", "fin-ack"],
  ["FIN_WAIT2", "TIME_WAIT", "fin"], ["CLOSING", "TIME_WAIT", "ack-fin"], ["CLOSE_WAIT", "LAST_ACK", "close"],
];

const WIDTH = 96, HEIGHT = 26;

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on });
    this.svg = svg("svg", { class: "states", viewBox: "0 0 720 560", role: "img", "aria-label": t("label") });
    this.arrows = new Map(STEPS.map(([a, b, why]) => [`${a} ${b}`, this.arrow(a, b, why)]));
    this.boxes = new Map(Object.keys(PLACES).map((s) => [s, this.box(s)]));
    this.tokens = svg("g");
    this.svg.append(...this.arrows.values(), ...this.boxes.values(), this.tokens);
    this.walks = el("div", { class: "walks" });
    this.node = el("div", { class: "states-view" }, el("p", { class: "hint" }, t("hint")), this.svg, this.walks);
  }

  box(state) {
    const [x, y] = PLACES[state];
    return svg("g", { class: "state", "data-testid": "state-box", "data-state": state },
      svg("rect", { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT, rx: 5 }),
      svg("text", { x, y: y + 4, "text-anchor": "middle" }, stateName(state)));
  }

  arrow(a, b, why) {
    const [from, to] = edges(PLACES[a], PLACES[b]);
    const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
    return svg("g", { class: "step", "data-step": `${a} ${b}` },
      svg("path", { d: `M${from} L${to}`, fill: "none" }),
      svg("path", { class: "tip", d: "M0,0 L-8,-3.5 L-8,3.5 Z", transform: `translate(${to}) rotate(${angle})` }),
      svg("text", { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2 - 4, "text-anchor": "middle" }, this.t(why)));
  }

  reset() {
    this.ends = new Map(); // by lifeline: {socket, state, walk: [{from, to, seq, t, cause}]}
    this.events = new Map(); // things by seq, to find what caused a step
    this.fresh = true;
  }

  take(e, thing) {
    if (thing?.type === "call" || thing?.type === "packet") this.events.set(e.seq, thing);
    if (e.kind !== "state" || e.socket?.proto !== "tcp" || e.from === e.to) return;
    const known = this.ends.get(e.host);
    const own = known?.socket === e.socket.id;
    const connection = Boolean(e.socket.remote) || e.to === "SYN_SENT";
    // A lifeline's token follows its newest connection, and before there is one its listener.
    if (known && !own && !(connection && !e.from) && !(!known.connection && e.to === "LISTEN")) return;
    const end = own ? known : { socket: e.socket.id, walk: known && !known.connection && connection ? known.walk : [], connection };
    end.connection ||= connection;
    const before = e.from ?? end.walk.at(-1)?.to ?? "CLOSE";
    if (before !== (e.to ?? "CLOSE")) end.walk.push({ from: before, to: e.to ?? "CLOSE", seq: e.seq, t: e.t, cause: e.cause });
    end.state = e.to ?? "CLOSE";
    this.ends.set(e.host, end);
    this.fresh = true;
  }

  draw() {
    if (!this.fresh) return;
    this.fresh = false;
    const walked = new Set([...this.ends.values()].flatMap((end) => end.walk.map((w) => `${w.from} ${w.to}`)));
    const reached = new Set([...this.ends.values()].flatMap((end) => end.walk.flatMap((w) => [w.from, w.to])));
    const now = new Set([...this.ends.values()].map((end) => end.state));
    for (const [step, node] of this.arrows) set(node, { "data-walked": walked.has(step) });
    for (const [state, node] of this.boxes) set(node, { "data-reached": reached.has(state), "data-now": now.has(state) });
    this.drawTokens();
    this.walks.replaceChildren(...[...this.ends].map(([host, end]) => this.walk(host, end)));
  }

  drawTokens() {
    const at = new Map();
    this.tokens.replaceChildren(...[...this.ends].map(([host, end], i) => {
      const n = at.get(end.state) ?? 0;
      at.set(end.state, n + 1);
      const [x, y] = PLACES[end.state] ?? PLACES.CLOSE;
      const dx = x + WIDTH / 2 + 4 + n * 74;
      return svg("g", { class: "token", "data-testid": "token", "data-host": host, "data-state": end.state, "data-n": i % 4, transform: `translate(${dx},${y - 9})` },
        svg("rect", { width: 70, height: 18, rx: 9 }), svg("text", { x: 35, y: 13, "text-anchor": "middle" }, host));
    }));
  }

  /** walk lists the steps of an end; each is a way to what caused it. */
  walk(host, end) {
    return el("section", {}, el("h4", {}, host), el("ol", {}, ...end.walk.map((w) => {
      const thing = this.events.get(w.cause);
      const words = this.t("step", { from: stateName(w.from), to: stateName(w.to), at: (w.t / 1e9).toFixed(4) });
      return el("li", {}, thing ? el("button", { type: "button", class: "quiet", onclick: () => this.on.select(thing) }, words) : words);
    })));
  }

  select() {}
}

/** edges are where the line between two boxes leaves the one and meets the other. */
function edges(a, b) {
  return [edge(a, b), edge(b, a)];
}

function edge([x, y], [tx, ty]) {
  const dx = tx - x, dy = ty - y;
  const k = Math.min(WIDTH / 2 / Math.max(Math.abs(dx), 1e-6), HEIGHT / 2 / Math.max(Math.abs(dy), 1e-6));
  return [Math.round(x + dx * k), Math.round(y + dy * k)];
}
