// Many rows of one height. Of few all have nodes; of many those in and near
// sight, and blank space stands for the others.

/** So many rows all have nodes. */
const FEW = 400;

/** So many rows above and below those in sight have nodes. */
const MORE = 30;

export class Rows {
  /**
   * scroll is what scrolls, body holds the rows, top() is how far down in
   * what scrolls they begin. make(i) makes row number i, blank() an element
   * that can have any height; shown() is called when other rows have nodes.
   */
  constructor({ scroll, body, top, make, blank, shown = () => {} }) {
    Object.assign(this, { scroll, body, top, make, shown, above: blank(), below: blank() });
    scroll.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(scroll);
    this.reset();
  }

  reset() {
    this.count = this.from = this.height = 0;
    this.nodes = []; // of the rows from … on
    for (const blank of [this.above, this.below]) blank.hidden = true;
    this.body.replaceChildren(this.above, this.below);
  }

  get to() {
    return this.from + this.nodes.length;
  }

  /** node is the node of row number i, if it has one. */
  node(i) {
    return this.nodes[i - this.from];
  }

  /** renew has so many rows, those from one on anew. */
  renew(count, from) {
    drop(this.nodes.splice(Math.max(from - this.from, 0)), this.scroll);
    this.count = count;
    this.draw();
  }

  /** reveal brings a row into sight, and returns its node. */
  reveal(i) {
    this.draw();
    this.measure();
    const { scroll, height } = this;
    const y = this.top() + i * height;
    if (height) scroll.scrollTop = Math.max(Math.min(scroll.scrollTop, y - height), y + 2 * height - scroll.clientHeight);
    this.draw();
    return this.node(i);
  }

  draw() {
    const { count } = this;
    if (count <= FEW) return this.show(0, count);
    if (this.nodes.length === 0) this.show(0, MORE);
    this.measure();
    const { scroll, height } = this;
    if (!height) return; // it is not to be seen
    const first = Math.floor((scroll.scrollTop - this.top()) / height);
    const last = first + Math.ceil(scroll.clientHeight / height);
    const within = (i) => Math.max(0, Math.min(i, count));
    if (this.from > within(first - MORE / 3) || this.to < within(last + MORE / 3) || this.nodes.length === count) this.show(within(first - MORE), within(last + MORE));
    space(this.above, this.from * height);
    space(this.below, (count - this.to) * height);
  }

  /** measure finds the height of a row from those that are there. */
  measure() {
    const [first] = this.nodes, last = this.nodes.at(-1);
    if (!this.height) this.height = (last.offsetTop + last.offsetHeight - first.offsetTop) / this.nodes.length;
  }

  /** show gives nodes to the rows from … to. */
  show(from, to) {
    if (from === this.from && to === this.to) return;
    const stays = (_, k) => this.from + k >= from && this.from + k < to;
    const kept = this.nodes.filter(stays);
    drop(this.nodes.filter((n, k) => !stays(n, k)), this.scroll);
    const at = kept.length > 0 ? Math.max(from, this.from) : to; // the first that is kept
    const before = this.rows(from, at), after = this.rows(at + kept.length, to);
    this.above.after(...before);
    this.below.before(...after);
    Object.assign(this, { from, nodes: [...before, ...kept, ...after] });
    this.shown();
  }

  rows(from, to) {
    return Array.from({ length: Math.max(to - from, 0) }, (_, k) => this.make(from + k));
  }
}

/** drop takes rows away; the focus, if one of them has it, goes to what scrolls. */
function drop(nodes, scroll) {
  if (nodes.some((n) => n.contains(document.activeElement))) scroll.focus({ preventScroll: true });
  for (const n of nodes) n.remove();
}

function space(blank, height) {
  blank.hidden = height === 0;
  blank.style.height = `${height}px`;
}
