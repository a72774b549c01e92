// What is in a frame: layers, and in each its fields with the bits where
// they stand. It knows nothing of the page.
//
// decode(bytes) returns [{name, at, length, fields}], at and length in bytes
// of the frame; a field is {name, at, bits, value}, at in bits of the frame,
// value a number or a text.

/** decode reads a frame, as far as it can be read. */
export function decode(bytes) {
  const layers = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = { read: ethernet, at: 0 };
  while (next) {
    const layer = { name: "", at: next.at, fields: [] };
    const add = (name, at, bits, value) => layer.fields.push({ name, at, bits, value });
    const { at } = next;
    try {
      next = next.read({ view, bytes, at, add, layer });
    } catch (err) {
      if (!(err instanceof RangeError)) throw err;
      layer.short = true; // the frame ends in the middle of it
      next = null;
    }
    if (layer.name) layers.push(layer);
  }
  return layers;
}

/** bits reads n bits at bit offset at; n is at most 32. */
function bits(view, at, n) {
  let value = 0;
  for (let i = 0; i < n; i++) value = value * 2 + ((view.getUint8((at + i) >> 3) >> (7 - ((at + i) & 7))) & 1);
  return value;
}

/** fields adds fields of so many bits one after another; text names those that are no numbers. */
function fields({ view, at, add }, list) {
  let bit = at * 8;
  const found = {};
  for (const [name, n, text] of list) {
    const value = text ? text(view, bit >> 3) : bits(view, bit, n);
    found[name] = value;
    add(name, bit, n, value);
    bit += n;
  }
  return found;
}

const mac = (view, at) => [0, 1, 2, 3, 4, 5].map((i) => view.getUint8(at + i).toString(16).padStart(2, "0")).join(":");
const ip4 = (view, at) => [0, 1, 2, 3].map((i) => view.getUint8(at + i)).join(".");

function ip6(view, at) {
  const words = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => view.getUint16(at + i).toString(16)).join(":");
  const zeros = words.match(/\b0(:0)+\b/g)?.sort((a, b) => b.length - a.length)[0];
  return zeros ? words.replace(zeros, "::").replace(/:{3,}/, "::") : words;
}

function ethernet(c) {
  c.layer.name = "ethernet";
  c.layer.length = 14;
  const f = fields(c, [["destination", 48, mac], ["source", 48, mac], ["type", 16]]);
  return { 0x0800: { read: ipv4, at: c.at + 14 }, 0x86dd: { read: ipv6, at: c.at + 14 }, 0x0806: { read: arp, at: c.at + 14 } }[f.type];
}

function arp(c) {
  c.layer.name = "arp";
  c.layer.length = 28;
  fields(c, [["hardware", 16], ["protocol", 16], ["hardware-length", 8], ["protocol-length", 8], ["operation", 16],
    ["sender-mac", 48, mac], ["sender-ip", 32, ip4], ["target-mac", 48, mac], ["target-ip", 32, ip4]]);
  return null;
}

function ipv4(c) {
  c.layer.name = "ipv4";
  const f = fields(c, [["version", 4], ["header-length", 4], ["tos", 8], ["total-length", 16], ["identification", 16],
    ["reserved", 1], ["df", 1], ["mf", 1], ["fragment-offset", 13], ["ttl", 8], ["protocol", 8], ["checksum", 16], ["source", 32, ip4], ["destination", 32, ip4]]);
  c.layer.length = f["header-length"] * 4;
  if (c.layer.length > 20) c.add("options", (c.at + 20) * 8, (c.layer.length - 20) * 8, `${c.layer.length - 20} B`);
  c.layer.right = sum(c.bytes.subarray(c.at, c.at + c.layer.length)) === 0xffff;
  if (f["fragment-offset"] > 0) return { read: payload, at: c.at + c.layer.length };
  return above(f.protocol, c.at + c.layer.length, pseudo4(c, f));
}

function ipv6(c) {
  c.layer.name = "ipv6";
  c.layer.length = 40;
  const f = fields(c, [["version", 4], ["traffic-class", 8], ["flow-label", 20], ["payload-length", 16], ["next-header", 8], ["hop-limit", 8],
    ["source", 128, ip6], ["destination", 128, ip6]]);
  const pseudo = sum(c.bytes.subarray(c.at + 8, c.at + 40)) + f["next-header"] + f["payload-length"];
  return above(f["next-header"], c.at + 40, pseudo);
}

