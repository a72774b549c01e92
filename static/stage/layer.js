// A layer of the drawing: things in the order of time. Where they are few all
// of them have nodes; of many only those in and near sight, and those that
// are kept whatever is in sight.

/** So many things all have nodes. */
const FEW = 400;

const BLOCK = 64;

/** after is how many numbers of a sorted list are not above y. */
export function after(list, y) {
  let from = 0, to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle] > y) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Spans are where things that stand below each other begin and end. */
export class Spans {
  constructor() {
    this.tops = []; // none above the one before it
    this.ends = [];
    this.reach = []; // of each block of things the lowest end
  }

  /** add adds a thing; without an end it reaches down for ever. */
  add(top, end = Infinity) {
    this.tops.push(top);
    this.ends.push(end);
    const block = Math.floor((this.ends.length - 1) / BLOCK);
    this.reach[block] = Math.max(this.reach[block] ?? end, end);
  }

  /** end is where thing number i ends. */
  end(i, y) {
    this.ends[i] = y;
    const block = Math.floor(i / BLOCK);
    this.reach[block] = Math.max(...this.ends.slice(block * BLOCK, (block + 1) * BLOCK));
  }

  /** within is the numbers of the things that reach into the part between two heights. */
  within(from, to) {
    const found = [];
    const last = after(this.tops, to);
    for (let i = 0; i < last; i++) {
      if (i % BLOCK === 0 && this.reach[i / BLOCK] < from) i += BLOCK - 1;
      else if (this.ends[i] >= from) found.push(i);
    }
    return found;
  }
}

export class Layer {
  /** make(item) makes the view of an item: {node, open(), draw(diagram)}. */
  constructor(node, make) {
    Object.assign(this, { node, make });
    this.reset();
  }

  reset() {
    this.items = []; // {i, thing, beside, began, ended, view}: the events with which it began and ended
    this.byThing = new Map();
    this.byNode = new Map();
    this.spans = new Spans();
    this.drawn = []; // items that have nodes
    this.changed = new Set();
    this.node.replaceChildren();
  }

  get(thing) {
    return this.byThing.get(thing);
  }

  /** add adds a thing that event began. beside is how many others are at its place. */
  add(thing, began, layout, beside = 0) {
    const item = { i: this.items.length, thing, beside, began };
    this.items.push(item);
    this.byThing.set(thing, item);
    this.spans.add(layout.y(began));
    return item;
  }

  /** told is that something was told of an item; ended the event, when it was the last. */
  told(item, ended, layout) {
    this.changed.add(item);
    if (!ended) return;
    item.ended = ended;
    this.spans.end(item.i, layout.y(ended));
  }

  /** place puts everything where a layout has it. */
  place(layout) {
    this.spans = new Spans();
    for (const { began, ended } of this.items) this.spans.add(layout.y(began), ended && layout.y(ended));
    this.change();
  }

  /** change has everything drawn anew. */
  change() {
    for (const item of this.drawn) this.changed.add(item);
  }

  /** draw draws what changed or is open, of the part of the drawing that has nodes. */
  draw(d, { from, to }, kept) {
    const before = this.drawn;
    this.drawn = this.wanted(d.layout, from, to, kept);
    const stays = new Set(this.drawn);
    for (const item of before) if (!stays.has(item)) this.drop(item);
    let next = null;
    for (const item of this.drawn.toReversed()) {
      if (!item.view) this.show(item, d, next);
      else if (this.changed.has(item) || item.view.open() || (d.layout.thin && item.i > this.items.length - 4)) item.view.draw(d);
      next = item.view.node;
    }
    this.changed.clear();
  }

  /** whole says that all things have nodes. */
  get whole() {
    return this.items.length <= FEW;
  }

  /** wanted is the items that have nodes, in the order of time. */
  wanted({ thin }, from, to, kept) {
    if (this.whole && !thin) return [...this.items];
    const found = this.spans.within(from, to).map((i) => this.items[i]).filter((item) => !thin?.leaves(item) || item === kept);
    if (!kept || found.includes(kept)) return found;
    return [...found, kept].sort((a, b) => a.i - b.i);
  }

  show(item, d, next) {
    item.view = this.make(item);
    item.view.draw(d);
    this.byNode.set(item.view.node, item);
    this.node.insertBefore(item.view.node, next);
  }

  drop(item) {
    this.byNode.delete(item.view.node);
    item.view.node.remove();
    item.view = null;
  }
}
