// Packets made by hand: a held one whose bytes are edited, and a segment or
// datagram that no host has sent. It is loaded when it is first asked for.

import { button, el, words } from "./dom.js";

const FLAGS = ["SYN", "ACK", "PSH", "FIN", "RST", "URG"];

let strings; // of the page's language, loaded once

/** open asks for a packet; what is {packet}, a held one to edit, or {} for a new one. */
export async function open(stage, what) {
  strings ??= await fetch(new URL(`words/compose.${stage.lab.lang}.json`, import.meta.url)).then((r) => r.json());
  const t = words(strings);
  const form = what.packet ? edit(what.packet, t) : compose(stage.model, t);
  const error = el("p", { class: "alert", role: "alert", hidden: true, "data-testid": "compose-error" });
  const dialog = el("dialog", { class: "compose", "data-testid": "compose", "aria-label": form.title });
  const send = (e) => {
    e.preventDefault();
    try {
      stage.session.send(form.command());
      dialog.close();
    } catch (err) {
      error.textContent = err.message;
      error.hidden = false;
    }
  };
  dialog.append(el("form", { method: "dialog", onsubmit: send }, el("h3", {}, form.title), ...form.fields, error,
    el("p", { class: "group" }, el("button", { class: "primary", "data-testid": "compose-send" }, form.action),
      button(t("cancel"), {}, () => dialog.close()))));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (e) => e.stopPropagation()); // the stage's keys rest
  stage.append(dialog);
  dialog.showModal();
}

/** edit changes the bytes of a held packet. */
function edit(packet, t) {
  const bytes = [...atob(packet.data)].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0"));
  const rows = [];
  for (let i = 0; i < bytes.length; i += 16) rows.push(bytes.slice(i, i + 16).join(" "));
  const hex = el("textarea", { rows: Math.min(rows.length + 1, 16), spellcheck: "false", "data-testid": "compose-bytes" });
  hex.value = rows.join("\n");
  const mend = el("input", { type: "checkbox", checked: true, "data-testid": "compose-mend" });
  return {
    title: t("edit"), action: t("put-back"),
    fields: [labelled(t("bytes"), hex), el("label", { class: "check" }, mend, el("span", {}, t("mend"))), el("p", { class: "hint" }, t("edit-hint"))],
    command: () => ({ command: "edit", packet: packet.id, data: base64(hex.value, t), checksum: mend.checked ? "mend" : "leave" }),
  };
}

/** base64 reads bytes written in hexadecimal. */
export function base64(text, t) {
  const digits = text.replace(/\s+/g, "");
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw new Error(t("not-hex"));
  return btoa(String.fromCharCode(...digits.match(/../g).map((b) => parseInt(b, 16))));
}

/**
 * next is what a host would send next to another: its addresses and numbers.
 * Who plays a host by hand reckons the numbers, and begins from those that
 * they sent last.
 */
export function next(model, from, to) {
  const all = [...model.packets.values()].filter((p) => p.summary?.proto === "TCP");
  const own = all.findLast((p) => p.from === from && p.to === to);
  const back = all.findLast((p) => p.from === to && p.to === from);
  const after = (p) => (p.summary.seq + p.summary.len + (p.summary.flags ?? []).filter((f) => f === "SYN" || f === "FIN").length) >>> 0;
  const numbers = model.hosts.get(from)?.hand ? { seq: own?.summary.seq ?? 0, ack: own?.summary.ack ?? 0 } : { seq: own ? after(own) : 0, ack: back ? after(back) : 0 };
  return {
    src: own?.summary.src ?? back?.summary.dst ?? `${model.hosts.get(from)?.addrs[0]}:40000`,
    dst: own?.summary.dst ?? back?.summary.src ?? `${model.hosts.get(to)?.addrs[0]}:8080`,
    ...numbers,
  };
}

/** compose makes a new segment. */
function compose(model, t) {
  const hosts = [...model.hosts.keys()];
  const choice = (id, at) => el("select", { "data-testid": `compose-${id}`, onchange: () => fill() }, ...hosts.map((h, i) => el("option", { value: h, selected: i === at }, h)));
  const byHand = hosts.findIndex((h) => model.hosts.get(h).hand);
  const from = choice("from", byHand >= 0 ? byHand : 0);
  const to = choice("to", byHand === 0 || byHand < 0 ? hosts.length - 1 : 0);
  const field = (id, props = {}) => el("input", { "data-testid": `compose-${id}`, size: 24, ...props });
  const src = field("src"), dst = field("dst");
  const seq = field("seq", { inputmode: "numeric" }), ack = field("ack", { inputmode: "numeric" });
  const window = field("window", { inputmode: "numeric", value: "64240" }), payload = field("payload");
  const flags = FLAGS.map((f) => el("label", { class: "check" }, el("input", { type: "checkbox", value: f, "data-testid": `compose-${f}` }), el("span", {}, f)));
  const hint = el("p", { class: "hint", "data-testid": "compose-hint" });
  const fill = () => {
    const n = next(model, from.value, to.value);
    hint.textContent = model.hosts.get(from.value).hand ? t("compose-hint-hand") : t("compose-hint");
    for (const [input, value] of [[src, n.src], [dst, n.dst], [seq, n.seq], [ack, n.ack]]) input.value = String(value);
  };
  fill();
  return {
    title: t("compose"), action: t("send"),
    fields: [
      el("div", { class: "grid" }, ...[["from", from], ["to", to], ["src", src], ["dst", dst], ["seq", seq], ["ack", ack], ["window", window], ["payload", payload]]
        .map(([id, input]) => labelled(t(id), input))),
      el("fieldset", { class: "group" }, el("legend", {}, t("flags")), ...flags), hint,
    ],
    command: () => ({
      command: "inject", from: from.value, to: to.value,
      segment: {
        src: src.value.trim(), dst: dst.value.trim(), seq: number(seq, 0xffffffff, t), ack: number(ack, 0xffffffff, t),
        window: number(window, 0xffff, t), payload: payload.value,
        flags: flags.map((l) => l.firstChild).filter((b) => b.checked).map((b) => b.value),
      },
    }),
  };
}

function number(input, max, t) {
  const n = Number(input.value);
  if (!/^\d+$/.test(input.value.trim()) || n > max) throw new Error(t("not-number", { value: input.value, max }));
  return n;
}

const labelled = (name, input) => el("label", { class: "field" }, el("span", {}, name), input);
