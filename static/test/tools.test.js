import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../stage/dom.js";
import { Run } from "../stage/model.js";
import { carries } from "../stage/own.js";
import { lines, machines, rows } from "../stage/sslines.js";
import { headParts, socketParts } from "../stage/ssparts.js";
import { straceParts } from "../stage/straceparts.js";
import { scaleOf, tcpdumpParts } from "../stage/tcpdumpparts.js";
import { FILLED, StraceLines, TcpdumpLines } from "../stage/toollines.js";

const file = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const t = Object.fromEntries(["strace", "tcpdump", "ss"].map((name) => [name, Object.fromEntries(["en", "ko"].map((lang) => [lang, words(JSON.parse(file(`../stage/words/${name}.${lang}.json`)))]))]));

/** run takes in a recording of the gallery, as far as event n. */
function run(name, n = Infinity) {
  const { events } = JSON.parse(file(`../gallery/${name}/recording.json`));
  const of = { model: new Run(), events, strace: new StraceLines(), tcpdump: new TcpdumpLines() };
  for (const e of events.slice(0, n)) {
    const thing = of.model.apply(e);
    of.strace.take(e, thing);
    of.tcpdump.take(e, thing);
  }
  return of;
}

const texts = { strace: file("../gallery/handshake/recording.strace.txt").split("\n").filter(Boolean), tcpdump: file("../gallery/handshake/recording.tcpdump.txt").split("\n").filter(Boolean) };

test("each line chooses the call or packet that it tells of", () => {
  const r = run("handshake");
  const strace = r.strace.at(Infinity, texts.strace);
  assert.equal(strace.length, texts.strace.length);
  for (const { what, line, thing } of strace) {
    if (what === "call" || what === "resumed") assert.ok(line.includes(`${thing.name}(`) || line.includes(`<... ${thing.name} resumed>`), line);
    else {
      assert.match(line, /^\d+ +\S+ (---|\+\+\+)/);
      assert.equal(thing, null, line);
    }
  }
  const letter = { SYN: "S", FIN: "F", RST: "R", PSH: "P", ACK: "." };
  const tcpdump = r.tcpdump.at(Infinity, texts.tcpdump);
  assert.equal(tcpdump.length, texts.tcpdump.length);
  for (const { line, thing } of tcpdump) assert.equal(/\[(\S*)\]/.exec(line)[1].length, thing.summary.flags.filter((f) => letter[f]).length, line);
});

test("a packet that is sent in the microsecond of its call is another line", () => {
  const s = new StraceLines(), d = new TcpdumpLines();
  const call = { type: "call" }, packet = { type: "packet" };
  for (const l of [s, d]) {
    l.take({ seq: 1, t: 5000, kind: "call", phase: "enter", call: 1, name: "connect", args: ["3"] }, call);
    l.take({ seq: 2, t: 5100, kind: "packet", phase: "sent", id: 1, data: "AA" }, packet);
  }
  assert.deepEqual([s.at(9, ["x"])[0].thing, d.at(9, ["y"])[0].thing], [call, packet]);
});

