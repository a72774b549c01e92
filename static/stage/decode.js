// What is in a frame: layers, and in each its fields with the bits where
// they stand. It knows nothing of the page, nor of other frames.
//
// decode(bytes) returns [{name, at, length, fields}], at and length in bytes
// of the frame; a field is {name, at, bits, value}, at in bits of the frame,
// value a number or a text. A layer may say more: right, whether its checksum
// fits; inner, that it belongs to the packet which an ICMP error is about;
// short, that the frame ends in the middle of it.
//
// A layer's reader is given {view, bytes, at, end, add, layer} and says what
// comes next: {read, at, end}.

import { icmp, icmpv6 } from "./decode/icmp.js";
import { extension, fragment, ipv4, ipv6 } from "./decode/ip.js";
import { arp, ethernet } from "./decode/link.js";
import { readable } from "./decode/fields.js";
import { tcp, udp } from "./decode/transport.js";

export { readable, sum } from "./decode/fields.js";

const READERS = { ethernet, arp, ipv4, ipv6, "ipv6-options": extension, "ipv6-fragment": fragment, icmp, icmpv6, tcp, udp, payload, padding };

/** decode reads a frame, as far as it can be read. */
export function decode(bytes) {
  const layers = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let next = { read: "ethernet", at: 0, end: bytes.length }; next;) {
    const layer = { name: next.read, at: next.at, fields: [], ...(next.inner ? { inner: true } : {}) };
    const end = Math.min(next.end ?? bytes.length, bytes.length);
    const context = { ...next, view, bytes, end, layer, add: (name, at, bits, value) => layer.fields.push({ name, at, bits, value }) };
    const following = read(layer, context);
    next = following && { inner: next.inner, ...following };
    if (layer.fields.length > 0 || layer.short) layers.push(layer);
  }
  return layers;
}

/** read reads one layer; there is no next one when the frame ends in the middle of it. */
function read(layer, context) {
  try {
    const next = READERS[layer.name](context);
    layer.short = layer.at + layer.length > context.bytes.length;
    return layer.short ? null : next;
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    layer.short = true;
    return null;
  }
}

/** payload is what no header is of; behind it there may be bytes that only fill the frame. */
function payload({ bytes, at, end, layer, add }) {
  layer.length = Math.max(end - at, 0);
  if (layer.length > 0) add("data", at * 8, layer.length * 8, readable(bytes.subarray(at, end)));
  return { read: "padding", at: at + layer.length };
}

function padding({ bytes, at, layer, add }) {
  layer.length = Math.max(bytes.length - at, 0);
  if (layer.length > 0) add("fill", at * 8, layer.length * 8, `${layer.length} B`);
  return null;
}
