import assert from "node:assert/strict";
import { test } from "node:test";

import { Layer, Spans, after } from "../stage/layer.js";
import { AS_IS, Layout } from "../stage/layout.js";
import { Run } from "../stage/model.js";
import { CLOSEST, FARTHEST, clock, height, moment, round, scale, ticks } from "../stage/scale.js";

let seed = 1;
const any = (n) => (seed = (seed * 48271) % 2147483647) % n;

test("how many numbers of a sorted list are not above a height", () => {
  assert.deepEqual([0, 1, 2, 2.5, 9].map((y) => after([1, 2, 2, 5], y)), [0, 1, 3, 3, 4]);
  assert.equal(after([], 3), 0);
});

test("what reaches into a part is found, wherever it begins and ends", () => {
  const spans = new Spans(), all = [];
  for (let i = 0, top = 0; i < 3000; i++) {
    top += any(4);
    all.push({ top, end: Infinity });
    spans.add(top);
    const ends = all[any(i + 1)]; // some end late, some never
    if (any(3) > 0 && ends.end === Infinity) spans.end(all.indexOf(ends), ends.end = Math.max(top, ends.top) + any(50));
  }
  for (let i = 0; i < 200; i++) {
    const from = any(5000), to = from + any(600);
    assert.deepEqual(spans.within(from, to), all.flatMap((x, n) => (x.top <= to && x.end >= from ? [n] : [])), `${from} to ${to}`);
  }
});

/** Element is as much of an element as a layer needs. */
class Element {
  children = [];

  insertBefore(node, next) {
    this.children.splice(next ? this.children.indexOf(next) : this.children.length, 0, node);
    node.parent = this;
  }

  replaceChildren() {
    this.children = [];
  }

  remove() {
    this.parent.children.splice(this.parent.children.indexOf(this), 1);
  }
}

test("of many things those in sight have nodes, in the order of time, and the one that is kept", () => {
  const node = new Element();
  const layout = { y: (seq) => seq * 10 };
  const layer = new Layer(node, (item) => ({ node: Object.assign(new Element(), { name: item.thing }), open: () => false, draw() {} }));
  const names = () => node.children.map((n) => n.name);
  for (let i = 0; i < 1000; i++) layer.told(layer.add(i, i, layout), i + 1, layout);
  layer.told(layer.get(2), 900, layout); // a long one
  layer.draw({ layout }, { from: 5000, to: 5040 }, layer.get(700));
  assert.deepEqual(names(), [2, 499, 500, 501, 502, 503, 504, 700]);
  layer.draw({ layout }, { from: 4990, to: 5010 }, layer.get(500));
  assert.deepEqual(names(), [2, 498, 499, 500, 501]);
  layer.reset();
  for (let i = 0; i < 9; i++) layer.add(i, i, layout);
  layer.draw({ layout }, { from: 5000, to: 5040 }, null);
  assert.equal(names().length, 9);
});

const gaps = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

test("the usual scale is as it always was", () => {
  assert.equal(scale(0), AS_IS);
  assert.deepEqual(gaps.map(AS_IS.gap), gaps.map((dt) => 3 * Math.log2(1 + dt / 1e5) + Math.min(dt, 700e6) * 0.1e-6));
});

test("closer is never shorter, until time is folded", () => {
  for (let zoom = FARTHEST; zoom < CLOSEST; zoom++) {
    for (const dt of gaps.filter((dt) => dt < scale(zoom + 1).fold)) assert.ok(scale(zoom + 1).gap(dt) > scale(zoom).gap(dt), `${dt} ns at ${zoom}`);
  }
});

test("at the closest scale distances are as long as times, and a microsecond is seen", () => {
  const { gap, fold } = scale(CLOSEST);
  assert.ok(gap(1e3) >= 5);
  assert.ok(fold > 20e3);
  for (const dt of [1e3, 5e3, 20e3]) assert.ok(Math.abs(gap(2 * dt) / gap(dt) - (2 * dt > fold ? gap(fold) / gap(dt) : 2)) < 1e-9);
});

test("at the farthest scale minutes fit on a screen", () => {
  assert.ok(scale(FARTHEST).gap(60e9) < 120);
  assert.ok(scale(FARTHEST).row < 0.1);
});

test("no gap is endless, and what tells of folded time stands within it", () => {
  for (let zoom = FARTHEST; zoom <= CLOSEST; zoom++) {
    const { gap, fold, told } = scale(zoom);
    assert.ok(gap(3600e9) < 420, `${zoom}`);
    assert.ok(told > 20 && told < gap(fold) - 8, `${zoom}`);
  }
});

const start = {
  kind: "start", version: 1, topology: "wire", wire: { mode: "flow", delay: 0 }, hosts: [{ name: "client" }, { name: "server" }],
  programs: [{ name: "server", host: "server" }, { name: "client", host: "client" }],
};

