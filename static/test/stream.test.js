import assert from "node:assert/strict";
import { test } from "node:test";

import { Stream } from "../stage/stream.js";

/** fake is a WebSocket that the test opens, feeds and closes. */
function fake() {
  const made = [];
  class Socket {
    constructor(url) {
      Object.assign(this, { url, sent: [], readyState: 1 });
      made.push(this);
    }
    send(m) { this.sent.push(m); }
    close() { this.readyState = 3; }
  }
  return { Socket, made };
}

function open() {
  const { Socket, made } = fake();
  const told = { events: [], states: [], refused: [] };
  const stream = new Stream("/api/sandboxes/7/stream", {
    events: (list) => told.events.push(...list.map((e) => e.seq)),
    state: (name) => told.states.push(name),
    refused: (code) => told.refused.push(code),
  }, { Socket, base: "https://course.example/ko/handshake/three-way" });
  return { stream, made, told };
}

const message = (...seqs) => ({ data: seqs.map((seq) => JSON.stringify({ seq })).join("\n") });

test("events arrive once and in order, also after a lost connection", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { stream, made, told } = open();
  made[0].onopen();
  made[0].onmessage(message(1, 2, 3));
  made[0].onclose({ code: 1006 });
  t.mock.timers.tick(250);
  assert.equal(made[1].url, "wss://course.example/api/sandboxes/7/stream?after=3");
  made[1].onopen();
  made[1].onmessage(message(3, 4));
  assert.deepEqual(told.events, [1, 2, 3, 4]);
  assert.deepEqual(told.states, ["live", "reconnecting", "live"]);
  stream.leave();
});

test("the wait between attempts grows", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { stream, made } = open();
  made[0].onclose({ code: 1006 });
  t.mock.timers.tick(250);
  made[1].onclose({ code: 1006 });
  t.mock.timers.tick(250);
  assert.equal(made.length, 2);
  t.mock.timers.tick(250);
  assert.equal(made.length, 3);
  stream.leave();
});

for (const [code, state] of [[1000, "closed"], [4404, "gone"]]) {
  test(`close code ${code} is final`, (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { made, told } = open();
    made[0].onclose({ code });
    t.mock.timers.tick(60000);
    assert.equal(made.length, 1);
    assert.deepEqual(told.states, [state]);
  });
}

test("a refused message is told, and the stream comes back", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { stream, made, told } = open();
  made[0].onclose({ code: 1008 });
  t.mock.timers.tick(250);
  assert.deepEqual(told.refused, [1008]);
  assert.equal(made.length, 2);
  stream.leave();
});

test("commands go as JSON while there is a connection", () => {
  const { stream, made } = open();
  assert.equal(stream.send({ command: "deliver", packet: 1 }), true);
  assert.deepEqual(made[0].sent, ['{"command":"deliver","packet":1}']);
  made[0].readyState = 3;
  assert.equal(stream.send({ command: "stop" }), false);
  stream.leave();
});
