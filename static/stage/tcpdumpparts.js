// A line of tcpdump taken apart: what each of its pieces says, in words. t
// gives the words; nothing of the page.

import { seconds } from "./labels.js";

const FLAGS = { S: "syn", F: "fin", R: "rst", P: "psh", ".": "ack", U: "urg", E: "ece", W: "cwr" };

/**
 * tcpdumpParts is {say, parts}: a sentence about a line, and pairs of a piece
 * and its words. scale is by how many bits the sender's window is shifted,
 * undefined when it is not.
 */
export function tcpdumpParts({ e, thing, line }, t, scale) {
  const [, at, rest] = /^(\S+) (.*)$/s.exec(line) ?? ["", "", line];
  const parts = [[at, t("part-time", { s: seconds(e.t) })]];
  const ends = /^(IP6?) (\S+) > (\S+?): (.*)$/s.exec(rest);
  if (!ends) return { say: t(rest.startsWith("ARP") ? "say-arp" : "say-other", place(e)), parts: [...parts, ...arp(rest, t)] };
  const [, ip, src, dst, body] = ends;
  parts.push([ip, t(ip === "IP6" ? "part-ip6" : "part-ip")], [`${src} > ${dst}`, t("part-ends", { src: end(src, ip), dst: end(dst, ip) })]);
  const kind = body.startsWith("Flags") ? "tcp" : body.startsWith("UDP") ? "udp" : /^ICMP6?/.test(body) ? "icmp" : "other";
  const say = kind === "tcp" ? tcpSay(body, thing, t) : t(`say-${kind}`, place(e));
  return { say, parts: [...parts, ...(kind === "tcp" ? tcpParts(body, t, scale) : [[body, t(`part-${kind}`)], ...lengthPart(body, t)])] };
}

const place = ({ from, to }) => ({ from, to });

/** end writes an address with its port as elsewhere: tcpdump puts a dot between them. */
function end(address, ip) {
  const at = address.lastIndexOf(".");
  const [host, port] = [address.slice(0, at), address.slice(at + 1)];
  if (ip === "IP6") return at < 0 ? address : `[${host}]:${port}`;
  return address.split(".").length === 5 ? `${host}:${port}` : address;
}

/** tcpSay is what a segment is for, by its flags. */
function tcpSay(body, thing, t) {
  const letters = /\[(.*?)\]/.exec(body)[1];
  const length = Number(/, length (\d+)/.exec(body)?.[1] ?? 0);
  const key = letters.includes("R") ? "rst" : letters.includes("S") ? (letters.includes(".") ? "synack" : "syn") : letters.includes("F") ? "fin" : length > 0 ? "data" : "ack";
  return [t(`say-${key}`, { n: length }), thing?.again ? t("say-again", { id: thing.again }) : ""].filter(Boolean).join(" ");
}

function tcpParts(body, t, scale) {
  const found = (re) => re.exec(body);
  const parts = [];
  const add = (m, words) => m && parts.push([m[0].replace(/^, /, ""), words(m)]);
  const syn = /^Flags \[[^\]]*S/.test(body);
  add(found(/^Flags \[(.*?)\]/), ([, letters]) => flags(letters, t));
  add(found(/, seq (\d+):(\d+)/), ([, a, b]) => t("part-seq-data", { a, b, n: (b - a) >>> 0 })) || add(found(/, seq (\d+)(?!:)/), () => t(syn ? "part-seq-first" : "part-seq"));
  add(found(/, ack (\d+)/), ([, n]) => t("part-ack", { n }));
  add(found(/, win (\d+)/), ([, n]) => (syn || scale === undefined ? t("part-win", { n }) : t("part-win-scaled", { n, scale, scaled: n * 2 ** scale })));
  add(found(/, urg (\d+)/), () => t("part-urg"));
  for (const option of found(/, options \[(.*?)\](?=,|$)/)?.[1].split(/,(?![^{]*\})/) ?? []) parts.push([option, optionWords(option, t)]);
  parts.push(...lengthPart(body, t));
  add(found(/: HTTP.*$/s), () => t("part-http"));
  return parts;
}

const flags = (letters, t) => (letters === "none" ? t("flag-none") : [...letters].map((c) => `${c}: ${t(`flag-${FLAGS[c]}`)}`).join(" · "));

function optionWords(option, t) {
  const [name, ...values] = option.split(" ");
  const known = { mss: "mss", sackOK: "sackok", sack: "sack", TS: "ts", nop: "nop", eol: "nop", wscale: "wscale" }[name];
  return t(`option-${known ?? "other"}`, { n: values[0], factor: 2 ** Number(values[0]) });
}

function lengthPart(body, t) {
  const m = /, length (\d+)/.exec(body);
  return m ? [[`length ${m[1]}`, t("part-length")]] : [];
}

function arp(rest, t) {
  const m = /^ARP, (Request who-has (\S+).* tell (\S+)|Reply (\S+) is-at (\S+)), length/.exec(rest);
  if (!m) return [[rest, ""]];
  return [[m[1].replace(/,$/, ""), m[2] ? t("part-arp-asks", { who: m[2], asks: m[3].replace(",", "") }) : t("part-arp-answers", { who: m[4], mac: m[5].replace(",", "") })]];
}

/** scaleOf is by how many bits the windows of a packet's sender are shifted, as both SYNs of the connection agreed. */
export function scaleOf(packet, packets) {
  const { src, dst } = packet.summary ?? {};
  const offered = (a, b) => {
    const syn = packets.findLast((p) => p.id <= packet.id && p.summary?.flags?.includes("SYN") && p.summary.src === a && p.summary.dst === b);
    return syn?.summary.options?.map((o) => /^wscale (\d+)$/.exec(o)?.[1]).find((v) => v !== undefined);
  };
  return offered(src, dst) !== undefined && offered(dst, src) !== undefined ? Number(offered(src, dst)) : undefined;
}
