import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, find, snippet } from "../search.js";

const entries = [
  { title: "One", text: "소켓을 바인드합니다." },
  { title: "A backlog", text: "What a listener has." },
  { title: "Two", text: "The backlog, and the listener's queue." },
];
const titles = (query) => find(entries, asked(query)).map((e) => e.title);

test("words are found wherever they stand", () => {
  assert.deepEqual(titles("소켓"), ["One"]);
  assert.deepEqual(titles("LISTENERS  backlog"), ["A backlog", "Two"]);
  assert.deepEqual(titles("backlog"), ["A backlog", "Two"]);
  assert.deepEqual(titles("backlog nothing"), []);
  assert.deepEqual(titles(" "), []);
});

test("a snippet marks what was found", () => {
  assert.deepEqual(snippet("The backlog.", ["backlog"]).filter(([s]) => s), [["The ", false], ["backlog", true], [".", false]]);
  const long = snippet(`${"x".repeat(300)} here ${"y".repeat(300)}`, ["here"]);
  assert.equal(long[0][0].startsWith("… "), true);
  assert.deepEqual(long.at(-1), [" …", false]);
  assert.equal(long.map(([s]) => s).join("").length < 240, true);
  assert.deepEqual(snippet("no word", ["other"]), [["no word", false]]);
});
