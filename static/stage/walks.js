// The way of each end of a connection through TCP's states, and what caused
// each step. It knows nothing of the page.

export class Walks {
  constructor() {
    this.ends = new Map(); // by lifeline: {host, socket, state, connection, walk: [{from, to, seq, t, cause, unseen}]}
    this.listeners = new Map(); // ways of those that listened, by lifeline and port
    this.things = new Map(); // calls and packets by the events that tell of them
  }

  /** take takes an event in; whether an end has moved. */
  take(e, thing) {
    if (thing?.type === "call" || thing?.type === "packet") this.things.set(e.seq, thing);
    if (e.kind !== "state" || e.socket?.proto !== "tcp" || e.from === e.to) return false;
    const end = this.end(e);
    if (!end) return false;
    end.connection ||= connected(e);
    if (!e.from && e.to === "CLOSE") return true; // it has just come to be
    const from = end.walk.at(-1)?.to ?? e.from ?? "CLOSE";
    const to = e.to ?? "CLOSE";
    const cause = this.things.get(e.cause) ?? null;
    if (from !== to) end.walk.push({ from, to, seq: e.seq, t: e.t, cause, unseen: to === "CLOSE" && ordinary(cause) });
    end.state = to;
    if (to === "LISTEN") this.listeners.set(port(e), end.walk);
    return true;
  }

  /** end is that of the lifeline which the event moves: its newest connection, and before there is one its listener. */
  end(e) {
    const known = this.ends.get(e.host);
    if (known?.socket === e.socket.id) return known;
    const newer = connected(e) && (e.from ?? "CLOSE") === "CLOSE";
    if (known && !newer && (known.connection || e.to !== "LISTEN")) return null;
    const walk = newer && !e.from ? this.listened(port(e)) : []; // it came out of the listener
    const end = { host: e.host, socket: e.socket.id, state: "CLOSE", connection: false, walk };
    this.ends.set(e.host, end);
    return end;
  }

  /** listened is the way of a port's listener until it listened. */
  listened(at) {
    const walk = this.listeners.get(at) ?? [];
    return walk.slice(0, walk.findLastIndex((w) => w.to === "LISTEN") + 1);
  }
}

const port = (e) => `${e.host} ${/\d+$/.exec(e.socket.local ?? "")}`;

/** ordinary says of a cause that it is a segment which ends no connection at once: then states between went by unseen. */
const ordinary = (cause) => cause?.summary?.proto === "TCP" && !cause.summary.flags?.includes("RST");

const connected = (e) => Boolean(e.socket.remote) || e.to === "SYN_SENT";
