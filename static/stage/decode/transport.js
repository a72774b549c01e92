// TCP and UDP.

import { fields, rightSum } from "./fields.js";

/** Source: RFC 768. */
export function udp(c) {
  c.layer.length = 8;
  const f = fields(c, [["source-port", 16], ["destination-port", 16], ["length", 16], ["checksum", 16]]);
  c.layer.none = f.checksum === 0;
  c.layer.right = c.inner ? undefined : rightSum(c);
  return { read: "payload", at: c.at + 8, end: c.end };
}

/** Source: RFC 9293. */
export function tcp(c) {
  const f = fields(c, [["source-port", 16], ["destination-port", 16], ["sequence", 32], ["acknowledgement", 32], ["data-offset", 4], ["reserved", 4],
    ["cwr", 1], ["ece", 1], ["urg", 1], ["ack", 1], ["psh", 1], ["rst", 1], ["syn", 1], ["fin", 1], ["window", 16], ["checksum", 16], ["urgent", 16]]);
  c.layer.length = Math.max(f["data-offset"] * 4, 20);
  c.layer.right = c.inner ? undefined : rightSum(c);
  for (let at = c.at + 20; at < c.at + c.layer.length;) at = option(c, at);
  return { read: "payload", at: c.at + c.layer.length, end: c.end };
}

/** option adds one option and returns where the next begins. */
function option({ view, layer, add }, at) {
  const kind = view.getUint8(at);
  const end = layer.at + layer.length;
  if (kind === 0) { // what follows fills up to a multiple of 4 bytes
    add("option-end", at * 8, (end - at) * 8, kind);
    return end;
  }
  if (kind === 1) {
    add("option-nop", at * 8, 8, kind);
    return at + 1;
  }
  const left = end - at;
  const length = left < 2 ? left : Math.min(Math.max(view.getUint8(at + 1), 2), left);
  const [name, value] = valueOf(view, kind, at, length);
  add(name, at * 8, length * 8, value);
  return at + length;
}

/** Source: RFC 9293, section 3.2; RFC 7323; RFC 2018. */
function valueOf(view, kind, at, length) {
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
