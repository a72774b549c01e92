// The run in sentences: all that the diagram shows, for reading and for
// hearing, as web/teller.go says it to readers without scripts:
// web/testdata/sentences.json holds both to the same. A stage loads this when
// it has a run to tell of.

import { flags, idle, rate, result, shortArgs, time } from "./labels.js";
import { FOLD } from "./layout.js";
import { stateName } from "./model.js";
import { exitWords } from "./program.js";

export class Teller {
  constructor(t, model) {
    Object.assign(this, { t, model, last: 0 });
    this.open = new Map(); // calls that have not returned, with the event of their entry
    this.begun = new Set(); // calls of which something has been said
  }

  /**
   * told is what there is to say when the model has taken in event e, about
   * thing: [{seq, t, kind, words}]. A call is told when it returns or sleeps,
   * and before that when anything else is told meanwhile.
   */
  told(e, thing) {
    const words = this.sentence(e, thing);
    const told = words ? [...this.unsaid(e, thing), entry(e, words)].flatMap((s) => this.idle(s)) : [];
    if (e.kind === "call") this.follow(e, thing);
    return told;
  }

  /** unsaid is the open calls of which nothing has been said, and at the end of the run all in which it ends. */
  unsaid({ kind, t }, thing) {
    if (kind === "end") return [...this.open].map(([call, e]) => entry({ ...e, t }, callSentence(call, "open", this.t)));
    const calls = [...this.open].filter(([call]) => call !== thing && !this.begun.has(call));
    for (const [call] of calls) this.begun.add(call);
    return calls.map(([call, e]) => entry(e, callSentence(call, "enter", this.t)));
  }

  /** follow keeps which calls are open, and of which something has been said. */
  follow(e, call) {
    if (e.phase === "enter" && call.phase === "enter") this.open.set(call, e);
    if (e.phase === "blocked") this.begun.add(call);
    if (e.phase === "return") this.open.delete(call);
  }

  /** idle is a sentence, after one of the time in which nothing happened before. */
  idle(told) {
    const { last } = this;
    this.last = Math.max(told.t, last);
    return told.t - last > FOLD ? [entry({ t: last, kind: "idle" }, this.t("say-idle", { s: idle(told.t - last) })), told] : [told];
  }

  /** sentence says what event e told, or "" when there is nothing to say. */
  sentence(e, thing) {
    const { t } = this;
    switch (e.kind) {
      case "start": return startSentence(e, this.model, t);
      case "call": return this.call(e, thing);
      case "packet": return packetSentence(thing, e.phase, t);
      case "state": return stateSentence(e, this.model, t);
      case "signal": return t(`say-signal-${e.reason ?? "default"}`, { program: e.program, signal: e.signal });
      case "task": return t(`say-${e.tid ? "thread" : "process"}-${e.phase}`, { program: e.program, number: this.model.tasks.get(e.tid ?? e.pid)?.name ?? e.tid ?? e.pid, how: e.signal ?? e.code ?? "" });
      case "print": return t("say-print", { program: e.program, text: (e.text ?? "").trim() });
      case "input": return t("say-input", { program: e.program, text: (e.text ?? "").trim() });
      case "exit": return t("say-exit", { program: e.program, how: exitWords(e, t) });
      case "wire": return e.until ? passingSentence(e, t) : (e.derived ? "≈ " : "") + wireSentence(e.wire, t);
      case "note": return noteWords(e, t);
      case "end": return t("say-end", { why: t(`end-${e.cause}`) });
    }
    return "";
  }

  call(e, call) {
    if (e.phase !== "enter") return callSentence(call, e.phase, this.t, this.begun.has(call));
    return call.at.return === call.at.enter ? callSentence(call, "last", this.t) : "";
  }
}

const entry = ({ seq, t, kind }, words) => ({ seq, t, kind, words });

/** startSentence names the hosts with their addresses and what their bands show, and says how the wire is. */
function startSentence(e, model, t) {
  const all = [...model.hosts.values()].map((h) => [h.name, h.addrs[0], h.hand ? "" : stateName("CLOSE")].filter(Boolean).join(" "));
  return [t(e.topology === "loopback" ? "say-start-loopback" : "say-start", { hosts: all.join(", ") }), e.wire ? wireSentence(e.wire, t) : ""].filter(Boolean).join(" ");
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
  return [t("say-wire-flow", { delay: time(w.delay ?? 0) }), faults.length > 0 && t("say-wire-faults", { faults: faults.join(", ") })].filter(Boolean).join(" ");
}

