import assert from "node:assert/strict";
import { test } from "node:test";

import { Streams } from "../stage/streams.js";
import { Conversation, inspected } from "./frames.js";

test("an acknowledgement names the last packet before it that ends there", () => {
  const c = new Conversation();
  const seq = c.next.server; // it goes round within the data
  const first = c.send("server", { data: "a".repeat(40) });
  const again = c.send("server", { data: "a".repeat(40), seq, more: { again: first } });
  const ack = c.send("client");
  const later = c.send("server", { data: "a".repeat(40), seq, more: { again: first } });
  const { streams, packet } = inspected(c.events);
  assert.equal(streams.acknowledged(packet(ack)).id, again);
  assert.equal(streams.acknowledged(packet(first)).id, 1);
  assert.equal(streams.before(packet(later)).id, again);
  assert.equal(streams.before(packet(1)), null);
});

test("copies that a switch makes are no packets before", () => {
  const c = new Conversation();
  const first = c.send("client", { data: "x" });
  c.send("client", { data: "x", seq: c.next.client - 1, more: { of: first } });
  const next = c.send("client", { data: "y" });
  const { streams, packet } = inspected(c.events);
  assert.equal(streams.before(packet(next)).id, first);
});

test("a second connection between the same ports counts anew", () => {
  const c = new Conversation();
  c.send("client", { data: "GET / HTTP/1.0\r\n\r\n" });
  c.next.client = 77000;
  const syn = c.send("client", { flags: ["SYN"], noAck: true });
  c.next.server = 88000;
  const answer = c.send("server", { flags: ["SYN", "ACK"] });
  c.send("client");
  const hello = c.send("client", { data: "hello" });
  const { streams, packet } = inspected(c.events);
  assert.equal(streams.before(packet(syn)), null);
  assert.equal(streams.acknowledged(packet(answer)).id, syn);
  assert.equal(streams.acknowledged(packet(hello)).id, answer);
  assert.deepEqual([streams.of(packet(hello)).from, streams.of(packet(hello)).to], [0, 5]);
});

test("bytes are put together in their order, and know who carried them", () => {
  const c = new Conversation();
  const seq = c.next.client;
  const first = c.send("client", { data: "abc" });
  const third = c.send("client", { data: "ghi", seq: seq + 6 });
  const second = c.send("client", { data: "cdefg", seq: seq + 2 });
  const { streams, packet } = inspected(c.events);
  const { direction, bytes } = streams.of(packet(third));
  assert.equal(String.fromCharCode(...bytes), "abcdefghi");
  assert.deepEqual([0, 2, 3, 6, 8].map((at) => direction.owner(at).id), [first, first, second, second, third]);
});

test("a packet that was changed on its way has its own bytes", () => {
  const c = new Conversation();
  const seq = c.next.client;
  const wrong = c.send("client", { data: "abc" });
  const { summary, data } = c.events.at(-1);
  c.events.push({ kind: "packet", id: wrong, from: "client", to: "server", phase: "changed", reason: "corrupt", summary, data: btoa(atob(data).replace("abc", "aXc")) });
  const right = c.send("client", { data: "abc", seq, more: { again: wrong } });
  const { streams, packet } = inspected(c.events);
  assert.deepEqual([wrong, right].map((id) => String.fromCharCode(...streams.of(packet(id)).bytes)), ["aXc", "abc"]);
});

test("ten thousand packets", () => {
  const c = new Conversation();
  const ids = [];
  for (let i = 0; i < 5000; i++) ids.push([c.send("client", { data: "x".repeat(8) }), c.send("server")]);
  const { streams, packet } = inspected(c.events);
  for (const [sent, ack] of ids) {
    assert.equal(streams.acknowledged(packet(ack)).id, sent);
    if (sent > 4) assert.equal(streams.before(packet(sent)).id, sent - 2);
  }
});

test("what has no numbers is in no stream", () => {
  const streams = new Streams();
  const p = { summary: { proto: "UDP", src: "a", dst: "b", len: 3 }, at: {} };
  streams.take(p);
  assert.deepEqual([streams.before(p), streams.acknowledged(p), streams.of(p), streams.scale({ summary: {} })], [null, null, null, undefined]);
});
