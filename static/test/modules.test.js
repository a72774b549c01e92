import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";

// Modules that a page loads only when they are asked for must be right too.
test("every module can be read", async () => {
  const folder = new URL("../stage/", import.meta.url);
  const names = readdirSync(folder, { recursive: true }).filter((n) => n.endsWith(".js"));
  assert.ok(names.length > 20);
  const check = (name) => promisify(execFile)(process.execPath, ["--check", new URL(name, folder).pathname]);
  await Promise.all(names.map(check));
});
