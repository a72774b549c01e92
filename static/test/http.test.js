import assert from "node:assert/strict";
import { test } from "node:test";

import { begins, message } from "../stage/decode/http.js";
import { ascii, Conversation, covered, inspected, values } from "./frames.js";
import { bytesOf } from "../stage/streams.js";

const REQUEST = "GET /none HTTP/1.1\r\nHost: server\r\nAccept: */*\r\n\r\n";
const ANSWER = "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\nConnection: close\r\n\r\nnothing here\n";

const read = (text, asked) => message(ascii(text), 0, () => asked ?? "");
const names = (m) => m.fields.map((f) => f.label ?? f.name);

test("a request, field by field", () => {
  const m = read(REQUEST);
  assert.deepEqual([m.kind, m.method, m.target, m.version, m.end], ["request", "GET", "/none", "HTTP/1.1", REQUEST.length]);
  assert.deepEqual(names(m), ["method", "target", "version", "Host", "Accept", "end"]);
  assert.deepEqual(m.fields.map((f) => [f.from, f.to]), [[0, 4], [4, 10], [10, 20], [20, 34], [34, 47], [47, 49]]);
});

test("an answer with a body of the announced length", () => {
  const m = read(`${ANSWER}HTTP/1.1 200 OK\r\n`);
  assert.deepEqual([m.kind, m.code, m.reason, m.body.how, m.end], ["response", 404, "Not Found", "length", ANSWER.length]);
  assert.deepEqual(names(m), ["version", "code", "reason", "Content-Length", "Connection", "end", "body"]);
});

test("how long a body is", () => {
  for (const [head, asked, how] of [
    ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "GET", "length"], ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD", "none"],
    ["HTTP/1.1 204 No Content\r\n\r\n", "GET", "none"], ["HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET", "none"],
    ["HTTP/1.0 200 OK\r\n\r\n", "GET", "close"], ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", "GET", "chunks"],
    ["HTTP/1.1 200 OK\r\n\r\n", "CONNECT", "none"], ["HTTP/1.1 100 Continue\r\n\r\n", "POST", "none"],
    ["POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n", "", "length"], ["POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n", "", "none"], ["GET / HTTP/1.1\r\n\r\n", "", "none"],
  ]) assert.equal(read(head, asked).body.how, how, `${asked}: ${head}`);
});

test("a body in chunks", () => {
  const text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";
  const m = read(`${text}GET`);
  assert.deepEqual(names(m).slice(5), ["chunk-size", "chunk", "chunk-end", "chunk-size", "chunk", "chunk-end", "chunk-last", "X-Sum", "end"]);
  assert.deepEqual([m.body.length, m.body.count, m.end], [11, 2, text.length]);
});

test("what is no HTTP, and what may become it", () => {
  for (const text of ["", "GE", "GET", "hello\r\n", "PUT name\r\n", "GET name\n", "SSH-2.0-x\r\n", "\x16\x03\x01", "HTTP/2 200\r\n"]) assert.equal(begins(ascii(text)), false, text);
  for (const text of ["GET ", "GET /x", "POST http://x", "HTTP/1.", "HTTP/1.1 20", "WHAT / HTTP/1.1\r\n", "OPTIONS * HTTP/1.0\n"]) assert.equal(begins(ascii(text)), true, text);
});

test("a head that goes wrong", () => {
  const m = read("GET / HTTP/1.1\r\nno colon here\r\n: no name\r\nHost : x\r\n\r\n");
  assert.deepEqual(names(m), ["method", "target", "version", "line", "line", "line", "end"]);
  assert.equal(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello").end, null);
});

test("a message over segments: which packet it goes on from, and how much of the body is there", () => {
  const c = new Conversation();
  for (const piece of ["GE", "T /x HT", "TP/1.1\r\nHo", "st: server\r\n", "\r\n"]) c.send("client", { data: piece });
  const first = c.send("server", { data: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12" });
  c.send("server", { data: "345" });
  c.send("server", { data: "67890HTTP/1.1 200 OK\r\n" });
  const { layers, said } = inspected(c.events);
  assert.equal(layers(4).at(-1).name, "payload", "two letters may be the beginning of anything");
  const [part] = said(5);
  assert.deepEqual([part.kind, values(part), part.says[0]], ["request", { method: "GET", target: "/x", version: "HT" }, ["http-continues", { id: 4 }]]);
  assert.deepEqual([values(said(6)[0]), values(said(7)[0]), values(said(8)[0])], [{ version: "HTTP/1.1", line: "Ho" }, { Host: "server" }, { end: "CR LF" }]);
  assert.deepEqual(said(first)[0].says, [["http-body-so-far", { length: 10, count: undefined, got: 2 }]]);
  assert.deepEqual(said(first + 1)[0].says, [["http-continues", { id: first }], ["http-body-so-far", { length: 10, count: undefined, got: 5 }]]);
  const [end, next] = said(first + 2);
  assert.deepEqual([end.says[1], values(end)], [["http-body-all", { length: 10, count: undefined, got: 10 }], { body: "67890" }]);
  assert.deepEqual([next.kind, next.says, values(next).code], ["response", [["http-head", {}]], "200"]);
});

test("the fields cover each segment, whatever it is cut into", () => {
  const text = `${ANSWER}HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
  for (let size = 1; size < 40; size++) {
    const c = new Conversation();
    c.send("client", { data: REQUEST + REQUEST });
    const ids = [];
    for (let at = 0; at < text.length; at += size) ids.push(c.send("server", { data: text.slice(at, at + size) }));
    const { layers, packet } = inspected(c.events);
    for (const id of ids) assert.equal(covered(layers(id)), bytesOf(packet(id)).length * 8, `${size} bytes, packet ${id}`);
  }
});

test("an answer to HEAD has no body, though it announces one", () => {
  const c = new Conversation();
  c.send("client", { data: "HEAD / HTTP/1.1\r\nHost: s\r\n\r\nGET / HTTP/1.1\r\nHost: s\r\n\r\n" });
  const id = c.send("server", { data: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc" });
  const [head, get] = inspected(c.events).said(id);
  assert.deepEqual([head.says, get.says, values(get).body], [[], [["http-body-all", { length: 3, count: undefined, got: 3 }]], "abc"]);
});

test("a segment sent again is read as the first was, also when it is cut otherwise", () => {
  const c = new Conversation();
  const seq = c.next.client;
  c.send("client", { data: REQUEST.slice(0, 10) });
  c.send("client", { data: REQUEST.slice(10) });
  const whole = c.send("client", { data: REQUEST, seq });
  const { said } = inspected(c.events);
  assert.deepEqual([values(said(whole)[0]).Host, said(whole)[0].says], ["server", []]);
});

test("bytes that are missing, changed or not HTTP stay data", () => {
  const gap = new Conversation();
  gap.send("client", { data: "GET / HTTP/1.1\r\n" });
  const behind = gap.send("client", { data: "Host: x\r\n\r\n", seq: gap.next.client + 5 });
  assert.equal(inspected(gap.events).said(behind), null);
  const other = new Conversation();
  assert.equal(inspected(other.events).said(other.send("client", { data: "hello\r\n" })) ?? null, null);
  const c = new Conversation();
  const id = c.send("client", { data: REQUEST });
  const { summary, data } = c.events.at(-1);
  const bytes = atob(data).replace("/none", "/nine");
  c.events.push({ kind: "packet", id, from: "client", to: "server", phase: "changed", reason: "edit", summary, data: btoa(bytes) });
  assert.equal(values(inspected(c.events).said(id)[0]).target, "/nine");
});
