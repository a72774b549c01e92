import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, without } from "../stage/changes.js";

const cases = [
  ["nothing", "a\nb\n", "a\nb\n", 0],
  ["a line in the middle", "a\nb\nc\n", "a\nX\nc\n", 1],
  ["added at the beginning", "a\n", "X\na\n", 1],
  ["added at the end", "a\n", "a\nX\n", 1],
  ["removed", "a\nb\nc\n", "a\nc\n", 1],
  ["two places", "a\nb\nc\nd\ne\n", "a\nX\nc\nd\nY\ne\n", 2],
  ["the last line's end", "a\nb\n", "a\nb", 1],
  ["everything", "a\nb\n", "X", 1],
  ["from nothing", "", "a\nb\n", 1],
  ["lines that repeat", "x\nx\ny\nx\n", "x\ny\nx\nx\n", 2],
];

for (const [name, original, source, want] of cases) {
  test(`changes: ${name}`, () => {
    const found = changes(original, source);
    assert.equal(found.length, want);
    // Each is what stands there, and with all taken back the original is left.
    for (const { from, at, was, is } of found) {
      assert.deepEqual(original.split("\n").slice(from, from + was.length), was);
      assert.deepEqual(source.split("\n").slice(at, at + is.length), is);
    }
    assert.equal(found.reduceRight(without, source), original);
    // One taken back leaves the others.
    if (found.length > 0) assert.equal(changes(original, without(source, found[0])).length, want - 1);
  });
}

test("changes: texts too long to compare are one change", () => {
  const lines = (n, s) => Array.from({ length: n }, (_, i) => `${s}${i}`).join("\n");
  const [one, ...more] = changes(`a\n${lines(3000, "x")}\nb`, `a\n${lines(3000, "y")}\nb`);
  assert.deepEqual([one.at, one.was.length, one.is.length, more.length], [1, 3000, 3000, 0]);
});
