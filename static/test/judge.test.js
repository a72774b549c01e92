import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { judge, judges } from "../blocks/judge.js";

const { choice, ...forms } = JSON.parse(readFileSync(new URL("../../lessons/testdata/forms.json", import.meta.url)));

test("every form but the choice, which has no rule, has cases", () => {
  assert.deepEqual(Object.keys(judges).sort(), Object.keys(forms).sort());
  assert.ok(choice);
});

for (const [form, { rule, cases }] of Object.entries(forms)) {
  for (const c of cases) {
    test(`${form}: ${c.answer} where ${c.truth} is right`, () => {
      const read = judges[form].read(rule, c.answer);
      assert.equal(read, c.read);
      if (read !== null) assert.deepEqual(judge(judges[form], rule, read, c.truth), { right: c.right, mistake: c.mistake });
    });
  }
}
