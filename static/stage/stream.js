// The stream of one sandbox: its events, each exactly once and in order, and
// the way back for commands. A connection that is lost is made again from
// the last event that arrived.

const FIRST_WAIT = 250; // ms before the first attempt to come back
const LONGEST_WAIT = 5000;

/** What a close code means for us; everything else means: come back. */
const FINAL = { 1000: "closed", 4404: "gone" };

export class Stream {
  /**
   * path is the stream's path on this server. on has three functions:
   * events(list), state(name, detail) with live, reconnecting (detail: ms to
   * wait), closed or gone, and refused(code) when the server took offence at
   * what was sent.
   */
  constructor(path, on, { Socket = WebSocket, base = location.href } = {}) {
    Object.assign(this, { path, on, Socket, base, seq: 0, wait: FIRST_WAIT, over: false });
    this.online = () => this.timer && this.open();
    globalThis.addEventListener?.("online", this.online);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    this.timer = 0;
    const url = new URL(this.path, this.base);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("after", this.seq);
    const socket = new this.Socket(url.href);
    this.socket = socket;
    socket.onopen = () => this.on.state("live");
    socket.onmessage = (m) => this.receive(m.data);
    socket.onclose = (e) => socket === this.socket && this.closed(e.code);
  }

  receive(message) {
    this.wait = FIRST_WAIT;
    const events = message.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const fresh = events.filter((e) => e.seq > this.seq);
    if (fresh.length === 0) return;
    this.seq = fresh.at(-1).seq;
    this.on.events(fresh);
  }

  closed(code) {
    if (this.over) return;
    if (FINAL[code]) {
      this.finish();
      this.on.state(FINAL[code]);
      return;
    }
    if (code === 1007 || code === 1008 || code === 1009) this.on.refused(code);
    this.on.state("reconnecting", this.wait);
    this.timer = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** send gives a command; false when there is no connection to send it on. */
  send(command) {
    if (this.over || this.socket.readyState !== 1) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  /** say sends what is no command, to show what becomes of it. */
  say(message) {
    if (!this.over && this.socket.readyState === 1) this.socket.send(message);
  }

  /** interrupt closes the connection; the stream comes back on another. */
  interrupt() {
    if (!this.over) this.socket.close(4000);
  }

  /** leave closes the stream for good; nothing more is reported. */
  leave() {
    this.finish();
    this.socket.close();
  }

  finish() {
    this.over = true;
    clearTimeout(this.timer);
    globalThis.removeEventListener?.("online", this.online);
  }
}

/**
 * start asks the server for a sandbox. It returns {id, stream}, or throws an
 * Error whose message is for the learner and whose code is the server's; when
 * all places are taken it has a ticket, with which to ask again in again ms.
 */
export async function start(request, t) {
  let answer;
  try {
    answer = await fetch("/api/sandboxes", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
  } catch {
    throw Object.assign(new Error(t("no-server")), { code: "no-server" });
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok && body?.stream) return body;
  const message = body?.error?.message ?? t("bad-answer", { status: answer.status });
  const { code = "bad-answer", ticket, again } = body?.error ?? {};
  throw Object.assign(new Error(message), { code, ticket, again });
}
