import assert from "node:assert/strict";
import { test } from "node:test";

import { align, differences, items, LIMIT, replayed } from "../stage/align.js";
import { changes, facts, lines } from "../stage/facts.js";

/** run is a run of two hosts: each step is an event but for its number and time. */
function run(steps, { wire = { mode: "flow", delay: 0 }, ms = 1 } = {}) {
  const start = {
    kind: "start", version: 1, lab: "u/l", topology: "wire", wire, hosts: [{ name: "client", addrs: [] }, { name: "server", addrs: [] }],
    programs: [{ name: "client", host: "client", file: "client.py" }, { name: "server", host: "server", file: "server.py" }],
  };
  return [start, ...steps.flat(), { kind: "end", cause: "finished" }].map((e, i) => ({ ...e, seq: i + 1, t: i * ms * 1e6 }));
}

let number = 0;
const call = (program, name, more = {}) => {
  number++;
  const e = { kind: "call", host: program, program, call: number, name, args: ["3"] };
  return [{ ...e, phase: "enter" }, { ...e, phase: "return", result: 0, ...more }];
};
const packet = (port, flags, seq, { len = 0, fate = "delivered", again } = {}) => {
  number++;
  const e = { kind: "packet", id: number, from: "client", to: "server" };
  const summary = { proto: "TCP", src: `10.0.0.1:${port}`, dst: "10.0.0.2:8080", flags, seq, len };
  return [{ ...e, phase: "sent", summary, again }, { ...e, phase: fate, summary, reason: fate === "dropped" ? "loss" : undefined }];
};

const rows = (a, b) => align(items(replayed(a)), items(replayed(b))).rows.map((r) => [r.a?.name ?? "", r.b?.name ?? "", (r.differs ?? []).join()]);

test("the same with other ports and numbers, and in another order of what happens at once, is the same", () => {
  const a = run([call("server", "listen"), call("client", "connect"), packet(41000, ["SYN"], 1000), packet(41000, ["ACK"], 1001)]);
  const b = run([call("client", "connect"), call("server", "listen"), packet(52000, ["SYN"], 9000), packet(52000, ["ACK"], 9001)], { ms: 3 });
  assert.deepEqual(rows(a, b), [["listen", "listen", ""], ["connect", "connect", ""], ["TCP SYN", "TCP SYN", ""], ["TCP ACK", "TCP ACK", ""]]);
});

test("a retransmission stands alone, and the lost one beside that which arrived", () => {
  const a = run([packet(41000, ["SYN"], 1000), packet(41000, ["ACK"], 1001)]);
  const b = run([packet(41000, ["SYN"], 5, { fate: "dropped" }), packet(41000, ["SYN"], 5, { again: 1 }), packet(41000, ["ACK"], 6)]);
  assert.deepEqual(rows(a, b), [["", "TCP SYN", ""], ["TCP SYN", "TCP SYN", ""], ["TCP ACK", "TCP ACK", ""]]);
});

test("the same call with another end is said to differ", () => {
  const a = run([call("client", "connect"), call("client", "close")]);
  const b = run([call("client", "connect", { result: -1, errno: "ECONNREFUSED" }), call("client", "close")]);
  assert.deepEqual(rows(a, b), [["connect", "connect", "errno,result"], ["close", "close", ""]]);
});

test("what only one has stands where it happened", () => {
  const a = run([call("client", "socket"), call("client", "close")]);
  const b = run([call("client", "socket"), call("client", "bind"), call("client", "close"), call("client", "dup")]);
  assert.deepEqual(rows(a, b), [["socket", "socket", ""], ["", "bind", ""], ["close", "close", ""], ["", "dup", ""]]);
  assert.deepEqual(rows(b, a).map((r) => r[0]), ["socket", "bind", "close", "dup"]);
});

test("two connections are not mixed up", () => {
  const a = run([packet(41000, ["SYN"], 1), packet(41001, ["SYN"], 1), packet(41000, ["FIN"], 2), packet(41001, ["RST"], 2)]);
  const b = run([packet(52000, ["SYN"], 1), packet(52001, ["SYN"], 1), packet(52001, ["RST"], 2), packet(52000, ["FIN"], 2)]);
  assert.deepEqual(rows(a, b).map((r) => r[2]), ["", "", "", ""]);
  assert.ok(rows(a, b).every(([x, y]) => x === y));
});

test("a long lane is cut, and says so, in little time", () => {
  const long = (n, more) => run(Array.from({ length: n }, (_, i) => call("client", i % 7 ? "send" : "recv", { result: (i * more) % 11 })));
  const began = performance.now();
  const { rows: all, cut } = align(items(replayed(long(LIMIT + 500, 3))), items(replayed(long(LIMIT + 500, 5))));
  assert.ok(cut && all.length >= LIMIT);
  assert.ok(performance.now() - began < 20_000);
});

const found = (a, b) => changes(facts(a, replayed(a.events)), facts(b, replayed(b.events)));
const changed = (a, b) => Object.fromEntries(found(a, b).filter((c) => !c.same).map((c) => [`${c.key} ${c.about.name ?? c.about.program ?? c.about.host ?? ""}`.trim(), [c.a, c.b]]));

test("nothing changed", () => {
  const events = run([call("client", "connect"), packet(41000, ["SYN"], 1)]);
  assert.deepEqual(changed({ events }, { events }), {});
});

test("settings, packets, calls and ends that changed are told", () => {
  const a = run([call("client", "connect"), packet(41000, ["SYN"], 1, { len: 7 })]);
  const b = run([
    call("client", "connect", { result: -1, errno: "ETIMEDOUT" }), packet(41000, ["SYN"], 1, { fate: "dropped" }), packet(41000, ["SYN"], 1, { again: 2 }),
    { kind: "wire", wire: { mode: "hold", delay: 5 } }, { kind: "exit", program: "client", host: "client", code: 1, error: "TimeoutError" },
  ], { wire: { mode: "flow", delay: 5 }, ms: 100 });
  const got = changed({ events: a, programs: [{ name: "client", source: "a\nb\n" }] }, { events: b, programs: [{ name: "client", source: "a\nc\nd\n" }] });
  assert.deepEqual(Object.keys(got).sort(), ["again", "bytes", "duration", "exit client", "failed client", "lost", "packets", "source client", "wire delay", "wire-later mode"]);
  assert.deepEqual([got.again, got.lost, got.packets, got["wire delay"], got["wire-later mode"], got["failed client"]], [[0, 1], [0, 1], [1, 2], [0, 5], [null, "hold"], ["", "connect ETIMEDOUT"]]);
});

test("outputs that differ by a port that the kernel chose are the same", () => {
  const said = (port, text) => run([packet(port, ["SYN"], 1), { kind: "print", program: "client", host: "client", text: `from ${port} ${text}\n` }]);
  assert.deepEqual(changed({ events: said(41000, "hello") }, { events: said(52000, "hello") }), {});
  assert.deepEqual(Object.keys(changed({ events: said(41000, "hello") }, { events: said(52000, "bye") })), ["output client"]);
});

test("texts of programs that are not known are not compared", () => {
  const events = run([]);
  assert.deepEqual(changed({ events }, { events, programs: [{ name: "client", source: "x" }] }), {});
});

test("lines that are in one text only are counted", () => {
  assert.deepEqual(lines("a\nb\nb\n", "b\na\nc\n"), { removed: 1, added: 1 });
});

test("differences name the parts", () => {
  assert.deepEqual(differences({ parts: { x: "1", y: "2" } }, { parts: { x: "1", y: "3" } }), ["y"]);
});
