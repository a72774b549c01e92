// The packets of the run as a table, one row each; a row chooses its packet.

import { button, el, set, text } from "./dom.js";
import { flags, time } from "./labels.js";

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on });
    const head = ["number", "time", "from", "to", "protocol", "flags", "seq", "ack", "length", "fate"];
    this.body = el("tbody", {});
    this.body.addEventListener("keydown", (e) => this.key(e));
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.table = el("table", { class: "packets", "data-testid": "packets" }, el("caption", {}, t("caption")),
      el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { scope: "col" }, t(h))))), this.body);
    this.node = el("div", { class: "packets-view" }, this.empty, this.table);
  }

  reset(model) {
    this.model = model;
    this.rows = new Map(); // by packet
    this.dirty = new Set();
    this.body.replaceChildren();
    this.marked = null;
  }

  take(e, thing) {
    if (thing?.type === "packet") this.dirty.add(thing);
  }

  draw() {
    if (this.dirty.size === 0) return;
    const fresh = [];
    for (const p of this.dirty) {
      if (!this.rows.has(p)) {
        this.rows.set(p, this.row(p));
        fresh.push(this.rows.get(p).node);
      }
      this.fill(p);
    }
    this.dirty.clear();
    this.body.append(...fresh);
    this.empty.hidden = this.table.hidden = false;
    this.empty.hidden = this.rows.size > 0;
    this.table.hidden = this.rows.size === 0;
  }

  row(p) {
    const cells = Array.from({ length: 9 }, () => el("td", {}));
    const choose = el("button", { type: "button", class: "quiet", "data-testid": "packet-row", onclick: () => this.on.select(p) }, String(p.id));
    return { cells, choose, node: el("tr", { onclick: (e) => e.target.closest("td button") || this.on.select(p) }, el("th", { scope: "row" }, choose), ...cells) };
  }

  fill(p) {
    const s = p.summary ?? {};
    const { cells, node } = this.rows.get(p);
    const values = [(p.at.sent.t / 1e9).toFixed(6), `${p.from} ${s.src ?? ""}`, `${p.to} ${s.dst ?? ""}`, s.proto ?? "", s.flags ? flags(p).replaceAll(",", " ") : "",
      p.seq ?? "", p.ack ?? "", s.len ?? "", this.fate(p)];
    values.forEach((v, i) => text(cells[i], String(v)));
    if (p.again) cells.at(-1).prepend(this.t("again"), " ", this.first(p), values.at(-1) ? ", " : "");
    set(node, { "data-phase": p.phase, "data-own": Boolean(this.carries?.(p)) });
  }

  /** first chooses the packet that p repeats. */
  first(p) {
    return button(this.t("packet", { n: p.again }), { class: "quiet", "data-testid": "first-packet" }, () => this.on.select(this.model.packets.get(p.again)));
  }

  /** fate is what became of a packet, and what it is when no host sent it. */
  fate(p) {
    const why = (r) => this.t(`reason-${r}`);
    const notes = [p.made && why(p.made), p.changed && why(p.changed)].filter(Boolean);
    if (p.phase === "delivered") notes.push(this.t("delivered", { after: time(p.at.delivered.t - p.at.sent.t) }));
    else if (p.phase === "held") notes.push(this.t("held"));
    else if (p.phase === "dropped" || p.phase === "discarded") notes.push(`✗ ${why(p.reason)}`);
    return notes.join(", ");
  }

  key(e) {
    const all = [...this.body.querySelectorAll("th button")];
    const to = all.indexOf(e.target) + { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!all[to]) return;
    e.preventDefault();
    e.stopPropagation();
    all[to].focus();
    all[to].click();
  }

  /** own marks the packets of a socket. */
  own(carries) {
    this.carries = carries;
    for (const p of this.rows.keys()) this.dirty.add(p);
    this.draw();
  }

  select(thing) {
    this.draw();
    if (this.marked) set(this.marked, { "aria-current": null });
    this.marked = this.rows.get(thing)?.node ?? null;
    if (this.marked) set(this.marked, { "aria-current": "true" });
  }
}
