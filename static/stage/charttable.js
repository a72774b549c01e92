// The numbers of a chart as a table, a page at a time, for reading, for
// hearing and as a file.

import { button, el, enable, set, text } from "./dom.js";

const PAGE = 100;

export class ChartTable {
  constructor(t, name, select) {
    Object.assign(this, { t, name, select, from: 0, rows: { head: [], body: [] } });
    this.summary = el("summary", {});
    this.said = el("span", { role: "status" });
    this.body = el("tbody", {});
    this.head = el("tr", {});
    this.back = button(t("rows-back"), { "data-testid": "rows-back" }, () => this.turn(-PAGE));
    this.on = button(t("rows-on"), { "data-testid": "rows-on" }, () => this.turn(PAGE));
    this.file = el("a", { download: `${name}.csv`, href: "data:text/csv,", "data-testid": `get-${name}.csv`, onclick: () => this.csv() }, t("get-csv"));
    this.node = el("details", { class: "numbers", "data-testid": `numbers-${name}` }, this.summary,
      el("div", { class: "group" }, this.back, this.on, this.said, this.file),
      el("div", { class: "packets-view", tabindex: "0", role: "group", "aria-label": t(`name-${name}`) }, el("table", { class: "packets" }, el("caption", {}, t(`name-${name}`)), el("thead", {}, this.head), this.body)));
    this.node.addEventListener("toggle", () => this.draw());
  }

  /** set shows the numbers of data; what is drawn of them is drawn when it is open. */
  set(data) {
    this.data = data;
    const { length } = data.shapes ? items(data.shapes) : data.x;
    text(this.summary, this.t("numbers", { n: length }));
    this.draw();
  }

  draw() {
    if (!this.node.open || !this.data) return;
    this.rows = rows(this.data, this.t);
    const { head, body } = this.rows;
    this.from = Math.max(0, Math.min(this.from, Math.floor((body.length - 1) / PAGE) * PAGE));
    const shown = body.slice(this.from, this.from + PAGE);
    this.head.replaceChildren(...head.map((h) => el("th", { scope: "col" }, h)));
    this.fill(shown);
    text(this.said, this.t("rows", { from: Math.min(this.from + 1, body.length), to: this.from + shown.length, all: body.length }));
    enable(this.back, this.from > 0);
    enable(this.on, this.from + PAGE < body.length);
  }

  /** fill keeps the rows that are there: one that has the focus keeps it. */
  fill(shown) {
    while (this.body.rows.length > shown.length) this.body.deleteRow(-1);
    shown.forEach(({ cells, packet }, i) => {
      const key = `${cells.join("|")} ${packet?.id}`;
      if (this.body.rows[i]?.dataset.key === key) return;
      const first = packet ? el("button", { type: "button", class: "quiet", onclick: () => this.select(packet) }, cells[0]) : cells[0];
      const node = el("tr", { "data-key": key }, el("th", { scope: "row" }, first), ...cells.slice(1).map((c) => el("td", {}, c)));
      if (this.body.rows[i]) this.body.rows[i].replaceWith(node);
      else this.body.append(node);
    });
  }

  turn(by) {
    this.from += by;
    this.draw();
  }

  csv() {
    const { head, body } = rows(this.data, this.t);
    const lines = [head, ...body.map((r) => r.cells)].map((r) => r.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(","));
    set(this.file, { href: `data:text/csv;charset=utf-8,${encodeURIComponent(`${lines.join("\n")}\n`)}` });
  }
}

/** items are the shapes of a time–sequence diagram in the order of time. */
function items({ segments, sacks, acks, tops }) {
  return [...segments.map((s) => ({ ...s, what: s.again ? "again" : "sent" })), ...sacks.map((s) => ({ ...s, what: "sacked" })), ...acks.map((a, i) => ({ ...a, what: "acknowledged", top: tops[i].at }))].sort((a, b) => a.t - b.t);
}

/** rows are {head, body: [{cells, packet}]}. */
function rows(data, t) {
  if (data.shapes) {
    return {
      head: [t("seconds"), t("what"), t("from"), t("to"), t("top"), t("packet")],
      body: items(data.shapes).map((s) => ({ packet: s.packet, cells: [s.t.toFixed(6), t(s.what), String(s.from ?? ""), String(s.to ?? s.at), String(s.top ?? ""), String(s.packet.id)] })),
    };
  }
  return {
    head: [t("seconds"), ...data.series.map((s) => t(s.key))],
    body: data.x.map((x, i) => ({ cells: [x.toFixed(6), ...data.series.map((s) => (s.values[i] === null ? "" : String(s.values[i])))] })),
  };
}
