// A frame of each kind that the inspector takes apart.

import { ascii, hex, ip4, ip6, join, tcp, udp } from "./frames.js";

const LINK = "020000000002 020000000001 0806 0001 0800 06 04";
const TEXT = ascii("ping");
const datagram = ip4(17, udp(TEXT), { checked: 6 });
const segment = ip4(6, tcp({ seq: 7, ack: 9, data: TEXT }), { checked: 16 });
const six = ip6(17, udp(TEXT), { checked: 6 });
const icmp = (type, code, rest) => [type, code, 0, 0, ...rest];
const about = (frame, n = 1000) => [...frame.slice(14, 14 + n)]; // the packet in a frame, or its first bytes
const target = [0xfd, 0, ...Array(13).fill(0), 2];
const option = (kind) => [kind, 1, 2, 0, 0, 0, 0, 1];

export const SAMPLES = {
  "arp question": hex(`${LINK} 0001 020000000001 0a000001 000000000000 0a000002`),
  "arp answer": join(hex(`${LINK} 0002 020000000001 0a000001 020000000002 0a000002`), new Uint8Array(18)),
  "tcp options": ip4(6, tcp({ seq: 7, flags: ["SYN"], options: hex("020405b4 0402 080a00000001 00000000 01 030307") }), { checked: 16 }),
  "tcp sack": ip4(6, tcp({ seq: 7, ack: 1000, options: hex("0101 0512 000007d0 00000bb8 00000fa0 00001388 00000000") }), { checked: 16 }),
  "tcp urgent": ip4(6, tcp({ seq: 7, ack: 9, flags: ["PSH", "ACK", "URG", "FIN"], urgent: 4, data: TEXT }), { checked: 16 }),
  "tcp ecn": ip4(6, tcp({ seq: 7, ack: 9, flags: ["RST", "ACK", "ECE", "CWR"], options: hex("fd04 0102 0101 0100") }), { checked: 16, ecn: 3 }),
  udp: datagram,
  "udp without checksum": ip4(17, udp(TEXT)),
  "udp group": ip4(17, udp(TEXT), { dst: "224.0.0.9", checked: 6 }),
  "first fragment": ip4(17, udp(TEXT), { checked: 6, fragment: 0x2000 }),
  fragment: ip4(17, TEXT, { fragment: 0x0002 }),
  ping: ip4(1, icmp(8, 0, [0, 7, 0, 1, ...TEXT]), { checked: 2 }),
  "port unreachable": ip4(1, icmp(3, 3, [0, 0, 0, 0, ...about(datagram)]), { checked: 2 }),
  "too big": ip4(1, icmp(3, 4, [0, 0, 5, 0, ...about(segment, 28)]), { checked: 2 }),
  "time exceeded": ip4(1, icmp(11, 0, [0, 0, 0, 0, ...about(datagram)]), { checked: 2 }),
  redirect: ip4(1, icmp(5, 1, [10, 0, 0, 3, ...about(datagram)]), { checked: 2 }),
  igmp: ip4(2, hex("16000909 e0000009")),
  "udp over ipv6": six,
  "ping over ipv6": ip6(58, icmp(128, 0, [0, 7, 0, 1, ...TEXT]), { checked: 2 }),
  "neighbour question": ip6(58, icmp(135, 0, [0, 0, 0, 0, ...target, ...option(1)]), { checked: 2 }),
  "neighbour answer": ip6(58, icmp(136, 0, [0x60, 0, 0, 0, ...target, ...option(2), ...option(14)]), { checked: 2 }),
  "router question": ip6(58, icmp(133, 0, [0, 0, 0, 0, ...option(1)]), { checked: 2 }),
  router: ip6(58, icmp(134, 0, [64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]), { checked: 2 }),
  "unreachable over ipv6": ip6(58, icmp(1, 4, [0, 0, 0, 0, ...about(six)]), { checked: 2 }),
  "too big over ipv6": ip6(58, icmp(2, 0, [0, 0, 5, 0, ...about(six)]), { checked: 2 }),
  groups: ip6(58, icmp(143, 0, [0, 0, 0, 1, 4, 0, 0, 0, ...target]), { checked: 2, next: 0, before: hex("3a00050200000100") }),
  "fragment over ipv6": ip6(17, udp(TEXT), { checked: 6, next: 44, before: hex("1100 0001 00000007") }),
};