const pseudo4 = (c, f) => sum(c.bytes.subarray(c.at + 12, c.at + 20)) + f.protocol + f["total-length"] - c.layer.length;

function above(protocol, at, pseudo) {
  const read = { 6: tcp, 17: udp, 1: icmp, 58: icmp }[protocol] ?? payload;
  return { read: (c) => read({ ...c, pseudo: protocol === 1 ? 0 : pseudo }), at };
}

/** sum is the one's complement sum of 16-bit words, folded. */
export function sum(bytes) {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += (bytes[i] << 8) + (bytes[i + 1] ?? 0);
  while (total > 0xffff) total = (total >>> 16) + (total & 0xffff);
  return total;
}

/** rightSum says whether the checksum of what begins at at fits. */
function rightSum(c) {
  let total = sum(c.bytes.subarray(c.at)) + c.pseudo;
  while (total > 0xffff) total = (total >>> 16) + (total & 0xffff);
  return total === 0xffff;
}

function udp(c) {
  c.layer.name = "udp";
  c.layer.length = 8;
  const f = fields(c, [["source-port", 16], ["destination-port", 16], ["length", 16], ["checksum", 16]]);
  c.layer.right = f.checksum === 0 || rightSum(c);
  return { read: payload, at: c.at + 8 };
}

function icmp(c) {
  c.layer.name = "icmp";
  c.layer.length = 8;
  fields(c, [["type", 8], ["code", 8], ["checksum", 16], ["rest", 32]]);
  c.layer.right = rightSum(c);
  return { read: payload, at: c.at + 8 };
}

function tcp(c) {
  c.layer.name = "tcp";
  const f = fields(c, [["source-port", 16], ["destination-port", 16], ["sequence", 32], ["acknowledgement", 32], ["data-offset", 4], ["reserved", 4],
    ["cwr", 1], ["ece", 1], ["urg", 1], ["ack", 1], ["psh", 1], ["rst", 1], ["syn", 1], ["fin", 1], ["window", 16], ["checksum", 16], ["urgent", 16]]);
  c.layer.length = f["data-offset"] * 4;
  c.layer.right = rightSum(c);
  for (let at = c.at + 20; at < c.at + c.layer.length;) at = tcpOption(c, at);
  return { read: payload, at: c.at + c.layer.length };
}

/** tcpOption adds one option and returns where the next begins. */
function tcpOption({ view, layer, add }, at) {
  const kind = view.getUint8(at);
  const end = layer.at + layer.length;
  if (kind <= 1) {
    add(kind === 0 ? "option-end" : "option-nop", at * 8, 8, kind);
    return kind === 0 ? end : at + 1;
  }
  const length = Math.max(2, Math.min(view.getUint8(at + 1), end - at));
  const [name, value] = optionValue(view, kind, at, length);
  add(name, at * 8, length * 8, value);
  return at + length;
}

function optionValue(view, kind, at, length) {
  if (kind === 2 && length === 4) return ["option-mss", view.getUint16(at + 2)];
  if (kind === 3 && length === 3) return ["option-wscale", view.getUint8(at + 2)];
  if (kind === 4) return ["option-sackok", ""];
  if (kind === 8 && length === 10) return ["option-timestamps", `${view.getUint32(at + 2)}, ${view.getUint32(at + 6)}`];
  if (kind === 5) {
    const blocks = [];
    for (let i = at + 2; i + 8 <= at + length; i += 8) blocks.push(`${view.getUint32(i)}–${view.getUint32(i + 4)}`);
    return ["option-sack", blocks.join(", ")];
  }
  return ["option-other", `${kind}`];
}

function payload({ bytes, at, layer, add }) {
  const n = bytes.length - at;
  if (n <= 0) return null;
  layer.name = "payload";
  layer.length = n;
  add("data", at * 8, n * 8, readable(bytes.subarray(at)));
  return null;
}

/** readable is bytes as text, where they are text; what cannot be read is a dot. */
export const readable = (bytes) => [...bytes.subarray(0, 2000)].map((b) => (b === 10 ? "\n" : b >= 32 && b < 127 ? String.fromCharCode(b) : b === 13 ? "" : "·")).join("");
