// Reading of bits and addresses, and of what is text.

/** bits reads n bits at bit offset at; n is at most 32. */
export function bits(view, at, n) {
  let value = 0;
  for (let i = 0; i < n; i++) value = value * 2 + ((view.getUint8((at + i) >> 3) >> (7 - ((at + i) & 7))) & 1);
  return value;
}

/** fields adds fields of so many bits one after another; text names those that are no numbers. */
export function fields({ view, at, add }, list) {
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

export const mac = (view, at) => [0, 1, 2, 3, 4, 5].map((i) => view.getUint8(at + i).toString(16).padStart(2, "0")).join(":");
export const ip4 = (view, at) => [0, 1, 2, 3].map((i) => view.getUint8(at + i)).join(".");

export function ip6(view, at) {
  const words = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => view.getUint16(at + i).toString(16)).join(":");
  const zeros = words.match(/\b0(:0)+\b/g)?.sort((a, b) => b.length - a.length)[0];
  return zeros ? words.replace(zeros, "::").replace(/:{3,}/, "::") : words;
}

/** sum is the one's complement sum of 16-bit words, folded. */
export function sum(bytes) {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += (bytes[i] << 8) + (bytes[i + 1] ?? 0);
  return fold(total);
}

const fold = (total) => {
  while (total > 0xffff) total = (total >>> 16) + (total & 0xffff);
  return total;
};

/** rightSum says whether the checksum of a layer fits, pseudo header included; undefined when only a part of what it covers is here. */
export function rightSum(c) {
  if (c.part) return undefined;
  return fold(sum(c.bytes.subarray(c.at, c.end)) + (c.pseudo ?? 0)) === 0xffff;
}

const SHOWN = 2000; // bytes of a text

/** readable is bytes as text, where they are text; what cannot be read is a dot. */
export function readable(bytes) {
  const shown = bytes.subarray(0, SHOWN);
  return (utf8(shown) ?? [...shown].map((b) => String.fromCharCode(b < 127 ? b : 0)).join("")).replace(/\r/g, "").replace(/[^\P{Cc}\n]/gu, "·");
}

/** utf8 is bytes as UTF-8, of which the last letter may be cut; null when they are none. */
function utf8(bytes) {
  for (let cut = 0; cut < 4; cut++) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.length - cut)) + "·".repeat(cut);
    } catch { /* it is none, or a letter was cut */ }
  }
  return null;
}
