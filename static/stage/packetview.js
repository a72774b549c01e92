// A packet as an arrow from one lifeline to another. It leaves where it was
// sent and ends where it was delivered; one that is held waits in the middle
// of the wire, one that is dropped ends there with a cross.

import { named, svg, set, text } from "./dom.js";
import { fit, flags, packetLabels } from "./labels.js";
import { LEG, ROW } from "./layout.js";

/** How far from its sender a label begins. */
const BESIDE = 24;

export class PacketView {
  constructor(packet, { beside, began }) {
    Object.assign(this, { packet, began, slot: beside }); // the slot keeps the waiting lines of held packets apart
    this.line = svg("path", { class: "arrow", fill: "none" });
    this.hit = svg("path", { class: "hit", fill: "none" });
    this.head = svg("path", { class: "head" });
    this.cross = svg("path", { class: "cross", fill: "none" });
    this.label = svg("text", { class: "label", "text-anchor": "middle" });
    this.why = svg("text", { class: "why", "text-anchor": "middle" });
    this.node = svg("g", {
      class: "packet item", role: "button", "aria-label": flags(packet), tabindex: "-1", "data-testid": "packet",
      "data-packet": packet.id, "data-flags": flags(packet), "data-proto": packet.summary?.proto,
      "data-seq": String(began),
    }, this.hit, this.line, this.head, this.cross, this.label, this.why);
  }

  open() {
    return this.packet.phase === "sent" || this.packet.phase === "held";
  }

  draw(d) {
    const p = this.packet;
    const e = ends(p, d, this.slot);
    const y1 = d.layout.y(this.began);
    const points = p.at.held ? this.heldWay(d, e, y1) : this.way(d, e, y1);
    set(this.node, { "data-phase": p.phase, "data-again": Boolean(p.again), "data-made": p.made, "data-changed": p.changed, "data-derived": Boolean(p.derived), "data-own": Boolean(d.own?.(p)) });
    const path = `M${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" L")}`;
    set(this.line, { d: path });
    set(this.hit, { d: path });
    this.finish(d, points);
    this.name(d, e, y1, points);
    set(this.node, { "aria-label": named(this.node, d.sentence(p)) });
  }

  way(d, e, y1) {
    const p = this.packet;
    const last = p.at.delivered ?? p.at.dropped;
    if (!last) {
      const { share, y } = d.progress(p, y1);
      return [[e.x1, y1], [e.x1 + (e.x2 - e.x1) * share, y]];
    }
    return [[e.x1, y1], [p.at.dropped ? e.xm : e.x2, d.layout.y(last.seq)]];
  }

  heldWay(d, e, y1) {
    const p = this.packet;
    const wait = d.layout.y(p.at.held.seq);
    const start = [[e.x1, y1], [e.xm, wait]];
    if (p.at.dropped) return [...start, [e.xm, d.layout.y(p.at.dropped.seq)]];
    if (!p.at.delivered) return [...start, [e.xm, Math.max(d.end(), wait)]];
    const y2 = d.layout.y(p.at.delivered.seq);
    return [...start, [e.xm, Math.max(y2 - LEG, wait)], [e.x2, y2]];
  }

  /** finish draws the arrow's head, or the cross of a packet that was dropped. */
  finish(d, points) {
    const p = this.packet;
    const [x, y] = points.at(-1);
    const before = points.at(-2);
    const angle = (Math.atan2(y - before[1], x - before[0]) * 180) / Math.PI;
    set(this.head, p.at.delivered
      ? { d: d.scale.row < 1 ? "M0,0 l-6,-2.5 v5 Z" : "M0,0 L-9,-4 L-9,4 Z", transform: `translate(${round(x)},${round(y)}) rotate(${round(angle)})` }
      : { d: null, transform: null });
    const dropped = p.phase === "dropped" || p.phase === "discarded";
    set(this.cross, { d: dropped ? `M${x - 6},${y - 6} l12,12 m0,-12 l-12,12` : null });
    text(this.why, dropped ? d.layout.written(p.at[p.phase].seq, d.t(`reason-${p.reason}`).replace(/^reason-/, "")) : "");
    set(this.why, { x, y: y + 20 });
  }

  /** name writes the label along the line; of a packet that was held, where it waited. */
  name(d, e, y1, points) {
    const p = this.packet;
    const room = (width) => Math.max(Math.floor((width - 14) / d.letter), 3);
    const labels = packetLabels(p, d.t, d.relative);
    const whole = Math.abs(e.x2 - e.x1);
    if (p.at.held) {
      text(this.label, p.phase === "held" && !d.model.ended && !d.model.past ? "" : d.layout.written(this.began, fit(labels, room(whole))));
      const y = d.layout.y(p.at.held.seq) + 15;
      set(this.label, { x: round((e.x1 + e.x2) / 2), y, transform: null, "text-anchor": "middle" });
      return;
    }
    const [xa, ya] = points[0];
    const [xb, yb] = p.phase === "sent" ? [e.x2, d.progress(p, y1).goal] : points.at(-1);
    let angle = (Math.atan2(yb - ya, xb - xa) * 180) / Math.PI;
    if (angle > 90) angle -= 180;
    if (angle < -90) angle += 180;
    const { share, anchor } = place(xb - xa, yb - ya);
    const x = round(xa + (xb - xa) * share);
    const y = round(ya + (yb - ya) * share - 5);
    text(this.label, d.layout.written(this.began, fit(labels, room(Math.abs(xb - xa)))));
    set(this.label, { x, y, transform: `rotate(${round(angle)} ${x} ${y})`, "text-anchor": anchor });
  }
}

/**
 * place is where along an arrow its label stands: beside its sender when it is
 * long under way. There arrows are a row apart, while they may arrive close
 * together, or cross those of the other end. Otherwise in the middle.
 */
function place(across, down) {
  if (down < 1.5 * ROW || across === 0) return { share: 0.5, anchor: "middle" };
  return { share: BESIDE / Math.abs(across), anchor: across > 0 ? "start" : "end" };
}

const round = (n) => Math.round(n * 10) / 10;

/** ends are the x of where a packet leaves and where it goes, and of the middle. */
export function ends(p, d, slot = 0) {
  const { columns: c } = d;
  const from = c.x.get(p.from) ?? d.otherThan(p.to);
  let to = c.x.get(p.to) ?? d.otherThan(p.from);
  if (to === from) to = from + (from < c.width / 2 ? 1 : -1) * (c.band + 60);
  const out = to > from ? 1 : -1;
  const x1 = from + (out * c.band) / 2;
  const x2 = c.x.get(p.from) === c.x.get(p.to) ? to : to - (out * c.band) / 2;
  return { x1, x2, xm: (x1 + x2) / 2 + out * (slot * 5 - 6), out };
}
