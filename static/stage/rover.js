// The calls and packets of the diagram as one stop of the tab key: up and
// down move among them in the order of time, enter marks one. The one that
// the tab key reaches has a node wherever it is.

import { set } from "./dom.js";

export class Rover {
  constructor(diagram) {
    this.diagram = diagram;
    this.reset();
    diagram.items.node.addEventListener("keydown", (e) => this.key(e));
    diagram.scroll.addEventListener("keydown", (e) => this.enter(e));
  }

  reset() {
    this.current = null; // the item that the tab key reaches; at first the first
    this.marked = null;
  }

  /** dress gives the view of an item what it is to have. */
  dress(item, view) {
    if (item === this.current) set(view.node, { tabindex: "0" });
    if (item === this.marked) set(view.node, { "data-marked": true });
  }

  /** select marks an item and tells of it. */
  select(item) {
    this.mark(item);
    item.view?.node.focus({ preventScroll: true });
    this.diagram.on.select(item.thing);
  }

  mark(item) {
    if (this.marked?.view) set(this.marked.view.node, { "data-marked": null });
    if (this.current?.view) set(this.current.view.node, { tabindex: "-1" });
    this.marked = this.current = item;
    if (item.view) this.dress(item, item.view);
  }

  /** enter goes from the diagram into its items. */
  enter(e) {
    if (e.target !== this.diagram.scroll || e.key !== "Enter" || !this.current) return;
    e.preventDefault();
    this.move(this.current.i);
  }

  key(e) {
    const { items, byNode } = this.diagram.items;
    const i = byNode.get(e.target.closest(".item"))?.i ?? -1;
    const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: items.length - 1, Enter: i, " ": i }[e.key];
    if (to === undefined || i < 0 || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    this.move(to);
  }

  move(i) {
    const { items } = this.diagram.items;
    const item = items[Math.max(0, Math.min(i, items.length - 1))];
    this.mark(item);
    this.diagram.reveal(item);
    this.select(item);
  }
}
