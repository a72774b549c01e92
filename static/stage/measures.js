// What the events of a run say of its sockets in numbers, as columns for
// charts. It knows nothing of the page.

import { timeSequence } from "./timesequence.js";

/** The charts of TCP_INFO: names of its fields, what they are divided by, and the words for their unit. */
const INFOS = {
  window: { unit: "segments", fields: [["cwnd"], ["ssthresh"], ["in_flight"]] },
  times: { unit: "milliseconds", fields: [["rtt", 1e6], ["rto", 1e6]] },
  windows: { unit: "bytes", fields: [["snd_wnd"], ["rcv_wnd"], ["notsent"]] },
};

export class Measures {
  constructor() {
    this.sockets = new Map(); // by key: {kind, key, socket, infos: [[t, info]], queues: [[t, e]], packets}
    this.keys = new Map(); // of sockets, by id
    this.packets = new Map(); // by direction: "src > dst"
    this.count = 0; // of what was taken in
  }

  take(e, thing) {
    if (e.kind === "packet") this.packet(e, thing);
    else if (e.socket) this.socket(e);
  }

  packet(e, p) {
    const { summary } = p ?? {};
    if (summary?.proto !== "TCP" || summary.seq === undefined) return;
    this.count++; // it may have been delivered, or dropped
    if (e.phase !== "sent" && e.phase !== "made") return;
    const key = `${summary.src} > ${summary.dst}`;
    this.of(key, "connection");
    if (!this.packets.has(key)) this.packets.set(key, []);
    this.packets.get(key).push(p);
  }

  socket(e) {
    const { socket } = e;
    const kind = this.kind(e);
    const key = this.keys.get(socket.id) ?? (kind && (kind === "connection" ? `${socket.local} > ${socket.remote}` : `${kind} ${socket.id}`));
    if (!key) return;
    this.keys.set(socket.id, key);
    const of = this.of(key, kind);
    of.socket = { ...of.socket, ...socket };
    if (e.kind === "info") of.infos.push([e.t / 1e9, e.info]);
    else if (e.kind === "queue") of.queues.push([e.t / 1e9, e]);
    else return;
    this.count++;
  }

  /** kind is what an event shows its socket to be; nothing of a TCP socket that neither listens nor has a peer. */
  kind({ socket, to, syn }) {
    if (socket.proto === "udp") return "udp";
    if (socket.proto !== "tcp") return "unix";
    if (socket.remote) return "connection";
    return to === "LISTEN" || syn !== undefined ? "listener" : null;
  }

  of(key, kind) {
    if (!this.sockets.has(key)) this.sockets.set(key, { key, kind, socket: null, infos: [], queues: [] });
    return this.sockets.get(key);
  }

  /** choices are the sockets and directions of which there is something to draw, connections first. */
  choices() {
    const rank = (s) => (s.kind === "connection" ? 0 : 1);
    return [...this.sockets.values()].filter((s) => s.infos.length > 0 || s.queues.length > 0 || this.packets.has(s.key)).sort((a, b) => rank(a) - rank(b));
  }

  /** back is the key of the other direction. */
  back(key) {
    return key.split(" > ").reverse().join(" > ");
  }

  /** charts are those of a choice: {name, unit, x, series: [{key, values, low}], shapes}. */
  charts(key) {
    const of = this.sockets.get(key);
    if (!of) return [];
    const charts = of.kind === "connection" ? [this.sequence(key), queues("queues", of, ["recv", "send"]), ...infos(of)]
      : of.kind === "listener" ? [queues("accepts", of, ["accept", "syn", "backlog"])]
        : of.kind === "udp" ? [queues("queues", of, ["recv", "send"]), queues("drops", of, ["drops"])] : [queues("queues", of, ["recv", "send"])];
    return charts.filter((c) => c.x.length > 0);
  }

  /** sequence is the time–sequence diagram as columns, one for each moment. */
  sequence(key) {
    const shapes = timeSequence(this.packets.get(key) ?? [], this.packets.get(this.back(key)) ?? []);
    const points = [
      ...shapes.segments.map((s) => ({ t: s.t, [s.again ? "again" : "sent"]: s.to, low: s.from })),
      ...shapes.sacks.map((s) => ({ t: s.t, sacked: s.to, low: s.from })),
      ...shapes.acks.map((a, i) => ({ t: a.t, acknowledged: a.at, top: shapes.tops[i].at })),
    ].sort((a, b) => a.t - b.t);
    const column = (name) => points.map((p) => p[name] ?? null);
    const low = column("low");
    return {
      name: "sequence", unit: "bytes", shapes, x: column("t"),
      series: [...["sent", "again", "sacked"].map((name) => ({ key: name, values: column(name), low })), ...["acknowledged", "top"].map((name) => ({ key: name, values: column(name) }))],
    };
  }
}

/** What a series of queues is in an event. */
const QUEUES = { recv: (e) => e.recv, send: (e) => e.send, accept: (e) => e.recv, backlog: (e) => e.send, syn: (e) => e.syn ?? 0, drops: (e) => e.drops ?? 0 };

function queues(name, { queues: all }, keys) {
  return { name, unit: { queues: "bytes", accepts: "connections", drops: "datagrams" }[name], x: all.map(([t]) => t), series: keys.map((key) => ({ key, values: all.map(([, e]) => QUEUES[key](e)) })) };
}

function infos({ infos: all }) {
  return Object.entries(INFOS).map(([name, { unit, fields }]) => ({
    name, unit, x: all.map(([t]) => t), series: fields.map(([key, by = 1]) => ({ key, values: all.map(([, info]) => (info[key] === undefined ? null : info[key] / by)) })),
  }));
}
