import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, sum } from "../stage/decode.js";

const frame = (hex) => Uint8Array.from(hex.match(/../g), (b) => parseInt(b, 16));

// Recorded by `fivetuple run handshake/three-way --format json`, and made by hand from RFC 826.
const SYN = frame("02000000000202000000000108004500002c00004000400626ca0a0000010a0000029c401f9000000007000000006002faf0cd5b0000020405b4");
const UDP = frame("02000000000202000000000108004500002000004000401126cb0a0000010a0000029c401f90000c513270696e67");
const ARP = frame("ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a000002");

const values = (layer) => Object.fromEntries(layer.fields.map((f) => [f.name, f.value]));

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
  for (const bytes of [SYN, UDP, ARP]) {
    let bit = 0;
    for (const layer of decode(bytes)) {
      for (const f of layer.fields) {
        assert.equal(f.at, bit, `${layer.name} ${f.name}`);
        bit += f.bits;
      }
    }
    assert.equal(bit, bytes.length * 8);
  }
});

test("a frame that ends too soon is read as far as it goes", () => {
  for (let n = 0; n < SYN.length; n++) assert.ok(decode(SYN.slice(0, n)).length <= 3);
  assert.equal(sum(new Uint8Array([1])), 0x100);
});
