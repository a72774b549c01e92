// Idle time, folded: a zigzag across the wire that says how long nothing
// happened. The last one grows while the run waits.

import { svg, set, text } from "./dom.js";
import { idle } from "./labels.js";

export class Folds {
  constructor(d) {
    this.parent = d.back;
    this.clear();
  }

  clear() {
    this.parent.replaceChildren();
    this.drawn = 0;
    this.last = null;
    this.rails = null;
  }

  draw(d) {
    this.drawRails(d);
    const { folds, last } = d.layout;
    for (; this.drawn < folds.length; this.drawn++) {
      const f = folds[this.drawn];
      this.parent.append(this.place(this.make(), d, f.y, "idle", f.to - f.from).node);
    }
    const now = d.now();
    const y = d.model.ended ? null : d.layout.foldAt(now);
    if (y === null) {
      this.last?.node.remove();
      this.last = null;
      return;
    }
    if (!this.last) {
      this.last = this.make();
      this.parent.append(this.last.node);
    }
    this.place(this.last, d, y, "idle-yet", now - last.t);
  }

  /** drawRails draws the lifelines behind everything, as far down as needed. */
  drawRails(d) {
    if (!this.rails) {
      this.rails = svg("path", { class: "rail", fill: "none" });
      this.parent.prepend(this.rails);
    }
    const bottom = Math.max(d.end(), d.layout.bottom) + 16;
    set(this.rails, { d: [...d.columns.x.values()].map((x) => `M${x},0 V${bottom}`).join(" ") });
  }

  make() {
    const line = svg("path", { class: "zigzag", fill: "none" });
    const label = svg("text", { class: "idle", "text-anchor": "middle" });
    return { line, label, node: svg("g", { class: "fold" }, line, label) };
  }

  /** place writes for how long nothing happened, ns nanoseconds, in the words of key. */
  place(f, d, y, key, ns) {
    const { columns: c } = d;
    const [first] = c.x.values();
    const from = first + c.band / 2 + 8;
    const to = c.names.length > 1 ? c.width - from : c.width - 12;
    const words = d.t(key, { s: idle(ns) });
    const half = (words.length * d.letter) / 2 + 6;
    const middle = from + Math.max((to - from) * 0.22, half); // beside the lines of packets that wait
    set(f.line, { d: `${zigzag(from, middle - half, y)} ${zigzag(middle + half, to, y)}` });
    text(f.label, words);
    set(f.label, { x: middle, y: y + 4 });
    return f;
  }
}

function zigzag(from, to, y) {
  if (to - from < 8) return "";
  let path = `M${from},${y}`;
  for (let x = from, up = -1; x + 6 <= to; x += 6, up = -up) path += ` l6,${up * 5}`;
  return path;
}
