// The hosts of a stage, each with its programs and its sockets, at the sides
// of the diagram. Where the stage is too narrow for sides (stage.css says
// when) they are tabs below it, of which one is open; the choice is
// remembered. A tab says when a program in it is held, or has failed.

import { el, remember, remembered, set, tabKey, text } from "./dom.js";
import { lanes } from "./model.js";
import { SocketsTable } from "./sockets.js";

const KEY = "fivetuple host";

export class Hosts {
  /** panes are the programs' panes, lab the name of the lab; stage is watched for its width. */
  constructor(stage, { t, panes, lab }) {
    this.t = t;
    this.all = lanes(new Set(panes.map((p) => p.host))).map((name) => this.host(name, panes.filter((p) => p.host === name), `${lab}-host-${name}`));
    const half = Math.ceil(this.all.length / 2);
    const side = (where, hosts) => hosts.length > 0 && el("div", { class: `side ${where}` }, ...hosts.map((h) => h.node));
    this.sides = [side("left", this.all.slice(0, half)), side("right", this.all.slice(half))].filter(Boolean);
    this.tabs = el("div", { class: "tabs hosts", role: "tablist", "aria-label": t("hosts"), "data-testid": "host-tabs", onkeydown: (e) => this.key(e) }, ...this.all.map((h) => h.tab));
    this.current = this.all.find((h) => h.name === remembered(KEY)) ?? this.all[0];
    if (this.all.length > 1) new ResizeObserver(() => this.fit()).observe(stage);
    else this.tabs.hidden = true;
  }

  host(name, panes, id) {
    const table = new SocketsTable(name, this.t);
    const says = el("span", { class: "says" });
    const node = el("div", { class: "host", id, "data-host": name }, el("h3", {}, name), ...panes.map((p) => p.node), table.node);
    const tab = el("button", { type: "button", role: "tab", id: `${id}-tab`, "aria-controls": id, "data-testid": `host-tab-${name}`, onclick: () => this.choose(name) }, name, " ", says);
    return { name, panes, table, node, tab, says };
  }

  key(e) {
    const to = tabKey(e, this.all.indexOf(this.current), this.all.length);
    if (to === undefined) return;
    this.choose(this.all[to].name);
    this.current.tab.focus();
  }

  choose(name) {
    this.current = this.all.find((h) => h.name === name);
    remember(KEY, name);
    this.show();
  }

  /** fit makes tabs of the hosts, or no longer, when the stage has become narrow or wide. */
  fit() {
    const narrow = this.tabs.offsetParent !== null;
    if (this.narrow === narrow) return;
    this.narrow = narrow;
    for (const { node, tab } of this.all) set(node, { role: narrow && "tabpanel", "aria-labelledby": narrow && tab.id });
    this.show();
  }

  show() {
    for (const h of this.all) {
      const chosen = h === this.current;
      set(h.tab, { "aria-selected": String(chosen), tabindex: chosen ? "0" : "-1" });
      set(h.node, { hidden: this.narrow && !chosen });
      if (chosen) for (const p of h.panes) p.reveal();
    }
  }

  /** give puts a step's programs into their panes, and takes back what an earlier step put there. The panes that it gives back have no version of it in their language. */
  give(programs, versions) {
    const panes = this.all.flatMap((h) => h.panes);
    for (const pane of panes) pane.takeStepBack();
    return panes.filter((p) => programs[p.name] !== undefined && !p.give(programs[p.name], versions[p.name]));
  }

  /** draw shows what the model knows of the hosts; live says that commands can be given. */
  draw(model, live) {
    for (const { panes, table, tab, says } of this.all) {
      const programs = panes.map((p) => model.programs.get(p.name)).filter(Boolean);
      panes.forEach((p) => model.programs.has(p.name) && p.draw(model.programs.get(p.name), live));
      table.draw(model);
      const state = programs.some(failed) ? "failed" : live && programs.some((p) => p.doing === "held") ? "held" : "";
      set(tab, { "data-says": state || null });
      text(says, state ? this.t(`tab-${state}`) : "");
    }
  }
}

/** failed says that a program has ended as it should not. */
const failed = ({ exit }) => Boolean(exit && (exit.error || exit.code || exit.signal || exit.limit));
