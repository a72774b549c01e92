// Frames for tests, with the right lengths and checksums, and runs made of them.

import { Run } from "../stage/model.js";
import { application } from "../stage/application.js";
import { decode, sum } from "../stage/decode.js";
import { bytesOf, Streams } from "../stage/streams.js";

export const hex = (text) => Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (b) => parseInt(b, 16));
export const ascii = (text) => new TextEncoder().encode(text);
export const join = (...parts) => Uint8Array.from(parts.flatMap((p) => [...p]));

const u16 = (n) => [n >> 8 & 255, n & 255];
const u32 = (n) => [...u16(n >>> 16), ...u16(n)];
const MACS = { "10.0.0.1": [2, 0, 0, 0, 0, 1], "10.0.0.2": [2, 0, 0, 0, 0, 2] };
const FLAGS = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

const checksum = (bytes) => 0xffff - sum(Uint8Array.from(bytes));
const put = (bytes, at, n) => { bytes.splice(at, 2, ...u16(n)); return bytes; };

/** ip4 is a frame with this above IPv4; checked is where its checksum stands, with a pseudo header unless the protocol is 1. */
export function ip4(protocol, body, { src = "10.0.0.1", dst = "10.0.0.2", checked, fragment = 0x4000, ecn = 0, pad = 0 } = {}) {
  const ends = [...src.split("."), ...dst.split(".")].map(Number);
  const above = [...body];
  if (checked !== undefined) put(above, checked, checksum([...(protocol === 1 ? [] : [...ends, 0, protocol, ...u16(above.length)]), ...above]));
  const header = [0x45, ecn, ...u16(20 + above.length), ...u16(7), ...u16(fragment), 64, protocol, 0, 0, ...ends];
  return join(MACS[dst] ?? [1, 0, 0x5e, 0, 0, 1], MACS[src], u16(0x0800), put(header, 10, checksum(header)), above, new Uint8Array(pad));
}

/** ip6 is a frame with this above IPv6, from fd00::1 to fd00::2. */
export function ip6(protocol, body, { checked, before = [], next = protocol } = {}) {
  const address = (n) => [0xfd, 0, ...Array(13).fill(0), n];
  const above = [...body];
  if (checked !== undefined) put(above, checked, checksum([...address(1), ...address(2), ...u32(above.length), 0, 0, 0, protocol, ...above]));
  return join(MACS["10.0.0.2"], MACS["10.0.0.1"], u16(0x86dd), [0x60, 0, 0, 0], u16(before.length + above.length), [next, 64], address(1), address(2), before, above);
}

export function tcp({ from = 40000, to = 8080, seq = 0, ack = 0, flags = ["ACK"], window = 64240, options = [], data = [], urgent = 0 }) {
  const bits = flags.reduce((n, f) => n | 1 << FLAGS.indexOf(f), 0);
  return [...u16(from), ...u16(to), ...u32(seq), ...u32(ack), (20 + options.length) / 4 << 4, bits, ...u16(window), 0, 0, ...u16(urgent), ...options, ...data];
}

export const udp = (data) => [...u16(40000), ...u16(8080), ...u16(8 + data.length), 0, 0, ...data];

/** Conversation is a TCP connection between two hosts, as events; side is client or server. */
export class Conversation {
  constructor({ scale = 7 } = {}) {
    this.events = [{ kind: "start", topology: "wire", wire: { mode: "flow", delay: 0 }, hosts: [{ name: "client" }, { name: "server" }], programs: [] }];
    this.next = { client: 1000, server: 0xfffffff0 }; // which goes round
    this.id = 0;
    const options = [2, 4, 5, 0xb4, 1, 3, 3, scale];
    this.send("client", { flags: ["SYN"], options, noAck: true });
    this.send("server", { flags: ["SYN", "ACK"], options });
    this.send("client", {});
  }

  /** send is one segment, which goes on behind what the side sent before; seq and more may say otherwise. */
  send(side, { data = [], flags = ["ACK"], seq, options, noAck, more = {} } = {}) {
    const other = side === "client" ? "server" : "client";
    const bytes = typeof data === "string" ? ascii(data) : Uint8Array.from(data);
    const number = seq ?? this.next[side];
    const ends = side === "client" ? { from: 40000, to: 8080 } : { from: 8080, to: 40000 };
    const hosts = side === "client" ? { src: "10.0.0.1", dst: "10.0.0.2" } : { src: "10.0.0.2", dst: "10.0.0.1" };
    const ack = noAck ? 0 : this.next[other];
    const frame = ip4(6, tcp({ ...ends, seq: number, ack, flags, options, data: bytes }), { ...hosts, checked: 16 });
    const end = (number + bytes.length + flags.filter((f) => f === "SYN" || f === "FIN").length) >>> 0;
    if (seq === undefined) this.next[side] = end;
    const summary = { proto: "TCP", src: `${hosts.src}:${ends.from}`, dst: `${hosts.dst}:${ends.to}`, flags, seq: number, ...(noAck ? {} : { ack }), window: 64240, len: bytes.length,
      options: flags.includes("SYN") ? ["mss 1460", "nop", "wscale 7"] : undefined };
    this.events.push({ kind: "packet", id: ++this.id, from: side, to: other, phase: "sent", summary, data: btoa(String.fromCharCode(...frame)), ...more });
    return this.id;
  }
}

/** inspected is what an inspector knows of events: packets by number, and the layers of each. */
export function inspected(events) {
  const [run, streams] = [new Run(), new Streams()];
  events.forEach((e, i) => {
    const thing = run.apply({ seq: i + 1, t: i, ...e });
    if (thing?.type !== "packet") return;
    if (e.phase === "sent" || e.phase === "made") streams.take(thing);
    if (e.phase === "changed") streams.changed(thing);
  });
  const packet = (id) => run.packets.get(id);
  return { run, streams, packet, layers: (id) => layersOf(packet(id), streams), said: (id) => application(packet(id), streams) };
}

/** layersOf is the layers of a packet, and what programs say in it. */
export function layersOf(p, streams) {
  const layers = decode(bytesOf(p));
  const at = layers.findIndex((l) => l.name === "payload" && !l.inner);
  const known = at >= 0 ? application(p, streams) : null;
  return known ? [...layers.slice(0, at), ...known, ...layers.slice(at + 1)] : layers;
}

export const values = (layer) => Object.fromEntries(layer.fields.map((f) => [f.label ?? f.name, f.value]));

/** covered says whether the fields of layers cover a frame without a gap. */
export function covered(layers) {
  let bit = 0;
  for (const f of layers.flatMap((l) => l.fields)) {
    if (f.at !== bit) return `${f.name} is at ${f.at}, not at ${bit}`;
    bit += f.bits;
  }
  return bit;
}
