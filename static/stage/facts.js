// What is different in two runs, in few words: settings, programs, packets,
// calls, how each end ended, how long it took and what was printed.

import { stateName } from "./model.js";

const WIRE = ["mode", "delay", "jitter", "loss", "reorder", "duplicate", "corrupt", "rate", "queue", "mtu", "cut"];

/** Durations that are nearer than this are about the same: programs and kernels are never equally fast. */
const NEAR = { share: 0.25, ns: 50e6 };

/**
 * facts are what is compared of a run: {key, about, value, plain}. About is
 * what the words for the key need; plain, where it is there, is compared in
 * the place of the value.
 */
export function facts({ events, programs = [] }, model) {
  return [...settings(model), ...sources(programs, model), ...packets(model), ...calls(model), ...ends(events, model), ...outputs(model)];
}

function settings({ started, wire }) {
  const first = started?.wire ?? {};
  return [
    { key: "lab", value: started?.lab ?? "" },
    ...WIRE.filter((k) => first[k] !== undefined).map((k) => ({ key: "wire", about: { name: k }, value: first[k] })),
    ...WIRE.filter((k) => wire?.[k] !== undefined).map((k) => ({ key: "wire-later", about: { name: k }, value: wire[k] }))
      .filter((f) => String(f.value ?? "") !== String(first[f.about.name] ?? "")),
  ];
}

/** sources are the files of the programs, and their texts where these are known. */
function sources(programs, model) {
  return [...model.programs.values()].flatMap((p) => {
    const text = programs.find((x) => x.name === p.name)?.source;
    return [{ key: "file", about: { program: p.name }, value: p.file ?? "" }, ...(text === undefined ? [] : [{ key: "source", about: { program: p.name }, value: text }])];
  });
}

const tally = (list, key) => list.reduce((all, x) => all.set(key(x), (all.get(key(x)) ?? 0) + 1), new Map());

function packets(model) {
  const all = [...model.packets.values()];
  const lost = all.filter((p) => p.phase === "dropped" || p.phase === "discarded");
  return [
    ...[...tally(all.filter((p) => !p.made), (p) => `${p.from} ${p.to}`)].map(([way, n]) => ({ key: "packets", about: { from: way.split(" ")[0], to: way.split(" ")[1] }, value: n })),
    { key: "bytes", value: all.filter((p) => !p.made && !p.of).reduce((sum, p) => sum + (p.summary?.len ?? 0), 0) },
    { key: "again", value: all.filter((p) => p.again).length },
    { key: "lost", value: lost.length },
  ];
}

function calls(model) {
  const all = [...model.calls.values()];
  const failed = (name) => [...tally(all.filter((c) => c.program === name && c.errno), (c) => `${c.name} ${c.errno}`)].map(([what, n]) => (n > 1 ? `${what} ×${n}` : what)).sort().join(", ");
  return [...model.programs.keys()].flatMap((name) => [
    { key: "calls", about: { program: name }, value: all.filter((c) => c.program === name).length },
    { key: "failed", about: { program: name }, value: failed(name) },
  ]);
}

function ends(events, model) {
  return [
    ...[...model.hosts.values()].map((h) => ({ key: "state", about: { host: h.name }, value: stateName(h.band.at(-1)?.state ?? "") })),
    ...[...model.programs.values()].map((p) => ({ key: "exit", about: { program: p.name }, value: p.exit, plain: exit(p.exit) })),
    { key: "end", value: model.ended ?? "" },
    { key: "duration", value: events.at(-1)?.t ?? 0 },
  ];
}

const exit = (x) => (x ? [x.code, x.signal, x.error, x.limit].join(" ") : "");

/** outputs is what each program printed; ports that the kernel chose are as good as each other. */
function outputs(model) {
  const chosen = new Set();
  for (const p of model.packets.values()) for (const at of [p.summary?.src, p.summary?.dst]) if (port(at) >= 32768) chosen.add(String(port(at)));
  return [...model.programs.values()].map((p) => {
    const value = p.output.filter((o) => o.stream !== "input").map((o) => o.text).join("");
    return { key: "output", about: { program: p.name }, value, plain: value.replace(/\d{5}/g, (n) => (chosen.has(n) ? "…" : n)) };
  });
}

const port = (at) => Number(/:(\d+)$/.exec(at ?? "")?.[1] ?? 0);

/** changes puts the facts of two runs together: {key, about, a, b, same}; a value that a run does not have is null. */
export function changes(first, second) {
  const name = (f) => JSON.stringify([f.key, f.about ?? {}]);
  const other = new Map(second.map((f) => [name(f), f]));
  const mine = new Set(first.map(name));
  const both = [...first.map((f) => [f, other.get(name(f))]), ...second.filter((f) => !mine.has(name(f))).map((f) => [undefined, f])];
  return both.filter(([x, y]) => (x ?? y).key !== "source" || (x && y)).map(([x, y]) => {
    const { key, about = {} } = x ?? y;
    return { key, about, a: valueOf(x, y), b: valueOf(y, x), same: same(key, x, y) };
  });
}

/** valueOf is the value of f; of what only the other run has there are none. */
const valueOf = (f, other) => (f ? f.value : COUNTED.has(other.key) ? 0 : null);

const COUNTED = new Set(["packets", "bytes", "again", "lost", "calls"]);

function same(key, x, y) {
  if (key === "duration") return Math.abs(x.value - y.value) <= Math.max(NEAR.ns, NEAR.share * Math.max(x.value, y.value));
  const compared = (f, g) => JSON.stringify(f?.plain ?? valueOf(f, g) ?? null);
  return compared(x, y) === compared(y, x);
}

/** lines says how many lines of two texts are only in one of them. */
export function lines(a, b) {
  const left = tally(a.split("\n"), (s) => s);
  let only = 0;
  for (const line of b.split("\n")) {
    if (left.get(line) > 0) left.set(line, left.get(line) - 1);
    else only++;
  }
  return { removed: [...left.values()].reduce((x, y) => x + y, 0), added: only };
}
