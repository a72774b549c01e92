// ICMP, for IPv4 and for IPv6.

import { fields, ip6, mac, rightSum } from "./fields.js";

const HEAD = [["type", 8], ["code", 8], ["checksum", 16]];
const ECHO = [["identifier", 16], ["sequence", 16]];

/** What stands behind the checksum, by type; of code 4 of type 3 the last half is the MTU. Source: RFC 792, RFC 1191. */
const ICMP = { 0: ECHO, 8: ECHO, 3: [["unused", 32]], 5: [["gateway", 32]], 11: [["unused", 32]] };
const ERRORS = [3, 4, 5, 11, 12]; // they carry the beginning of the packet that they are about

export function icmp(c) {
  c.layer.length = 8;
  const type = c.view.getUint8(c.at);
  const big = type === 3 && c.view.getUint8(c.at + 1) === 4;
  fields(c, [...HEAD, ...(big ? [["unused", 16], ["mtu", 16]] : ICMP[type] ?? [["rest", 32]])]);
  c.layer.right = c.inner ? undefined : rightSum(c);
  return ERRORS.includes(type) ? inner(c, "ipv4") : { read: "payload", at: c.at + 8, end: c.end };
}

/** inner is the packet that an error is about, as far as it is there. */
const inner = (c, read) => ({ read, at: c.at + 8, end: c.end, inner: true });

const R = "reserved";
const SIX = {
  1: [["unused", 32]], 2: [["mtu", 32]], 3: [["unused", 32]], 4: [["pointer", 32]], 128: ECHO, 129: ECHO, 133: [[R, 32]],
  134: [["hop-limit", 8], ["flags", 8], ["lifetime", 16], ["reachable", 32], ["retransmission", 32]],
  135: [[R, 32], ["target", 128, ip6]], 136: [["router", 1], ["solicited", 1], ["override", 1], [R, 29], ["target", 128, ip6]],
  143: [[R, 16], ["groups", 16]],
};
const NEIGHBOURS = [133, 134, 135, 136]; // they end in options

/** Source: RFC 4443, RFC 4861, RFC 3810. */
export function icmpv6(c) {
  const type = c.view.getUint8(c.at);
  const list = SIX[type] ?? [["rest", 32]];
  c.layer.length = 4 + list.reduce((n, [, size]) => n + size / 8, 0);
  fields(c, [...HEAD, ...list]);
  c.layer.right = c.inner ? undefined : rightSum(c);
  if (type < 128) return inner(c, "ipv6");
  if (NEIGHBOURS.includes(type)) while (c.at + c.layer.length + 8 <= c.end) option(c);
  return { read: "payload", at: c.at + c.layer.length, end: c.end };
}

/** option adds one option of neighbour discovery: kind, length in units of 8 bytes, value. */
function option(c) {
  const { view, layer } = c;
  const at = c.at + layer.length;
  const kind = view.getUint8(at);
  const length = Math.min(Math.max(view.getUint8(at + 1), 1) * 8, c.end - at);
  const name = { 1: "option-source", 2: "option-target" }[kind];
  c.add(name ?? "option-other", at * 8, length * 8, name ? mac(view, at + 2) : kind);
  layer.length += length;
}
