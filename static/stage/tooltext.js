// Lines as a tool prints them. Each is a button: it chooses what it tells of
// in every view, and is taken apart in place, below it. One of them is a stop
// of the tab key; arrows move among them.

import { copy } from "./copy.js";
import { button, el, enable, set, text } from "./dom.js";

export class ToolText {
  /** files are the forms of the run to download: pairs of address and name. */
  constructor({ t, on, lab }, name, files) {
    Object.assign(this, { t, on, name });
    this.items = new Map(); // by key: {key, line, apart, thing}
    this.nodes = new Map(); // buttons by key
    this.open = null; // the key of the line that is taken apart
    this.say = el("span", { role: "status", "data-testid": "tool-said" });
    this.apart = el("div", { class: "apart", id: `${lab.name}-apart-${name}`, "data-testid": "apart" });
    this.lines = el("div", { class: "tool", role: "group", "aria-label": t("label"), "data-testid": `tool-${name}`, onkeydown: (e) => this.key(e) });
    this.copyLine = button(t("copy-line"), { "data-testid": "copy-line" }, () => this.copy(this.items.get(this.open).line));
    this.files = files.map(([address, words]) => [address, el("a", { download: true, "data-testid": `get-${address}` }, words)]);
    this.node = el("div", { class: "tool-view" },
      el("div", { class: "group" }, button(t("copy"), { "data-testid": "copy-all" }, () => this.copy(this.whole())), this.copyLine, ...this.files.map(([, a]) => a), this.say),
      el("p", { class: "hint" }, t("hint")), this.lines);
    enable(this.copyLine, false);
  }

  reset() {
    this.close();
    this.thing = null;
  }

  take() {}

  /** put shows items, lines and what stands between them: {key, line} or {key, node}, and keeps what is there already. */
  put(items) {
    this.items = new Map(items.map((x) => [x.key, x]));
    for (const [key, node] of this.nodes) {
      if (this.items.has(key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    if (!this.items.has(this.open)) this.close();
    let at = this.lines.firstChild;
    for (const item of items) {
      for (const node of [item.node ?? this.button(item), ...(item.key === this.open ? [this.apart] : [])]) {
        if (node === at) at = at.nextSibling;
        else this.lines.insertBefore(node, at);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    for (const [address, a] of this.files) set(a, { href: this.on.file(address) });
    this.reach();
    this.mark();
  }

  button(item) {
    let node = this.nodes.get(item.key);
    if (!node) {
      node = el("button", { type: "button", class: "line", tabindex: "-1", "aria-expanded": "false", onclick: () => this.choose(item.key) });
      this.nodes.set(item.key, node);
    }
    text(node, item.line);
    return node;
  }

  /** whole is all lines, as they are copied. */
  whole() {
    return [...this.items.values()].filter((x) => !x.node).map((x) => `${x.line}\n`).join("");
  }

  /** choose takes a line apart, and chooses what it tells of; the line that is open already is closed. */
  choose(key) {
    if (key === this.open) {
      this.close();
      return;
    }
    const { thing } = this.items.get(key);
    this.expand(key);
    if (thing) this.on.select(thing);
  }

  expand(key) {
    this.close();
    this.open = key;
    const node = this.nodes.get(key);
    set(node, { "aria-expanded": "true", "aria-controls": this.apart.id });
    this.tell();
    node.after(this.apart);
    enable(this.copyLine, true);
    this.reach();
    this.mark();
  }

  /** tell writes below the open line what its parts say. */
  tell() {
    const { say, parts } = this.explain(this.items.get(this.open));
    this.apart.replaceChildren(el("p", {}, say), el("dl", {}, ...parts.filter(([, words]) => words).flatMap(([code, words]) => [el("dt", {}, el("code", {}, code)), el("dd", {}, words)])));
  }

  close() {
    const node = this.nodes.get(this.open);
    if (node) set(node, { "aria-expanded": "false", "aria-controls": null });
    this.open = null;
    this.apart.remove();
    enable(this.copyLine, false);
    this.mark();
  }

  /** reach lets the tab key reach the open line, or the first. */
  reach() {
    const [first] = this.nodes.values();
    const one = this.nodes.get(this.open) ?? (this.lines.contains(document.activeElement) ? document.activeElement : first);
    for (const node of this.nodes.values()) if (node.tabIndex === 0 && node !== one) node.tabIndex = -1;
    if (one) one.tabIndex = 0;
  }

  mark() {
    for (const [key, node] of this.nodes) {
      const marked = key === this.open || this.isAbout(this.items.get(key));
      if (marked !== node.hasAttribute("aria-current")) set(node, { "aria-current": marked ? "true" : null });
    }
  }

  /** isAbout says whether an item tells of what was chosen. */
  isAbout(item) {
    return Boolean(item) && item.thing === this.thing && Boolean(item.thing);
  }

  /** select marks the lines about a call or a packet that was chosen, and takes the first of them apart. */
  select(thing) {
    this.thing = thing;
    const about = [...this.items.values()].filter((x) => this.isAbout(x));
    if (about.length > 0 && !about.some((x) => x.key === this.open)) this.expand(about[0].key);
    else if (about.length === 0 && this.items.get(this.open)?.thing) this.close();
    else this.mark();
    this.reveal();
  }

  /** reveal scrolls the open line into sight, and nothing but the lines. */
  reveal() {
    const node = this.nodes.get(this.open);
    if (!node || this.lines.clientHeight === 0) return;
    const above = node.offsetTop - this.lines.offsetTop - this.lines.scrollTop;
    if (above < 0 || above + node.offsetHeight + this.apart.offsetHeight > this.lines.clientHeight) this.lines.scrollTop += above - 8;
  }

  key(e) {
    const keys = [...this.items.values()].filter((x) => !x.node).map((x) => x.key);
    const at = keys.findIndex((k) => this.nodes.get(k) === e.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[e.key];
    if (at < 0 || to === undefined || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    const key = keys[Math.max(0, Math.min(to, keys.length - 1))];
    if (key !== this.open) this.choose(key);
    this.nodes.get(key).focus({ preventScroll: true });
    this.reveal();
  }

  async copy(words) {
    text(this.say, ""); // the same words twice are told twice
    text(this.say, this.t((await copy(words)) ? "copied" : "not-copied"));
  }
}
