// The sockets of each host as ss prints them at this moment.

import { button, el, text } from "./dom.js";

/** The names that ss has for the kernel's states. */
const STATES = {
  ESTABLISHED: "ESTAB", SYN_SENT: "SYN-SENT", SYN_RECV: "SYN-RECV", FIN_WAIT1: "FIN-WAIT-1", FIN_WAIT2: "FIN-WAIT-2", TIME_WAIT: "TIME-WAIT",
  CLOSE: "UNCONN", CLOSE_WAIT: "CLOSE-WAIT", LAST_ACK: "LAST-ACK", LISTEN: "LISTEN", CLOSING: "CLOSING",
};

const COLUMNS = ["Netid", "State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port"];

/** rows are the lines of ss about a host's sockets. */
export function rows(sockets) {
  const any = (a, local) => (a ? a.replace(/^\[::\]/, "*") : local ? "*:*" : "0.0.0.0:*");
  return sockets.map((s) => [s.proto, STATES[s.state] ?? s.state, String(s.recv), String(s.send), any(s.local, true), s.remote || "0.0.0.0:*"]);
}

/** columns puts rows under each other. */
export function columns(rows) {
  const all = [COLUMNS, ...rows];
  const width = COLUMNS.map((_, i) => Math.max(...all.map((r) => r[i].length)));
  return all.map((r) => r.map((c, i) => c.padEnd(width[i])).join("  ").trimEnd()).join("\n");
}

export class View {
  constructor({ t }) {
    this.t = t;
    this.hosts = el("div", { "data-testid": "tool-ss" });
    this.copy = button(t("copy"), {}, async () => {
      await navigator.clipboard.writeText(this.hosts.textContent);
      text(this.copy, t("copied"));
    });
    this.node = el("div", {}, el("div", { class: "group" }, this.copy), el("p", { class: "hint" }, t("hint")), this.hosts);
  }

  reset() {
    this.hosts.replaceChildren();
  }

  take() {}

  draw(model) {
    const names = [...model.hosts.keys()];
    const texts = names.map((h) => columns(rows([...model.sockets.values()].filter((s) => s.host === h && s.state))));
    if (this.hosts.childElementCount !== 2 * names.length) {
      this.hosts.replaceChildren(...names.flatMap((h) => [el("h4", {}, this.t("prompt", { host: h })), el("pre", { class: "tool" })]));
    }
    texts.forEach((s, i) => text(this.hosts.children[2 * i + 1], s));
  }

  select() {}
}
