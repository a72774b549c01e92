// Other scales of time, and the way back: what the buttons, the keys and the
// wheel do. It is loaded when it is first asked for. Where the scale is not
// the usual one ticks beside the first lifeline tell the time.

import { button, el, enable, set, svg, text } from "./dom.js";
import { time } from "./labels.js";
import { CLOSEST, FARTHEST, clock, height, moment, scale, ticks } from "./scale.js";

/** So far a wheel turns for one step; a pinch arrives as many short turns. */
const TURN = 50;

export class Zoom {
  constructor(d) {
    Object.assign(this, { d, turned: 0, marks: [], axis: svg("g", { class: "axis", "aria-hidden": "true" }) });
    const back = d.t("key-zoom-as-is");
    this.grid = el("span", { "data-testid": "grid" });
    this.said = el("span", { class: "unseen", role: "status" });
    this.node = el("p", { class: "legend", hidden: true }, this.grid, this.said,
      button("1×", { "data-testid": "zoom-as-is", "aria-label": `1× ${back}`, title: back, "aria-keyshortcuts": "0" }, () => this.step(0)));
    d.node.append(this.node);
    d.bands.node.before(this.axis);
  }

  /** wheel takes in that the wheel was turned, with the pointer over the moment that is to stay. */
  wheel(e) {
    const { scroll } = this.d;
    this.turned += e.deltaY * (e.deltaMode ? 20 : 1); // pixels, or lines
    if (Math.abs(this.turned) < TURN) return;
    this.step(this.turned > 0 ? -1 : 1, (e.clientY - scroll.getBoundingClientRect().top) / (scroll.currentCSSZoom ?? 1));
    this.turned = 0;
  }

  /** step goes some steps closer, or with 0 back to the usual scale; the moment at y of what is seen stays there. */
  step(by, y = this.d.scroll.clientHeight / 2) {
    const { d } = this;
    const zoom = by ? Math.max(FARTHEST, Math.min(d.scale.zoom + by, CLOSEST)) : 0;
    if (zoom === d.scale.zoom) return;
    this.show(zoom);
    if (d.model?.started) this.about(scale(zoom), y);
    else d.scale = scale(zoom);
    text(this.said, this.grid.textContent); // once, and not while one scrolls
  }

  about(to, y) {
    const { d } = this;
    const stays = moment(d.layout, d.scroll.scrollTop + y);
    if (d.model.ended) d.sight.following = false; // nothing newer comes
    d.scaleTo(to);
    if (!d.sight.following) d.scroll.scrollTop = height(d.layout, stays) - y;
    d.draw();
    d.node.dispatchEvent(new Event("ft-scale"));
  }

  /** show has the way back at hand. */
  show(zoom) {
    const { d, node } = this;
    if (!zoom && node.contains(document.activeElement)) d.focus();
    set(node, { hidden: !zoom });
    enable(d.closer, zoom < CLOSEST);
    enable(d.further, zoom > FARTHEST);
  }

  /** draw draws the ticks in one part of the drawing, and says how long they are. */
  draw({ from, to }) {
    const { d, marks, axis } = this;
    const { every, all } = d.scale.zoom ? ticks(d.layout, Math.max(from, 0), Math.min(to, d.height), d.now()) : { all: [] };
    for (const m of marks.splice(all.length)) m.node.remove();
    text(this.grid, every ? d.t("grid", { time: time(every) }) : "");
    const { x, free } = this.place();
    all.forEach(({ t, y }, i) => {
      const m = (marks[i] ??= mark(axis));
      set(m.line, { d: `M${x},${y} h6` });
      set(m.label, { x: x + 9, y: y + 3 });
      text(m.label, free(y) ? clock(t, every) : "");
    });
  }

  /** place is where ticks stand, and at which heights there is room for words: beside the first lifeline between packets, or, where calls have no words, at the edge. */
  place() {
    const { columns: c, items, layout, scale } = this.d;
    if (scale.row < 0.5) return { x: 0, free: () => true };
    const [[first, x]] = c.x;
    const busy = items.drawn.flatMap(({ thing: p }) => (p.from === first ? [p.at.sent] : p.to === first ? [p.at.delivered] : [])).filter(Boolean).map((at) => layout.y(at.seq));
    return { x: x + c.band / 2, free: (y) => !busy.some((other) => Math.abs(other - 3 - y) < 11) };
  }
}

function mark(axis) {
  const line = svg("path", { class: "tick" }), label = svg("text", { class: "time" });
  const node = svg("g", {}, line, label);
  axis.append(node);
  return { line, label, node };
}
