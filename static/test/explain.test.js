import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode } from "../stage/decode.js";
import { words } from "../stage/dom.js";
import { explain } from "../stage/explain.js";
import { bytesOf, Streams } from "../stage/streams.js";
import { ascii, Conversation, hex, inspected, join, layersOf } from "./frames.js";
import { SAMPLES } from "./samples.js";

const file = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const STRINGS = { en: file("../stage/words/inspector.en.json"), ko: file("../stage/words/inspector.ko.json") };

/** spoken is a connection with HTTP, an upgrade, and frames of every kind. */
function spoken() {
  const c = new Conversation();
  for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"]) c.send("client", { data: `${method} /x HTTP/1.${method === "HEAD" ? 0 : 1}\r\nHost: s\r\nbad line\r\n\r\n` });
  for (const code of ["100 Continue", "200 OK", "301 Moved", "404 Not Found", "503 Full"]) c.send("server", { data: `HTTP/1.1 ${code}\r\nContent-Length: 2\r\nConnection: close\r\nX-Own: 1\r\n\r\n${code[0] > "1" && code[0] !== "3" ? "hi" : ""}` });
  const web = new Conversation();
  web.send("client", { data: "GET /chat HTTP/1.1\r\nHost: s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n" });
  web.send("server", { data: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" });
  for (const bytes of ["8185 37fa213d 7f9f4d5158", "0103 48656c", "c103 616263", "f103 616263", "8300", "898037fa213d"]) web.send("client", { data: hex(bytes) });
  for (const bytes of [hex("8002 6c6f"), hex("8203 000102"), hex("8a00"), join(hex("827e 0080"), new Uint8Array(128)), hex("827f 0000000000000001 00"), hex("8185 37fa213d 7f9f4d5158")]) web.send("server", { data: bytes });
  for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 2999, 4000]) web.send("server", { data: join([0x88, 5], [code >> 8, code & 255], ascii("bye")) });
  const chunks = new Conversation();
  chunks.send("client", { data: "GET / HTTP/1.1\r\nHost: s\r\n\r\n" });
  for (const data of ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "1", "0\r\nhello", "hello hell\r\n0\r\n\r\n"]) chunks.send("server", { data });
  return [c, web, chunks];
}

/** runs are the gallery's and those above: packets, each with the streams that it is of. */
function* packets() {
  const gallery = ["handshake", "lost", "refused", "threads", "upgrade"].map((name) => file(`../gallery/${name}/recording.json`).events);
  for (const events of [...gallery, ...spoken().map((c) => c.events)]) {
    const { run, streams } = inspected(events);
    for (const p of run.packets.values()) if (p.data) yield { p, streams, layers: layersOf(p, streams) };
  }
  for (const bytes of Object.values(SAMPLES)) {
    const p = { summary: { ack: 1000, proto: "TCP", len: 0, flags: ["ACK"] }, seq: 1, ack: 1, at: {} };
    yield { p, streams: new Streams(), layers: decode(bytes) };
  }
}

for (const [lang, strings] of Object.entries(STRINGS)) {
  test(`every field of every packet is named and explained (${lang})`, () => {
    const t = words(strings);
    const said = new Set();
    for (const { p, streams, layers } of packets()) {
      for (const layer of layers) {
        assert.ok(strings[`layer-${layer.name}${layer.kind ? `-${layer.kind}` : ""}`], layer.name);
        for (const [key, about] of layer.says ?? []) assert.match(t(key, about), /^[^{}]{8,}$/, key);
        for (const field of layer.fields) {
          const what = `${layer.name} ${field.label ?? field.name} = ${field.value}`;
          assert.ok(field.label || strings[`${layer.name}-${field.name}`], what);
          const sentence = explain({ layer, field, p, streams, t });
          assert.match(sentence, /^[^{}]{2,}$/s, what);
          assert.doesNotMatch(sentence, /undefined|NaN|Infinity|^say-/, what);
          said.add(sentence);
        }
      }
    }
    assert.ok(said.size > 200, `${said.size} sentences`);
  });
}

test("what one language says the other says too, with the same values", () => {
  assert.deepEqual(Object.keys(STRINGS.en), Object.keys(STRINGS.ko));
  const braces = (s) => (s.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, s] of Object.entries(STRINGS.en)) assert.deepEqual(braces(STRINGS.ko[key]), braces(s), key);
});

const t = words(STRINGS.en);

/** said is the sentence for one field of a packet. */
function said(events, id, layer, name) {
  const { packet, streams } = inspected(events);
  const l = decode(bytesOf(packet(id))).find((x) => x.name === layer);
  return explain({ layer: l, field: l.fields.find((f) => f.name === name), p: packet(id), streams, t });
}

test("numbers go on from the packet before, and name the one that is acknowledged", () => {
  const c = new Conversation({ scale: 7 });
  const first = c.send("client", { data: "hello" });
  const ack = c.send("server");
  const seq = c.next.client;
  const second = c.send("client", { data: "world" });
  const again = c.send("client", { data: "world", seq, more: { again: second } });
  const apart = c.send("client", { data: "!", seq: c.next.client + 100 });
  assert.match(said(c.events, 1, "tcp", "sequence"), /relative 0\. .* relative number 1\.$/);
  assert.match(said(c.events, first, "tcp", "sequence"), /relative to the first of this direction 1\. 1 = 1 \+ 0: right behind packet 3/);
  assert.match(said(c.events, second, "tcp", "sequence"), /direction 6\. 6 = 1 \+ 5: right behind packet 4/);
  assert.match(said(c.events, again, "tcp", "sequence"), /Packet 6 had these bytes before/);
  assert.match(said(c.events, apart, "tcp", "sequence"), /does not follow it/);
  assert.match(said(c.events, ack, "tcp", "sequence"), /it carries none.*direction 1\. 1 = 0 \+ 1: right behind packet 2/);
  assert.match(said(c.events, ack, "tcp", "acknowledgement"), /relative 6 = 1 \+ 5: packet 4 has arrived/);
  assert.match(said(c.events, 1, "tcp", "acknowledgement"), /ACK is not set/);
  assert.match(said(c.events, first, "tcp", "window"), /2\^7 as agreed in the handshake: 8222720 bytes/);
  assert.match(said(c.events, 1, "tcp", "window"), /^bytes more that/);
  assert.match(said(c.events, first, "payload", "data"), /^5 bytes .* 1 to 5 /);
});
