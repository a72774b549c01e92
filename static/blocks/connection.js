// <ft-connection>: the WebSocket that brings this page its lab, frame by
// frame. What is read of it comes on another connection (server-sent events),
// so that the telling is not itself among what is told.

import { button, el, enable, text, words } from "../stage/dom.js";

const SHOWN = 200; // frames in the list

customElements.define("ft-connection", class extends HTMLElement {
  connectedCallback() {
    this.t = words(JSON.parse(this.dataset.strings));
  }

  /** follow shows what is read of the streams of the sandbox with this id. */
  follow(id, session) {
    this.source?.close();
    this.session = session;
    this.build();
    this.source = new EventSource(`/api/sandboxes/${id}/frames`);
    this.source.onopen = () => this.clear();
    this.source.onmessage = (m) => this.take(JSON.parse(m.data));
    this.source.onerror = () => this.lost();
  }

  build() {
    const { t } = this;
    this.tuple = el("dd", { "data-testid": "connection-tuple" });
    this.tcp = el("dd", { "data-testid": "connection-tcp" });
    this.status = el("p", { class: "hint", role: "status" });
    this.list = el("ol", { class: "frames", "data-testid": "connection-frames" });
    this.nonsense = button(t("nonsense"), { "data-testid": "connection-nonsense" }, () => this.session.stream.say("hello"));
    this.shut = button(t("close"), { "data-testid": "connection-close" }, () => this.session.stream.interrupt());
    this.replaceChildren(
      this.querySelector("h3"),
      el("dl", {}, el("dt", {}, t("tuple")), this.tuple, el("dd", { class: "hint" }, t("tuple-hint")), el("dt", {}, t("tcp")), this.tcp),
      el("div", { class: "group" }, this.nonsense, this.shut), this.status,
      el("h4", { id: "connection-frames" }, t("frames")), this.list,
    );
    this.list.setAttribute("aria-labelledby", "connection-frames");
    this.clear();
  }

  /** clear begins anew: a source that comes back tells everything again. */
  clear() {
    this.list.replaceChildren();
    this.earlier = this.connections = 0;
    text(this.status, "");
  }

  ready(yes) {
    enable(this.nonsense, yes);
    enable(this.shut, yes);
  }

  lost() {
    this.ready(false);
    if (!this.settle()) text(this.status, this.t("lost"));
  }

  /** settle reads no more when the stream is over and its last connection closed; true then. */
  settle() {
    const over = this.session.stream.over && this.connections === 0;
    if (over) {
      this.source.close();
      text(this.status, this.t("over"));
    }
    return over;
  }

  take(report) {
    const { t } = this;
    if (report.open) {
      this.connections++;
      text(this.tuple, t("tuple-is", report.open));
      this.ready(true);
      this.add(upgrade(t, report), "upgrade");
    } else if (report.frame) {
      this.add(frame(t, report), report.from);
    } else if (report.closed) {
      this.connections--;
      this.add(el("p", {}, t("closed", report)), "closed");
      if (this.connections === 0) this.ready(false);
      this.settle();
    } else if (report.tcp) {
      text(this.tcp, t("tcp-is", numbers(report.tcp)));
    }
  }

  add(node, kind) {
    this.list.append(el("li", { "data-kind": kind }, node));
    if (this.list.childElementCount <= SHOWN) return;
    this.list.querySelector("[data-kind=earlier]")?.remove();
    const oldest = this.list.querySelector("[data-kind=browser], [data-kind=server]");
    oldest.before(el("li", { "data-kind": "earlier" }, this.t("earlier", { n: ++this.earlier })));
    oldest.remove();
  }
});

const ms = (ns) => (ns / 1e6).toFixed(ns < 1e7 ? 2 : 0);

const numbers = (i) => ({
  ...i, rtt: ms(i.rtt), rto: ms(i.rto), out: i.segs_out, in: i.segs_in, acked: i.bytes_acked, received: i.bytes_received,
});

/** value is what a header field among lines says. */
const value = (lines, name) => lines.find((l) => l.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2) ?? "";

function upgrade(t, { conn, open }) {
  const key = value(open.request, "sec-websocket-key");
  const accept = value(open.response, "sec-websocket-accept");
  return el("details", { "data-testid": "connection-upgrade" },
    el("summary", {}, t("upgrade", { conn })),
    el("p", { class: "hint" }, t("request")), el("pre", { tabindex: 0 }, open.request.join("\n")),
    el("p", { class: "hint" }, t("response")), el("pre", { tabindex: 0 }, open.response.join("\n")),
    el("p", {}, t("accept", { key, accept })),
  );
}

const bytes = (base64) => Uint8Array.from(atob(base64 ?? ""), (c) => c.charCodeAt(0));
const hex = (list) => [...list].map((b) => b.toString(16).padStart(2, "0")).join(" ");

/** lengthBits says in how many bits a length of n is written. */
export const lengthBits = (n) => (n < 126 ? 7 : n < 65536 ? "7 + 16" : "7 + 64");

function frame(t, { from, t: at, frame: f }) {
  const [header, wire, data, key] = [f.header, f.wire, f.data, f.key].map(bytes);
  const kind = t([0, 1, 2, 8, 9, 10].includes(f.opcode) ? `op-${f.opcode}` : "op-other");
  const fields = [
    t("field-fin", { fin: Number(f.fin), means: t(f.fin ? "fin-1" : "fin-0") }),
    t("field-opcode", { op: f.opcode, means: kind }),
    t("field-mask", { mask: Number(f.masked) }),
    t("field-length", { n: f.length, bits: lengthBits(f.length) }),
    f.masked && t("field-key", { key: hex(key) }),
  ].filter(Boolean);
  const summary = [
    `${(at / 1e9).toFixed(3)} s`, t(`from-${from}`), kind, t("bytes", { n: f.length }), t(f.masked ? "masked" : "unmasked"),
  ].join(" · ");
  return el("details", {},
    el("summary", {}, summary),
    el("p", { class: "hint" }, t("header", { n: header.length })), el("pre", { tabindex: 0 }, hex(header)),
    el("ul", {}, ...fields.map((s) => el("li", {}, s))),
    f.length > 0 && el("p", { class: "hint" }, t("wire")), f.length > 0 && el("pre", { tabindex: 0 }, hex(wire)),
    f.masked && f.length > 0 && el("p", { class: "hint" }, t("data")), f.masked && f.length > 0 && el("pre", { tabindex: 0 }, hex(data)),
    f.opcode === 8 ? el("p", {}, t("code", code(data))) : f.length > 0 && el("p", { class: "hint" }, t("text")),
    f.opcode !== 8 && f.length > 0 && el("pre", { tabindex: 0 }, new TextDecoder().decode(data)),
    f.length > wire.length && el("p", { class: "hint" }, t("more", { n: f.length - wire.length })),
  );
}

/** code is what the payload of a close frame says (RFC 6455, section 5.5.1). */
export function code(data) {
  if (data.length < 2) return { code: "–", reason: "" };
  return { code: (data[0] << 8) | data[1], reason: new TextDecoder().decode(data.slice(2)) };
}
