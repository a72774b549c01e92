// The model of one run: a pure reducer from events to hosts, programs,
// calls, packets, sockets and bands. It knows nothing of the page.
//
// apply(event) takes the next event and returns the thing it is about, or
// null. Every call and packet remembers, by phase, the event that told of it
// and the one that led to it, so that a view can ask where they stand in time.

import { ENDING, follow, leave } from "./doing.js";

/** The version of the vocabulary that this page knows. */
export const VERSION = 1;

/** The name a learner reads for a state by the kernel's name. */
export const stateName = (state) => (state === "CLOSE" ? "CLOSED" : state);

/** lanes is the order in which lifelines are drawn: as given, the server last. */
export const lanes = (names) => [...names].sort((a, b) => (a === "server") - (b === "server"));

export class Run {
  constructor() {
    this.seq = 0;
    this.t = 0;
    this.started = null;
    this.ended = null; // the cause, a word
    this.past = false; // it is shown as it was at an earlier moment
    this.wire = null; // {mode, delay}
    this.until = null; // what packets on hold pass until, if they pass
    this.hosts = new Map(); // lifelines, in the order in which they are drawn
    this.programs = new Map();
    this.calls = new Map();
    this.packets = new Map();
    this.onWire = new Set(); // packets that are under way, or held
    this.sockets = new Map();
    this.tasks = new Map(); // threads and child processes, by number
    this.notes = [];
    this.about = new Map(); // calls and packets by the events that told of them
    this.flows = new Map(); // first sequence number of each direction
  }

  /** apply takes one event in; events at or before seq have been seen. */
  apply(e) {
    if (e.seq <= this.seq) return null;
    this.seq = e.seq;
    this.t = e.t;
    return this[`on_${e.kind}`]?.(e) ?? null;
  }

  on_start(e) {
    this.started = e;
    this.wire = e.wire ?? null;
    const programs = e.programs ?? [];
    const hosts = new Map((e.hosts ?? []).map((h) => [h.name, h.addrs ?? []]));
    const own = e.wire && e.topology !== "loopback" ? [...hosts.keys()] : [];
    const shared = e.hosts?.[0]?.addrs ?? []; // on loopback all lifelines are one host
    for (const name of lanes(new Set([...own, ...programs.map((p) => p.host)]))) {
      this.host(name).addrs = hosts.get(name) ?? shared;
      this.host(name).hand = Boolean(e.hosts?.find((h) => h.name === name)?.hand);
    }
    for (const p of programs) {
      const host = this.host(p.host);
      this.programs.set(p.name, newProgram(p, host.lanes++));
      host.programs.push(p.name);
    }
    for (const host of this.hosts.values()) if (!host.hand) this.band(host, e); // a hand has no TCP, and so no state
    return null;
  }

  host(name) {
    if (!this.hosts.has(name)) {
      this.hosts.set(name, { type: "host", name, addrs: [], programs: [], band: [], lanes: 0, tcp: new Set(), others: new Set(), front: null });
    }
    return this.hosts.get(name);
  }

  on_call(e) {
    let call = this.calls.get(e.call);
    if (!call) {
      const task = this.tasks.get(e.tid ?? e.pid) ?? null;
      const lane = task?.lane ?? this.programs.get(e.program)?.lane ?? 0;
      call = { type: "call", id: e.call, program: e.program, host: e.host, name: e.name, task, lane, lanes: this.host(e.host).lanes, at: {} };
      this.calls.set(e.call, call);
    }
    Object.assign(call, { args: e.args ?? [], phase: e.phase });
    this.mark(call, e);
    for (const key of ["fd", "line", "wchan", "result", "errno", "duration", "tid", "text"]) {
      if (e[key] !== undefined) call[key] = e[key];
    }
    follow(this.programs.get(call.program), call);
    if (e.phase === "enter" && ENDING.has(e.name)) {
      call.phase = "return"; // it never does: the thread ends in it
      call.at.return = call.at.enter;
    }
    return call;
  }

  /** mark keeps which event told of a phase of thing, and which led to it. */
  mark(thing, { phase, seq, t, cause }) {
    thing.at[phase] = { seq, t, cause };
    this.about.set(seq, thing);
  }

  /** on_task gives a thread or a child process a lane of its own. */
  on_task(e) {
    const number = e.tid ?? e.pid;
    if (e.phase === "began") {
      const kind = e.tid ? "T" : "P";
      const before = [...this.tasks.values()].filter((k) => k.program === e.program && k.kind === kind).length;
      const host = this.host(e.host);
      this.tasks.set(number, { type: "task", kind, name: `${kind}${before + 1}`, program: e.program, host: e.host, lane: host.lanes++, at: { began: { seq: e.seq, t: e.t } } });
      return null;
    }
    const task = this.tasks.get(number);
    if (!task) return null;
    task.at.ended = { seq: e.seq, t: e.t };
    leave(this.programs.get(task.program), task);
    return null;
  }

  on_packet(e) {
    let p = this.packets.get(e.id);
    if (!p) {
      p = { type: "packet", id: e.id, from: e.from, to: e.to, summary: e.summary, at: {} };
      this.packets.set(e.id, p);
      this.number(p);
    }
    this.mark(p, e);
    if (e.data) p.data = e.data;
    if (e.derived) p.derived = true;
    this.fate(p, e);
    return p;
  }

  /** fate is what became of a packet. One that the wire made goes on as one that was sent. */
  fate(p, e) {
    if (e.of) p.of = e.of;
    switch (e.phase) {
      case "made":
        p.made = e.reason;
        p.at.sent = p.at.made;
        p.phase = "sent";
        break;
      case "changed":
        p.changed = e.reason;
        p.summary = e.summary;
        this.number(p);
        break;
      default:
        p.phase = e.phase;
        if (e.reason) p.reason = e.reason;
    }
    if (e.again) p.again = e.again;
    if (p.phase === "sent" || p.phase === "held") this.onWire.add(p);
    else this.onWire.delete(p);
  }

