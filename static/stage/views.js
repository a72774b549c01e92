// The views of the same run, under the diagram: tabs, of which one is open.
// A view is a module that is loaded when its tab is first opened; it then
// takes in the whole run so far.
//
// A view module exports the class View:
//
//   new View({t, on, lab})  t gives its words, on as in Stage.actions
//   node                    its element
//   reset(model)            begins with a run, of which nothing is known yet
//   take(e, thing)          takes an event in, after the model has
//   draw(model)             draws what changed, when it is to be seen
//   select(thing)           marks the call or packet that was chosen anywhere
//   own(carries)            marks the packets of a socket, where it has them
//
// Its words are in words/NAME.LANG.json beside it.

import { el, remember, remembered, set, sheet, tabKey, words } from "./dom.js";

/** The views, in the order of their tabs, and how each is loaded. */
const MODULES = {
  packets: () => import("./packets.js"),
  inspector: () => import("./inspector.js"),
  states: () => import("./states.js"),
  charts: () => import("./charts.js"),
  ss: () => import("./ss.js"),
  strace: () => import("./strace.js"),
  tcpdump: () => import("./tcpdump.js"),
  compare: () => import("./compare.js"),
};

export const NAMES = ["story", ...Object.keys(MODULES)];

const KEY = "fivetuple view";

export class Views {
  /** story is what the first tab shows: elements that are there already. */
  constructor({ t, on, lab, story }) {
    Object.assign(this, { t, on, lab });
    this.events = []; // of the run, with the things they are about
    this.open = new Map(); // views by name
    this.tabs = new Map();
    this.panels = new Map([["story", el("div", { class: "more" }, ...story)]]);
    for (const name of NAMES) this.add(name);
    this.node = el("section", { class: "views", "aria-label": t("views") },
      el("div", { class: "tabs", role: "tablist", "aria-label": t("views"), onkeydown: (e) => this.key(e) }, ...this.tabs.values()),
      ...this.panels.values());
    this.show(remembered(KEY));
  }

  add(name) {
    const panel = this.panels.get(name) ?? el("div", { class: "view" });
    set(panel, { role: "tabpanel", id: `${this.lab.name}-view-${name}`, "aria-labelledby": `${this.lab.name}-tab-${name}`, "data-testid": `view-${name}` });
    this.panels.set(name, panel);
    this.tabs.set(name, el("button", {
      type: "button", role: "tab", id: `${this.lab.name}-tab-${name}`, "aria-controls": panel.id, "data-testid": `tab-${name}`, onclick: () => this.show(name),
    }, this.t(`view-${name}`)));
  }

  /** key moves between the tabs. */
  key(e) {
    const to = tabKey(e, NAMES.indexOf(this.current), NAMES.length);
    if (to === undefined) return;
    this.show(NAMES[to]);
    this.tabs.get(this.current).focus();
  }

  show(name) {
    this.current = NAMES.includes(name) ? name : "story";
    remember(KEY, this.current);
    for (const n of NAMES) {
      const chosen = n === this.current;
      set(this.tabs.get(n), { "aria-selected": String(chosen), tabindex: chosen ? "0" : "-1" });
      set(this.panels.get(n), { hidden: !chosen });
    }
    this.load(this.current);
    if (this.model) this.draw(this.model);
  }

  async load(name) {
    if (name === "story" || this.open.has(name)) return;
    this.open.set(name, null); // on its way
    const panel = this.panels.get(name);
    panel.replaceChildren(el("p", { class: "empty", role: "status" }, this.t("view-loading")));
    try {
      const [{ View }, strings] = await Promise.all([MODULES[name](), this.words(name), sheet(new URL("../views.css", import.meta.url).href), this.on.ready()]);
      const view = new View({ t: words(strings), on: this.on, lab: this.lab });
      this.open.set(name, view);
      panel.replaceChildren(view.node);
      view.reset(this.model);
      for (const [e, thing] of this.events) view.take(e, thing);
      if (this.selected) view.select(this.selected);
      if (this.model) view.draw(this.model);
    } catch {
      this.open.delete(name);
      panel.replaceChildren(el("p", { class: "empty", role: "alert" }, this.t("view-failed")));
    }
  }

  async words(name) {
    const answer = await fetch(new URL(`words/${name}.${this.lab.lang}.json`, import.meta.url));
    return answer.json();
  }

  reset(model) {
    this.model = model;
    this.events = [];
    this.selected = null;
    for (const view of this.open.values()) view?.reset(model);
  }

  take(e, thing) {
    this.events.push([e, thing]);
    for (const view of this.open.values()) view?.take(e, thing);
  }

  draw(model) {
    this.open.get(this.current)?.draw(model);
  }

  /** own marks the packets of a socket, as carries says. */
  own(carries) {
    for (const view of this.open.values()) view?.own?.(carries);
  }

  select(thing) {
    this.selected = thing;
    for (const view of this.open.values()) view?.select(thing);
  }
}
