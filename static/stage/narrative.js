// The run in sentences: all that the diagram shows, for reading and for
// hearing. sentence() is pure; Narrative is the place where they appear.

import { el } from "./dom.js";
import { flags, rate, result, shortArgs, time } from "./labels.js";
import { stateName } from "./model.js";
import { exitWords } from "./program.js";

const KEPT = 2000; // sentences on the page; the recording has all

/** Calls whose quick return is worth a sentence. */
const TOLD = new Set(["socket", "bind", "listen", "accept", "accept4", "connect", "shutdown", "close", "sendto", "send",
  "recvfrom", "recv", "read", "write", "sendmsg", "recvmsg", "dup"]);

/** sentence says what event e told, or "" when that is not worth a sentence. */
export function sentence(e, thing, t) {
  switch (e.kind) {
    case "start": return t("say-start");
    case "call": return thing ? callSentence(thing, e.phase, t) : "";
    case "packet": return packetSentence(thing, e.phase, t);
    case "state": return stateSentence(e, t);
    case "signal": return t(`say-signal-${e.reason ?? "default"}`, { program: e.program, signal: e.signal });
    case "task": return t(`say-${e.tid ? "thread" : "process"}-${e.phase}`, { program: e.program, number: e.tid ?? e.pid, how: e.signal ?? e.code ?? "" });
    case "print": return t("say-print", { program: e.program, text: (e.text ?? "").trimEnd() });
    case "input": return t("say-input", { program: e.program, text: e.text ?? "" });
    case "exit": return t("say-exit", { program: e.program, how: exitWords(e, t) });
    case "wire": return (e.derived ? "≈ " : "") + wireSentence(e.wire, t);
    case "note": return noteWords(e, t);
    case "end": return t("say-end", { why: endWords(String(e.cause), t) });
  }
  return "";
}

/** wireSentence says how the wire is set: its mode and delay, and each fault. */
function wireSentence(w = {}, t) {
  if (w.mode === "hold") return t("say-wire-hold");
  const percent = (x) => `${+(x * 100).toFixed(2)}%`;
  const faults = ["loss", "duplicate", "reorder", "corrupt"].filter((k) => w[k] > 0).map((k) => `${t(`fault-${k}`)} ${percent(w[k])}`);
  if (w.jitter) faults.push(`${t("fault-jitter")} ±${time(w.jitter)}`);
  if (w.rate) faults.push(`${t("fault-rate")} ${rate(w.rate)}`);
  if (w.mtu) faults.push(`MTU ${w.mtu}`);
  if (w.cut?.length) faults.push(t("say-wire-cut", { hosts: w.cut.join(", ") }));
  return [t("say-wire-flow", { delay: time(w.delay ?? 0) }), faults.join(", ")].filter(Boolean).join(" ");
}

/** describe says what a call or a packet is at this moment. */
export function describe(thing, t) {
  if (thing.type === "packet") return packetSentence(thing, thing.phase, t);
  return callSentence(thing, thing.phase, t, true);
}

function callSentence(call, phase, t, always = false) {
  const values = {
    program: call.program, call: `${call.name}(${shortArgs(call).join(", ")})`, name: `${call.name}()`,
    wchan: call.wchan ?? "?", result: result(call).replace("✗ ", ""), took: time(call.duration ?? 0),
  };
  if (phase === "held") return t("say-call-held", values);
  if (phase === "blocked") return t("say-call-blocked", values);
  if (phase === "enter") return always ? t("say-call-enter", values) : "";
  if (call.errno) return t("say-call-error", { ...values, errno: call.errno });
  if (!always && !TOLD.has(call.name)) return "";
  return t(call.at.blocked ? "say-call-return-after" : "say-call-return", values);
}

function packetSentence(p, phase, t) {
  const s = p.summary ?? {};
  const values = {
    from: p.from || s.src, to: p.to || s.dst, reason: t(`reason-${phase === "made" ? p.made : phase === "changed" ? p.changed : p.reason}`).replace(/^reason-/, ""),
    packet: s.proto === "UDP" ? t("datagram", { n: s.len }) : `${flags(p).replaceAll(",", "+")}${s.len > 0 ? ` (${t("bytes", { n: s.len })})` : ""}`,
  };
  if (phase === "sent" && p.made) return t("say-packet-made", { ...values, reason: t(`reason-${p.made}`) });
  if (phase === "sent" && p.again) return t("say-packet-again", values);
  return t(`say-packet-${phase}`, values);
}

function stateSentence(e, t) {
  const values = { host: e.host, from: stateName(e.from), to: stateName(e.to), socket: socketName(e.socket) };
  if (e.socket?.proto !== "tcp" || e.from === e.to) return "";
  if (!e.to) return e.from === "CLOSE" ? "" : t("say-state-gone", values);
  if (!e.from) return e.to === "CLOSE" ? "" : t("say-state-new", values);
  return t("say-state", values);
}

const socketName = (s) => [s?.local, s?.remote].filter(Boolean).join(" → ");

export const endWords = (cause, t) => t(`end-${cause}`);

export function noteWords(e, t) {
  if (e.refusal) return refusalWords(e.refusal, t);
  const words = t(`note-${e.text}`, { error: e.error ?? "" });
  return words.startsWith("note-") ? t("note-failed", { error: e.error ?? e.text }) : words;
}

/** refusalWords says which setting was refused, and what it may be. */
function refusalWords({ why, setting, value, min, max, choices = [] }, t) {
  const name = t(`setting-${setting}`).replace(/^setting-/, "");
  return t(`refusal-${why}`, { setting: name, value, min, max, choices: choices.join(", ") });
}

export class Narrative {
  constructor(t) {
    this.t = t;
    this.list = el("ol");
    this.log = el("div", { class: "sentences", role: "log", "aria-live": "polite", "aria-relevant": "additions", "data-testid": "narrative", tabindex: "0", "aria-label": t("narrative") }, this.list);
    this.node = el("section", { class: "narrative" }, el("h3", {}, t("narrative")), this.log);
    this.waiting = [];
  }

  reset() {
    this.waiting = [];
    this.list.replaceChildren();
  }

  take(e, thing) {
    const words = sentence(e, thing, this.t);
    if (words) this.waiting.push([e, words]);
  }

  draw() {
    if (this.waiting.length === 0) return;
    const { list, log } = this;
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 24;
    const fresh = this.waiting.map(([e, words]) => el("li", { "data-seq": e.seq, "data-kind": e.kind },
      el("time", {}, (e.t / 1e9).toFixed(4)), el("span", {}, words)));
    this.waiting = [];
    list.append(...fresh);
    while (list.childElementCount > KEPT) list.firstElementChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }
}
