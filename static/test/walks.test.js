import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Run } from "../stage/model.js";
import { Walks } from "../stage/walks.js";

let seq = 0;
const state = (host, id, from, to, more = {}) => ({ seq: ++seq, t: seq * 1e6, kind: "state", host, ...(from ? { from } : {}), ...(to ? { to } : {}), socket: { id, proto: "tcp", ...more } });
const remote = "10.0.0.1:4000";

const path = (walks, host) => walks.ends.get(host).walk.map((w) => `${w.from} ${w.to}`);

function taken(events) {
  const walks = new Walks();
  for (const e of events) walks.take(e, null);
  return walks;
}

test("each end of a recorded run walks home", () => {
  const { events } = JSON.parse(readFileSync(new URL("../gallery/handshake/recording.json", import.meta.url)));
  const model = new Run(), walks = new Walks();
  for (const e of events) walks.take(e, model.apply(e));
  assert.deepEqual(path(walks, "server").slice(0, 4), ["CLOSE LISTEN", "LISTEN SYN_RECV", "SYN_RECV ESTABLISHED", "ESTABLISHED CLOSE_WAIT"]);
  assert.equal(walks.ends.get("server").walk.at(-1).to, "CLOSE");
  for (const w of walks.ends.get("client").walk) assert.ok(w.cause === null || ["call", "packet"].includes(w.cause.type));
});

test("a lifeline's second connection out of the program takes the token", () => {
  const w = taken([
    state("client", 1, "", "CLOSE"), state("client", 1, "CLOSE", "SYN_SENT", { remote }), state("client", 1, "SYN_SENT", "CLOSE"),
    state("client", 2, "", "CLOSE"), state("client", 2, "CLOSE", "SYN_SENT", { remote }), state("client", 2, "SYN_SENT", "ESTABLISHED", { remote }),
  ]);
  assert.deepEqual(path(w, "client"), ["CLOSE SYN_SENT", "SYN_SENT ESTABLISHED"]);
});

test("a second connection that is accepted comes out of the listener too", () => {
  const local = "10.0.0.2:8080";
  const w = taken([
    state("server", 1, "", "CLOSE", { local }), state("server", 1, "CLOSE", "LISTEN", { local }),
    state("server", 2, "", "SYN_RECV", { local, remote }), state("server", 2, "SYN_RECV", "ESTABLISHED", { local, remote }),
    state("server", 3, "", "SYN_RECV", { local, remote: "10.0.0.1:4001" }),
  ]);
  assert.deepEqual(path(w, "server"), ["CLOSE LISTEN", "LISTEN SYN_RECV"]);
  assert.equal(w.ends.get("server").state, "SYN_RECV");
});

test("a connection that is told of when its listener is gone came out of it all the same", () => {
  const local = "10.0.0.2:8081";
  const w = taken([state("server", 1, "CLOSE", "LISTEN", { local }), state("server", 1, "LISTEN", "", { local }), state("server", 2, "", "ESTABLISHED", { local, remote })]);
  assert.deepEqual(path(w, "server"), ["CLOSE LISTEN", "LISTEN ESTABLISHED"]);
});

test("an accepted socket that is told of as closed at first came out of its listener", () => {
  const local = "10.0.0.2:8082";
  const w = taken([state("server", 1, "CLOSE", "LISTEN", { local }), state("server", 2, "", "CLOSE", { local, remote }), state("server", 2, "CLOSE", "ESTABLISHED", { local, remote })]);
  assert.deepEqual(path(w, "server"), ["CLOSE LISTEN", "LISTEN ESTABLISHED"]);
});

test("an end that a segment closes without a RST has walked unseen", () => {
  const walks = new Walks();
  const segment = (flags) => ({ type: "packet", summary: { proto: "TCP", flags } });
  for (const [host, flags] of [["client", ["ACK"]], ["server", ["RST"]]]) {
    const local = `${host}:1`;
    const packet = { seq: ++seq, t: seq, kind: "packet", phase: "delivered" };
    walks.take(state(host, 1, "CLOSE", "SYN_SENT", { local, remote }), null);
    walks.take(packet, segment(flags));
    walks.take({ ...state(host, 1, "CLOSE_WAIT", "CLOSE", { local }), cause: packet.seq }, null);
  }
  assert.deepEqual(["client", "server"].map((h) => walks.ends.get(h).walk.at(-1).unseen), [true, false]);
});
