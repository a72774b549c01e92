// Frames of WebSocket in the bytes of one direction of a connection, however
// they were cut into segments.
//
// Source: RFC 6455, section 5.2.

import { readable } from "./fields.js";

const CLOSE = 8;
const UTF8 = [0, 1]; // opcodes of what may be text: 0 goes on with a message that may be

/**
 * frame reads the frame that begins at a place, as far as the bytes go.
 *
 * {at, headEnd, end, length, opcode, fin, masked, fields}: headEnd, end and
 * length are null when they are not there yet; a field is {name, at, bits,
 * value}, at in bits of the direction.
 */
export function frame(bytes, at) {
  const f = { at, headEnd: null, end: null, length: null, opcode: 0, fin: 1, masked: 0, key: null, fields: [] };
  const add = (name, bit, bits, value) => f.fields.push({ name, at: bit, bits, value });
  if (at >= bytes.length) return f;
  for (const [i, name] of ["fin", "rsv1", "rsv2", "rsv3"].entries()) add(name, at * 8 + i, 1, (bytes[at] >> (7 - i)) & 1);
  Object.assign(f, { fin: bytes[at] >> 7, compressed: (bytes[at] >> 6) & 1, opcode: bytes[at] & 15 });
  add("opcode", at * 8 + 4, 4, f.opcode);
  if (at + 1 >= bytes.length) return f;
  f.masked = bytes[at + 1] >> 7;
  add("mask", at * 8 + 8, 1, f.masked);
  const short = bytes[at + 1] & 127;
  add("length", at * 8 + 9, 7, short);
  const from = longer(bytes, f, short, at + 2, add);
  if (from !== null) keyed(bytes, f, from, add);
  if (f.headEnd !== null) data(bytes, f, add);
  return f;
}

/** longer reads a length of 16 or 64 bits, and returns where what follows begins; null when the bytes end. */
function longer(bytes, f, short, at, add) {
  const size = { 126: 2, 127: 8 }[short] ?? 0;
  const there = bytes.subarray(at, at + size);
  const length = size ? there.reduce((n, b) => n * 256 + b, 0) : short;
  if (there.length > 0) add(`length${size * 8}`, at * 8, there.length * 8, length);
  if (there.length < size) return null;
  f.length = length;
  return at + size;
}

/** keyed reads the masking key, where there is one. */
function keyed(bytes, f, at, add) {
  if (f.masked) {
    const key = bytes.subarray(at, at + 4);
    if (key.length > 0) add("key", at * 8, key.length * 8, [...key].map((b) => b.toString(16).padStart(2, "0")).join(" "));
    if (key.length < 4) return;
    f.key = key;
    at += 4;
  }
  f.headEnd = at;
}

/** data finds what the frame carries: of one that closes a code, and why. */
function data(bytes, f, add) {
  const end = f.headEnd + f.length;
  const there = Math.min(end, bytes.length);
  if (f.opcode === CLOSE && there - f.headEnd >= 2) {
    const code = unmasked(bytes, f, f.headEnd, f.headEnd + 2);
    add("code", f.headEnd * 8, 16, code[0] * 256 + code[1]);
    if (there > f.headEnd + 2) add("reason", (f.headEnd + 2) * 8, (there - f.headEnd - 2) * 8);
  } else if (there > f.headEnd) add("data", f.headEnd * 8, (there - f.headEnd) * 8);
  if (end <= bytes.length) f.end = end;
}

/** unmasked is the bytes from one place to another of what a frame carries, with the key undone. */
export function unmasked(bytes, f, from, to) {
  const some = bytes.slice(from, to);
  if (f.key) some.forEach((b, i) => { some[i] = b ^ f.key[(from + i - f.headEnd) % 4]; });
  return some;
}

/** text is what a frame carries from one place to another, for a reader. */
export function text(bytes, f, from, to) {
  const some = unmasked(bytes, f, from, to);
  if (f.compressed || (f.opcode < CLOSE && !UTF8.includes(f.opcode))) return `${some.length} B`;
  return readable(some);
}
