import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { facts } from "../stage/loopback.js";
import { Run } from "../stage/model.js";

/** seen is what of lo is to be seen in the first n events of a run in the gallery. */
function seen(name, n) {
  const { events } = JSON.parse(readFileSync(new URL(`../gallery/${name}/recording.json`, import.meta.url)));
  const model = new Run();
  for (const e of events.slice(0, n)) model.apply(e);
  return facts([...model.packets.values()], events.slice(0, n));
}

test("what was lost, and how much the largest packet carried", () => {
  const f = seen("lost");
  assert.deepEqual([f.sent, f.lost, f.largest.summary.len, f.wrong, f.captured], [20, 4, 1448, 0, 20]);
  assert.ok(f.rtt >= 40e6, `${f.rtt}`); // twice the delay of its wire
});

test("nothing is known before anything is sent", () => {
  assert.deepEqual(seen("lost", 10), { largest: null, captured: 0, wrong: 0, rtt: null, sent: 0, lost: 0 });
});

test("derived packets have no checksums", () => {
  const f = seen("derived");
  assert.deepEqual([f.captured, f.wrong, f.largest.summary.len], [0, 0, 5]);
});

test("a frame that was captured on lo", () => {
  const data = "AAAAAAAAAAAAAAAACABFAAA8Dc9AAEAGLut/AAABfwAAAYIsH5BNY14DAAAAAKAC/9f+MAAAAgT/1wQCCApHP13FAAAAAAEDAwo=";
  const p = { id: 1, data, phase: "delivered", summary: { len: 0 } };
  assert.deepEqual([facts([p], []).captured, facts([p], []).wrong], [1, 1]);
});
