// A time that is pointed at in a chart as a quiet line in the diagram, and a
// place that is pointed at in the diagram as a time.

import { set, svg } from "./dom.js";

export class Pointer {
  /** point(t) is told of the time that is pointed at in the diagram, in seconds; null when none is. */
  constructor(on, point) {
    this.on = on;
    this.line = svg("line", { class: "moment", "data-testid": "moment", "aria-hidden": "true" });
    const { scroll, plane } = on.diagram();
    scroll.addEventListener("pointermove", (e) => point(this.at((e.clientY - plane.getBoundingClientRect().top) / (plane.currentCSSZoom ?? 1))));
    scroll.addEventListener("pointerleave", () => point(null));
  }

  /** placed are the events that have a place in the diagram, in the order of time and of their places: {t, y}. */
  placed() {
    const { layout } = this.on.diagram();
    const events = this.on.events();
    if (this.layout !== layout || this.known !== events.length) {
      Object.assign(this, { layout, known: events.length, all: events.filter(([e]) => layout.ys.has(e.seq)).map(([e]) => ({ t: e.t, y: layout.y(e.seq) })) });
    }
    return this.all;
  }

  /** show draws the line at a time, in seconds; null takes it away. */
  show(time) {
    const { columns, bands, layout } = this.on.diagram();
    const all = this.placed();
    const t = time * 1e9;
    if (time === null || !columns || all.length === 0 || t < all[0].t) return this.line.remove();
    const i = before(all, (p) => p.t <= t);
    const y = Math.min(all[i].y + layout.scale.gap(t - all[i].t), all[i + 1]?.y ?? layout.bottom);
    set(this.line, { x1: 0, x2: columns.width, y1: y, y2: y, "data-t": Math.round(t) });
    return bands.node.append(this.line);
  }

  /** at is the time in seconds of a place in the diagram; null above its first event. */
  at(y) {
    const all = this.placed();
    const i = before(all, (p) => p.y <= y);
    if (i < 0) return null;
    const most = (all[i + 1]?.t ?? all[i].t) - all[i].t;
    return (all[i].t + reached(y - all[i].y, most, this.layout.scale)) / 1e9;
  }
}

/** before is the index of the last item that holds, of a list in which no other follows one that does not; or -1. */
function before(all, holds) {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(all[middle])) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** reached is how many nanoseconds, at most so many, reach so far down: the inverse of gap. */
function reached(down, most, { gap }) {
  let [low, high] = [0, most];
  for (let i = 0; i < 40 && high - low > 1; i++) {
    const middle = (low + high) / 2;
    if (gap(middle) <= down) low = middle;
    else high = middle;
  }
  return low;
}
