// One packet taken apart: its headers as the RFCs draw them, each field with
// a sentence, and the bytes. What is pointed at or focused in one place is
// marked in the others.

import { application } from "./application.js";
import { copy } from "./copy.js";
import { button, el, enable, set, text } from "./dom.js";
import { decode } from "./decode.js";
import { dump } from "./details.js";
import { explain } from "./explain.js";
import { flags } from "./labels.js";
import { bytesOf, Streams } from "./streams.js";

export class View {
  constructor({ t, on }) {
    Object.assign(this, { t, on, packets: [], shown: null, streams: new Streams() });
    this.title = el("h4", { hidden: true });
    const step = (name, by) => button(t(name), { "data-testid": `inspector-${name}` }, () => this.step(by));
    this.copying = button(t("copy"), { "data-testid": "inspector-copy" }, () => this.copy());
    this.said = el("span", { role: "status", "data-testid": "inspector-said" });
    this.parts = el("div", { class: "parts" });
    this.empty = el("p", { class: "empty" }, t("empty"));
    this.node = el("div", { class: "inspector" }, el("div", { class: "group" }, step("previous", -1), step("next", 1), this.copying, this.said, this.title), this.empty, this.parts);
    for (const kind of ["pointerover", "focusin"]) this.parts.addEventListener(kind, (e) => this.point(e.target.closest?.("[data-field]")?.dataset.field));
  }

  reset() {
    this.packets = [];
    this.streams = new Streams();
    this.shown = this.chosen = null;
    enable(this.copying, false);
    text(this.said, "");
    this.parts.replaceChildren();
    this.title.hidden = true;
    this.empty.hidden = false;
  }

  take(e, thing) {
    if (thing?.type !== "packet") return;
    if (e.phase === "changed") this.streams.changed(thing);
    if (e.phase !== "sent" && e.phase !== "made") return;
    this.packets.push(thing);
    this.streams.take(thing);
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
    enable(this.copying, true);
    text(this.said, "");
    this.show(p);
  }

  /** copy copies the frame's bytes, in rows as hexdump and Wireshark have them. */
  async copy() {
    text(this.said, ""); // the same words twice are told twice
    text(this.said, this.t((await copy(dump(bytesOf(this.shown)))) ? "copied" : "not-copied"));
  }

  step(by) {
    const at = this.packets.indexOf(this.shown);
    const p = this.packets[Math.max(0, Math.min(at + by, this.packets.length - 1))];
    if (p) this.on.select(p);
  }

  show(p) {
    const bytes = bytesOf(p);
    const layers = this.layers(p, bytes);
    this.title.hidden = false;
    this.title.textContent = this.t("title", { id: p.id, what: flags(p).replaceAll(",", "+"), from: p.from, to: p.to });
    this.parts.replaceChildren(el("div", { class: "layers" }, ...layers.map((layer, i) => this.layer(layer, i, p))), this.bytes(bytes, layers));
  }

  /** layers are those of the frame, and what programs say in them where that is known. */
  layers(p, bytes) {
    const layers = decode(bytes);
    const at = layers.findIndex((l) => l.name === "payload" && !l.inner);
    const known = at >= 0 && p.summary?.proto === "TCP" ? application(p, this.streams) : null;
    return known ? [...layers.slice(0, at), ...known, ...layers.slice(at + 1)] : layers;
  }

  layer(layer, i, p) {
    const { t } = this;
    const name = (j) => `${i}-${j}`;
    const drawn = layer.fields.map((f, j) => [f, j]).filter(([f]) => !layer.plain && !f.plain && f.name !== "data" && f.name !== "fill");
    return el("details", { class: "layer", open: layer.name !== "ethernet", "data-layer": layer.name },
      el("summary", {}, layer.inner ? `${t("inner")} ` : "", t(`layer-${layer.name}${layer.kind ? `-${layer.kind}` : ""}`), " ", el("small", {}, t("bytes", { n: layer.length ?? 0 }))),
      ...(layer.says ?? []).map(([key, values]) => el("p", { class: "says" }, t(key, values))),
      drawn.length > 0 && el("div", { class: "header", "aria-hidden": "true" }, ...drawn.flatMap(([f, j]) => this.cells(f, f.at - layer.at * 8, name(j)))),
      el("dl", {}, ...layer.fields.flatMap((f, j) => [
        el("dt", { "data-field": name(j), tabindex: "0" }, f.label ?? t(`${layer.name}-${f.name}`)),
        el("dd", { "data-field": name(j) }, el("code", {}, String(f.value)), " ", explain({ layer, field: f, p, streams: this.streams, t })),
      ])), layer.short ? el("p", { class: "empty" }, t("short")) : "");
  }

  /** cells are a field in the drawing of a header, at bit of it: as wide as its bits, in rows of 32. */
  cells(f, bit, id) {
    const words = f.bits > 1 ? String(f.value) : f.name.toUpperCase().slice(0, 1);
    const all = [];
    for (let left = f.bits; left > 0;) {
      const n = Math.min(32 - (bit % 32), left);
      const cell = el("span", { class: "cell", "data-field": id, "data-set": f.bits === 1 && f.value === 1, title: String(f.value) });
      cell.style.gridColumn = `span ${n}`;
      all.push(cell);
      bit += n;
      left -= n;
    }
    all[Math.floor((all.length - 1) / 2)].textContent = words;
    return all;
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
