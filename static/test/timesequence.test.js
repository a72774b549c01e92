import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Measures } from "../stage/measures.js";
import { Run } from "../stage/model.js";
import { nearest, timeSequence } from "../stage/timesequence.js";

const A = "10.0.0.1:4000", B = "10.0.0.2:8080";

/** packet is one of a connection as the model has it: sent at t, delivered 10 later, in seconds. */
function packet(id, src, t, flags, seq, len, more = {}) {
  const at = { sent: { seq: id, t: t * 1e9 }, ...(more.dropped ? { dropped: { seq: id, t: (t + 5) * 1e9 } } : { delivered: { seq: id, t: (t + 10) * 1e9 } }) };
  const base = src === A ? 1000 : 7000;
  return {
    id, at, seq, ack: more.ack, again: more.again, phase: more.dropped ? "dropped" : "delivered",
    summary: { proto: "TCP", src, dst: src === A ? B : A, flags, seq: base + seq, window: more.window ?? 100, len, options: more.options ?? [] },
  };
}

const out = [
  packet(1, A, 0, ["SYN"], 0, 0, { options: ["wscale 3"] }),
  packet(3, A, 20, ["ACK"], 1, 0, { ack: 1 }),
  packet(4, A, 21, ["PSH", "ACK"], 1, 50, { ack: 1, dropped: true }),
  packet(5, A, 22, ["PSH", "ACK"], 51, 50, { ack: 1 }),
  packet(7, A, 50, ["PSH", "ACK"], 1, 50, { ack: 1, again: 4 }),
  packet(9, A, 80, ["FIN", "ACK"], 101, 0, { ack: 1 }),
];
const back = [
  packet(2, B, 10, ["SYN", "ACK"], 0, 0, { ack: 1, window: 500, options: ["mss 1460", "wscale 4"] }),
  packet(6, B, 32, ["ACK"], 1, 0, { ack: 1, window: 40, options: ["nop", "sack {1051:1101}"] }),
  packet(8, B, 60, ["ACK"], 1, 0, { ack: 101, window: 30 }),
];

const plain = (list) => list.map(({ packet: p, ...rest }) => ({ ...rest, id: p.id }));

test("the shapes of a connection, in tcptrace's grammar", () => {
  const s = timeSequence(out, back);
  assert.deepEqual(plain(s.segments), [
    { t: 0, from: 0, to: 1, again: false, id: 1 }, { t: 21, from: 1, to: 51, again: false, id: 4 }, { t: 22, from: 51, to: 101, again: false, id: 5 },
    { t: 50, from: 1, to: 51, again: true, id: 7 }, { t: 80, from: 101, to: 102, again: false, id: 9 },
  ], "a segment stands where it was sent, from its first number to the one after its last; a SYN and a FIN take one");
  assert.deepEqual(plain(s.acks), [{ t: 20, at: 1, id: 2 }, { t: 42, at: 1, id: 6 }, { t: 70, at: 101, id: 8 }], "an acknowledgement counts where it arrives");
  assert.deepEqual(plain(s.tops), [{ t: 20, at: 501, id: 2 }, { t: 42, at: 1 + 40 * 16, id: 6 }, { t: 70, at: 101 + 30 * 16, id: 8 }], "the window of a SYN is not scaled, all others are");
  assert.deepEqual(plain(s.sacks), [{ t: 42, from: 51, to: 101, id: 6 }]);
  assert.deepEqual(plain(s.marks), [{ t: 0, at: 1, text: "SYN", id: 1 }, { t: 21, at: 51, text: "×", id: 4 }, { t: 50, at: 51, text: "R", id: 7 }, { t: 80, at: 102, text: "FIN", id: 9 }]);
});

test("a window is scaled only when both offered it", () => {
  const unscaled = out.map((p) => ({ ...p, summary: { ...p.summary, options: [] } }));
  assert.deepEqual(timeSequence(unscaled, back).tops.map((x) => x.at), [501, 41, 131]);
});

test("a RST is marked in both directions: where it was sent, and where it arrived", () => {
  const rst = { ...packet(10, B, 90, ["RST", "ACK"], 1, 0, { ack: 102 }) };
  assert.deepEqual(plain(timeSequence(out, [...back, rst]).marks).at(-1), { t: 100, at: 102, text: "RST", id: 10 });
  assert.deepEqual(plain(timeSequence([...back, rst], out).marks).at(-1), { t: 90, at: 1, text: "RST", id: 10 });
  assert.equal(timeSequence(out, [...back, rst]).acks.length, 3, "its acknowledgement is none");
});

