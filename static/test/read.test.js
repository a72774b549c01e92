import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../stage/read.js";

const events = [{ seq: 1, t: 0, kind: "start" }, { seq: 2, t: 5, kind: "end" }];

test("a whole recording is read, with what is not known of it", () => {
  assert.deepEqual(parse(JSON.stringify({ version: 1, lab: "u/l", more: 1, events })).events, events);
});

for (const [name, code, source] of [
  ["not JSON", "broken-run", "{"],
  ["nothing", "broken-run", "null"],
  ["no version", "broken-run", JSON.stringify({ events })],
  ["a newer version", "newer-run", JSON.stringify({ version: 2, events: "of another form" })],
  ["no events", "broken-run", JSON.stringify({ version: 1, events: [] })],
  ["an event missing", "broken-run", JSON.stringify({ version: 1, events: [events[1]] })],
  ["an event twice", "broken-run", JSON.stringify({ version: 1, events: [events[0], events[0]] })],
  ["an event that is none", "broken-run", JSON.stringify({ version: 1, events: [null] })],
  ["time that goes back", "broken-run", JSON.stringify({ version: 1, events: [{ ...events[0], t: 9 }, events[1]] })],
  ["no kind", "broken-run", JSON.stringify({ version: 1, events: [{ seq: 1, t: 0 }] })],
]) {
  test(`nothing is read of ${name}`, () => assert.throws(() => parse(source), { code }));
}
