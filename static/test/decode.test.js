import assert from "node:assert/strict";
import { test } from "node:test";

import { application } from "../stage/application.js";
import { decode, readable, sum } from "../stage/decode.js";
import { Conversation, covered, hex as frame, inspected, layersOf, values } from "./frames.js";
import { SAMPLES } from "./samples.js";

// Recorded by `fivetuple run handshake/three-way --format json`, and made by hand from RFC 826.
const SYN = frame("02000000000202000000000108004500002c00004000400626ca0a0000010a0000029c401f9000000007000000006002faf0cd5b0000020405b4");
const UDP = frame("02000000000202000000000108004500002000004000401126cb0a0000010a0000029c401f90000c513270696e67");
const ARP = frame("ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002");

test("a SYN, layer by layer", () => {
  const [ethernet, ipv4, tcp, ...more] = decode(SYN);
  assert.equal(more.length, 0);
  assert.equal(values(ethernet).source, "02:00:00:00:00:01");
  assert.deepEqual([values(ipv4).ttl, values(ipv4).protocol, values(ipv4).source, values(ipv4).df, ipv4.right], [64, 6, "10.0.0.1", 1, true]);
  const t = values(tcp);
  assert.deepEqual([t["source-port"], t["destination-port"], t.sequence, t.syn, t.ack, t.window, t["option-mss"], tcp.length, tcp.right], [40000, 8080, 7, 1, 0, 64240, 1460, 24, true]);
});

test("a wrong bit is seen by the checksum", () => {
  const wrong = SYN.slice();
  wrong[40] ^= 1;
  assert.equal(decode(wrong)[2].right, false);
});

test("a datagram with its data", () => {
  const layers = decode(UDP);
  assert.deepEqual(layers.map((l) => l.name), ["ethernet", "ipv4", "udp", "payload"]);
  assert.equal(values(layers[3]).data, "ping");
  assert.equal(layers[2].right, true);
});

test("a question of ARP", () => {
  assert.equal(values(decode(ARP)[1])["target-ip"], "10.0.0.2");
});

test("the fields of each layer cover it without a gap", () => {
  for (const [name, bytes] of Object.entries({ SYN, UDP, ARP, ...SAMPLES })) assert.equal(covered(decode(bytes)), bytes.length * 8, name);
});

test("what is in the samples", () => {
  const said = Object.fromEntries(Object.entries(SAMPLES).map(([name, bytes]) => [name, decode(bytes).map((l) => l.name).slice(1).join(" ")]));
  assert.deepEqual(said, {
    "arp question": "arp", "arp answer": "arp padding", "tcp options": "ipv4 tcp", "tcp sack": "ipv4 tcp", "tcp urgent": "ipv4 tcp payload", "tcp ecn": "ipv4 tcp",
    "udp": "ipv4 udp payload", "udp without checksum": "ipv4 udp payload", "udp group": "ipv4 udp payload", "first fragment": "ipv4 udp payload", "fragment": "ipv4 payload",
    "ping": "ipv4 icmp payload", "port unreachable": "ipv4 icmp ipv4 udp payload", "too big": "ipv4 icmp ipv4 tcp", "time exceeded": "ipv4 icmp ipv4 udp payload", "redirect": "ipv4 icmp ipv4 udp payload",
    "igmp": "ipv4 payload", "udp over ipv6": "ipv6 udp payload", "ping over ipv6": "ipv6 icmpv6 payload", "neighbour question": "ipv6 icmpv6", "neighbour answer": "ipv6 icmpv6",
    "router question": "ipv6 icmpv6", "router": "ipv6 icmpv6", "unreachable over ipv6": "ipv6 icmpv6 ipv6 udp payload", "too big over ipv6": "ipv6 icmpv6 ipv6 udp payload", "groups": "ipv6 ipv6-options icmpv6 payload",
    "fragment over ipv6": "ipv6 ipv6-fragment udp payload",
  });
});

