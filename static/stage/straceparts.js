// A line of strace taken apart: what each of its pieces says, in words. t
// gives the words; nothing of the page.

import { address, seconds, time } from "./labels.js";

/** Calls that are told of in the same words as another. */
const SAME = {
  accept4: "accept", ppoll: "poll", pselect6: "select", epoll_create1: "epoll_create", epoll_pwait: "epoll_wait", epoll_pwait2: "epoll_wait", pipe2: "pipe",
  dup2: "dup", dup3: "dup", vfork: "fork", clone: "fork", clone3: "fork", execveat: "execve", waitid: "wait4", clock_nanosleep: "nanosleep",
  tkill: "kill", tgkill: "kill", exit: "exit_group", setitimer: "alarm",
};

const RECEIVED = ["fd", "data-in", "room", "flags", "from", "from-length"];

/** What each argument of a call is, as its manual page has them. */
const ARGUMENTS = {
  socket: ["domain", "type", "protocol"], socketpair: ["domain", "type", "protocol", "pair"],
  bind: ["fd", "own", "address-length"], connect: ["fd", "to", "address-length"], listen: ["fd", "backlog"],
  accept: ["fd", "from", "from-length"], accept4: ["fd", "from", "from-length", "accept-flags"],
  getsockname: ["fd", "own-out", "from-length"], getpeername: ["fd", "peer-out", "from-length"], shutdown: ["fd", "how"],
  sendto: ["fd", "data-out", "length", "flags", "to", "address-length"], recvfrom: RECEIVED,
  sendmsg: ["fd", "message", "flags"], recvmsg: ["fd", "message-in", "flags"], sendmmsg: ["fd", "message", "count", "flags"], recvmmsg: ["fd", "message-in", "count", "flags", "timeout"],
  setsockopt: ["fd", "level", "option", "value", "value-length"], getsockopt: ["fd", "level", "option", "value-out", "value-length"],
  read: RECEIVED.slice(0, 3), write: ["fd", "data-out", "length"], readv: ["fd", "pieces", "count"], writev: ["fd", "pieces", "count"],
  close: ["fd"], dup: ["fd"], dup2: ["fd", "new-fd"], dup3: ["fd", "new-fd", "flags"], fcntl: ["fd", "command", "value"], ioctl: ["fd", "command", "value"],
  poll: ["waits", "count", "timeout-ms"], ppoll: ["waits", "count", "timeout"], select: ["highest", "reads", "writes", "excepts", "timeout"], pselect6: ["highest", "reads", "writes", "excepts", "timeout"],
  epoll_ctl: ["epoll", "command", "fd", "events"], epoll_wait: ["epoll", "events-out", "count", "timeout-ms"], epoll_pwait: ["epoll", "events-out", "count", "timeout-ms"],
  pipe: ["pair"], pipe2: ["pair", "flags"], exit: ["code"], exit_group: ["code"], kill: ["pid", "signal"], wait4: ["pid", "status"],
  nanosleep: ["sleep"], clock_nanosleep: ["clock", "flags", "sleep"], sendfile: ["fd", "from-fd", "offset", "length"],
};

/** What the result of a call is, where it is more than that it worked. */
const RESULTS = {
  socket: "fd", accept: "fd", dup: "fd", epoll_create: "fd", eventfd2: "fd", sendto: "sent", sendmsg: "sent", write: "sent", writev: "sent", sendfile: "sent",
  recvfrom: "received", recvmsg: "received", read: "received", readv: "received", poll: "ready", select: "ready", epoll_wait: "ready",
  sendmmsg: "messages", recvmmsg: "messages", fork: "pid", wait4: "pid",
};

const named = (name) => SAME[name] ?? name;

/** straceParts is {say, parts}: a sentence about a line, and pairs of a piece and its words. */
export function straceParts({ what, e, thing, line }, t) {
  const known = (key, values) => (t(key) === key ? "" : t(key, values));
  const [, thread, at] = /^(\d+)\s+(\S+)/.exec(line) ?? [];
  const head = [[thread, t("part-thread", { program: e.program })], [at, t("part-time", { s: seconds(e.t) })]];
  if (what === "signal") return { say: t(`say-signal-${e.reason ?? "default"}`, { signal: e.signal, program: e.program }), parts: [...head, [e.signal, known(`const-${e.signal}`)]] };
  if (what === "exit") return { say: e.signal ? t("say-killed", { signal: e.signal, program: e.program }) : t("say-exited", { code: e.code, program: e.program }), parts: [...head, [e.signal ?? "", known(`const-${e.signal}`)]] };
  const call = thing ?? e;
  return {
    say: known(`call-${named(call.name)}`) || t("call-other", { name: call.name }),
    parts: [...head, ...(what === "resumed" ? [["<... resumed>", t("part-resumed")]] : []), ...argumentParts(call, t, known), ...resultParts(call, line, t, known)],
  };
}

function argumentParts(call, t, known) {
  return (call.args ?? []).map((arg, i) => {
    const name = ARGUMENTS[call.name]?.[i];
    const words = [name ? known(`arg-${name}`, { value: arg, address: address(arg) ?? "" }) : "", address(arg) ?? "", ...constants(arg, known)];
    return [arg, words.filter(Boolean).join(" · ")];
  });
}

/** constants says what the names in an argument mean. */
function constants(arg, known) {
  if (arg.startsWith('"')) return []; // it is data
  return [...new Set(arg.match(/\b[A-Z][A-Z0-9_]{2,}\b/g) ?? [])].map((name) => [name, known(`const-${name}`)]).filter(([, words]) => words).map(([name, words]) => `${name}: ${words}`);
}

function resultParts(call, line, t, known) {
  if (call.phase !== "return") return [["<unfinished ...>", t("part-unfinished")]];
  if (line.endsWith("<unfinished ...>")) return [["<unfinished ...>", t("part-interrupted")]];
  const parts = [[`= ${call.errno ? -1 : call.result ?? "?"}`, resultWords(call, t)]];
  if (call.errno) parts.push([call.errno, known(`errno-${call.errno}`) || t("errno-other")]);
  if (call.duration !== undefined) parts.push([`<${seconds(call.duration)}>`, t("part-duration", { time: time(call.duration) })]);
  return parts;
}

function resultWords({ name, result, errno }, t) {
  if (errno) return t("result-error");
  if (result === undefined) return t("result-never");
  const kind = RESULTS[named(name)];
  const nothing = result === 0 && ["received", "ready", "pid"].includes(kind);
  return kind ? t(`result-${kind}${nothing ? "-0" : ""}`, { value: result }) : t(result === 0 ? "result-0" : "result-other", { value: result });
}
