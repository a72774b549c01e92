// One packet taken apart: its headers as the RFCs draw them, each field with
// a sentence, and the bytes. What is pointed at or focused in one place is
// marked in the others.

import { button, el, set } from "./dom.js";
import { decode } from "./decode.js";
import { flags } from "./labels.js";

const TYPES = { 0x0800: "IPv4", 0x86dd: "IPv6", 0x0806: "ARP" };
const PROTOCOLS = { 1: "ICMP", 2: "IGMP", 6: "TCP", 17: "UDP", 58: "ICMPv6" };

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on, packets: [], shown: null });
    this.title = el("h4", {}, "");
    const step = (name, by) => button(t(name), { "data-testid": `inspector-${name}` }, () => this.step(by));
    this.parts = el("div", { class: "parts" });
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.node = el("div", { class: "inspector" }, el("div", { class: "group" }, step("previous", -1), step("next", 1), this.title), this.empty, this.parts);
    for (const kind of ["pointerover", "focusin"]) this.parts.addEventListener(kind, (e) => this.point(e.target.closest?.("[data-field]")?.dataset.field));
  }

  reset() {
    this.packets = [];
    this.shown = this.chosen = null;
    this.parts.replaceChildren();
    this.empty.hidden = false;
  }

  take(e, thing) {
    if (thing?.type === "packet" && (e.phase === "sent" || e.phase === "made")) this.packets.push(thing);
  }

  select(thing) {
    if (thing.type !== "packet") return;
    this.chosen = thing;
    this.draw();
  }

  /** draw shows the packet that was chosen, or the newest. */
  draw() {
    const p = this.chosen ?? this.packets.at(-1);
    if (!p?.data || (p === this.shown && p.data === this.data)) return;
    Object.assign(this, { shown: p, data: p.data });
    this.empty.hidden = true;
    this.show(p);
  }

  step(by) {
    const at = this.packets.indexOf(this.shown);
    const p = this.packets[Math.max(0, Math.min(at + by, this.packets.length - 1))];
    if (p) this.on.select(p);
  }

  show(p) {
    const bytes = Uint8Array.from(atob(p.data), (c) => c.charCodeAt(0));
    const layers = decode(bytes);
    this.title.textContent = this.t("title", { id: p.id, what: flags(p).replaceAll(",", "+"), from: p.from, to: p.to });
    this.parts.replaceChildren(el("div", { class: "layers" }, ...layers.map((layer, i) => this.layer(layer, i, p))), this.bytes(bytes, layers));
  }

  layer(layer, i, p) {
    const open = layer.name !== "ethernet";
    const name = (f, j) => `${i}-${j}`;
    return el("details", { class: "layer", open, "data-layer": layer.name }, el("summary", {}, this.t(`layer-${layer.name}`), " ", el("small", {}, this.t("bytes", { n: layer.length ?? 0 }))),
      layer.name === "payload" ? "" : el("div", { class: "header", "aria-hidden": "true" }, ...layer.fields.flatMap((f, j) => this.cells(f, f.at - layer.at * 8, name(f, j)))),
      el("dl", {}, ...layer.fields.filter((f) => !f.name.startsWith("reserved")).flatMap((f) => {
        const id = name(f, layer.fields.indexOf(f));
        return [el("dt", { "data-field": id, tabindex: "0" }, this.t(`${layer.name}-${f.name}`)),
          el("dd", { "data-field": id }, el("code", {}, String(f.value)), " ", this.explain(layer, f, p))];
      })), layer.short ? el("p", { class: "empty" }, this.t("short")) : "");
  }

  /** cells are a field in the drawing of a header, at bit of it: as wide as its bits, in rows of 32. */
  cells(f, bit, id) {
    const words = f.bits >= 4 ? String(f.value) : f.name.toUpperCase().slice(0, f.bits > 1 ? 3 : 1);
    const all = [];
    for (let left = f.bits; left > 0;) {
      const n = Math.min(32 - (bit % 32), left);
      const cell = el("span", { class: "cell", "data-field": id, title: String(f.value) });
      cell.style.gridColumn = `span ${n}`;
      all.push(cell);
      bit += n;
      left -= n;
    }
    all[Math.floor((all.length - 1) / 2)].textContent = words;
    return all;
  }

  /** explain says what a field says in this packet, and how it goes with the packets before. */
  explain(layer, f, p) {
    const values = { value: f.value, hex: typeof f.value === "number" ? `0x${f.value.toString(16)}` : "", bytes: f.value * 4, name: TYPES[f.value] ?? PROTOCOLS[f.value] ?? "?", relative: "" };
    const key = `say-${layer.name}-${f.name}`;
    if (f.name === "checksum") return this.t(layer.right ? "say-checksum-right" : "say-checksum-wrong");
    if (layer.name === "tcp") {
      if (f.name === "sequence") values.relative = p.seq;
      if (f.name === "acknowledgement") return this.acknowledges(f, p, values);
      if (f.name === "window") return this.window(f, p, values);
    }
    const one = typeof f.value === "number" && f.bits === 1 ? `${key}-${f.value}` : key;
    const words = this.t(one, values);
    return words === one ? "" : words;
  }

  /** acknowledges finds the packet whose last byte this one acknowledges: ack = seq + length. */
  acknowledges(f, p, values) {
    if (p.summary?.ack === undefined) return this.t("say-tcp-acknowledgement-none");
    values.relative = p.ack;
    const takes = (q) => q.summary.len + (q.summary.flags ?? []).filter((x) => x === "SYN" || x === "FIN").length;
    const peer = this.packets.findLast((q) => q !== p && q.at.sent.seq < p.at.sent.seq && q.summary?.src === p.summary.dst && q.summary.dst === p.summary.src &&
      takes(q) > 0 && ((q.summary.seq + takes(q)) >>> 0) === f.value);
    if (!peer) return this.t("say-tcp-acknowledgement", values);
    return this.t("say-tcp-acknowledgement-of", { ...values, id: peer.id, seq: peer.seq, length: takes(peer) });
  }

  /** window multiplies by what the handshake agreed on. */
  window(f, p, values) {
    const options = (q) => q.summary?.options?.map((o) => /^wscale (\d+)$/.exec(o)?.[1]).find((v) => v !== undefined);
    const syns = this.packets.filter((q) => q.summary?.flags?.includes("SYN"));
    const own = syns.find((q) => q.summary.src === p.summary.src && q.summary.dst === p.summary.dst);
    const back = syns.find((q) => q.summary.src === p.summary.dst && q.summary.dst === p.summary.src);
    const scale = own && back && options(back) !== undefined ? options(own) : undefined;
    if (p.summary.flags?.includes("SYN") || scale === undefined) return this.t("say-tcp-window", values);
    return this.t("say-tcp-window-scaled", { ...values, scale, scaled: f.value * 2 ** Number(scale) });
  }

  /** bytes are the frame in rows of sixteen, each byte with the field it belongs to. */
  bytes(bytes, layers) {
    const owner = (n) => {
      const i = layers.findIndex((l) => n >= l.at && n < l.at + (l.length ?? 0));
      const j = layers[i]?.fields.findIndex((f) => n * 8 + 7 >= f.at && n * 8 < f.at + f.bits) ?? -1;
      return j >= 0 ? `${i}-${j}` : null;
    };
    const rows = [];
    for (let at = 0; at < Math.min(bytes.length, 2048); at += 16) {
      const row = [...bytes.subarray(at, at + 16)];
      rows.push(el("span", { class: "offset" }, at.toString(16).padStart(4, "0")),
        ...row.map((b, i) => el("span", { class: "byte", "data-field": owner(at + i) }, b.toString(16).padStart(2, "0"))),
        el("span", { class: "ascii" }, row.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : "·")).join("")));
      rows.at(-1).style.gridColumn = "18";
    }
    return el("div", { class: "bytes", tabindex: "0", role: "img", "aria-label": this.t("bytes-label", { n: bytes.length }), "data-testid": "inspector-bytes" }, ...rows);
  }

  /** point marks a field everywhere. */
  point(field) {
    for (const node of this.parts.querySelectorAll("[data-pointed]")) set(node, { "data-pointed": null });
    if (field) for (const node of this.parts.querySelectorAll(`[data-field="${field}"]`)) set(node, { "data-pointed": true });
  }
}