test("the nearest packet is the one whose line is nearest", () => {
  const s = timeSequence(out, back);
  const at = (t, n) => nearest(s, t, 1000 - n, (x) => x, (y) => 1000 - y)?.id;
  assert.equal(at(23, 80), 5);
  assert.equal(at(20.5, 30), 4);
  assert.equal(at(70, 101), 8);
  assert.equal(at(79, 103), 9);
  assert.equal(at(500, 500), undefined);
});

/** measured takes in a recording of the gallery. */
function measured(name) {
  const { events } = JSON.parse(readFileSync(new URL(`../gallery/${name}/recording.json`, import.meta.url)));
  const model = new Run(), measures = new Measures();
  for (const e of events) measures.take(e, model.apply(e));
  return { events, measures };
}

test("each chart of a recorded run has the values of its events", () => {
  const { events, measures } = measured("lost");
  for (const { key, kind } of measures.choices()) {
    const mine = events.filter((e) => e.socket && (kind === "connection" ? `${e.socket.local} > ${e.socket.remote}` : `${kind} ${e.socket.id}`) === key);
    const charts = Object.fromEntries(measures.charts(key).map((c) => [c.name, c]));
    const infos = mine.filter((e) => e.kind === "info");
    if (infos.length > 0) {
      assert.deepEqual(charts.window.series[0].values, infos.map((e) => e.info.cwnd));
      assert.deepEqual(charts.times.series[1].values, infos.map((e) => e.info.rto / 1e6));
      assert.deepEqual(charts.windows.x, infos.map((e) => e.t / 1e9));
    }
    const queues = mine.filter((e) => e.kind === "queue");
    const chart = charts.queues ?? charts.accepts;
    if (queues.length > 0) assert.deepEqual(chart.series[0].values.slice(0, queues.length), queues.map((e) => e.recv));
  }
  assert.ok(measures.choices().some((c) => c.kind === "listener") && measures.choices().some((c) => c.kind === "connection"));
});

test("a lost run's diagram has its retransmissions, by the numbers of its packets", () => {
  const { events, measures } = measured("lost");
  const again = events.filter((e) => e.kind === "packet" && e.phase === "sent" && e.again);
  assert.ok(again.length > 0);
  const drawn = measures.choices().flatMap((c) => measures.charts(c.key)).filter((c) => c.name === "sequence").flatMap((c) => c.shapes.segments).filter((s) => s.again);
  assert.deepEqual(drawn.map((s) => s.packet.id).sort(), again.filter((e) => e.summary.len > 0 || e.summary.flags.some((f) => f === "SYN" || f === "FIN")).map((e) => e.id).sort());
});

test("the columns of the diagram are in the order of time, with a low end for each segment", () => {
  const { measures } = measured("lost");
  const chart = measures.charts(measures.choices().find((c) => c.kind === "connection").key)[0];
  assert.deepEqual(chart.x, [...chart.x].sort((a, b) => a - b));
  for (const s of chart.series.slice(0, 3)) s.values.forEach((v, i) => v === null || assert.ok(s.low[i] < v));
});

test("of a UDP socket the queue and the drops, of a socket without a name too", () => {
  const measures = new Measures();
  const queue = (t, recv, drops) => ({ kind: "queue", t: t * 1e9, socket: { id: 1, proto: "udp", local: "10.0.0.2:8080" }, recv, send: 0, ...(drops ? { drops } : {}) });
  measures.take({ kind: "state", t: 0, to: "CLOSE", socket: { id: 1, proto: "udp" } });
  for (const e of [queue(1, 832, 0), queue(2, 2496, 3)]) measures.take(e);
  assert.deepEqual(measures.choices().map((c) => [c.key, c.kind, c.socket.local]), [["udp 1", "udp", "10.0.0.2:8080"]]);
  assert.deepEqual(measures.charts("udp 1").map((c) => [c.name, c.series.map((s) => s.values)]), [["queues", [[832, 2496], [0, 0]]], ["drops", [[0, 3]]]]);
});
