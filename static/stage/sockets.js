// The sockets of one host, as the kernel knows them.

import { el, set, text } from "./dom.js";
import { stateName } from "./model.js";

export class SocketsTable {
  constructor(host, t) {
    Object.assign(this, { host, t });
    this.rows = new Map(); // by socket id
    this.body = el("tbody");
    this.empty = el("p", { class: "empty" }, t("no-sockets"));
    this.table = el("table", { hidden: true },
      el("thead", {}, el("tr", {}, ...["fd", "addresses", "state"].map((k) => el("th", { scope: "col" }, t(`col-${k}`))))),
      this.body);
    this.node = el("section", { class: "sockets", "data-testid": "sockets", "data-host": host },
      el("h4", {}, t("sockets")), this.table, this.empty);
  }

  draw(model) {
    const mine = [...model.sockets.values()].filter((s) => s.host === this.host);
    const ids = new Set(mine.map((s) => s.id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.node.remove();
      this.rows.delete(id);
    }
    for (const s of mine) this.row(s);
    set(this.table, { hidden: mine.length === 0 });
    set(this.empty, { hidden: mine.length > 0 });
  }

  row(s) {
    let r = this.rows.get(s.id);
    if (!r) {
      const cell = (name) => el("td", { class: name });
      r = { fd: cell("fd"), local: el("span"), remote: el("span", { class: "remote" }), state: el("span", { class: "state" }), queue: el("div", { class: "queue" }) };
      r.node = el("tr", { "data-testid": "socket-row" }, r.fd, el("td", { class: "addresses" }, r.local, " ", r.remote), el("td", {}, r.state, r.queue));
      this.rows.set(s.id, r);
      this.body.append(r.node);
    }
    const key = [s.state, s.fd, s.local, s.remote, s.recv, s.send, s.id === this.own].join();
    if (r.key === key) return;
    r.key = key;
    set(r.node, { "data-state": s.state, "data-fd": s.fd ?? null, "data-socket": s.id, "aria-current": s.id === this.own ? "true" : null });
    text(r.fd, s.fd === undefined ? "–" : String(s.fd));
    set(r.fd, { title: s.fd === undefined ? this.t("no-fd") : null });
    text(r.local, s.local ?? this.t("no-name"));
    text(r.remote, s.remote ? `→ ${s.remote}` : "");
    text(r.state, s.proto === "udp" ? "UDP" : stateName(s.state));
    set(r.state, { "data-state": s.proto === "udp" ? "UDP" : s.state });
    this.queue(r.queue, s);
  }

  /** queue shows a listener's queue and backlog, or bytes to receive and to send, as words and bars. */
  queue(cell, s) {
    const key = `${s.state} ${s.recv} ${s.send}`;
    if (cell.dataset.key === key) return;
    cell.dataset.key = key;
    if (s.state === "LISTEN") {
      cell.replaceChildren(bar(this.t("queue-listen", { n: s.recv, max: s.send }), s.recv, s.send || 1));
      return;
    }
    const scale = Math.max(s.recv, s.send, 64);
    cell.replaceChildren(bar(this.t("queue-recv", { n: s.recv }), s.recv, scale), bar(this.t("queue-send", { n: s.send }), s.send, scale));
  }
}

function bar(label, value, max) {
  const fill = el("i");
  fill.style.width = `${Math.min(100, (100 * value) / max)}%`;
  return el("span", { class: "gauge", "data-empty": value === 0 }, el("span", {}, label), el("b", { "aria-hidden": "true" }, fill));
}
