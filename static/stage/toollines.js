// Which events the lines of strace's and tcpdump's text of a run tell of, and
// what stood in that text at an earlier moment. The server prints the text
// (sandbox/recording/strace, sandbox/recording/tcpdump); here is only in
// which order, so that each line is known by its event. Nothing of the page.

/** Calls whose arguments the kernel fills in: the first that strace prints only on return. As in sandbox/recording/strace/entry.go. */
export const FILLED = {
  accept: 1, accept4: 1, getsockname: 1, getpeername: 1, getsockopt: 3, socketpair: 3,
  read: 1, readv: 1, pread64: 1, preadv: 1, recvfrom: 1, recvmsg: 1, recvmmsg: 1,
  pipe: 0, pipe2: 0, epoll_wait: 1, epoll_pwait: 1, epoll_pwait2: 1,
  nanosleep: 1, clock_nanosleep: 3, wait4: 1, waitid: 2,
};

/** Calls that never return: their line is whole at once. */
const ENDING = new Set(["exit", "exit_group"]);

/** StraceLines is the lines of strace: {seq, what, e, thing}, what being call, resumed, signal or exit; of a signal and an exit nothing can be chosen. */
export class StraceLines {
  constructor() {
    this.all = [];
    this.returns = new Map(); // by call: the event with which it returned
    this.open = null; // the call whose line is not ended
  }

  take(e, thing) {
    if (e.kind === "call") this.call(e, thing);
    else if (e.kind === "signal" || (e.kind === "exit" && (e.code !== undefined || e.signal))) this.begin(e.kind, e, null);
  }

  call(e, thing) {
    if (e.phase === "enter") {
      this.begin("call", e, thing);
      if (!ENDING.has(e.name)) this.open = e.call;
    } else if (e.phase === "return") {
      this.returns.set(e.call, e);
      if (this.open !== e.call) this.begin("resumed", e, thing);
      this.open = null;
    }
  }

  begin(what, e, thing) {
    this.all.push({ seq: e.seq, what, e, thing });
    this.open = null;
  }

  /** at is the lines as they stood after event seq, of a text that may be older or younger. */
  at(seq, text) {
    return until(this.all, seq, text).map((l) => ({ ...l, line: this.going(l, seq) ? unfinished(l) : l.line }));
  }

  /** going says whether the call of a line had not returned after event seq. */
  going({ what, e }, seq) {
    const returned = this.returns.get(e.call);
    return what === "call" && !ENDING.has(e.name) && returned !== undefined && returned.seq > seq;
  }
}

/** TcpdumpLines is the lines of tcpdump, one for each frame that a capture holds: {seq, what, e, thing}. */
export class TcpdumpLines {
  constructor() {
    this.all = [];
  }

  take(e, thing) {
    const copied = e.phase === "sent" && e.of; // the switch gives a frame to one more host
    if (e.kind === "packet" && e.data && !copied) this.all.push({ seq: e.seq, what: "packet", e, thing });
  }

  at(seq, text) {
    return until(this.all, seq, text);
  }
}

function until(all, seq, text) {
  const later = all.findIndex((l) => l.seq > seq);
  return all.slice(0, later < 0 ? text.length : Math.min(later, text.length)).map((l, i) => ({ ...l, line: text[i] }));
}

/** unfinished is the line of a call that has not returned yet. */
function unfinished({ e, line }) {
  const n = Math.min(FILLED[e.name] ?? e.args.length, e.args.length);
  const head = line.slice(0, line.indexOf(`${e.name}(`) + e.name.length + 1);
  return `${head}${e.args.slice(0, n).join(", ")}${n > 0 && n < e.args.length ? ", " : ""} <unfinished ...>`;
}
