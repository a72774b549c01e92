// What led to what: lines in the diagram, when they are wanted, and sentences
// beside the details of what is chosen. It is loaded when something is first
// chosen or the lines are first asked for.

import { button, el, set, sheet, svg, words } from "./dom.js";
import { flags } from "./labels.js";
import { ends } from "./packetview.js";

/**
 * links is what led to what in a run: [{kind, from, at, to, by}]. Event by of
 * the call or packet from led to event at of to; or, of the kinds again and
 * of, packet to repeats from or was made from it.
 */
export function links(model) {
  const all = [];
  for (const to of [...model.calls.values(), ...model.packets.values()]) {
    for (const { seq, cause } of new Set(Object.values(to.at))) {
      const from = model.about.get(cause);
      if (from && from !== to) all.push({ kind: "cause", from, by: cause, to, at: seq });
    }
    for (const kind of ["again", "of"]) {
      const from = model.packets.get(to[kind]);
      if (from?.at.sent && to.at.sent) all.push({ kind, from, by: from.at.sent.seq, to, at: to.at.sent.seq });
    }
  }
  return all;
}

/** chain is the links that lead to thing, back to its origin, and those that lead on from it. */
export function chain(all, thing) {
  const [to, from] = [by(all, "to"), by(all, "from")];
  const before = (thing, until) => (to.get(thing) ?? []).filter((l) => l.at <= until);
  const after = (thing, since) => (from.get(thing) ?? []).filter((l) => l.by >= since);
  const walk = (found, next) => {
    for (const l of found) for (const n of next(l)) found.add(n); // a set goes on with what is added
    return found;
  };
  const back = walk(new Set(before(thing, Infinity)), (l) => before(l.from, l.by));
  const on = walk(new Set(after(thing, 0)), (l) => after(l.to, l.at));
  return [...new Set([...back, ...on])];
}

/** by is links by one of their ends. */
function by(all, end) {
  const found = new Map();
  for (const l of all) found.set(l[end], [...(found.get(l[end]) ?? []), l]);
  return found;
}

let strings; // of the page's language, loaded once

/** causes are those of a stage. */
export async function causes(stage) {
  strings ??= fetch(new URL(`words/causes.${stage.lab.lang}.json`, import.meta.url)).then((r) => r.json());
  const [all] = await Promise.all([strings, sheet(new URL("../causes.css", import.meta.url).href)]);
  stage.causes ??= new Causes(stage, words(all));
  return stage.causes;
}

class Causes {
  constructor(stage, t) {
    Object.assign(this, { stage, t, shown: false });
    const { diagram } = stage;
    this.lines = svg("g", { class: "causes", "aria-hidden": "true", "data-testid": "causes" });
    diagram.items.node.before(this.lines);
    diagram.overlay = this;
    diagram.scroll.addEventListener("scroll", () => this.draw());
  }

  /** show draws the lines from now on, or no longer. */
  show(yes) {
    this.shown = yes;
    this.draw();
  }

  /** draw draws the lines and says the causes, where they are others than before. */
  draw() {
    const { model, marked, diagram } = this.stage;
    if (!diagram.columns) return;
    const { scrollTop, clientHeight } = diagram.scroll;
    const key = [model.seq, marked?.type, marked?.id, diagram.columns.width, diagram.scale.zoom, this.shown, this.shown && scrollTop].join();
    if (this.model === model && this.key === key) return;
    Object.assign(this, { model, key });
    const all = marked || this.shown ? this.links(model) : [];
    if (marked) this.say(all, marked);
    const seen = (l) => diagram.layout.y(l.at) > scrollTop - clientHeight && diagram.layout.y(l.by) < scrollTop + 2 * clientHeight;
    const wanted = !this.shown ? [] : marked ? chain(all, marked) : all;
    this.lines.replaceChildren(...wanted.filter(seen).map((l) => this.line(l, marked)));
  }

  /** links are those of the run so far, looked for again when there is more of it. */
  links(model) {
    if (this.of !== model || this.seq !== model.seq) Object.assign(this, { of: model, seq: model.seq, all: links(model) });
    return this.all;
  }

  /** line is a link as a curve with a tip, strong where it touches what is chosen. */
  line(l, marked) {
    const [a, b] = [this.point(l.from, l.by), this.point(l.to, l.at)];
    const bow = Math.abs(a.x - b.x) > 4 ? 0 : a.out * (l.kind === "cause" ? 16 : 34);
    const middle = (a.x + b.x) / 2;
    const [c, d] = bow ? [a.x + bow, b.x + bow] : [middle, middle];
    return svg("g", { class: l.kind, "data-testid": "cause", "data-from": name(l.from), "data-to": name(l.to), "data-near": l.from === marked || l.to === marked },
      svg("path", { d: `M${a.x},${a.y} C${c},${a.y} ${d},${b.y} ${b.x},${b.y}`, fill: "none" }),
      svg("path", { class: "tip", d: "M0,0 L-6,-3.5 L-6,3.5 Z", transform: `translate(${b.x},${b.y}) rotate(${b.x < d ? 180 : 0})` }));
  }

  /** point is where an event of a call or packet stands in the diagram, and which way is out of the band there. */
  point(thing, seq) {
    const { diagram } = this.stage;
    const y = diagram.layout.y(seq);
    if (thing.type === "call") {
      const out = diagram.atRight(thing.host) ? 1 : -1;
      return { x: diagram.columns.x.get(thing.host) + out * (diagram.columns.band / 2 + 2), y: y + 4, out };
    }
    const { x1, x2, xm, out } = ends(thing, diagram);
    if (seq === thing.at.sent?.seq) return { x: x1, y, out };
    return seq === thing.at.delivered?.seq ? { x: x2, y, out: -out } : { x: xm, y, out };
  }

  /** say says what led to thing and to what it led. */
  say(all, thing) {
    const to = all.filter((l) => l.to === thing);
    const from = all.filter((l) => l.from === thing);
    const kinds = (kind) => [...new Set(from.filter((l) => (l.kind === "again") === (kind === "repeated")).map((l) => l.to))];
    const timer = thing.again && !to.some((l) => l.kind === "cause") ? [el("p", {}, this.t("timer"))] : [];
    const lists = ["led", "repeated"].filter((kind) => kinds(kind).length > 0).map((kind) => this.sentence(kind, {}, kinds(kind)));
    this.stage.details.why.replaceChildren(...to.map((l) => this.because(l)), ...timer, ...lists);
  }

  because({ kind, from, by, to }) {
    const key = kind === "cause" ? `${to.type}-${from.type}` : kind;
    return this.sentence(key, { program: from.program, host: from.at.delivered?.seq === by ? from.to : from.from }, [from]);
  }

  /** sentence is the words of key, with a button for each of things in the place of {what}. */
  sentence(key, values, things) {
    const [before, after] = this.t(key, values).split("{what}");
    return el("p", { "data-why": key }, before, ...things.flatMap((thing, i) => [i > 0 ? ", " : "", this.choice(thing)]), after);
  }

  choice(thing) {
    const name = thing.type === "packet" ? this.t("packet", { n: thing.id, name: flags(thing).replaceAll(",", "+") }) : this.t("call", { name: thing.name, program: thing.program });
    return button(name, { class: "quiet", "data-testid": "choose-cause" }, () => this.choose(thing));
  }

  /** choose chooses a cause; the focus goes on to the cause of that. */
  choose(thing) {
    const { why } = this.stage.details;
    this.stage.select(thing);
    (why.querySelector("button") ?? why).focus();
  }
}

const name = (thing) => (thing.type === "call" ? thing.name : flags(thing));
