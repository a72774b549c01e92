// The calls and packets of the diagram as one stop of the tab key: up and
// down move among them in the order of time, enter marks one.

export class Rover {
  constructor(diagram) {
    this.diagram = diagram;
    this.byNode = new Map();
    this.reset();
    diagram.items.addEventListener("keydown", (e) => this.key(e));
    diagram.scroll.addEventListener("keydown", (e) => this.enter(e));
  }

  reset() {
    this.views = [];
    this.byNode.clear();
    this.current = null;
    this.marked = null;
  }

  add(view) {
    this.views.push(view);
    this.byNode.set(view.node, view);
    if (this.views.length === 1) this.hold(view);
  }

  /** hold makes view the one that the tab key reaches. */
  hold(view) {
    this.current?.node.setAttribute("tabindex", "-1");
    this.current = view;
    view.node.setAttribute("tabindex", "0");
  }

  /** select marks view and tells of it. */
  select(view, { quiet = false } = {}) {
    this.mark(view);
    if (!quiet) view.node.focus({ preventScroll: true });
    this.diagram.on.select(view.thing);
  }

  mark(view) {
    this.marked?.node.removeAttribute("data-marked");
    this.marked = view;
    view.node.setAttribute("data-marked", "");
    this.hold(view);
  }

  /** enter goes from the diagram into its items. */
  enter(e) {
    if (e.target !== this.diagram.scroll || e.key !== "Enter" || !this.current) return;
    e.preventDefault();
    this.move(this.views.indexOf(this.current));
  }

  key(e) {
    const i = this.views.indexOf(this.byNode.get(e.target.closest(".item")));
    const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: this.views.length - 1, Enter: i, " ": i }[e.key];
    if (to === undefined || i < 0 || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    this.move(to);
  }

  move(i) {
    const view = this.views[Math.max(0, Math.min(i, this.views.length - 1))];
    this.select(view);
    view.node.scrollIntoView({ block: "nearest" });
  }
}
