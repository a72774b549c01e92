// A piece of a lifeline's band: one TCP state from the moment it began to
// the moment it ended. The name is always there; the colour comes second.

import { svg, set, text } from "./dom.js";
import { stateName } from "./model.js";

export class BandView {
  constructor(piece) {
    this.piece = piece;
    this.rect = svg("rect", { rx: 2 });
    this.name = svg("text", { "text-anchor": "middle" });
    this.node = svg("g", {
      class: "band", "data-testid": "band", "data-host": piece.host, "data-state": piece.state,
    }, this.rect, this.name);
    text(this.name, stateName(piece.state));
  }

  open() {
    return !this.piece.until;
  }

  draw(d) {
    const { columns: c, layout } = d;
    const x = c.x.get(this.piece.host);
    const y = layout.y(this.piece.at.seq);
    const end = this.piece.until ? layout.y(this.piece.until.seq) : d.end();
    set(this.node, { "data-current": this.open() });
    set(this.rect, { x: x - c.band / 2, y, width: c.band, height: Math.max(end - y - 1, 2) });
    const length = stateName(this.piece.state).length;
    const tight = c.size === "narrow" && length > 9;
    set(this.name, { x, y: Math.max(y, Math.min(d.top, end - 18)) + 13, textLength: tight ? c.band - 6 : null, lengthAdjust: tight ? "spacingAndGlyphs" : null });
    set(this.name, { visibility: end - y < 12 && !this.open() ? "hidden" : null });
  }
}
