// The scales of time that the diagram can have, from microseconds to minutes,
// and which moment stands where. It knows nothing of the page.
//
// Each step closer stretches time by √10. The nearer the closest scale, the
// less is left of the curve by which the usual one grows, so that there
// distances are as long as times are. Further away than usual rows become
// low, so that it is time that fills the page and not words.

import { AS_IS } from "./layout.js";
import { after } from "./layer.js";
import { Thin } from "./thin.js";

export const CLOSEST = 10, FARTHEST = -4;

/** The share of their height that rows have, from the usual scale on away. */
const ROWS = [1, 0.5, 0.25, 0.1, 0.03];

/** From one tick to the next there are about so many pixels. */
const TICK = 44;

/** scale is so many steps closer than the usual one, or further away. */
export function scale(zoom) {
  if (zoom === 0) return AS_IS;
  const times = 10 ** (zoom / 2);
  const row = ROWS[-zoom] ?? 1;
  const curve = 3 * row * Math.min(1 - zoom / CLOSEST, 1);
  const fold = (AS_IS.fold / times) * (1 + 0.3 * Math.max(zoom, 0)); // where distances are true there is more to see of them
  const gap = (dt) => (dt <= 0 ? 0 : curve * Math.log2(1 + (dt * times) / 1e5) + Math.min(dt, fold) * times * 1e-7);
  return { zoom, times, gap, fold, told: 0.757 * gap(fold), row, thin: row < 1 ? () => new Thin() : null };
}

/** moment is what stands at a height: how far from one event that has a place to the next. */
export function moment({ placed }, y) {
  const i = Math.max(after(placed.y, y) - 1, 0);
  const top = placed.y[i], next = placed.y[i + 1];
  return next > top ? { i, share: (y - top) / (next - top) } : { i, beyond: y - top };
}

/** height is where a moment stands, in any layout of the same events. */
export function height({ placed }, { i, share, beyond }) {
  const top = placed.y[i] ?? 0;
  return share === undefined ? top + beyond : top + share * (placed.y[i + 1] - top);
}

/** round is the least time that is not shorter, and is 1, 2 or 5 of a power of ten, in nanoseconds. */
export function round(dt) {
  const power = 10 ** Math.floor(Math.log10(Math.max(dt, 1)));
  return [1, 2, 5, 10].find((n) => n * power >= dt) * power;
}

/**
 * ticks are the times between two heights at which a tick stands, {t, y}, and
 * the time from each to the next. How many there are follows from how much
 * time passes there: rows need more room than time does. In folded time there
 * are none.
 */
export function ticks(layout, from, to, now) {
  const parts = stretches(layout, from, to, now);
  const passes = parts.reduce((sum, p) => sum + p.next - p.t, 0);
  const every = round((TICK * passes) / (to - from));
  const all = [];
  for (const { t, y, next, end } of parts) {
    for (let at = Math.ceil(t / every) * every; at < next; at += every) {
      const stands = Math.min(y + layout.scale.gap(at - t), end);
      if (stands >= from && stands <= to && stands - (all.at(-1)?.y ?? -TICK) >= TICK / 2) all.push({ t: at, y: stands });
    }
  }
  return { every, all };
}

/** stretches are from one event that has a place to the next, between two heights: {t, y, next, end}, where time is not folded. */
function stretches({ placed, scale }, from, to, now) {
  const found = [];
  for (let i = Math.max(after(placed.y, from) - 1, 0); i < placed.y.length && placed.y[i] <= to; i++) {
    const t = placed.t[i], next = placed.t[i + 1] ?? now;
    if (next - t <= scale.fold) found.push({ t, y: placed.y[i], next, end: placed.y[i + 1] ?? Infinity });
  }
  return found;
}

/** clock writes the time of a tick: seconds, with as many places as a step needs. */
export const clock = (t, every) => `${(t / 1e9).toFixed(Math.max(9 - Math.floor(Math.log10(every)), 0))} s`;
