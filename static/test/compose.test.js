import assert from "node:assert/strict";
import { test } from "node:test";

import { next } from "../stage/compose.js";

const segment = (from, to, flags, seq, ack, len) => ({ from, to, summary: { proto: "TCP", src: `${from}:1`, dst: `${to}:1`, flags, seq, ack, len } });

// A client that has sent its SYN and five bytes, and a server that answered with its SYN and three.
const packets = [segment("client", "server", ["SYN"], 1000, undefined, 0), segment("server", "client", ["SYN", "ACK"], 0xfffffffe, 1001, 0),
  segment("client", "server", ["ACK"], 1001, 0xffffffff, 5), segment("server", "client", ["ACK"], 0xffffffff, 1006, 3)];
const model = (hand, shown = packets) => ({
  packets: new Map(shown.map((p, i) => [i, p])),
  hosts: new Map(["client", "server"].map((name, i) => [name, { hand: hand && name === "client", addrs: [`10.0.0.${i + 1}`] }])),
});

test("a segment goes on as its host would", () => {
  assert.deepEqual(next(model(false), "client", "server"), { src: "client:1", dst: "server:1", seq: 1006, ack: 2 });
  assert.deepEqual(next(model(false), "server", "client"), { src: "server:1", dst: "client:1", seq: 2, ack: 1006 });
});

test("who plays a host reckons its numbers", () => {
  assert.deepEqual(next(model(true), "client", "server"), { src: "client:1", dst: "server:1", seq: 1001, ack: 0xffffffff });
  assert.deepEqual(next(model(true), "server", "client"), { src: "server:1", dst: "client:1", seq: 2, ack: 1006 });
  assert.deepEqual(next(model(true, packets.slice(0, 1)), "client", "server"), { src: "client:1", dst: "server:1", seq: 1000, ack: 0 });
});

test("the first segment goes from a port that is free", () => {
  assert.deepEqual(next(model(true, []), "client", "server"), { src: "10.0.0.1:40000", dst: "10.0.0.2:8080", seq: 0, ack: 0 });
});
