// A call as a bracket at the side of its program's lifeline, from the moment
// it was made to the moment it returned. It stays open while the call
// blocks, dashed while the program is held before it. A thread and a child
// process have a lane of their own, further from the lifeline.

import { named, svg, set, text } from "./dom.js";
import { callLabels, fit, result } from "./labels.js";

export class CallView {
  constructor(call, { beside, began }) {
    Object.assign(this, { call, beside, began });
    this.bracket = svg("path", { class: "bracket", fill: "none" });
    this.hit = svg("rect", { class: "hit" });
    this.label = svg("text", { class: "label" });
    this.below = svg("text", { class: "wchan" });
    this.result = svg("text", { class: "result" });
    this.node = svg("g", {
      class: "call item", role: "button", "aria-label": call.name, tabindex: "-1", "data-testid": "call",
      "data-program": call.program, "data-name": call.name, "data-seq": String(began),
    }, this.hit, this.bracket, this.label, this.below, this.result);
  }

  open() {
    return this.call.phase !== "return";
  }

  draw(d) {
    const { columns: c, layout } = d;
    const call = this.call;
    const right = d.atRight(call.host);
    const out = right ? 1 : -1;
    const y = layout.y(this.began);
    const returned = call.at.return;
    const end = returned ? layout.y(returned.seq) : Math.max(d.end(), y + 9);
    const inner = c.x.get(call.host) + out * (c.band / 2 + 2);
    const x = d.laneX(call.host, call.lane) + out * this.beside * 3;
    const slow = layout.slow.has(call.id);
    set(this.node, { "data-phase": call.phase, "data-errno": call.errno ?? null });
    set(this.bracket, { d: this.path(inner, x, y, returned ? Math.max(end, y + 8 * d.scale.row) : null, end) });
    const beyond = Math.max(Math.abs(d.laneX(call.host, call.lanes - 1) - inner), Math.abs(x - inner)); // words stand outside of all lanes
    const at = { x: inner + out * (beyond + 5), "text-anchor": right ? "start" : "end" };
    const room = Math.floor((c.call + c.bracket - 8 - beyond) / d.letter);
    const many = d.model.hosts.get(call.host)?.programs.length > 1;
    const labels = callLabels(call, !slow).map((l) => (call.task ? `${call.task.name} ${l}` : l));
    text(this.label, layout.written(this.began, fit(many ? [`${call.program} ${labels[0]}`, ...labels] : labels, room)));
    set(this.label, { ...at, y: y + 8 });
    text(this.below, call.wchan && !call.errno && end - y > 26 && !layout.crowded(call.host, y, returned?.seq) ? fit([`⋯ ${call.wchan}`, `${call.wchan}`, "⋯"], room) : "");
    set(this.below, { ...at, y: y + 22 });
    text(this.result, slow ? layout.written(returned?.seq, fit([result(call)], room)) : "");
    set(this.result, { ...at, y: end + 4 });
    set(this.hit, { x: right ? inner : 0, y: y - 3, width: Math.max(right ? c.width - inner : inner, 1), height: Math.max(end - y, 9) + 8 });
    set(this.node, { "aria-label": named(this.node, d.sentence(call)) });
  }

  path(inner, x, y, closed, end) {
    const top = `M${inner},${y + 4} H${x}`;
    return closed === null ? `${top} V${end}` : `${top} V${closed} H${inner}`;
  }
}
