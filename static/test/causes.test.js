import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { chain, links } from "../stage/causes.js";
import { Run } from "../stage/model.js";

/** told is the model of a run in the gallery. */
function told(name) {
  const model = new Run();
  for (const e of JSON.parse(readFileSync(new URL(`../gallery/${name}/recording.json`, import.meta.url))).events) model.apply(e);
  return model;
}

const name = (thing) => (thing.type === "call" ? thing.name : `${thing.id} ${thing.summary.flags?.join("+") ?? thing.summary.proto}`);
const said = (all) => all.map((l) => `${l.kind}: ${name(l.from)} → ${name(l.to)}`).sort();

test("calls and packets remember what led to each of their phases", () => {
  const m = told("handshake");
  const [syn, synack] = [m.packets.get(1), m.packets.get(2)];
  const connect = [...m.calls.values()].find((c) => c.name === "connect");
  assert.equal(syn.at.sent.cause, connect.at.enter.seq);
  assert.equal(synack.at.sent.cause, syn.at.delivered.seq);
  assert.equal(syn.at.delivered.cause, undefined);
  assert.equal(connect.at.return.cause, synack.at.delivered.seq);
  assert.equal(m.about.get(connect.at.enter.seq), connect);
});

test("of a handshake: from connect over its packets to what accept returns", () => {
  const m = told("handshake");
  const all = links(m);
  const synack = chain(all, m.packets.get(2));
  for (const link of ["connect → 1 SYN", "1 SYN → 2 SYN+ACK", "2 SYN+ACK → 3 ACK", "3 ACK → accept4", "2 SYN+ACK → connect"]) assert.ok(said(synack).includes(`cause: ${link}`), link);
  assert.ok(!said(synack).some((l) => l.includes("sendto")), "what another call asked for is no part of it");
  const accept = [...m.calls.values()].find((c) => c.name === "accept4");
  assert.deepEqual(said(chain(all, accept)), ["cause: 1 SYN → 2 SYN+ACK", "cause: 2 SYN+ACK → 3 ACK", "cause: 3 ACK → accept4", "cause: connect → 1 SYN"]);
});

test("every link goes on in time, and none is from a thing to itself", () => {
  for (const run of ["handshake", "lost", "refused", "threads"]) {
    const all = links(told(run));
    assert.ok(all.length > 4, run);
    for (const l of all) assert.ok(l.by < l.at && l.from !== l.to, `${run}: ${said([l])}`);
  }
});

test("what is sent again is linked to what it repeats", () => {
  const m = told("lost");
  const again = [...m.packets.values()].filter((p) => p.again);
  assert.ok(again.length >= 3);
  for (const p of again) {
    const led = links(m).filter((l) => l.to === p);
    assert.deepEqual(led.filter((l) => l.kind === "again").map((l) => l.from.id), [p.again]);
    assert.ok(chain(links(m), p).some((l) => l.from.type === "call"), `packet ${p.id} goes back to a call`);
  }
});
