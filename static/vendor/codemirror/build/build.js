// Builds the modules beside this folder, with LICENSE and VERSION: the editor,
// and a grammar for each language of the labs that takes from the editor what
// they share. `make vendor` runs it; the same lock gives the same bytes.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const SHARED = /^(@codemirror\/(language|state|view)|@lezer\/(common|highlight|lr))$/;

const shared = {
  name: "shared",
  setup: (b) => b.onResolve({ filter: SHARED }, () => ({ path: "./codemirror.js", external: true, sideEffects: false })),
};

const how = { bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", metafile: true, write: false };

/** bundle builds one module; packages are those that it has something of. */
async function bundle(name, plugins) {
  const { metafile, outputFiles } = await build({ ...how, entryPoints: [name], plugins });
  const inputs = Object.values(metafile.outputs)[0].inputs;
  const used = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const packages = used.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean);
  return { name, text: outputFiles[0].contents, packages };
}

const built = [await bundle("codemirror.js", [])];
for (const name of ["python.js", "c.js", "go.js"]) built.push(await bundle(name, [shared]));

const lock = JSON.parse(readFileSync("package-lock.json"));
const packages = [...new Set(built.flatMap((b) => b.packages))].sort()
  .map((name) => ({ name, version: lock.packages[`node_modules/${name}`].version }));

const put = (name, text) => writeFileSync(new URL(`../${name}`, import.meta.url), text);
for (const { name, text } of built) put(name, text);
put("LICENSE", packages.map(({ name, version }) => `${name} ${version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`).join(`\n${"-".repeat(72)}\n\n`));
put("VERSION", ["CodeMirror 6, from the npm registry, built by build/build.js (make vendor) of:",
  ...packages.map(({ name, version }) => `${name} ${version}`), "",
  ...built.map(({ name, text }) => `${createHash("sha256").update(text).digest("hex")}  ${name}`), ""].join("\n"));
