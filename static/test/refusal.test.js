import assert from "node:assert/strict";
import { test } from "node:test";

import { words } from "../stage/dom.js";
import { noteWords } from "../stage/sentences.js";

const t = words({
  "refusal-zero": "{setting}에 쓸 수 없는 값입니다: {value}. {min} 이상 {max} 이하로 정하십시오.", "setting-wire.mtu": "회선의 MTU",
  "refusal-choice": "{setting}: {value}, {choices}", "note-no-wire": "no wire here", "note-failed": "failed: {error}",
});

test("a refusal is told in the words of the page", () => {
  const said = noteWords({ text: "refused", error: "english", refusal: { why: "zero", setting: "wire.mtu", value: "5 B", min: "68 B", max: "1500 B" } }, t);
  assert.equal(said, "회선의 MTU에 쓸 수 없는 값입니다: 5 B. 68 B 이상 1500 B 이하로 정하십시오.");
});

test("a setting without a name of its own is told by its key", () => {
  const said = noteWords({ text: "no-such-host", refusal: { why: "choice", setting: "to", value: "mars", choices: ["client", "server"] } }, t);
  assert.equal(said, "to: mars, client, server");
});

test("other notes are told by their code", () => {
  assert.equal(noteWords({ text: "no-wire", error: "english" }, t), "no wire here");
  assert.equal(noteWords({ text: "none-such", error: "why" }, t), "failed: why");
});
