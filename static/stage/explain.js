// What a field of a packet says, in a sentence: what it is for, with the
// value that it has here, and how that goes with the packets before.
//
// explain({ layer, field, p, streams, t }) finds it by the key
// say-LAYER-FIELD, or by say-LAYER-FIELD-VALUE where a value has a sentence
// of its own.

import { takes } from "./streams.js";

const TYPES = { 0x0800: "IPv4", 0x86dd: "IPv6", 0x0806: "ARP" };
const PROTOCOLS = { 0: "Hop-by-Hop Options", 1: "ICMP", 2: "IGMP", 6: "TCP", 17: "UDP", 43: "Routing", 44: "Fragment", 58: "ICMPv6", 60: "Destination Options" };

export function explain(c) {
  const { layer, field } = c;
  const own = (layer.inner ? null : SPECIAL[`${layer.name}-${field.name}`]) ?? ANYWHERE[field.name];
  return own ? own(c) : plainly(c, layer.inner ? ["inner"] : []);
}

/** plainly is the sentence that the value alone leads to. */
function plainly({ layer, field, t }, kinds = [], more = {}) {
  const key = `say-${layer.name}-${field.name}`;
  const { value } = field;
  const values = {
    value, hex: typeof value === "number" ? `0x${value.toString(16).padStart(Math.ceil(field.bits / 4), "0")}` : "",
    by4: value * 4, by8: value * 8, n: field.bits / 8, name: TYPES[value] ?? PROTOCOLS[value] ?? "?", power: 2 ** value, rest: layer.rest, length: layer.length, ...more,
  };
  return first(t, [...kinds.map((k) => `${key}-${k}`), `${key}-${value}`, key], values);
}

/** first is the sentence of the first key that there is; "" when there is none. */
function first(t, keys, values) {
  const key = keys.find((k) => t(k) !== k);
  return key ? t(key, values) : "";
}

/** other is the field of the same layer with this name. */
const other = (layer, name) => layer.fields.find((f) => f.name === name)?.value;

/** Fields with the same sentence in all layers. */
const ANYWHERE = {
  checksum: ({ layer, t }) => t(`say-checksum-${layer.none ? "none" : layer.right === undefined ? "part" : layer.right ? "right" : "wrong"}`),
  reserved: ({ t }) => t("say-reserved"),
  "reserved-bits": ({ t }) => t("say-reserved"),
  unused: ({ t }) => t("say-reserved"),
  code: (c) => plainly(c, [`${other(c.layer, "type")}-${c.field.value}`, ...(c.field.value >= 3000 ? ["own"] : [])]),
  destination: (c) => plainly(c, audience(c.field.value)),
  source: (c) => plainly(c, audience(c.field.value)),
};

/** audience is whom an address means, where it is not one interface: all, or a group. */
function audience(address) {
  if (address === "ff:ff:ff:ff:ff:ff" || address === "255.255.255.255") return ["all"];
  if (/^.[13579bdf]:.*:.*:.*:.*:/.test(address) || /^ff[0-9a-f]{2}:/.test(address) || /^(22[4-9]|23\d)\./.test(address)) return ["group"];
  return address === "::" ? ["none"] : [];
}

const SPECIAL = {
  "arp-target-mac": (c) => plainly(c, [c.field.value === "00:00:00:00:00:00" ? "unknown" : "known"]),
  "arp-target-ip": (c) => plainly(c, [`of-${other(c.layer, "operation")}`]),
  "ipv4-fragment-offset": (c) => plainly(c, [c.field.value > 0 ? "behind" : "first"]),
  "ipv6-fragment-fragment-offset": (c) => plainly(c, [c.field.value > 0 ? "behind" : "first"]),
  "tcp-sequence": sequence, "tcp-acknowledgement": acknowledgement, "tcp-window": scaled, "tcp-urgent": (c) => plainly(c, [other(c.layer, "urg") ? "set" : "not"]),
  "tcp-option-timestamps": timestamps, "tcp-option-sack": sack,
  "payload-data": data,
  "http-header": header, "http-code": (c) => plainly(c, [c.field.value, `${String(c.field.value)[0]}xx`]),
  "http-chunk-size": (c) => plainly(c, Number.isNaN(c.field.size) ? ["part"] : [], { size: c.field.size }),
  "websocket-mask": (c) => plainly(c, [`${c.field.value}-${c.field.by}`]), "websocket-data": carried, "websocket-reason": carried,
};

/** sequence says how the number goes on from what the same side sent before: seq = seq before + length. */
function sequence({ p, streams, t }) {
  const values = { relative: p.seq, next: p.seq + 1 };
  if (p.summary.flags?.includes("SYN")) return t("say-tcp-sequence-syn", values);
  const what = t(takes(p) > 0 ? "say-tcp-sequence" : "say-tcp-sequence-next", values);
  const before = streams.before(p);
  const id = p.again ?? p.of ?? before?.id;
  if (p.again || p.of) return `${what} ${t("say-tcp-sequence-again", { ...values, id })}`;
  if (!before) return what;
  const follows = ((before.summary.seq + takes(before)) >>> 0) === p.summary.seq;
  return `${what} ${t(follows ? "say-tcp-sequence-follows" : "say-tcp-sequence-apart", { ...values, id, seq: before.seq, length: takes(before) })}`;
}

/** acknowledgement names the packet whose last byte is acknowledged: ack = seq + length. */
function acknowledgement({ p, streams, t }) {
  if (p.summary?.ack === undefined) return t("say-tcp-acknowledgement-none");
  const of = streams.acknowledged(p);
  const values = { relative: p.ack };
  return of ? t("say-tcp-acknowledgement-of", { ...values, id: of.id, seq: of.seq, length: takes(of) }) : t("say-tcp-acknowledgement", values);
}

/** scaled multiplies a window by what the handshake agreed on. */
function scaled({ field, p, streams, t }) {
  const scale = streams.scale(p);
  const values = { value: field.value, scale, scaled: field.value * 2 ** scale };
  return t(scale === undefined ? "say-tcp-window" : "say-tcp-window-scaled", values);
}

function timestamps(c) {
  const [clock, seen] = String(c.field.value).split(", ");
  return plainly(c, [seen === "0" ? "first" : "both"], { clock, seen });
}

/** sack counts the bytes from where those of the other side begin, as the relative numbers do. */
function sack(c) {
  const base = c.p.summary.ack - c.p.ack;
  const blocks = String(c.field.value).split(", ").map((b) => b.split("–").map((n) => (Number(n) - base) >>> 0).join("–"));
  return plainly(c, ["relative"], { blocks: blocks.join(", ") });
}

/** data says which bytes of its direction these are. */
function data({ field, p, t }) {
  const n = field.bits / 8;
  if (p?.seq === undefined || p.summary.proto !== "TCP") return t("say-payload-data", { n });
  const from = p.seq + (p.summary.flags?.includes("SYN") ? 1 : 0) + p.summary.len - n;
  return t("say-payload-data-tcp", { n, from, to: from + n - 1 });
}

function header(c) {
  const { label, value } = c.field;
  const name = label.toLowerCase();
  const word = name === "connection" || name === "transfer-encoding" || name === "upgrade" ? [`${name}-${value.toLowerCase()}`] : [];
  return first(c.t, [...word, name].map((k) => `say-http-header-${k}`).concat("say-http-header"), { value, label });
}

/** carried says how the bytes of a frame became the text that is shown. */
function carried(c) {
  return plainly(c, [c.field.compressed ? "compressed" : c.field.masked ? "masked" : "open"]);
}
