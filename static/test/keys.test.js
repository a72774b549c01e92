import assert from "node:assert/strict";
import { test } from "node:test";

import { listen } from "../stage/keys.js";

test("keys work with a keyboard that writes Korean", () => {
  const done = [];
  let press;
  listen({ addEventListener: (_, f) => { press = f; } }, { deliver: () => done.push("deliver"), "step-one": (n) => done.push(n), help: () => done.push("help") });
  const key = (key, code) => press({ key, code, target: { matches: () => false }, preventDefault() {} });
  for (const [k, code] of [["d", "KeyD"], ["D", "KeyD"], ["ㅇ", "KeyD"], ["Process", "KeyD"], ["2", "Digit2"], ["?", "Slash"], ["ㅋ", "KeyZ"], ["Shift", "ShiftLeft"]]) key(k, code);
  assert.deepEqual(done, ["deliver", "deliver", "deliver", "deliver", 2, "help"]);
});
