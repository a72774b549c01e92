import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { words } from "../stage/dom.js";
import { Layout } from "../stage/layout.js";
import { Run, stateName } from "../stage/model.js";
import { Teller } from "../stage/sentences.js";

const read = (file) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url)));

// What web/sentence_test.go keeps: the words of the sentences, and what is said of each run.
const kept = read("web/testdata/sentences.json");

/** tell tells a run in one language; the layout is that of the diagram. */
function tell(file, lang, more = []) {
  const model = new Run();
  const teller = new Teller(words(kept.words[lang]), model);
  const layout = new Layout();
  const pieces = () => [...model.hosts.values()].reduce((n, h) => n + h.band.length, 0);
  const said = [...read(file).events, ...more].flatMap((e) => {
    const before = pieces();
    const thing = model.apply(e);
    layout.take(e, thing, pieces() > before);
    return teller.told(e, thing);
  });
  return { model, layout, said };
}

for (const [file, langs] of Object.entries(kept.runs)) {
  for (const [lang, expected] of Object.entries(langs)) {
    test(`${file} is told as where scripts are off, ${lang}`, () => {
      const { said } = tell(file, lang);
      assert.deepEqual(said.map((s) => `${s.seq ?? 0} ${s.kind} ${s.t}: ${s.words}`), expected);
    });

    test(`nothing of the diagram of ${file} is untold, ${lang}`, () => {
      const { model, layout, said } = tell(file, lang, [{ kind: "end", seq: 1e6, t: 1e12, cause: "stopped" }]);
      const at = (seq, kind) => said.find((s) => s.seq === seq && s.kind === kind)?.words ?? "";
      for (const call of model.calls.values()) {
        const events = Object.values(call.at).map((a) => a.seq);
        assert.ok(said.some((s) => events.includes(s.seq) && s.words.includes(`${call.name}(`)), `call ${call.id}, ${call.name}`);
      }
      for (const p of model.packets.values()) {
        const first = at((p.at.made ?? p.at.sent).seq, "packet");
        for (const part of [String(p.id), p.seq, p.ack, p.seq === undefined ? p.summary.text : undefined, p.again].filter((x) => x !== undefined)) assert.ok(first.includes(String(part)), `packet ${p.id}, ${part}: ${first}`);
        for (const phase of Object.keys(p.at)) assert.ok(at(p.at[phase].seq, "packet"), `packet ${p.id}, ${phase}`);
      }
      for (const piece of [...model.hosts.values()].flatMap((h) => h.band)) {
        const told = said.find((s) => s.seq === piece.at.seq)?.words ?? "";
        assert.ok(told.includes(piece.host) && told.includes(stateName(piece.state)), `${piece.host} ${piece.state}: ${told}`);
      }
      for (const fold of layout.folds) assert.ok(said.some((s, i) => s.kind === "idle" && s.t < fold.to && said[i + 1].t > fold.from), `idle from ${fold.from}`);
      assert.ok(said.every((s) => s.words && !/\{\w+\}|undefined|NaN/.test(s.words)), said.find((s) => /\{\w+\}|undefined|NaN/.test(s.words))?.words);
    });

    test(`${file} is told in the order of time, ${lang}`, () => {
      const times = tell(file, lang).said.map((s) => s.t);
      assert.deepEqual(times, times.toSorted((a, b) => a - b));
    });
  }
}
