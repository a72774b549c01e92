// What programs say to each other over TCP, where it is HTTP, and WebSocket
// after an upgrade: layers for the bytes of one packet. A message may have
// begun in an earlier packet, so it is looked for in all that this side has
// sent until then.

import { begins, message } from "./decode/http.js";
import { frame, text } from "./decode/websocket.js";
import { readable } from "./decode/fields.js";

const ENOUGH = 200; // bytes that show whether it is HTTP
const CONTROL = 8; // opcodes from here on stand by themselves, also between the frames of a message

/**
 * application is the layers in the place of a TCP packet's data; null when it
 * is nothing that is known here. They are as those of decode; says is what
 * there is to say of a layer as a whole: [key, values].
 */
export function application(p, streams) {
  const direction = streams.directionOf(p);
  if (!direction || !begins(direction.assemble(ENOUGH).subarray(0, ENOUGH))) return null;
  const part = streams.of(p);
  if (!part) return null;
  const layers = [];
  let at = part.from;
  for (let unit = unitAt(part, at); unit; unit = unitAt(part, at)) {
    layers.push(unit.layer(part, unit));
    at = unit.end ?? part.to;
    if (at >= part.to) break;
  }
  if (layers.length > 0 && at < part.to) layers.push(rest(part, at));
  return layers.length > 0 ? layers : null;
}

/** rest is what follows a message and is none. */
function rest(part, from) {
  const { at, bits } = placed(part, from * 8, (part.to - from) * 8);
  return { name: "payload", at: at / 8, length: bits / 8, fields: [{ name: "data", at, bits, value: readable(part.bytes.subarray(from)) }] };
}

/** unitAt is the message or frame that a byte belongs to, as far as the bytes of this part and those before it tell. */
function unitAt(part, at) {
  const { direction, bytes } = part;
  const upgraded = upgrade(direction);
  if (upgraded !== null && at >= upgraded) {
    const known = lastAt(frames(direction, upgraded), at);
    return reaching(at, known && { ...frame(bytes, known.at), first: known.first, layer: frameLayer });
  }
  const known = lastAt(parsed(direction).messages, at);
  const m = known && message(bytes, known.at, () => known.asked);
  return reaching(at, m && { ...m, layer: messageLayer });
}

/** reaching is a unit that the byte at this place does belong to. */
const reaching = (at, unit) => (unit && (unit.end === null || unit.end > at) ? unit : null);

/** lastAt is the last one of a list in order that begins at this place or before. */
function lastAt(list, at) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].at <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

/** parsed is the messages of a direction; it is continued when bytes have come. */
function parsed(direction) {
  const bytes = direction.assemble();
  const known = direction.parsed ??= { messages: [], frames: [], answered: 0, at: 0, read: 0 };
  if (known.read === bytes.length) return known;
  known.read = bytes.length;
  while (known.at < bytes.length) {
    let asked = "";
    const m = message(bytes, known.at, () => (asked = direction.back ? parsed(direction.back).messages[known.answered]?.method ?? "" : ""));
    if (known.messages.at(-1)?.at === known.at) known.messages.pop(); // now more of it is there
    if (!m) break;
    known.messages.push({ ...m, asked, answers: known.answered, fields: null });
    if (m.end === null) break;
    if (m.kind === "response" && (m.code >= 200 || m.code === 101)) known.answered++;
    known.at = m.end;
  }
  return known;
}

/** upgrade is where WebSocket begins in a direction, behind the answer 101 or its request; null when it does not. */
function upgrade(direction) {
  const switches = (d) => (d ? parsed(d).messages.find((m) => m.code === 101) : undefined);
  const own = switches(direction);
  if (own) return own.end;
  const answer = switches(direction.back);
  return answer ? parsed(direction).messages[answer.answers]?.end ?? null : null;
}

/** frames is where the frames of a direction begin; first is where the message of each does. */
function frames(direction, from) {
  const bytes = direction.assemble();
  const all = parsed(direction).frames;
  if (all.at(-1)?.end === null) all.pop(); // now more of it may be there
  for (let at = all.at(-1)?.end ?? from; at !== null && at < bytes.length; at = all.at(-1).end) {
    const { end, opcode, fin } = frame(bytes, at);
    const before = all.findLast((f) => f.opcode < CONTROL);
    const first = opcode === 0 && before && !before.fin ? before.first : { at, opcode };
    all.push({ at, end, opcode, fin, first });
  }
  return all;
}

/** placed is where bits of a direction stand in the frame, as far as they are in this part. */
function placed(part, at, bits) {
  const from = Math.max(at, part.from * 8);
  const to = Math.min(at + bits, part.to * 8);
  return { at: from + (part.at - part.from) * 8, bits: to - from, from: Math.floor(from / 8), to: to / 8 };
}

/** layerOf is the layer of what begins and ends at these places, with those of its fields that are in this part. */
function layerOf(part, name, { at, end }, fields) {
  const all = placed(part, at * 8, ((end ?? part.to) - at) * 8);
  const layer = { name, at: all.at / 8, length: all.bits / 8, fields: [], says: [] };
  for (const f of fields) {
    const here = placed(part, f.at, f.bits);
    if (here.bits > 0) layer.fields.push({ ...f, at: here.at, bits: here.bits, value: f.value ?? f.text(here.from, here.to) });
  }
  if (at < part.from) layer.says.push([`${name}-continues`, { id: part.direction.owner(at)?.id }]);
  return layer;
}

function messageLayer(part, m) {
  const fields = m.fields.map(({ from, to, ...f }) => ({ ...f, at: from * 8, bits: (to - from) * 8, text: (a, b) => readable(part.bytes.subarray(a, b)) }));
  const layer = layerOf(part, "http", m, fields);
  layer.plain = true;
  layer.kind = m.kind;
  if (m.headEnd === null) layer.says.push(["http-head", {}]);
  const { how, from, length, count } = m.body ?? {};
  const [got, values] = [Math.min(part.to - from, length), { length, count }];
  if (how === "length" && length > 0) layer.says.push([got < length ? "http-body-so-far" : "http-body-all", { ...values, got: Math.max(got, 0) }]);
  if (how === "chunks") layer.says.push([m.end === null ? "http-chunks-so-far" : "http-chunks-all", values]);
  if (how === "close") layer.says.push(["http-until-close", { got: part.to - from }]);
  return layer;
}

function frameLayer(part, f) {
  const by = parsed(part.direction).messages[0]?.kind === "request" ? "client" : "server";
  const fields = f.fields.map((x) => ({ ...x, by, masked: f.masked, compressed: f.compressed, plain: x.value === undefined, text: (a, b) => text(part.bytes, f, a, b) }));
  const layer = layerOf(part, "websocket", f, fields);
  if (f.first.at !== f.at) layer.says.push(["websocket-fragment", { id: part.direction.owner(f.first.at)?.id, opcode: f.first.opcode }]);
  if (f.headEnd === null) layer.says.push(["websocket-head", {}]);
  else if (f.end === null || f.at < part.from) layer.says.push([f.end === null ? "websocket-so-far" : "websocket-all", { got: Math.min(part.to, f.end ?? part.to) - f.headEnd, length: f.length }]);
  return layer;
}
