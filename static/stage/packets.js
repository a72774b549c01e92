// The packets of the run as a table, one row each; a row chooses its packet.

import { button, el, set, text } from "./dom.js";
import { flags, time } from "./labels.js";
import { Rows } from "./rows.js";

const HEADS = ["number", "time", "from", "to", "protocol", "flags", "seq", "ack", "length", "fate"];

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on });
    this.body = el("tbody", {});
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.heads = HEADS.map((h) => el("th", { scope: "col" }, t(h)));
    this.table = el("table", { class: "packets", "data-testid": "packets" }, el("caption", {}, t("caption")),
      el("thead", {}, el("tr", {}, ...this.heads)), this.body);
    this.node = el("div", { class: "packets-view", tabindex: "-1", onkeydown: (e) => this.key(e) }, this.empty, this.table);
    this.rows = new Rows({
      scroll: this.node, body: this.body, top: () => this.table.offsetTop - this.node.offsetTop + this.body.offsetTop,
      make: (i) => this.row(i), blank: () => el("tr", { "aria-hidden": "true" }), shown: () => this.widen(),
    });
  }

  reset(model) {
    this.model = model;
    this.all = []; // packets, in the order of their rows
    this.numbers = new Map(); // of their rows
    this.dirty = new Set();
    this.marked = null;
    this.rows.reset();
    this.empty.hidden = false;
    this.table.hidden = true;
    for (const h of this.heads) h.style.minWidth = "";
  }

  take(e, thing) {
    if (thing?.type !== "packet") return;
    this.dirty.add(thing);
    if (this.numbers.has(thing)) return;
    this.numbers.set(thing, this.all.length);
    this.all.push(thing);
  }

  draw() {
    if (this.dirty.size === 0) return;
    const before = this.rows.count;
    for (const p of this.dirty) if (this.numbers.get(p) < before) this.fill(p);
    this.dirty.clear();
    set(this.table, { "aria-rowcount": this.all.length + 1 });
    this.empty.hidden = true;
    this.table.hidden = false;
    this.rows.renew(this.all.length, before);
  }

  row(i) {
    const p = this.all[i];
    const choose = el("button", { type: "button", class: "quiet", "data-testid": "packet-row" }, String(p.id));
    const node = el("tr", { "aria-rowindex": i + 2, onclick: (e) => e.target.closest("td button") || this.on.select(p) }, el("th", { scope: "row" }, choose), ...HEADS.slice(1).map(() => el("td", {})));
    this.fill(p, node);
    return node;
  }

  /** fill writes what is known of a packet into its row, if that is there. */
  fill(p, node = this.rows.node(this.numbers.get(p))) {
    if (!node) return;
    const s = p.summary ?? {};
    const values = [(p.at.sent.t / 1e9).toFixed(6), `${p.from} ${s.src ?? ""}`, `${p.to} ${s.dst ?? ""}`, s.proto ?? "", s.flags ? flags(p).replaceAll(",", " ") : "",
      p.seq ?? "", p.ack ?? "", s.len ?? ""];
    values.forEach((v, i) => text(node.cells[i + 1], String(v)));
    this.tell(p, node);
    set(node, { "data-phase": p.phase, "data-own": Boolean(this.carries?.(p)), "aria-current": p === this.marked && "true" });
  }

  /** tell writes what became of a packet, when that is news: the button there may be in use. */
  tell(p, node) {
    const fate = this.fate(p);
    if (node.fate === fate) return;
    node.fate = fate;
    node.lastChild.replaceChildren(...(p.again ? [this.t("again"), " ", this.first(p), fate ? ", " : ""] : []), fate);
  }

  /** first chooses the packet that p repeats. */
  first(p) {
    return button(this.t("packet", { n: p.again }), { class: "quiet", "data-testid": "first-packet" }, () => this.on.select(this.model.packets.get(p.again)));
  }

  /** widen keeps columns from becoming narrower when other rows are shown. */
  widen() {
    if (this.all.length === this.rows.nodes.length) return;
    for (const h of this.heads) h.style.minWidth = `${h.offsetWidth}px`;
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
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const row = e.target.closest("tr");
    const at = row ? this.rows.from + this.rows.nodes.indexOf(row) : this.numbers.get(this.marked);
    if (!step || !this.all[at + step]) return;
    e.preventDefault();
    e.stopPropagation();
    this.rows.reveal(at + step)?.querySelector("button").focus();
    this.on.select(this.all[at + step]);
  }

  /** own marks the packets of a socket. */
  own(carries) {
    this.carries = carries;
    for (const p of this.all) this.dirty.add(p);
    this.draw();
  }

  select(thing) {
    this.draw();
    const before = this.marked;
    this.marked = thing;
    for (const p of [before, thing]) if (this.numbers.has(p)) this.fill(p);
    if (this.numbers.has(thing)) this.rows.reveal(this.numbers.get(thing));
  }
}
