// IPv4 and IPv6 with its extension headers.

import { fields, ip4, ip6, sum } from "./fields.js";

const PROTOCOLS = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };
const EXTENSIONS = { 0: "ipv6-options", 43: "ipv6-options", 44: "ipv6-fragment", 60: "ipv6-options" };

/** Source: RFC 791; RFC 2474 and RFC 3168 for DSCP and ECN. */
export function ipv4(c) {
  const { at, bytes, layer } = c;
  const f = fields(c, [["version", 4], ["header-length", 4], ["dscp", 6], ["ecn", 2], ["total-length", 16], ["identification", 16],
    ["reserved", 1], ["df", 1], ["mf", 1], ["fragment-offset", 13], ["ttl", 8], ["protocol", 8], ["checksum", 16], ["source", 32, ip4], ["destination", 32, ip4]]);
  layer.length = Math.max(f["header-length"] * 4, 20);
  if (layer.length > 20) c.add("options", (at + 20) * 8, (layer.length - 20) * 8, `${layer.length - 20} B`);
  layer.right = sum(bytes.subarray(at, at + layer.length)) === 0xffff;
  layer.rest = Math.max(f["total-length"] - layer.length, 0);
  const next = { at: at + layer.length, end: at + layer.length + layer.rest, part: f.mf === 1 || f["fragment-offset"] > 0 };
  if (f["fragment-offset"] > 0) return { ...next, read: "payload" };
  const pseudo = f.protocol === 1 ? 0 : sum(bytes.subarray(at + 12, at + 20)) + f.protocol + layer.rest;
  return { ...next, read: PROTOCOLS[f.protocol] ?? "payload", pseudo };
}

/** Source: RFC 8200. */
export function ipv6(c) {
  const { at, bytes } = c;
  c.layer.length = 40;
  const f = fields(c, [["version", 4], ["dscp", 6], ["ecn", 2], ["flow-label", 20], ["payload-length", 16], ["next-header", 8], ["hop-limit", 8],
    ["source", 128, ip6], ["destination", 128, ip6]]);
  const addresses = sum(bytes.subarray(at + 8, at + 40));
  return above({ addresses, end: at + 40 + f["payload-length"] }, f["next-header"], at + 40);
}

/** above is what follows a header of IPv6, and the pseudo header of its checksum. */
function above({ addresses, end, part }, protocol, at) {
  const read = EXTENSIONS[protocol] ?? PROTOCOLS[protocol] ?? "payload";
  return { read, at, end, part, addresses, pseudo: addresses + protocol + (end - at) };
}

/** extension is a header with options, or one for routing. */
export function extension(c) {
  const f = fields(c, [["next-header", 8], ["length", 8]]);
  c.layer.length = (f.length + 1) * 8;
  c.add("options", (c.at + 2) * 8, (c.layer.length - 2) * 8, `${c.layer.length - 2} B`);
  return above(c, f["next-header"], c.at + c.layer.length);
}

export function fragment(c) {
  c.layer.length = 8;
  const f = fields(c, [["next-header", 8], ["reserved", 8], ["fragment-offset", 13], ["reserved-bits", 2], ["mf", 1], ["identification", 32]]);
  const next = above({ ...c, part: true }, f["next-header"], c.at + 8);
  return f["fragment-offset"] > 0 ? { ...next, read: "payload" } : next;
}
