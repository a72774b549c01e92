// Where things stand in the diagram: time goes down, and later events are
// never higher than earlier ones. Real times span six powers of ten in one
// run, so the scale is not linear: a gap grows with the logarithm of its
// length, long idle time is folded, and rows that carry a label keep their
// height. A place once given is never changed: a run is drawn as it comes.

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

export class Layout {
  constructor() {
    this.ys = new Map(); // by seq
    this.free = new Map(); // by column: the first y that is free
    this.last = { t: 0, y: TOP };
    this.folds = []; // {y, from, to}: idle time, and where it is told
    this.bottom = TOP;
    this.slow = new Set(); // calls whose result stands on a row of its own
    this.begun = new Map(); // by host: where its calls begin
  }

  /** y is where the event with this seq stands. */
  y(seq) {
    return this.ys.get(seq) ?? this.last.y;
  }

  /** now is where time t, later than every event, stands. */
  now(t) {
    return this.last.y + gap(t - this.last.t);
  }

  /** foldAt is where idle time since the last event is told, once it is long. */
  foldAt(t) {
    return t - this.last.t > FOLD ? foldY(this.last.y) : null;
  }

  /** take finds the place of an event; thing is what the model says it is about. */
  take(e, thing, band) {
    switch (e.kind) {
      case "start": return this.place(e, "all", 0);
      case "call": return this.takeCall(e, thing);
      case "packet": return this.takePacket(e, thing);
      case "state": return band ? this.place(e, `band ${e.host}`, ROW) : undefined;
      case "task": return this.place(e, `call ${e.host}`, 4);
      case "exit": return this.place(e, `call ${e.host}`, ROW);
      case "end": return this.place(e, "all", ROW, this.bottom + 4);
    }
    return undefined;
  }

  takeCall(e, call) {
    const column = `call ${e.host}`;
    const first = call.at.held ?? call.at.enter ?? call.at[e.phase];
    if (first.seq === e.seq) {
      const y = this.place(e, column, ROW);
      if (!this.begun.has(e.host)) this.begun.set(e.host, []);
      this.begun.get(e.host).push(y);
      return y;
    }
    const top = this.y(first.seq);
    if (e.phase === "blocked") {
      this.reserve(column, top + 2 * ROW);
      return this.place(e, "none", 0);
    }
    if (e.phase === "return") {
      const slow = call.at.blocked || this.now(e.t) - top > ROW;
      if (!slow) return this.place(e, "none", 0, top + 9);
      this.slow.add(call.id);
      return this.place(e, column, ROW, top + ROW);
    }
    return this.place(e, "none", 0);
  }

  takePacket(e, p) {
    const sent = this.y(p.at.sent?.seq ?? e.seq);
    if (e.phase === "changed" || e.phase === "discarded") return this.place(e, "none", 0);
    if (e.phase === "sent" || e.phase === "made") return this.place(e, "wire", ROW + 2);
    if (e.phase === "held") return this.place(e, "wire", CHIP, sent + LEG);
    if (!p.at.held) return this.place(e, "none", 0, sent + 14);
    const held = this.y(p.at.held.seq);
    if (e.phase === "dropped") return this.place(e, "wire", ROW, held + CHIP - 10);
    return this.place(e, "none", 0, held + CHIP - 14 + LEG);
  }

  /** crowded says that another call of the host begins right below y. */
  crowded(host, y) {
    return (this.begun.get(host) ?? []).some((other) => other > y && other < y + 2 * ROW);
  }

  place(e, column, height, least = 0) {
    const grown = this.now(e.t);
    const y = Math.round(Math.max(grown, this.free.get(column) ?? 0, least) * 2) / 2;
    if (e.t - this.last.t > FOLD) this.folds.push({ y: foldY(this.last.y), from: this.last.t, to: e.t });
    this.last = { t: Math.max(e.t, this.last.t), y };
    this.ys.set(e.seq, y);
    this.reserve(column, y + height);
    return y;
  }

  reserve(column, y) {
    if (column !== "none") this.free.set(column, Math.max(y, this.free.get(column) ?? 0));
    this.bottom = Math.max(this.bottom, y);
  }
}

const foldY = (y) => y + 82;

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
