import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";

// Modules that a page loads only when they are asked for must be right too.
test("every module can be read", () => {
  const folder = new URL("../stage/", import.meta.url);
  const names = readdirSync(folder).filter((n) => n.endsWith(".js"));
  assert.ok(names.length > 20);
  for (const name of names) execFileSync(process.execPath, ["--check", new URL(name, folder).pathname]);
});
