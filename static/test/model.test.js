import assert from "node:assert/strict";
import { test } from "node:test";

import { callLabels, fit, idle, packetLabels, strace, time } from "../stage/labels.js";
import { columns, gap, Layout } from "../stage/layout.js";
import { lanes, Run, stateName } from "../stage/model.js";
import { tokens } from "../stage/source.js";

const start = {
  kind: "start", version: 1, topology: "wire", wire: { mode: "hold", delay: 0 },
  hosts: [{ name: "client", addrs: ["10.0.0.1"] }, { name: "server", addrs: ["10.0.0.2"] }],
  programs: [{ name: "server", host: "server", file: "server.py" }, { name: "client", host: "client", file: "client.py" }],
};
const C = "10.0.0.1:41822";
const S = "10.0.0.2:8080";
const tcp = (src, dst, flags, seq, ack, len = 0) => ({ proto: "TCP", src, dst, flags, seq, ...(ack === undefined ? {} : { ack }), window: 64240, len });
const packet = (id, phase, from, to, summary, more = {}) => ({ kind: "packet", id, phase, from, to, host: phase === "delivered" ? to : from, summary, ...more });
const state = (host, id, from, to, more = {}) => ({ kind: "state", host, ...(from ? { from } : {}), ...(to ? { to } : {}), socket: { id, proto: "tcp", ...more } });
const call = (program, number, name, phase, more = {}) => ({ kind: "call", host: program, program, call: number, name, phase, args: ["3"], line: 4, ...more });

const syn = tcp(C, S, ["SYN"], 1000);
const synack = tcp(S, C, ["SYN", "ACK"], 7000, 1001);
const ack = tcp(C, S, ["ACK"], 1001, 7001);

const handshake = [
  start,
  state("server", 1, "", "CLOSE", { program: "server", fd: 3 }),
  call("server", 1, "listen", "enter"),
  state("server", 1, "CLOSE", "LISTEN", { local: "0.0.0.0:8080", program: "server", fd: 3 }),
  call("server", 1, "listen", "return", { result: 0, duration: 900 }),
  call("server", 2, "accept4", "enter"),
  call("server", 2, "accept4", "blocked", { wchan: "inet_csk_accept" }),
  call("client", 3, "connect", "enter"),
  state("client", 2, "", "SYN_SENT", { local: C, remote: S, program: "client", fd: 3 }),
  packet(1, "sent", "client", "server", syn, { data: "AAAA" }),
  packet(1, "held", "client", "server", syn),
  packet(1, "delivered", "client", "server", syn),
  state("server", 3, "", "SYN_RECV", { local: S, remote: C }),
  packet(2, "sent", "server", "client", synack),
  packet(2, "held", "server", "client", synack),
];

/** run numbers events, gives each a time, and takes them in. */
function run(events, { from = 0, model = new Run(), layout } = {}) {
  events.forEach((e, i) => {
    const numbered = { t: (from + i) * 1e6, ...e, seq: from + i + 1 };
    const bands = [...model.hosts.values()].reduce((n, h) => n + h.band.length, 0);
    const thing = model.apply(numbered);
    const after = [...model.hosts.values()].reduce((n, h) => n + h.band.length, 0);
    layout?.take(numbered, thing, after > bands);
  });
  return model;
}

test("a thread and a child process have lanes of their own", () => {
  const m = run([
    start,
    { kind: "task", host: "server", program: "server", pid: 12, tid: 21, parent: 12, phase: "began" },
    { kind: "task", host: "server", program: "server", pid: 30, parent: 12, phase: "began" },
    call("server", 1, "recvfrom", "enter", { pid: 12, tid: 21 }),
    call("server", 2, "accept4", "enter", { pid: 12 }),
    call("server", 3, "close", "enter", { pid: 30 }),
    { kind: "task", host: "server", program: "server", pid: 12, tid: 21, phase: "ended", code: 0 },
  ]);
  assert.deepEqual([1, 2, 3].map((id) => [m.calls.get(id).task?.name, m.calls.get(id).lane]), [["T1", 1], [undefined, 0], ["P1", 2]]);
  assert.equal(m.tasks.get(21).at.ended.seq, 7);
  assert.equal(m.tasks.get(30).at.ended, undefined);
});

test("a held handshake: what each end's band shows while the SYN-ACK waits", () => {
  const m = run(handshake);
  assert.equal(m.shown("client"), "SYN_SENT");
  assert.equal(m.shown("server"), "SYN_RECV");
  assert.deepEqual(m.hosts.get("server").band.map((b) => b.state), ["CLOSE", "LISTEN", "SYN_RECV"]);
  assert.deepEqual(m.held().map((p) => p.id), [2]);
  assert.equal(m.packets.get(1).phase, "delivered");
  assert.equal(m.packets.get(1).data, "AAAA");
});

