// Two runs side by side: which call and which packet of one is which of the
// other. Both happened on a real kernel, so their times, ports and process
// numbers differ, and what happens at once may come in another order. They
// are told by their meaning, and aligned lane by lane: the calls of each
// thread, and the packets of each direction of a connection.

import { Run } from "./model.js";

/** So many calls or packets of one lane are aligned; what comes later is left out. */
export const LIMIT = 1500;

/** Calls whose result is a number that the kernel chose. */
const CHOSEN = new Set(["fork", "vfork", "clone", "clone3", "wait4", "waitid", "getpid", "gettid", "getppid"]);

/** replayed is the model of a whole run. */
export function replayed(events) {
  const model = new Run();
  for (const e of events) model.apply(e);
  return model;
}

/**
 * items are the calls and packets of a run in the order in which they began:
 * {thing, seq, t, lane, name, parts}. Name is what must be the same in two
 * that are the same thing; parts are what may differ, by the word for each.
 */
export function items(model) {
  const flows = new Map(); // connections between two hosts, numbered as they came
  const all = [...[...model.calls.values()].map(callItem), ...[...model.packets.values()].map((p) => packetItem(p, flows))];
  return all.sort((a, b) => a.seq - b.seq);
}

const began = (thing) => Object.values(thing.at).reduce((a, b) => (b.seq < a.seq ? b : a));

function callItem(call) {
  const { seq, t } = began(call);
  const parts = {
    args: (call.args ?? []).map(plain).join(", "), errno: call.errno ?? "",
    result: CHOSEN.has(call.name) ? "" : String(call.result ?? ""), end: call.phase === "return" ? "" : call.phase,
  };
  return { thing: call, seq, t, lane: `call ${call.program} ${call.task?.name ?? ""}`, name: call.name, parts };
}

/** plain is an argument without the port that the kernel chose, and without addresses in memory. */
const plain = (arg) => String(arg).replace(/htons\((\d+)\)/g, (whole, port) => (port >= 32768 ? "htons(…)" : whole)).replace(/0x[0-9a-f]{6,}/g, "0x…");

function packetItem(p, flows) {
  const s = p.summary ?? {};
  const { seq, t } = began(p);
  const pair = [p.from, p.to].sort().join(" ");
  const known = flows.get(pair) ?? flows.set(pair, []).get(pair);
  const ports = [s.src, s.dst].sort().join(" ");
  if (!known.includes(ports)) known.push(ports);
  const fate = p.phase === "delivered" || p.phase === "sent" ? p.phase : `${p.phase} ${p.reason ?? ""}`.trim();
  return {
    thing: p, seq, t, lane: `packet ${p.from} ${p.to} ${known.indexOf(ports)}`, name: `${s.proto} ${s.flags ?? ""}`,
    parts: { number: String(p.seq ?? ""), ack: String(p.ack ?? ""), length: String(s.len ?? ""), fate, made: p.made ?? "", changed: p.changed ?? "" },
  };
}

/** differences are the parts in which two that are the same thing differ. */
export const differences = (a, b) => Object.keys(a.parts).filter((k) => a.parts[k] !== b.parts[k]);

/** worth is how good it is to take a and b for the same; 0 when they cannot be. */
function worth(a, b) {
  if (a.name !== b.name) return 0;
  const n = differences(a, b).length;
  if (n === 0) return 4;
  return a.parts.number === b.parts.number && a.parts.errno === b.parts.errno ? 3 : 1;
}

/**
 * align aligns the items of two runs. It returns rows {a, b, differs}, of
 * which a or b may be absent, in the order of the first run; and whether
 * something was left out.
 */
export function align(first, second) {
  const a = lanes(first), b = lanes(second);
  const partner = new Map();
  for (const [lane, list] of a.byName) for (const [x, y] of pairs(list, b.byName.get(lane) ?? [])) partner.set(y, x);
  const rows = first.filter((x) => a.kept.has(x)).map((x) => ({ a: x }));
  const rowOf = new Map(rows.map((r) => [r.a, r]));
  const after = new Map(); // rows that only the second has, by the row before them
  let before = null;
  for (const y of second.filter((y) => b.kept.has(y))) {
    const x = partner.get(y);
    if (x) {
      before = Object.assign(rowOf.get(x), { b: y, differs: differences(x, y) });
      continue;
    }
    after.set(before, [...(after.get(before) ?? []), { b: y }]);
  }
  const all = [...(after.get(null) ?? []), ...rows.flatMap((r) => [r, ...(after.get(r) ?? [])])];
  return { rows: all, cut: a.cut || b.cut };
}

/** lanes sorts items into their lanes, as many as are aligned. */
function lanes(list) {
  const byName = new Map(), kept = new Set();
  for (const x of list) {
    const lane = byName.get(x.lane) ?? byName.set(x.lane, []).get(x.lane);
    if (lane.length >= LIMIT) continue;
    lane.push(x);
    kept.add(x);
  }
  return { byName, kept, cut: kept.size < list.length };
}

/** pairs are those of two lanes that are the same thing, in order, so that they are worth most together. */
function pairs(a, b) {
  const found = [];
  let from = 0, endA = a.length, endB = b.length;
  while (from < endA && from < endB && worth(a[from], b[from]) === 4) found.push([a[from], b[from++]]);
  while (endA > from && endB > from && worth(a[endA - 1], b[endB - 1]) === 4) found.push([a[--endA], b[--endB]]);
  const n = endA - from, m = endB - from, wide = m + 1;
  const best = new Int32Array((n + 1) * wide); // of what is left from here on
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const w = worth(a[from + i], b[from + j]);
      best[i * wide + j] = Math.max(best[(i + 1) * wide + j], best[i * wide + j + 1], w && w + best[(i + 1) * wide + j + 1]);
    }
  }
  for (let i = 0, j = 0; i < n && j < m;) {
    const w = worth(a[from + i], b[from + j]);
    if (w && best[i * wide + j] === w + best[(i + 1) * wide + j + 1]) found.push([a[from + i++], b[from + j++]]);
    else if (best[(i + 1) * wide + j] >= best[i * wide + j + 1]) i++;
    else j++;
  }
  return found;
}
