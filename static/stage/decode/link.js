// Ethernet and ARP.

import { fields, ip4, mac } from "./fields.js";

const TYPES = { 0x0800: "ipv4", 0x86dd: "ipv6", 0x0806: "arp" };

export function ethernet(c) {
  c.layer.length = 14;
  const f = fields(c, [["destination", 48, mac], ["source", 48, mac], ["type", 16]]);
  return { read: TYPES[f.type] ?? "payload", at: c.at + 14 };
}

/** Source: RFC 826. */
export function arp(c) {
  c.layer.length = 28;
  fields(c, [["hardware", 16], ["protocol", 16], ["hardware-length", 8], ["protocol-length", 8], ["operation", 16],
    ["sender-mac", 48, mac], ["sender-ip", 32, ip4], ["target-mac", 48, mac], ["target-ip", 32, ip4]]);
  return { read: "padding", at: c.at + 28 };
}