test("the band falls back to the listener when the connection is forgotten", () => {
  const m = run([...handshake, state("server", 3, "SYN_RECV", "", { local: S, remote: C })]);
  assert.equal(m.shown("server"), "LISTEN");
  assert.equal(m.sockets.size, 2);
});

test("a connection that another program takes goes to the lifeline of that program", () => {
  const m = run([
    ...handshake,
    state("client", 3, "SYN_RECV", "ESTABLISHED", { local: S, remote: C, program: "client", fd: 4 }),
    state("client", 2, "SYN_SENT", "", { local: C, remote: S }),
    state("client", 3, "ESTABLISHED", "", { local: S, remote: C }),
  ]);
  assert.deepEqual(m.hosts.get("server").band.map((b) => b.state), ["CLOSE", "LISTEN", "SYN_RECV", "LISTEN"]);
  assert.deepEqual(m.hosts.get("client").band.map((b) => b.state), ["CLOSE", "SYN_SENT", "ESTABLISHED", "CLOSE"]);
});

test("what is right below a call is told as it was when the call returned", () => {
  const layout = new Layout();
  run([start, call("server", 1, "recv", "enter"), call("server", 1, "recv", "return"), call("server", 2, "send", "enter")], { layout });
  const y = layout.y(2);
  assert.deepEqual([layout.crowded("server", y), layout.crowded("server", y, 3), layout.crowded("server", y, 5)], [true, false, true]);
});

test("sockets that have no TCP state show their kind", () => {
  const m = run([start, state("server", 1, "", "CLOSE", { proto: "u_str" }), state("client", 2, "", "CLOSE", { proto: "udp" })]);
  assert.deepEqual([m.shown("server"), m.shown("client")], ["UNIX", "UDP"]);
});

test("the socket in front is the one that a look at all of them finds", () => {
  const m = run([start]);
  const naive = () => {
    const tcp = [...m.sockets.values()].filter((s) => s.proto === "tcp");
    const newest = (list) => list.reduce((a, b) => (a && a.id > b.id ? a : b), undefined);
    return (newest(tcp.filter((s) => s.remote)) ?? newest(tcp.filter((s) => s.state === "LISTEN")))?.state ?? (m.sockets.size > 0 && tcp.length === 0 ? "UDP" : "CLOSE");
  };
  let seed = 7;
  const any = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 5000; i++) {
    const to = ["LISTEN", "SYN_SENT", "ESTABLISHED", "CLOSE", undefined][any(5)];
    const id = 1 + any(9);
    run([{ kind: "state", host: "server", to, socket: { id, proto: id === 9 ? "udp" : "tcp", ...(any(2) ? { remote: C } : {}) } }], { from: i + 1, model: m });
    assert.equal(m.shown("server"), naive(), `after ${i + 1} events`);
  }
});

test("events that were seen are not taken in twice", () => {
  const m = run(handshake);
  assert.equal(m.apply({ ...start, seq: 1, t: 0 }), null);
  assert.equal(m.seq, handshake.length);
  assert.equal(m.hosts.get("server").programs.length, 1);
});

test("a program that prints has started, and one that only is given a line has not", () => {
  const m = run([start, { kind: "input", program: "client", host: "client", text: "\n" }]);
  assert.equal(m.programs.get("client").doing, "starting");
  run([{ kind: "print", program: "client", host: "client", text: "Press Enter\n" }], { from: 2, model: m });
  assert.equal(m.programs.get("client").doing, "running");
  assert.equal(m.programs.get("server").doing, "starting");
});

test("a program is where its last call left it", () => {
  const m = run(handshake);
  const server = m.programs.get("server");
  assert.equal(server.doing, "blocked");
  assert.equal(server.call.wchan, "inet_csk_accept");
  run([call("server", 2, "accept4", "return", { result: 4 })], { from: handshake.length, model: m });
  assert.equal(server.doing, "running");
  assert.equal(server.call, null);
  run([{ kind: "exit", program: "server", host: "server", code: 1, error: "OSError: x", line: 9 }], { from: handshake.length + 1, model: m });
  assert.deepEqual([server.doing, server.exit.error, server.exit.line], ["exited", "OSError: x", 9]);
});

