// Short names for calls, packets and times: what fits beside a line.

/** time writes nanoseconds for a reader. */
export function time(ns) {
  if (ns === 0) return "0 ms";
  if (ns < 1e3) return `${ns} ns`;
  if (ns < 1e6) return `${figure(ns / 1e3)} µs`;
  if (ns < 1e9) return `${figure(ns / 1e6)} ms`;
  return `${figure(ns / 1e9)} s`;
}

const figure = (n) => (n >= 100 ? n.toFixed(0) : String(+n.toPrecision(3)));

/** idle is idle time as a number of seconds, roughly. */
export const idle = (ns) => (ns >= 10e9 ? Math.round(ns / 1e9) : Math.round(ns / 1e8) / 10);

/** seconds writes nanoseconds as strace and tcpdump do: to the microsecond that has begun. */
export const seconds = (ns) => (Math.floor(ns / 1e3) / 1e6).toFixed(6);

/** rate writes bits a second for a reader. */
export function rate(bits) {
  for (const [unit, name] of [[1e9, "Gbit/s"], [1e6, "Mbit/s"], [1e3, "kbit/s"]]) if (bits >= unit) return `${+(bits / unit).toFixed(1)} ${name}`;
  return `${bits} bit/s`;
}

/** address finds ip:port in a socket address as strace prints it. */
export function address(arg) {
  const port = /htons\((\d+)\)/.exec(arg);
  const ip = /inet_addr\("([^"]+)"\)/.exec(arg) ?? /inet_pton\(AF_INET6, "([^"]+)"/.exec(arg);
  if (port && ip) return ip[1].includes(":") ? `[${ip[1]}]:${port[1]}` : `${ip[1]}:${port[1]}`;
  return /sun_path=(@?"[^"]*")/.exec(arg)?.[1] ?? null;
}

/** shortArgs is the arguments a reader wants to see first. */
export function shortArgs(call) {
  const a = call.args ?? [];
  switch (call.name) {
    case "socket": return a.slice(0, 2).map((s) => s.split("|")[0]);
    case "connect": case "bind": return [a[0], address(a[1] ?? "") ?? a[1]];
    case "accept": case "accept4": case "getsockname": case "getpeername":
      return [a[0], address(a[1] ?? "")].filter(Boolean);
    case "sendto": return [a[0], a[1], address(a[4] ?? "")].filter(Boolean);
    case "recvfrom": return call.phase === "return" && !call.errno ? [a[0], a[1], address(a[4] ?? "")].filter(Boolean) : [a[0], a[2]];
    case "read": return call.phase === "return" ? a.slice(0, 2) : [a[0], a[2]];
    case "write": case "listen": case "shutdown": return a.slice(0, 2);
    case "setsockopt": case "getsockopt": return [a[0], a[2], a[3]];
    case "clock_nanosleep": return a[1] === "TIMER_ABSTIME" ? [] : [a[2]];
    case "clone": case "clone3": return [];
  }
  return a;
}

/** result is what a call gave back, or nothing while it has not returned. */
export function result(call) {
  if (call.phase !== "return") return "";
  if (call.errno) return `✗ ${call.errno}`;
  return call.result === undefined ? "" : `= ${call.result}`;
}

/** callLabels are the labels of a call from the longest to the shortest. */
export function callLabels(call, withResult) {
  const r = withResult && result(call) ? ` ${result(call)}` : "";
  const args = shortArgs(call);
  return [
    `${call.name}(${args.join(", ")})${r}`,
    `${call.name}(${args.slice(0, 1).join("")})${r}`,
    `${call.name}()${r}`,
    `${call.name}${r}`,
    call.errno && withResult ? `${call.name} ✗` : call.name,
  ];
}

/** fit is the first label of at most n characters, or the last one cut. */
export function fit(labels, n) {
  const found = labels.find((s) => s.length <= n);
  if (found) return found;
  const last = labels.at(-1);
  return n > 1 ? `${last.slice(0, n - 1)}…` : "";
}

/** strace is a call as strace prints it. */
export function strace(call) {
  const head = `${call.name}(${(call.args ?? []).join(", ")})`;
  if (call.phase !== "return") return head;
  const text = call.text ? ` (${call.text})` : "";
  const took = call.duration === undefined ? "" : ` <${seconds(call.duration)}>`;
  return `${head} = ${call.result ?? "?"}${call.errno ? ` ${call.errno}` : ""}${text}${took}`;
}

/** flags of a packet, or its protocol. */
export function flags(p) {
  const s = p.summary ?? {};
  return s.flags?.length ? s.flags.join(",") : (s.proto ?? "");
}

/** packetLabels are the labels of a packet from the longest to the shortest. */
export function packetLabels(p, t, relative = true) {
  const s = p.summary ?? {};
  const marks = [p.again && t("again"), p.made && t(`mark-${p.made}`), p.changed && t(`mark-${p.changed}`)].filter(Boolean);
  const head = (p.derived ? "≈ " : "") + (s.flags?.length ? s.flags.join("+") : s.proto ?? "?") + (marks.length ? ` (${marks.join(", ")})` : "");
  const bytes = s.len > 0 ? t("bytes", { n: s.len }) : "";
  const preview = s.text && s.proto === "UDP" ? ` “${s.text}”` : "";
  if (s.seq === undefined) {
    const long = s.proto === "UDP" ? `${head} ${bytes || t("bytes", { n: 0 })}${preview}` : `${head} ${s.text ?? (p.derived ? bytes : "")}`;
    return [long.trim(), `${head} ${bytes}`.trim(), head];
  }
  const seq = ` seq=${relative ? p.seq : s.seq}`;
  const ack = s.ack === undefined ? "" : ` ack=${relative ? p.ack : s.ack}`;
  const tail = bytes ? ` · ${bytes}` : "";
  return [`${head}${seq}${ack}${tail}`, `${head}${seq}${tail}`, `${head}${tail}`, head];
}
