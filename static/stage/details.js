// All that is known of the call or packet that is marked.

import { el, text } from "./dom.js";
import { flags, strace, time } from "./labels.js";

export class Details {
  /** describe(thing) says in a sentence what a call or a packet is. */
  constructor(t, describe) {
    Object.assign(this, { t, describe });
    this.why = el("div", { class: "why", tabindex: "-1", "data-testid": "because" }); // causes.js writes there
    this.body = el("div", { class: "body" }, el("p", { class: "empty" }, t("details-empty")));
    this.node = el("section", { class: "details", "data-testid": "details", "aria-label": t("details") }, el("h3", {}, t("details")), this.body);
  }

  reset() {
    this.thing = null;
    this.body.replaceChildren(el("p", { class: "empty" }, this.t("details-empty")));
  }

  /** show shows thing; redraw it as long as it changes. */
  show(thing) {
    if (thing !== this.thing) this.why.replaceChildren();
    this.thing = thing;
    this.phase = thing.phase;
    const rows = thing.type === "packet" ? this.packet(thing) : this.call(thing);
    this.body.replaceChildren(
      el("p", { class: "sum" }, this.describe(thing)), this.why,
      thing.type === "call" ? el("pre", { class: "strace" }, strace(thing)) : "",
      el("dl", {}, ...rows.filter(([, v]) => v !== undefined && v !== "").flatMap(([k, v]) => [el("dt", {}, this.t(k)), el("dd", {}, v)])),
      thing.data ? this.bytes(thing.data) : "");
  }

  draw() {
    if (this.thing && this.thing.phase !== this.phase) this.show(this.thing);
  }

  call(c) {
    return [
      ["f-program", c.program], ["f-line", c.line ? String(c.line) : ""], ["f-fd", c.fd === undefined ? "" : String(c.fd)],
      ["f-wchan", c.wchan], ["f-errno", c.errno], ...this.times(c), ["f-duration", c.duration === undefined ? "" : time(c.duration)],
    ];
  }

  packet(p) {
    const s = p.summary ?? {};
    const both = (raw, relative) => (raw === undefined ? undefined : this.t("raw-relative", { raw, relative }));
    const travelled = p.at.delivered && p.at.sent ? time(p.at.delivered.t - p.at.sent.t) : "";
    return [
      ["f-proto", s.proto], ["f-src", s.src], ["f-dst", s.dst], ["f-flags", s.flags ? flags(p).replaceAll(",", ", ") : ""],
      ["f-seq", both(s.seq, p.seq)], ["f-ack", both(s.ack, p.ack)], ["f-window", s.window === undefined ? "" : String(s.window)],
      ["f-len", this.t("bytes", { n: s.len ?? 0 })], ["f-options", s.options?.join(", ")], ["f-text", s.text],
      ["f-reason", p.reason ? this.t(`reason-${p.reason}`).replace(/^reason-/, "") : ""], ...this.times(p), ["f-travelled", travelled],
    ];
  }

  times(thing) {
    return Object.entries(thing.at).map(([phase, at]) => [`at-${thing.type}-${phase}`, `${(at.t / 1e9).toFixed(6)} s`]);
  }

  bytes(base64) {
    const frame = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const pre = el("pre", { class: "hex", tabindex: "0", "aria-label": this.t("f-bytes") });
    text(pre, dump(frame));
    return el("details", { class: "frame", open: frame.length <= 160 }, el("summary", {}, this.t("frame", { n: frame.length })), pre);
  }
}

/** dump writes bytes in rows of sixteen, with what is printable beside. */
export function dump(bytes, limit = 4096) {
  const rows = [];
  for (let i = 0; i < Math.min(bytes.length, limit); i += 16) {
    const row = [...bytes.slice(i, i + 16)];
    const hex = row.map((b) => b.toString(16).padStart(2, "0"));
    const left = `${hex.slice(0, 8).join(" ")}  ${hex.slice(8).join(" ")}`.padEnd(49);
    const chars = row.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : "·")).join("");
    rows.push(`${i.toString(16).padStart(4, "0")}  ${left} ${chars}`);
  }
  if (bytes.length > limit) rows.push("…");
  return rows.join("\n");
}
