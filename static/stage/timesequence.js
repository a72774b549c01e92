// The time–sequence diagram of one direction of a TCP connection, in the
// grammar of tcptrace: what it sent, when and which numbers it took; what the
// other end acknowledged, and how far its window reached. Numbers are
// relative to the first of the direction, times in seconds. Nothing of the
// page: it makes shapes, of which chart.js makes strokes.
//
// Source: tcptrace's manual, "Time Sequence Graph".

/**
 * timeSequence is the shapes: out are the packets of the direction, back
 * those of the other, as model.js has them.
 *
 *   segments  {t, from, to, again, packet}  a vertical line from its first number to the one after its last
 *   sacks     {t, from, to, packet}         what arrived beyond a gap
 *   acks      {t, at, packet}               steps: what is acknowledged
 *   tops      {t, at, packet}               steps: the upper edge of the window
 *   marks     {t, at, text, packet}         SYN, FIN, RST, R for sent again, × for lost
 */
export function timeSequence(out, back) {
  const shift = scale(out, back);
  const heard = back.filter((p) => p.at.delivered && !has(p, "RST") && p.ack !== undefined).sort((a, b) => a.at.delivered.seq - b.at.delivered.seq);
  const began = first(out);
  const segments = out.filter(takes).map(segment);
  return {
    segments,
    sacks: began === undefined ? [] : heard.flatMap((p) => sacks(p, began)),
    acks: heard.map((p) => ({ t: time(p.at.delivered), at: p.ack, packet: p })),
    tops: heard.map((p) => ({ t: time(p.at.delivered), at: p.ack + p.summary.window * (has(p, "SYN") ? 1 : shift), packet: p })),
    marks: [...segments.flatMap(marks), ...resets(out, back)].sort((a, b) => a.t - b.t),
  };
}

const has = (p, flag) => (p.summary.flags ?? []).includes(flag);

const time = (at) => at.t / 1e9;

/** extra is how many numbers a packet's flags take. */
const extra = ({ flags = [] }) => flags.filter((f) => f === "SYN" || f === "FIN").length;

const takes = ({ summary }) => summary.seq !== undefined && summary.len + extra(summary) > 0;

const segment = (p) => ({ t: time(p.at.sent), from: p.seq, to: p.seq + p.summary.len + extra(p.summary), again: Boolean(p.again), packet: p });

function marks({ t, to, again, packet }) {
  const texts = [again && "R", ...["SYN", "FIN", "RST"].filter((flag) => has(packet, flag)), packet.phase === "dropped" && "×"].filter(Boolean);
  return texts.length > 0 ? [{ t, at: to, text: texts.join(" "), packet }] : [];
}

/** resets are the RSTs: where this direction sent one, and where the other end's arrived. */
function resets(out, back) {
  const sent = out.filter((p) => has(p, "RST") && !takes(p)).map((p) => ({ t: time(p.at.sent), at: p.seq ?? 0, text: "RST", packet: p }));
  const arrived = back.filter((p) => has(p, "RST") && p.at.delivered);
  const top = (t) => Math.max(0, ...out.filter((p) => takes(p) && time(p.at.sent) <= t).map((p) => segment(p).to));
  return [...sent, ...arrived.map((p) => ({ t: time(p.at.delivered), at: p.ack ?? top(time(p.at.delivered)), text: "RST", packet: p }))];
}

/** first is the number on the wire that counts as 0. */
function first(out) {
  const p = out.find((q) => q.summary.seq !== undefined);
  return p && (p.summary.seq - p.seq) >>> 0;
}

function sacks(p, began) {
  const blocks = p.summary.options?.find((o) => o.startsWith("sack {")) ?? "";
  return [...blocks.matchAll(/\{(\d+):(\d+)\}/g)].map(([, a, b]) => ({ t: time(p.at.delivered), from: (a - began) >>> 0, to: (b - began) >>> 0, packet: p }));
}

/** scale is by what the windows of the other end are multiplied: only when both SYNs offer it. */
function scale(out, back) {
  const offered = (packets) => {
    const syn = packets.find((p) => has(p, "SYN"));
    return syn?.summary.options?.map((o) => /^wscale (\d+)$/.exec(o)?.[1]).find((v) => v !== undefined);
  };
  return offered(out) === undefined || offered(back) === undefined ? 1 : 2 ** Number(offered(back));
}

/** nearest is the packet of the shape that is the fewest pixels from a place, at most far; toX and toY say where a time and a number stand. */
export function nearest(shapes, x, y, toX, toY, far = 24) {
  let best = null, least = far;
  const see = (packet, t, low, high, more = 0) => {
    const [top, bottom] = [toY(high), toY(low)];
    const away = Math.hypot(toX(t) - x, y < top ? top - y : y > bottom ? y - bottom : 0) + more;
    if (away < least) [best, least] = [packet, away];
  };
  for (const s of [...shapes.segments, ...shapes.sacks]) see(s.packet, s.t, s.from, s.to);
  for (const a of [...shapes.acks, ...shapes.tops, ...shapes.marks]) see(a.packet, a.t, a.at, a.at, 2); // where both are, the segment is meant
  return best;
}