test("of a program's threads one that is held comes first, and then the newest call", () => {
  const began = { kind: "task", host: "server", program: "server", pid: 12, tid: 29, phase: "began" };
  const thread = { pid: 12, tid: 29, line: 7 };
  const server = (...events) => run([start, began, ...events]).programs.get("server");
  const told = ({ doing, call, line }) => [doing, call?.id, line];
  const accept = [call("server", 1, "accept4", "enter", { pid: 12 }), call("server", 1, "accept4", "blocked", { pid: 12 })];
  const recv = (phase) => call("server", 2, "recvfrom", phase, thread);

  assert.deepEqual(told(server(call("server", 1, "accept4", "held"), recv("held"), ...accept)), ["held", 2, 7]);
  assert.deepEqual(told(server(...accept, recv("enter"))), ["calling", 2, 7]);
  assert.deepEqual(told(server(...accept, recv("enter"), recv("return"))), ["blocked", 1, 4]);
  assert.deepEqual(told(server(...accept, recv("enter"), recv("return"), call("server", 3, "exit", "enter", thread))), ["blocked", 1, 4]);
  assert.deepEqual(told(server(...accept, recv("enter"), { ...began, phase: "ended" })), ["blocked", 1, 4]);
  assert.deepEqual(told(server(recv("enter"), call("server", 3, "exit_group", "enter", { pid: 12 }), recv("return"))), ["calling", 3, 4]);
  assert.equal(server(recv("enter"), recv("return")).doing, "running");
});

test("sequence numbers are counted from the first one of each direction", () => {
  const m = run([...handshake, packet(3, "sent", "client", "server", ack)]);
  assert.deepEqual([m.packets.get(1).seq, m.packets.get(1).ack], [0, undefined]);
  assert.deepEqual([m.packets.get(2).seq, m.packets.get(2).ack], [0, 1]);
  assert.deepEqual([m.packets.get(3).seq, m.packets.get(3).ack], [1, 1]);
});

test("a segment that is sent again names the first", () => {
  const m = run([...handshake, { ...packet(3, "sent", "client", "server", syn), again: 1 }]);
  assert.deepEqual([1, 3].map((id) => m.packets.get(id).again), [undefined, 1]);
});

test("what the wire makes goes on as what was sent, what it changes shows as it is now", () => {
  const changed = { ...syn, dst: "10.0.0.2:9" };
  const m = run([...handshake, { ...packet(3, "made", "client", "server", syn), of: 1, reason: "duplicate" },
    { ...packet(3, "changed", "client", "server", changed), reason: "corrupt" },
    packet(3, "delivered", "client", "server", changed), { ...packet(3, "discarded", "client", "server", changed), reason: "wrong" }]);
  const p = m.packets.get(3);
  assert.deepEqual([p.made, p.of, p.changed, p.phase, p.reason, p.summary.dst], ["duplicate", 1, "corrupt", "discarded", "wrong", "10.0.0.2:9"]);
  assert.ok(p.at.sent && p.at.delivered);
});

test("queues, output and the wire", () => {
  const m = run([...handshake,
    { kind: "queue", host: "server", socket: { id: 1, proto: "tcp" }, recv: 1, send: 5 },
    { kind: "print", program: "client", stream: "stderr", text: "x\n" }, { kind: "input", program: "client", text: "y" },
    { kind: "wire", wire: { mode: "flow", delay: 5 } }, { kind: "note", text: "not-held" }]);
  assert.deepEqual([m.sockets.get(1).recv, m.sockets.get(1).send], [1, 5]);
  assert.deepEqual(m.programs.get("client").output.map((o) => o.stream), ["stderr", "input"]);
  assert.deepEqual(m.wire, { mode: "flow", delay: 5 });
  assert.equal(m.notes[0].code, "not-held");
});

test("the end closes what is open", () => {
  const m = run([...handshake, { kind: "end", cause: "stopped" }]);
  assert.equal(m.ended, "stopped");
  assert.deepEqual(m.held(), []);
  assert.equal(m.programs.get("client").doing, "ended");
});

test("on loopback each program has a lifeline with the host's address", () => {
  const m = run([{ ...start, topology: "loopback", hosts: [{ name: "localhost", addrs: ["127.0.0.1"] }], wire: undefined }]);
  assert.deepEqual([...m.hosts.keys()], ["client", "server"]);
  assert.deepEqual(m.hosts.get("client").addrs, ["127.0.0.1"]);
  const cut = run([{ ...start, topology: "loopback", hosts: [{ name: "localhost", addrs: ["127.9.9.1"] }], wire: { mode: "flow", cut: [] }, derived: true }]);
  assert.deepEqual([...cut.hosts.keys()], ["client", "server"]);
});

test("a host with nothing but UDP sockets shows no TCP state", () => {
  const m = run([start, { kind: "state", host: "client", to: "CLOSE", socket: { id: 1, proto: "udp" } }]);
  assert.equal(m.shown("client"), "UDP");
  assert.equal(m.shown("server"), "CLOSE");
});

test("the server stands last, CLOSE is read CLOSED", () => {
  assert.deepEqual(lanes(["server", "client"]), ["client", "server"]);
  assert.deepEqual(lanes(["a", "b"]), ["a", "b"]);
  assert.equal(stateName("CLOSE"), "CLOSED");
});