/** passingSentence says that packets on hold pass by themselves until something, or no more. */
const passingSentence = (e, t) => t(`say-until-${e.reason ?? e.phase}`, { until: untilWords(e.until, t) });

/** untilWords says what packets on hold pass until. */
export function untilWords(u, t) {
  if (u.state) return t(u.host ? "until-state" : "until-any-state", { host: u.host, state: stateName(u.state) });
  return Object.keys(u).map((k) => t(`until-${k}`, { flags: u.flags?.join("+"), host: u.host })).join(", ");
}

/** describe says what a call or a packet is at this moment. */
export function describe(thing, t) {
  return thing.type === "packet" ? packetSentence(thing, thing.phase, t) : callSentence(thing, thing.phase, t, Boolean(thing.at.blocked));
}

/** callSentence says what a call does; begun says that it was told before. */
function callSentence(call, phase, t, begun = false) {
  const values = {
    program: call.task ? `${call.program} ${call.task.name}` : call.program, call: `${call.name}(${shortArgs(call).join(", ")})`,
    wchan: call.wchan, result: result(call), errno: call.errno, took: time(call.duration ?? 0),
  };
  if (phase !== "return") return t(phase === "blocked" && !call.wchan ? "say-call-asleep" : `say-call-${phase}`, values);
  if (call.errno) return t("say-call-error", values);
  if (call.result === undefined) return t("say-call-last", values);
  return t(begun ? "say-call-return-after" : "say-call-return", values);
}

function packetSentence(p, phase, t) {
  const why = phase === "made" ? p.made : phase === "changed" ? p.changed : p.reason;
  const values = {
    n: p.id, from: p.from || p.summary?.src, to: p.to || p.summary?.dst, again: p.again, packet: packetWords(p, t), name: `${p.derived ? "≈ " : ""}${flags(p).replaceAll(",", "+")}`,
    reason: t(`reason-${why}`).replace(/^reason-/, ""),
  };
  if (phase === "sent" && p.made) return t("say-packet-made", { ...values, reason: t(`reason-${p.made}`) });
  const said = t(`say-packet-${phase}`, values);
  return phase === "sent" && p.again ? `${said} ${t("say-packet-again", values)}` : said;
}

/** packetWords is what the label of a packet says: its flags or protocol, numbers, length and text. */
function packetWords(p, t) {
  const s = p.summary ?? {};
  const head = s.proto === "UDP" ? t("datagram", { n: s.len }) : flags(p).replaceAll(",", "+");
  const quoted = s.seq === undefined && s.text ? [s.proto === "UDP" ? `“${s.text}”` : s.text] : [];
  const numbers = s.seq === undefined ? [] : [`seq ${p.seq}`, ...(s.ack === undefined ? [] : [`ack ${p.ack}`])];
  const length = s.len > 0 && s.proto !== "UDP" && quoted.length === 0 ? [t("bytes", { n: s.len })] : [];
  return (p.derived ? "≈ " : "") + [head, ...numbers, ...length, ...quoted].join(", ");
}

/** stateSentence says how the state of a socket changes, and what its host's band shows from then on when that is something else. */
function stateSentence(e, model, t) {
  const said = changeSentence(e, t);
  const piece = model.hosts.get(e.host)?.band.findLast((p) => p.at.seq <= e.seq);
  const same = piece?.at.seq !== e.seq || (said && piece.state === e.to);
  return [said, !same && t("say-band", { host: e.host, state: stateName(piece.state) })].filter(Boolean).join(" ");
}

function changeSentence(e, t) {
  const values = { host: e.host, from: stateName(e.from), to: stateName(e.to), socket: socketName(e.socket) };
  if (e.socket?.proto !== "tcp" || e.from === e.to) return "";
  if (!e.to) return e.from === "CLOSE" ? "" : t("say-state-gone", values);
  if (!e.from) return e.to === "CLOSE" ? "" : t("say-state-new", values);
  return t("say-state", values);
}

const socketName = (s) => [s?.local, s?.remote].filter(Boolean).join(" → ");

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
