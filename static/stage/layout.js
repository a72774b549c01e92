// Where things stand in the diagram: time goes down, and later events are
// never higher than earlier ones. Real times span six powers of ten in one
// run, so the scale is not linear: a gap grows with the logarithm of its
// length, long idle time is folded, and rows that carry a label keep their
// height. A place once given is never changed: a run is drawn as it comes.
// Another scale of time is another layout.

import { after } from "./layer.js";

export const ROW = 18; // a line of text
export const LEG = 18; // half of the way of a packet that is held midway
export const CHIP = 44; // a held packet with its buttons
const TOP = 14;

/** Idle time longer than this is folded. */
export const FOLD = 700e6;

/** gap is how far down dt nanoseconds reach. */
export function gap(dt) {
  if (dt <= 0) return 0;
  return 3 * Math.log2(1 + dt / 1e5) + Math.min(dt, FOLD) * 0.1e-6;
}

/**
 * The scale of time, as it is before anybody zooms: how far down time
 * reaches; idle time longer than fold is folded, and told so far below what
 * was last; row is the share of their height that rows have.
 */
export const AS_IS = { zoom: 0, gap, fold: FOLD, told: 82, row: 1 };

export class Layout {
  constructor(scale = AS_IS) {
    this.scale = scale;
    this.thin = scale.thin?.() ?? null; // leaves out what would lie over other things, where rows are low
    this.row = ROW * scale.row;
    this.ys = new Map(); // by seq
    this.free = new Map(); // by column: the first y that is free
    this.last = { t: 0, y: TOP };
    this.folds = []; // {y, from, to, seq}: idle time, where it is told, and the event after it
    this.placed = { t: [], y: [] }; // of each event that has a place, in order
    this.bottom = TOP;
    this.slow = new Set(); // calls whose result stands on a row of its own
    this.begun = new Map(); // by host: {y, seq}, where and with which events its calls begin
  }

  /** y is where the event with this seq stands. */
  y(seq) {
    return this.ys.get(seq) ?? this.last.y;
  }

  /** now is where time t, later than every event, stands. */
  now(t) {
    return this.last.y + this.scale.gap(t - this.last.t);
  }

  /** foldAt is where idle time since the last event is told, once it is long. */
  foldAt(t) {
    return t - this.last.t > this.scale.fold ? this.last.y + this.scale.told : null;
  }

  /** take finds the place of an event; thing is what the model says it is about. */
  take(e, thing, band) {
    const y = this.put(e, thing, band);
    if (y !== undefined) this.thin?.take(e, thing, y, this);
    return y;
  }

  /** written is what is written at an event: words, where there is room. */
  written(seq, words) {
    return this.thin ? this.thin.written(seq, words) : words;
  }

  put(e, thing, band) {
    const { row } = this;
    switch (e.kind) {
      case "start": return this.place(e, "all", 0);
      case "call": return this.takeCall(e, thing);
      case "packet": return this.takePacket(e, thing);
      case "state": return band ? this.place(e, `band ${e.host}`, row) : undefined;
      case "task": return this.place(e, `call ${e.host}`, 4 * this.scale.row);
      case "exit": return this.place(e, `call ${e.host}`, row);
      case "end": return this.place(e, "all", row, this.bottom + 4);
    }
    return undefined;
  }

  takeCall(e, call) {
    const { row } = this;
    const column = `call ${e.host}`;
    const first = call.at.held ?? call.at.enter ?? call.at[e.phase];
    if (first.seq === e.seq) {
      const y = this.place(e, column, row);
      if (!this.begun.has(e.host)) this.begun.set(e.host, { y: [], seq: [] });
      this.begun.get(e.host).y.push(y);
      this.begun.get(e.host).seq.push(e.seq);
      return y;
    }
    const top = this.y(first.seq);
    if (e.phase === "blocked") {
      this.reserve(column, top + 2 * row);
      return this.place(e, "none", 0);
    }
    if (e.phase === "return") {
      const slow = call.at.blocked || this.now(e.t) - top > ROW;
      if (!slow) return this.place(e, "none", 0, top + row / 2);
      this.slow.add(call.id);
      return this.place(e, column, row, top + row);
    }
    return this.place(e, "none", 0);
  }

  takePacket(e, p) {
    const share = this.scale.row;
    const chip = p.phase === "held" ? CHIP : CHIP * share; // its buttons are of one height
    const sent = this.y(p.at.sent?.seq ?? e.seq);
    if (e.phase === "changed" || e.phase === "discarded") return this.place(e, "none", 0);
    if (e.phase === "sent" || e.phase === "made") return this.place(e, "wire", (ROW + 2) * share);
    if (e.phase === "held") return this.place(e, "wire", chip, sent + LEG * share);
    if (!p.at.held) return this.place(e, "none", 0, sent + 14 * share);
    const held = this.y(p.at.held.seq);
    if (e.phase === "dropped") return this.place(e, "wire", this.row, held + (CHIP - 10) * share);
    return this.place(e, "none", 0, held + (CHIP - 14 + LEG) * share);
  }

  /** crowded says that another call of the host begins right below y, before event until: what is drawn once and for all knows nothing of later ones. */
  crowded(host, y, until = Infinity) {
    const all = this.begun.get(host);
    const next = after(all.y, y);
    return all.y[next] < y + 2 * ROW && all.seq[next] < until;
  }

  place(e, column, height, least = 0) {
    let y = Math.max(this.now(e.t), this.free.get(column) ?? 0, least);
    if (!this.scale.zoom) y = Math.round(y * 2) / 2; // elsewhere proportions are more than sharp edges
    const idle = this.foldAt(e.t);
    if (idle !== null) this.folds.push({ y: idle, from: this.last.t, to: e.t, seq: e.seq });
    this.last = { t: Math.max(e.t, this.last.t), y };
    this.ys.set(e.seq, y);
    this.placed.t.push(this.last.t);
    this.placed.y.push(y);
    this.reserve(column, y + height);
    return y;
  }

  reserve(column, y) {
    if (column !== "none") this.free.set(column, Math.max(y, this.free.get(column) ?? 0));
    this.bottom = Math.max(this.bottom, y);
  }
}

/** columns are the x of everything in a diagram of this width. */
export function columns(width, names) {
  const size = width >= 560 ? "wide" : width >= 440 ? "middle" : "narrow";
  const band = { wide: 86, middle: 80, narrow: 58 }[size];
  const bracket = size === "narrow" ? 6 : 12;
  const wire = Math.max({ wide: 240, middle: 170, narrow: 0 }[size], width * 0.36);
  const most = names.length > 2 ? 130 : 230; // beside many lifelines there is less room
  const call = size === "narrow" ? 52 : Math.min(most, (width - wire) / 2 - band - bracket);
  const left = call + bracket + band / 2;
  const right = names.length > 1 ? width - left : left;
  const step = names.length > 1 ? (right - left) / (names.length - 1) : 0;
  const x = new Map(names.map((name, i) => [name, left + i * step]));
  return { size, width, call, band, bracket, x, names };
}