test("later events are never higher, arrows always go down", () => {
  const layout = new Layout();
  const m = run([...handshake, packet(2, "delivered", "server", "client", synack), { kind: "end", cause: "stopped" }], { layout });
  const ys = [...layout.ys.values()];
  assert.deepEqual(ys, ys.toSorted((a, b) => a - b));
  for (const p of m.packets.values()) assert.ok(layout.y(p.at.delivered.seq) > layout.y(p.at.sent.seq) + 10);
});

test("idle time is folded and told once", () => {
  const layout = new Layout();
  run(handshake, { layout });
  assert.equal(layout.foldAt(14e6 + 100e6), null);
  assert.ok(layout.foldAt(14e6 + 5e9) > 0);
  run([{ ...packet(2, "dropped", "server", "client", synack, { reason: "by-hand" }), t: 6e9 }], { from: handshake.length, layout, model: run(handshake) });
  assert.equal(layout.folds.length, 1);
});

test("a longer gap is never shorter on the page, and no gap is endless", () => {
  const lengths = [0, 1e3, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11].map(gap);
  assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
  assert.equal(lengths[0], 0);
  assert.ok(lengths.at(-1) < 200);
});

test("the columns leave room for the wire at every width", () => {
  for (const width of [300, 360, 440, 560, 720, 1200]) {
    const c = columns(width, ["client", "server"]);
    assert.ok(c.x.get("server") - c.x.get("client") - c.band >= 60, `${width}`);
    assert.ok(c.call >= 40, `${width}`);
  }
});

test("labels of calls", () => {
  const connect = { name: "connect", phase: "return", errno: "ECONNREFUSED", result: -1, duration: 62000,
    args: ["3", '{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}', "16"] };
  assert.equal(callLabels(connect, true)[0], "connect(3, 10.0.0.2:8080) ✗ ECONNREFUSED");
  assert.equal(strace(connect), 'connect(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}, 16) = -1 ECONNREFUSED <0.000062>');
  assert.match(strace({ ...connect, duration: 438525900 }), /<0\.438525>$/, "the microsecond that has begun, as strace has it");
  assert.equal(fit(callLabels(connect, false), 10), "connect(3)");
  assert.equal(fit(["abcdef"], 4), "abc…");
});

test("labels of packets", () => {
  const t = (key, v) => (key === "bytes" ? `${v.n} B` : key);
  const m = run([...handshake, packet(3, "sent", "client", "server", tcp(C, S, ["PSH", "ACK"], 1001, 7001, 5))]);
  assert.equal(packetLabels(m.packets.get(3), t)[0], "PSH+ACK seq=1 ack=1 · 5 B");
  assert.equal(packetLabels(m.packets.get(3), t, false)[0], "PSH+ACK seq=1001 ack=7001 · 5 B");
  const udp = { summary: { proto: "UDP", len: 2, text: "hi" } };
  assert.equal(packetLabels(udp, t)[0], "UDP 2 B “hi”");
});

test("times", () => {
  assert.deepEqual([900, 1500, 2.5e6, 99.97e6, 300e6, 1.0234e9].map(time), ["900 ns", "1.5 µs", "2.5 ms", "100 ms", "300 ms", "1.02 s"]);
  assert.deepEqual([712e6, 1.24e9, 9.96e9, 12.4e9].map(idle), [0.7, 1.2, 10, 12]);
});

test("colours of Python, also where it is not finished", () => {
  assert.deepEqual(tokens('if x: # no "string"', "a.py"), [["word", "if"], ["", " "], ["", "x"], ["", ": "], ["comment", '# no "string"']]);
  assert.deepEqual(tokens("a = 'open", "a.py").at(-1), ["string", "'open"]);
  assert.deepEqual(tokens("if", "a.txt"), [["", "if"]]);
});

test("colours of C and Go", () => {
  assert.deepEqual(tokens("#include <x.h>\nint n = 1; // one", "a.c").filter(([kind]) => kind), [["comment", "#include"], ["word", "int"], ["number", "1"], ["comment", "// one"]]);
  assert.deepEqual(tokens('func main() { print("a\\"b") }', "a.go").filter(([kind]) => kind), [["word", "func"], ["string", '"a\\"b"']]);
});

test("a host that is played by hand shows no state of a kernel", () => {
  const m = run([{ ...start, hosts: [{ name: "client", addrs: ["10.0.0.1"], hand: true }, start.hosts[1]], programs: start.programs.slice(0, 1) }, packet(1, "made", "client", "server", syn, { reason: "injected" })]);
  assert.deepEqual([...m.hosts.values()].map((h) => [h.name, h.band.length]), [["client", 0], ["server", 1]]);
});
