// The connections of a run as an inspector of packets needs them: what each
// packet acknowledges, what its sender sent before, and the bytes of each
// direction in their order. Packets are indexed as they come, so that a
// question costs the same in a run of ten packets and of ten thousand; bytes
// are put together when they are first asked for.

import { decode } from "./decode.js";

const SEQUENCED = ["SYN", "FIN"]; // flags that take a number

/** takes is how many numbers a segment takes up. */
export const takes = (p) => p.summary.len + (p.summary.flags ?? []).filter((f) => SEQUENCED.includes(f)).length;

const GAP = 1000; // packets behind bytes that are not known

const has = (p, flag) => Boolean(p.summary.flags?.includes(flag));

/** bytesOf is the bytes of a packet's frame. */
export const bytesOf = (p) => Uint8Array.from(atob(p.data), (c) => c.charCodeAt(0));

/** Direction is one side of a connection: what one end sends to the other. */
class Direction {
  constructor(first) {
    this.first = first; // its number; the first byte has the next one
    this.packets = []; // as they were sent
    this.ends = new Map(); // packets that take numbers, by the number after them
    this.back = null; // the other direction
    this.syn = null;
    this.forget();
  }

  /** forget forgets the bytes: a packet was changed. */
  forget() {
    Object.assign(this, { read: 0, bytes: new Uint8Array(0), filled: 0, later: [], owners: [], parsed: null });
  }

  add(p) {
    this.packets.push(p);
    if (has(p, "SYN")) this.syn ??= p;
    if (takes(p) === 0) return;
    const end = (p.summary.seq + takes(p)) >>> 0;
    if (!this.ends.has(end)) this.ends.set(end, []);
    this.ends.get(end).push(p);
  }

  /** offset is where the bytes of p begin, the first of the direction being 0. */
  offset(p) {
    return (p.summary.seq + (has(p, "SYN") ? 1 : 0) - this.first - 1) | 0;
  }

  /** assemble takes the bytes of new packets in, until it has as many as are wanted. */
  assemble(wanted = Infinity) {
    for (; this.read < this.packets.length && this.filled < wanted && this.later.length < GAP; this.read++) {
      const p = this.packets[this.read];
      if (p.data && p.summary.len > 0 && p.changed !== "corrupt") this.later.push(p);
      for (let again = true; again;) again = this.later.some((q) => this.fits(q));
    }
    return this.bytes.subarray(0, this.filled);
  }

  /** fits appends what is new in q, and says whether it did; q that begins behind a gap stays. */
  fits(q) {
    const at = this.offset(q);
    if (at > this.filled) return false;
    this.later = this.later.filter((x) => x !== q);
    const fresh = payloadOf(q)?.bytes.subarray(this.filled - at) ?? [];
    if (fresh.length === 0) return false;
    this.room(this.filled + fresh.length);
    this.bytes.set(fresh, this.filled);
    this.owners.push({ from: this.filled, packet: q });
    this.filled += fresh.length;
    return true;
  }

  room(n) {
    if (n <= this.bytes.length) return;
    const more = new Uint8Array(Math.max(n, 2 * this.bytes.length, 4096));
    more.set(this.bytes);
    this.bytes = more;
  }

  /** owner is the packet that carried the byte at this place first. */
  owner(at) {
    let [low, high] = [0, this.owners.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.owners[middle].from <= at) low = middle;
      else high = middle - 1;
    }
    return this.owners[low]?.packet;
  }
}

/** payloadOf is the bytes above TCP, and where they begin in the frame. */
function payloadOf(p) {
  const bytes = bytesOf(p);
  const layer = decode(bytes).find((l) => l.name === "payload");
  return layer && { at: layer.at, bytes: bytes.subarray(layer.at, layer.at + layer.length) };
}

export class Streams {
  constructor() {
    this.now = new Map(); // directions of the connections under way, by their ends
    this.known = new Map(); // by packet: {direction, at}
  }

  /** take takes in a packet that was sent or made. */
  take(p) {
    if (p.summary?.seq === undefined || this.known.has(p)) return;
    const { src, dst, seq } = p.summary;
    const key = `${src} ${dst}`;
    let direction = this.now.get(key);
    if (!direction || (has(p, "SYN") && direction.first !== seq)) {
      direction = new Direction(has(p, "SYN") ? seq : (seq - 1) >>> 0);
      this.now.set(key, direction);
      this.join(direction, this.now.get(`${dst} ${src}`), has(p, "SYN") && !has(p, "ACK"));
    }
    this.known.set(p, { direction, at: direction.packets.length });
    direction.add(p);
  }

  /** join makes two directions one connection; one that is opened anew has an answer yet to come. */
  join(direction, back, opens) {
    if (!back || (opens && back.back)) return;
    direction.back = back;
    back.back = direction;
  }

  /** changed takes in that a packet has other bytes now. */
  changed(p) {
    const direction = this.known.get(p)?.direction;
    if (!direction) return;
    direction.ends.clear();
    direction.syn = null;
    const packets = direction.packets.splice(0);
    for (const q of packets) direction.add(q);
    direction.forget();
    direction.back?.forget();
  }

  directionOf(p) {
    return this.known.get(p)?.direction;
  }

  /** before is the packet that the same side sent before p; copies that the wire or a switch made do not count. */
  before(p) {
    const known = this.known.get(p);
    for (let i = (known?.at ?? 0) - 1; i >= 0; i--) if (!known.direction.packets[i].of) return known.direction.packets[i];
    return null;
  }

  /** acknowledged is the packet whose last byte p acknowledges: ack = seq + length. */
  acknowledged(p) {
    const all = this.known.get(p)?.direction.back?.ends.get(p.summary.ack);
    return all?.findLast((q) => q.at.sent.seq < p.at.sent.seq) ?? null;
  }

  /** scale is the power of two that the window of p is to be multiplied by; nothing when the handshake agreed on none. */
  scale(p) {
    const direction = this.known.get(p)?.direction;
    const option = (d) => d?.syn?.summary.options?.map((o) => /^wscale (\d+)$/.exec(o)?.[1]).find((v) => v !== undefined);
    const own = option(direction);
    return has(p, "SYN") || own === undefined || option(direction?.back) === undefined ? undefined : Number(own);
  }

  /**
   * of is the direction of p with all bytes put together, and where those of p
   * begin and end; null when p has none, or when bytes before it are not known.
   */
  of(p) {
    const direction = this.directionOf(p);
    const own = direction && p.data && p.summary.len > 0 ? payloadOf(p) : null;
    if (!own) return null;
    direction.assemble();
    const from = direction.offset(p);
    const to = from + own.bytes.length;
    if (from < 0 || from > direction.filled) return null;
    return { direction, from, to, at: own.at, bytes: seen(direction, from, own.bytes) };
  }
}

/** seen is the bytes of a direction up to the end of a packet, as this one has them: on its way one may have been changed. */
function seen(direction, from, own) {
  const to = from + own.length;
  if (to <= direction.filled && own.every((b, i) => direction.bytes[from + i] === b)) return direction.bytes.subarray(0, to);
  const bytes = direction.bytes.slice(0, to);
  const all = bytes.length < to ? new Uint8Array(to) : bytes;
  all.set(bytes.subarray(0, from));
  all.set(own, from);
  return all;
}
