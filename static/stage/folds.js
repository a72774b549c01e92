// Idle time, folded: a zigzag across the wire that says how long nothing
// happened. The last one grows while the run waits.

import { svg, set, text } from "./dom.js";
import { idle, time } from "./labels.js";
import { Layer } from "./layer.js";
import { FOLD } from "./layout.js";

/** FoldView is idle time that is over. */
class FoldView {
  constructor(fold) {
    Object.assign(this, make(), { fold });
  }

  open() {
    return false;
  }

  draw(d) {
    place(this, d, this.fold.y, "idle", this.fold.to - this.fold.from);
  }
}

export class Folds {
  constructor(parent) {
    this.parent = parent;
    this.rails = svg("path", { class: "rail", fill: "none" });
    this.over = new Layer(svg("g"), (item) => new FoldView(item.thing));
    this.reset();
  }

  reset() {
    this.over.reset();
    this.parent.replaceChildren(this.rails, this.over.node);
    this.last = null;
  }

  change() {
    this.over.change();
  }

  draw(d, part) {
    this.drawRails(d, part);
    const { folds, last } = d.layout;
    for (const f of folds.slice(this.over.items.length)) this.over.told(this.over.add(f, f.seq, d.layout), f.seq, d.layout);
    this.over.draw(d, part);
    const now = d.now();
    const y = d.model.ended ? null : d.layout.foldAt(now);
    if (y === null) {
      this.last?.node.remove();
      this.last = null;
      return;
    }
    if (!this.last) {
      this.last = make();
      this.parent.append(this.last.node);
    }
    place(this.last, d, y, "idle-yet", now - last.t);
  }

  /** drawRails draws the lifelines behind everything, as far as needed. */
  drawRails(d, { from, to }) {
    const end = Math.max(d.end(), d.layout.bottom) + 16;
    const [top, bottom] = d.items.whole ? [0, end] : [Math.max(Math.floor(from / 4) * 4, 0), Math.min(end, to)]; // dashes stay where they are
    set(this.rails, { d: [...d.columns.x.values()].map((x) => `M${x},${top} V${bottom}`).join(" ") });
  }
}

function make() {
  const line = svg("path", { class: "zigzag", fill: "none" });
  const label = svg("text", { class: "idle", "text-anchor": "middle" });
  return { line, label, node: svg("g", { class: "fold" }, line, label) };
}

/** place writes for how long nothing happened, ns nanoseconds, in the words of key. */
function place(f, d, y, key, ns) {
  const { columns: c } = d;
  const [first] = c.x.values();
  const from = first + c.band / 2 + 8;
  const to = c.names.length > 1 ? c.width - from : c.width - 12;
  const words = ns < FOLD ? time(Number(ns.toPrecision(2))) : d.t(key, { s: idle(ns) });
  const half = (words.length * d.letter) / 2 + 6;
  const middle = from + Math.max((to - from) * 0.22, half); // beside the lines of packets that wait
  set(f.line, { d: `${zigzag(from, middle - half, y)} ${zigzag(middle + half, to, y)}` });
  text(f.label, words);
  set(f.label, { x: middle, y: y + 4 });
}

function zigzag(from, to, y) {
  if (to - from < 8) return "";
  let path = `M${from},${y}`;
  for (let x = from, up = -1; x + 6 <= to; x += 6, up = -up) path += ` l6,${up * 5}`;
  return path;
}