/** laid is the layouts of n packets, sent every so many nanoseconds, at a scale; the first as they come, the second afterwards. */
function laid(n, every, at = AS_IS) {
  const model = new Run(), told = [];
  const first = new Layout(at), second = new Layout(at);
  const take = (e) => {
    const numbered = { ...e, seq: told.length + 1 };
    told.push([numbered, model.apply(numbered), numbered.seq === 1]);
    first.take(...told.at(-1));
  };
  take({ ...start, t: 0 });
  for (let id = 1; id <= n; id++) {
    const packet = { kind: "packet", id, from: "client", to: "server", host: "client", summary: { proto: "UDP", len: 1 } };
    take({ ...packet, phase: "sent", t: id * every });
    take({ kind: "call", host: "client", program: "client", call: id, name: "sendto", phase: "enter", args: [], t: id * every + 1e3 });
    if (id % 7 === 0) take({ ...packet, phase: "held", t: id * every + 2e3 });
    take({ ...packet, phase: id % 5 ? "delivered" : "dropped", reason: "loss", t: id * every + 3e3 });
    take({ kind: "call", host: "client", program: "client", call: id, name: "sendto", phase: "return", t: id * every + 4e3 });
  }
  for (const args of told) second.take(...args);
  return { model, told, first, second };
}

test("what is laid out afterwards stands where it stood when it came", () => {
  const { first, second } = laid(200, 1e6);
  assert.deepEqual(second.ys, first.ys);
  assert.deepEqual(second.folds, first.folds);
  assert.equal(second.bottom, first.bottom);
});

test("a moment is found again at every scale", () => {
  const { told, first } = laid(100, 3e6);
  for (let zoom = FARTHEST; zoom <= CLOSEST; zoom++) {
    const other = new Layout(scale(zoom));
    for (const args of told) other.take(...args);
    for (const y of [0, 20, 333, 1200, first.bottom + 60]) {
      const there = height(other, moment(first, y));
      assert.ok(Math.abs(height(first, moment(other, there)) - y) < 1e-6, `${y} at ${zoom}`);
    }
  }
});

test("ticks stand at round times, not too near each other, wherever one looks", () => {
  assert.deepEqual([0, 1, 3, 10, 11, 499e6].map(round), [1, 1, 5, 10, 20, 500e6]);
  for (let zoom = FARTHEST; zoom <= CLOSEST; zoom++) {
    for (const dt of [2e3, 1e6, 1e9]) {
      const { first } = laid(400, dt, scale(zoom));
      const { every, all } = ticks(first, first.bottom / 2, first.bottom / 2 + 700, 0);
      if (first.folds.length < 300) assert.ok(all.length >= 2, `${all.length} at ${zoom}, ${dt}`);
      all.forEach(({ t, y }, i) => {
        assert.equal(t % every, 0);
        if (i > 0) assert.ok(y - all[i - 1].y >= 20 && t > all[i - 1].t, `${zoom}: ${y} after ${all[i - 1].y}`);
      });
    }
  }
});

test("the time of a tick has as many places as its step needs", () => {
  assert.deepEqual([[2e9, 1e9], [0.5e9, 0.1e9], [1.25e6, 50e3], [3e3, 1e3]].map(([t, every]) => clock(t, every)), ["2 s", "0.5 s", "0.00125 s", "0.000003 s"]);
});

test("where rows are low, words are thinned and what lies over others is left out, but not what was lost", () => {
  const { second: first, model } = laid(1000, 1e6, scale(FARTHEST));
  assert.ok(first.bottom < 900, `${first.bottom}`);
  const packets = [...model.packets.values()];
  const drawn = packets.filter((p) => !first.thin.leaves({ thing: p }));
  assert.ok(drawn.length > 200 && drawn.length < 450, `${drawn.length}`);
  assert.ok(packets.filter((p) => p.phase === "dropped").every((p) => drawn.includes(p)));
  const words = packets.map((p) => [first.y(p.at.sent.seq), first.written(p.at.sent.seq, "SYN")]).filter(([, s]) => s);
  const sent = packets.map((p) => first.y(p.at.sent.seq));
  for (const [y] of words) assert.ok(sent.every((other) => other === y || Math.abs(other - y) >= 18), `${y}`);
  const far = laid(20, 100e9, scale(FARTHEST));
  assert.ok([...far.model.packets.values()].every((p) => far.second.written(p.at.sent.seq, "SYN") === "SYN"));
  const more = packets.reduce((n, p) => n + (first.thin.more.get(p.at.sent.seq) ?? 0), 0);
  assert.equal(more, packets.length - drawn.length);
});
