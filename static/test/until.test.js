import assert from "node:assert/strict";
import { test } from "node:test";

import { words } from "../stage/dom.js";
import { Run } from "../stage/model.js";
import { Teller, untilWords } from "../stage/sentences.js";
import { choices } from "../stage/until.js";

const t = words({
  "until-held": "held", "until-flags": "with {flags}", "until-data": "with data", "until-again": "again", "until-host": "of {host}",
  "until-state": "{host} in {state}", "until-any-state": "any in {state}", "say-until-began": "passes: {until}", "say-until-reached": "waits",
});

test("what can be waited for, between two hosts and among three", () => {
  assert.deepEqual(choices(["client", "server"]).map((u) => untilWords(u, t)), [
    "held", "with data", "with SYN", "with FIN", "with RST", "again", "of client", "of server",
    ...["client", "server"].flatMap((h) => ["ESTABLISHED", "CLOSE_WAIT", "TIME_WAIT", "CLOSED"].map((s) => `${h} in ${s}`)),
  ]);
  assert.equal(choices(["a", "b", "c"]).map((u) => untilWords(u, t)).at(-1), "any in CLOSED");
});

test("conditions together", () => {
  assert.equal(untilWords({ flags: ["FIN", "ACK"], host: "server" }, t), "with FIN+ACK, of server");
});

test("the model knows what passes, and the narrative tells it", () => {
  const run = new Run();
  const wire = { mode: "hold", delay: 0 };
  const began = { seq: 1, t: 0, kind: "wire", wire, until: { data: true }, phase: "began" };
  const ended = { seq: 3, t: 0, kind: "wire", wire, until: { data: true }, phase: "ended", reason: "reached", id: 4 };
  run.apply(began);
  assert.deepEqual(run.until, { data: true });
  run.apply({ seq: 2, t: 0, kind: "wire", wire: { mode: "hold", delay: 5 } });
  assert.deepEqual([run.until, run.wire.delay], [{ data: true }, 5]);
  run.apply(ended);
  assert.equal(run.until, null);
  const teller = new Teller(t, run);
  assert.deepEqual([began, ended].map((e) => teller.sentence(e, null)), ["passes: with data", "waits"]);
});
