// The sockets of each host as ss prints them at this moment. A line chooses
// its socket: in the tables of sockets, and with its packets in the diagram.

import { el, set } from "./dom.js";
import { carries } from "./own.js";
import { headParts, socketParts } from "./ssparts.js";
import { COMMAND, lines, machines, rows } from "./sslines.js";
import { ToolText } from "./tooltext.js";

export class View extends ToolText {
  constructor(stage) {
    super(stage, "ss", []);
    this.file = el("a", { download: "ss.txt", "data-testid": "get-ss.txt" }, stage.t("get"));
    this.say.before(this.file, " ");
    this.titles = new Map(); // by host
  }

  reset() {
    if (this.on.runs().mine.events.length === 0) this.close(); // another run begins
    this.thing = null;
  }

  draw(model) {
    const before = this.whole();
    this.put(machines(model).flatMap(({ name, sockets }) => this.host(name, rows(sockets, model))));
    this.chosen(this.items.get(this.open)?.socket);
    if (before === this.whole() && this.file.href) return;
    if (this.open !== null) this.tell();
    const text = [...this.items.values()].map((x) => `${x.node?.textContent ?? x.line}\n`).join("");
    set(this.file, { href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}` });
  }

  /** host is the items of a host: what was typed, the head, and a line for each socket. */
  host(name, all) {
    if (!this.titles.has(name)) this.titles.set(name, el("h4", {}, this.t("prompt", { host: name, command: COMMAND })));
    const [head, ...below] = lines(all);
    return [{ key: `${name}$`, node: this.titles.get(name) }, { key: `${name} head`, line: head },
      ...all.map((row, i) => ({ key: `${name} ${row.socket.id}`, line: below[i], ...row }))];
  }

  explain(item) {
    return item.socket ? socketParts(item, this.t) : headParts(this.t);
  }

  choose(key) {
    super.choose(key);
    this.chosen(this.items.get(this.open)?.socket);
  }

  /** chosen marks a socket everywhere, and takes away the mark of the one before. */
  chosen(socket) {
    if (socket === this.marked) return;
    this.marked = socket;
    this.on.own(socket?.id, socket && carries(socket));
  }

  isAbout(item) {
    const { thing } = this;
    if (!thing || !item?.socket) return false;
    return thing.type === "packet" ? carries(item.socket)(thing) : item.socket.program === thing.program && item.socket.fd !== undefined && item.socket.fd === thing.fd;
  }

  /** select marks the lines of the sockets that a call or a packet concerns. */
  select(thing) {
    this.thing = thing;
    this.mark();
  }
}
