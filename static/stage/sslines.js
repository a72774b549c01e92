// The sockets of a run at one moment as ss prints them: byte for byte what
// ss -tuxan writes to a file, but for the order within a protocol, which is
// that of the kernel's hash tables. It knows nothing of the page.

/** What the lines are the answer to: TCP, UDP and Unix-domain sockets, those that listen too, without names for numbers. */
export const COMMAND = "ss -tuxan";

/** The names that ss has for the kernel's states. */
const STATES = {
  ESTABLISHED: "ESTAB", SYN_SENT: "SYN-SENT", SYN_RECV: "SYN-RECV", FIN_WAIT1: "FIN-WAIT-1", FIN_WAIT2: "FIN-WAIT-2", TIME_WAIT: "TIME-WAIT",
  CLOSE: "UNCONN", CLOSE_WAIT: "CLOSE-WAIT", LAST_ACK: "LAST-ACK", LISTEN: "LISTEN", CLOSING: "CLOSING",
};

const UNIX = /^u_/;

/** machines are the hosts that have tables of sockets of their own; on loopback all lifelines share one. */
export function machines(model) {
  const hosts = (model.started?.hosts ?? []).filter((h) => !h.hand).map((h) => h.name);
  const on = (host) => (model.started?.hosts.length === 1 ? hosts[0] : host);
  return hosts.map((name) => ({ name, sockets: [...model.sockets.values()].filter((s) => on(s.host) === name && listed(s)) }));
}

/** listed says whether a socket is in the tables that ss reads: one of TCP when it listens or has a peer, one of UDP when it has a name. */
function listed(s) {
  if (UNIX.test(s.proto)) return true;
  return s.proto === "udp" ? Boolean(s.local) : s.state !== "CLOSE";
}

/** rows are the lines of ss about sockets, each with its socket and its cells, in the order of ss: Unix, UDP, TCP, of each IPv4 first. */
export function rows(sockets, model) {
  const rank = (s) => [UNIX.test(s.proto) ? 0 : s.proto === "udp" ? 1 : 2, six(s) ? 1 : 0, s.state === "LISTEN" ? 0 : 1, s.id];
  return sockets.map((socket) => ({ socket, rank: rank(socket), cells: cells(socket, model) })).sort((a, b) => compare(a.rank, b.rank));
}

const compare = (a, b) => a.reduce((order, x, i) => order || x - b[i], 0);

const six = (s) => Boolean(s.told.mapped) || (s.local ?? "").startsWith("[");

function cells(s, model) {
  const [local, port, remote, peer] = UNIX.test(s.proto) ? unixEnds(s, model) : ends(s);
  return [s.proto, STATES[s.state] ?? s.state, String(s.recv), String(s.send), local, port, remote, peer];
}

function unixEnds({ local, told }, model) {
  return [`${!local || local === "@" ? "*" : local} `, String(told.inode ?? 0), "* ", String(model.sockets.get(told.peer)?.told.inode ?? 0)];
}

function ends(s) {
  const any = six(s) ? (s.told.v6only ? "[::]:" : "*:") : "0.0.0.0:";
  return [...end(s, s.local, any), ...(s.remote ? end(s, s.remote, any) : [any, "*"])];
}

/** end takes an address apart: what stands before the port, and the port. */
function end(s, address, any) {
  const at = address.lastIndexOf(":") + 1;
  const ip = address.slice(0, at);
  if (ip === "[::]:") return [any, address.slice(at)];
  return [s.told.mapped && !ip.startsWith("[") ? `[::ffff:${ip.slice(0, -1)}]:` : ip, address.slice(at)];
}

/** The columns of ss: what stands at their head, what stands before them, and which are set to the right. */
const COLUMNS = [["Netid", ""], ["State", " "], ["Recv-Q", " "], ["Send-Q", " "], ["Local Address:", " ", true], ["Port", ""], ["Peer Address:", " ", true], ["Port", ""], ["Process", ""]];

/** lines are rows under each other, below their head. */
export function lines(rows) {
  const table = [COLUMNS.map(([head]) => head), ...rows.map((r) => [...r.cells, ""])];
  const width = COLUMNS.map((_, i) => Math.max(...table.map((r) => r[i].length)));
  return table.map((r) => r.map((cell, i) => COLUMNS[i][1] + (COLUMNS[i][2] ? cell.padStart(width[i]) : cell.padEnd(width[i]))).join("").trimEnd());
}
