// What is left out where rows are low: words that would lie over others, and
// calls and packets that would lie over the one drawn before them. That one
// says how many it stands for.

import { ROW } from "./layout.js";

/** What begins nearer to what is drawn, in pixels, is left out, unless it reaches further. */
const NEAR = 6;

export class Thin {
  constructor() {
    this.bare = new Set(); // events at which there is no room for words
    this.words = new Map(); // by host: where the last words stand beside its lifeline
    this.wire = { y: -ROW }; // what crossed the wire last
    this.heads = new Map(); // by lane: what was drawn last, {y, seq}
    this.left = new Set(); // things that are left out
    this.more = new Map(); // by the first event of what is drawn: how many it stands for besides itself
  }

  /** take takes in that an event about a thing has its place at y. */
  take(e, thing, y, layout) {
    if (e.kind !== "packet" && e.kind !== "call") return;
    const own = began(thing);
    if (e.kind === "packet") this.crosses(e, y, own);
    else if (e.seq === own || (e.phase === "return" && layout.slow.has(thing.id))) this.writes(e, y);
    if (e.phase === "delivered" || e.phase === "return") this.over(thing, y, layout);
  }

  /** writes finds out whether there is room for words beside a lifeline, below those before them. */
  writes({ host, seq }, y) {
    if (y - (this.words.get(host) ?? -ROW) < ROW) this.bare.add(seq);
    else this.words.set(host, y);
  }

  /** crosses finds out whether there is room for words on the wire, where nothing may cross them. Why a packet was dropped stands below its own. */
  crosses({ seq, phase }, y, own) {
    if (seq !== own && phase !== "dropped") return;
    const { wire, bare } = this;
    if (wire.seq === own ? bare.has(own) : y - wire.y < ROW) bare.add(seq).add(wire.seq);
    this.wire = { y: seq === own ? y : y + ROW, seq };
  }

  /** over leaves out a thing that has come to its end, if it lies over what is drawn. */
  over(thing, end, layout) {
    const seq = began(thing);
    const y = layout.y(seq);
    const lane = thing.type === "packet" ? `${thing.from} ${thing.to}` : `${thing.host} ${thing.lane}`;
    const head = this.heads.get(lane);
    if (!head || Math.abs(y - head.y) >= NEAR || end - y >= 2 * NEAR) {
      this.heads.set(lane, { y, seq });
      return;
    }
    this.left.add(thing);
    this.more.set(head.seq, (this.more.get(head.seq) ?? 0) + 1);
  }

  /** leaves says whether an item is left out. */
  leaves({ thing }) {
    return this.left.has(thing);
  }

  /** written is what there is room for at an event. */
  written(seq, words) {
    if (this.bare.has(seq)) return "";
    return this.more.has(seq) ? `×${this.more.get(seq) + 1}` : words;
  }
}

const began = (thing) => Math.min(...Object.values(thing.at).map((a) => a.seq));