  /** number makes sequence numbers relative. */
  number(p) {
    const s = p.summary ?? {};
    if (s.seq === undefined) return;
    const key = `${s.src}>${s.dst}`;
    const back = `${s.dst}>${s.src}`;
    const flags = s.flags ?? [];
    const known = this.flows.get(key);
    if (known === undefined || (flags.includes("SYN") && known !== s.seq)) this.flows.set(key, s.seq);
    p.seq = (s.seq - this.flows.get(key)) >>> 0;
    if (s.ack !== undefined) p.ack = this.flows.has(back) ? (s.ack - this.flows.get(back)) >>> 0 : s.ack;
  }

  on_state(e) {
    const known = this.sockets.get(e.socket.id);
    const left = known && known.host !== e.host ? this.host(known.host) : null; // another program has taken it
    const s = Object.assign(known ?? { type: "socket", id: e.socket.id, recv: 0, send: 0 }, {
      host: e.host, proto: e.socket.proto, local: e.socket.local, remote: e.socket.remote,
      program: e.socket.program, fd: e.socket.fd, told: e.socket, state: e.to, was: e.from,
    });
    if (e.to === undefined) this.sockets.delete(s.id);
    else this.sockets.set(s.id, s);
    if (e.recv !== undefined) s.recv = e.recv;
    if (e.send !== undefined) s.send = e.send;
    if (left) this.line(left, s, false);
    this.line(this.host(e.host), s, e.to !== undefined);
    for (const host of [left, this.host(e.host)]) if (host) this.band(host, e);
    return s;
  }

  /** line puts a socket among those of its host, or takes it away, and keeps the one in front: the newest connection, or else the newest listener. */
  line(host, s, lives) {
    const list = s.proto === "tcp" ? host.tcp : host.others;
    if (lives) list.add(s);
    else list.delete(s);
    if (s === host.front && !(lives && s.remote)) host.front = null; // it is looked for when it is asked for
    else if (lives && host.front && list === host.tcp && ahead(s, host.front)) host.front = s;
  }

  on_queue(e) {
    const s = this.sockets.get(e.socket.id);
    if (s) Object.assign(s, { recv: e.recv ?? s.recv, send: e.send ?? s.send });
    return s ?? null;
  }

  on_info(e) {
    const s = this.sockets.get(e.socket.id);
    if (s) s.info = e.info;
    return s ?? null;
  }

  /** band adds a piece to a lifeline's band when its state is another one. */
  band(host, e) {
    const state = this.shown(host.name);
    const last = host.band.at(-1);
    if (last?.state === state) return;
    const piece = { type: "band", state, host: host.name, at: { seq: e.seq, t: e.t } };
    if (last) last.until = piece.at;
    host.band.push(piece);
  }

  /** shown is the state that the lifeline of a host shows. */
  shown(name) {
    const host = this.hosts.get(name);
    host.front ??= [...host.tcp].reduce((front, s) => (ahead(s, front) ? s : front), null);
    if (host.front) return host.front.state;
    if (host.tcp.size > 0 || host.others.size === 0) return "CLOSE";
    return [...host.others].some((s) => s.proto === "udp") ? "UDP" : "UNIX";
  }

  on_print(e) {
    const p = this.programs.get(e.program);
    if (p?.doing === "starting") p.doing = "running"; // it may wait for a line before its first call
    p?.output.push({ stream: e.stream ?? "stdout", text: e.text ?? "" });
    return p ?? null;
  }

  on_input(e) {
    const p = this.programs.get(e.program);
    p?.output.push({ stream: "input", text: e.text ?? "" });
    return p ?? null;
  }

  on_exit(e) {
    const p = this.programs.get(e.program);
    if (!p) return null;
    const { code, signal, error, limit, line, seq, t } = e;
    p.open.clear();
    Object.assign(p, { doing: "exited", call: null, exit: { code, signal, error, limit, line, seq, t } });
    return p;
  }

  on_wire(e) {
    this.wire = e.wire;
    if (e.until) this.until = e.phase === "began" ? e.until : null;
    return null;
  }

  on_note(e) {
    const note = { type: "note", code: e.text, error: e.error, seq: e.seq };
    this.notes.push(note);
    return note;
  }

  on_end(e) {
    this.ended = String(e.cause);
    for (const p of this.programs.values()) if (p.doing !== "exited") p.doing = "ended";
    return null;
  }

  /** lose: nobody tells how the run goes on; it stands as it is. */
  lose() {
    this.on_end({ cause: "gone" });
  }

  /** held is the packets that wait in our hands, oldest first. */
  held() {
    if (this.ended || this.past) return [];
    return [...this.onWire].filter((p) => p.phase === "held").sort((a, b) => a.at.held.seq - b.at.held.seq);
  }
}

/** ahead says that a socket stands before another: a connection before a listener, and the newer before the older. */
function ahead(s, other) {
  const rank = (x) => (x.remote ? 2 : x.state === "LISTEN" ? 1 : 0);
  return rank(s) > 0 && (!other || rank(s) > rank(other) || (rank(s) === rank(other) && s.id > other.id));
}

/** newProgram: open, doing, call and line are doing.js's. */
function newProgram(p, lane) {
  return { type: "program", lane, name: p.name, host: p.host, file: p.file, doing: "starting", open: new Set(), call: null, line: 0, output: [], exit: null };
}