test("checksums that can be checked are right", () => {
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    for (const layer of decode(bytes).filter((l) => values(l).checksum && !l.inner)) {
      assert.equal(layer.right, /fragment/.test(name) && layer.name === "udp" ? undefined : true, `${name}, ${layer.name}`);
    }
  }
});

test("the packet that an error is about", () => {
  const [, , icmp, ip, tcp] = decode(SAMPLES["too big"]);
  assert.deepEqual([values(icmp).mtu, values(ip).source, values(tcp)["destination-port"], ip.inner, tcp.inner, tcp.short, tcp.right], [1280, "10.0.0.1", 8080, true, true, true, undefined]);
});

test("text in any script is readable, and what is none is not", () => {
  assert.equal(readable(new TextEncoder().encode("안녕\r\nhi\t")), "안녕\nhi·");
  assert.equal(readable(new TextEncoder().encode("안녕").slice(0, 4)), "안·");
  assert.equal(readable(Uint8Array.of(255, 65, 200, 66)), "·A·B");
});

test("a frame that ends too soon is read as far as it goes", () => {
  for (let n = 0; n < SYN.length; n++) assert.ok(decode(SYN.slice(0, n)).length <= 3);
  assert.equal(sum(new Uint8Array([1])), 0x100);
});

/** random is a source of numbers below n, the same ones each time. */
function random(seed) {
  let x = seed;
  return (n) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 2 ** 32) * n);
  };
}

test("any bytes are read without a fault", () => {
  const dice = random(7);
  for (let i = 0; i < 3000; i++) decode(Uint8Array.from({ length: dice(120) }, () => dice(256)));
  for (const bytes of Object.values(SAMPLES)) {
    for (let i = 0; i < 300; i++) {
      const wrong = bytes.slice(0, dice(4) ? bytes.length : dice(bytes.length));
      for (let n = dice(4); n > 0 && wrong.length > 0; n--) wrong[dice(wrong.length)] = dice(256);
      for (const layer of decode(wrong)) assert.ok(layer.fields.every((f) => f.bits > 0), layer.name);
    }
  }
});

const PIECES = ["GET / HTTP/1.1\r\n", "HTTP/1.1 101 Switching Protocols\r\n", "HTTP/1.1 200 OK\r\n", "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n", "Upgrade: websocket\r\n", "\r\n", "5\r\nhello\r\n", "0\r\n\r\n",
  "ffffffff\r\n", "\x81\x05Hello", "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", "\x88\x02\x03\xe8", "\x82\xff\xff\xff\xff\xff", "\n", ":", "\x00"];

test("any pieces of HTTP and WebSocket, cut anywhere, lost or changed, are read without a fault", () => {
  const dice = random(11);
  let known = 0;
  for (let i = 0; i < 400; i++) {
    const c = new Conversation();
    for (let n = 2 + dice(12); n > 0; n--) {
      const side = dice(2) ? "client" : "server";
      const piece = Uint8Array.from(Array.from({ length: 1 + dice(4) }, () => PIECES[dice(PIECES.length)]).join(""), (x) => x.charCodeAt(0));
      for (let at = 0; at < piece.length;) {
        const to = at + 1 + dice(piece.length);
        const id = c.send(side, { data: piece.slice(at, to), ...(dice(20) ? {} : { seq: dice(2 ** 32) }) });
        if (!dice(20)) c.events.push({ ...c.events.at(-1), id, phase: "changed", reason: dice(2) ? "corrupt" : "edit" });
        at = to;
      }
    }
    const { run, streams } = inspected(c.events);
    for (const p of run.packets.values()) {
      for (const layer of layersOf(p, streams)) assert.ok(layer.fields.every((f) => f.bits > 0 && f.value !== undefined), layer.name);
      if (application(p, streams)) known++;
    }
  }
  assert.ok(known > 100, `only ${known} were known`);
});