test("at an earlier moment a call that has not returned is unfinished, and later lines are not there", () => {
  const r = run("handshake");
  const accept = r.events.find((e) => e.kind === "call" && e.name === "accept4" && e.phase === "enter");
  const then = r.strace.at(accept.seq, texts.strace);
  assert.match(then.at(-1).line, /accept4\(3, {2}<unfinished \.\.\.>$/);
  assert.ok(then.length < texts.strace.length);
  assert.equal(r.tcpdump.at(accept.seq, texts.tcpdump).length, 0);
});

test("what the kernel fills in is the same here and where the text is printed", () => {
  const table = /var filled = map\[string\]int\{(.*?)\n\}/s.exec(file("../../sandbox/recording/strace/entry.go"))[1];
  assert.deepEqual(FILLED, Object.fromEntries([...table.matchAll(/"(\w+)": (\d)/g)].map(([, name, n]) => [name, Number(n)])));
});

const errnos = [...file("../../sandbox/recording/strace/errors.go").matchAll(/"(E[A-Z0-9_]+)":/g)].map((m) => m[1]);

test("every errno has words in both languages", () => {
  assert.ok(errnos.length > 70);
  for (const lang of ["en", "ko"]) for (const e of errnos) assert.notEqual(t.strace[lang](`errno-${e}`), `errno-${e}`, `${e} in ${lang}`);
});

test("a line of strace, piece by piece", () => {
  const r = run("refused");
  const call = [...r.model.calls.values()].find((c) => c.errno === "ECONNREFUSED");
  const e = r.events.find((x) => x.call === call.id && x.phase === "enter");
  const line = `12    00:00:00.1 ${call.name}(${call.args.join(", ")}) = -1 ECONNREFUSED (Connection refused) <0.0001>`;
  for (const lang of ["en", "ko"]) {
    const { say, parts } = straceParts({ what: "call", e, thing: call, line }, t.strace[lang]);
    assert.ok(!/call-|arg-/.test(say + parts.flat().join(" ")), JSON.stringify(parts));
    assert.equal(parts.find(([code]) => code === "ECONNREFUSED")[1], t.strace[lang]("errno-ECONNREFUSED"));
    assert.equal(parts.find(([code]) => code === "= -1")[1], t.strace[lang]("result-error"));
  }
});

test("every line of the gallery's runs is told without a key that has no words", () => {
  for (const lang of ["en", "ko"]) {
    for (const l of run("handshake").strace.at(Infinity, texts.strace)) told(straceParts(l, t.strace[lang]));
    for (const l of run("handshake").tcpdump.at(Infinity, texts.tcpdump)) told(tcpdumpParts(l, t.tcpdump[lang], undefined));
  }
});

function told({ say, parts }) {
  assert.ok(say.length > 5, say);
  for (const text of [say, ...parts.map(([, words]) => words)]) assert.doesNotMatch(text, /\{\w+\}|^(call|arg|part|say|result|flag|option|col|state|recv|send|netid)-/, text);
}

test("a segment of tcpdump, piece by piece", () => {
  const { say, parts } = tcpdumpParts({ e: { t: 1e9, from: "client", to: "server" }, thing: {}, line: "00:00:01.000000 IP 10.0.0.1.1025 > 10.0.0.2.80: Flags [P.], seq 1:6, ack 9, win 502, options [nop,nop,sack 2 {20:30}{40:50}], length 5: HTTP: GET / HTTP/1.1" }, t.tcpdump.en, 7);
  const words = new Map(parts);
  assert.equal(say, "A segment with 5 bytes of data.");
  assert.match(words.get("10.0.0.1.1025 > 10.0.0.2.80"), /from 10\.0\.0\.1:1025 to 10\.0\.0\.2:80/);
  assert.match(words.get("Flags [P.]"), /^P: PSH.* · \.: ACK/);
  assert.match(words.get("seq 1:6"), /bytes 1 up to, but not including, 6 .* 5 bytes/);
  assert.match(words.get("win 502"), /502 × 2\^7 = 64256/);
  assert.ok(words.get("sack 2 {20:30}{40:50}") && words.get("ack 9") && words.get("length 5") && words.get(": HTTP: GET / HTTP/1.1"));
});

test("other packets of tcpdump", () => {
  const of = (line) => tcpdumpParts({ e: { t: 0, from: "client", to: "server" }, thing: {}, line: `00:00:00.000000 ${line}` }, t.tcpdump.en);
  assert.match(of("IP 10.0.0.1.9 > 10.0.0.2.53: UDP, length 4").say, /UDP datagram from client to server/);
  assert.match(of("IP6 fd00::1.9 > fd00::2.53: UDP, length 4").parts[2][1], /from \[fd00::1\]:9 to \[fd00::2\]:53/);
  assert.match(of("IP 10.0.0.2 > 10.0.0.1: ICMP 10.0.0.2 udp port 9 unreachable, length 36").say, /ICMP/);
  assert.match(of("ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28").parts[1][1], /10\.0\.0\.1 asks who has 10\.0\.0\.2/);
});

test("a window is scaled only when both SYNs agreed", () => {
  const syn = (id, src, dst, options) => ({ id, summary: { src, dst, flags: ["SYN"], options } });
  const data = { id: 9, summary: { src: "a:1", dst: "b:2", flags: ["ACK"] } };
  assert.equal(scaleOf(data, [syn(1, "a:1", "b:2", ["wscale 7"]), syn(2, "b:2", "a:1", ["wscale 9"])]), 7);
  assert.equal(scaleOf(data, [syn(1, "a:1", "b:2", ["wscale 7"]), syn(2, "b:2", "a:1", ["mss 1"])]), undefined);
});

test("ss has no line for a TCP socket that neither listens nor has a peer", () => {
  const r = run("handshake", 5);
  assert.deepEqual([...r.model.sockets.values()].map((s) => s.state), ["CLOSE"]);
  assert.deepEqual(machines(r.model).map(({ name, sockets }) => [name, sockets.length]), [["client", 0], ["server", 0]]);
});

test("a line of ss, column by column: Recv-Q of a listener and of a connection", () => {
  const listener = { id: 1, host: "server", proto: "tcp", local: "0.0.0.0:8080", state: "LISTEN", recv: 2, send: 5, told: {}, program: "server", fd: 3 };
  const connection = { ...listener, id: 2, local: "10.0.0.2:8080", remote: "10.0.0.1:4000", state: "ESTABLISHED", recv: 7, send: 0, fd: undefined };
  const [a, b] = rows([listener, connection], { sockets: new Map() });
  assert.deepEqual(lines([a, b])[1].split(/ +/), ["tcp", "LISTEN", "2", "5", "0.0.0.0:8080", "0.0.0.0:*"]);
  for (const lang of ["en", "ko"]) for (const row of [a, b]) told(socketParts(row, t.ss[lang]));
  told(headParts(t.ss.ko));
  assert.match(new Map(socketParts(a, t.ss.en).parts).get("Recv-Q 2"), /2 connections .* wait to be accepted/);
  assert.match(new Map(socketParts(b, t.ss.en).parts).get("Recv-Q 7"), /7 bytes .* wait to be read/);
  assert.match(socketParts(b, t.ss.en).say, /no descriptor/);
});

test("a socket's packets: those between its ends, of a listener those to its port", () => {
  const p = (from, to, src, dst, proto = "TCP") => ({ from, to, summary: { proto, src, dst } });
  const there = p("client", "server", "10.0.0.1:4000", "10.0.0.2:8080"), back = p("server", "client", "10.0.0.2:8080", "10.0.0.1:4000");
  const connection = carries({ host: "server", proto: "tcp", local: "10.0.0.2:8080", remote: "10.0.0.1:4000" });
  const listener = carries({ host: "server", proto: "tcp", local: "0.0.0.0:8080" });
  const other = p("client", "server", "10.0.0.1:4001", "10.0.0.2:8080");
  assert.deepEqual([there, back, other, p("client", "server", "10.0.0.1:4000", "10.0.0.2:8080", "UDP")].map(connection), [true, true, false, false]);
  assert.deepEqual([there, back, other, p("server", "client", "10.0.0.2:9", "10.0.0.1:18080")].map(listener), [true, true, true, false]);
  assert.equal(carries({ host: "server", proto: "tcp" })(there), false);
});
