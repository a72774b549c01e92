// Two runs beside each other: what changed, in sentences, and then call by
// call and packet by packet. The other run is the one before on this page, or
// one that is opened by its link or from a file.

import { align, items, replayed } from "./align.js";
import { changes, facts } from "./facts.js";
import { told } from "./factwords.js";
import { button, el, set, sheet, text } from "./dom.js";
import { callLabels, packetLabels } from "./labels.js";
import { about, parse, read } from "./read.js";

const ROWS = 2000; // shown; the summary counts all

export class View {
  constructor({ t, on, lab }) {
    Object.assign(this, { t, on, lab, still: "still" in document.documentElement.dataset }); // no server has other runs
    sheet(new URL("../runs.css", import.meta.url).href);
    this.previous = button(t("with-previous"), { "data-testid": "compare-previous" }, () => this.choose(null));
    this.field = el("input", { type: "text", "aria-label": t("link"), placeholder: t("link-hint"), autocomplete: "off", spellcheck: "false", "data-testid": "compare-link" });
    this.file = el("input", { type: "file", accept: ".json,application/json", "data-testid": "compare-file", onchange: () => this.open(() => this.fromFile()) });
    this.said = el("p", { class: "hint", role: "status", "data-testid": "compare-said" }, t(lab.kept ? "opening" : this.still ? "none-still" : "none"));
    this.summary = el("div", { "data-testid": "changes" });
    const only = el("input", { type: "checkbox", "data-testid": "compare-only", onchange: () => set(this.table, { "data-only": only.checked }) });
    this.only = el("label", { class: "check", hidden: true }, only, el("span", {}, t("only-differences")));
    this.heads = [el("th", { scope: "col" }), el("th", { scope: "col" }, t("mark")), el("th", { scope: "col" })];
    this.body = el("tbody", { onclick: (e) => this.chosen(e.target.closest("button")) });
    this.table = el("table", { class: "compared", hidden: true, "data-testid": "compared" }, el("caption", {}, t("caption")), el("thead", {}, el("tr", {}, ...this.heads)), this.body);
    this.node = el("div", { class: "sidebyside" }, el("form", { class: "group", onsubmit: (e) => this.submit(e) }, this.previous,
      !this.still && this.field, !this.still && el("button", { "data-testid": "compare-open" }, t("open")), el("label", { class: "file" }, t("file"), " ", this.file)), this.said, this.summary, this.only, this.table);
    this.other = undefined; // null is the run before, else {events, programs, label}
    this.linked();
  }

  /** linked opens the run that the address of the page names beside its own. */
  linked() {
    const id = this.lab.kept && new URLSearchParams(location.search).get("with");
    if (!id) return;
    this.field.value = id;
    this.open(() => this.fromLink());
  }

  reset(model) {
    this.model = model;
  }

  take() {}

  /** draw compares, when there is something new to compare. */
  draw(model) {
    this.model = model;
    const { mine, before, over, earlier } = this.on.runs();
    set(this.previous, { hidden: this.lab.kept || null, "aria-disabled": before ? null : "true" });
    if (this.busy) return;
    const other = this.other ?? before;
    if (!other && over && earlier && !this.asked) return this.fetched(earlier);
    if (!other || !over || mine.events.length === 0) {
      if (!this.problem) this.clear(other ? "wait" : this.lab.kept ? "choose" : mine.events.length === 0 ? "none" : "again");
      return;
    }
    if (this.shown?.other === other && this.shown.events === mine.events) return;
    try {
      this.compare(other, mine);
    } catch { // an event of the other run makes no sense
      this.clear("broken-run");
      set(this.said, { "data-code": "broken-run" });
    }
    this.shown = { other, events: mine.events };
  }

  clear(why) {
    this.shown = null;
    text(this.said, this.t(this.still ? why.replace(/^(none|again)$/, "$1-still") : why));
    set(this.said, { "data-code": null });
    this.summary.replaceChildren();
    for (const n of [this.table, this.only]) set(n, { hidden: true });
  }

  /** choose takes another run to compare with; null is the run before. */
  choose(other) {
    Object.assign(this, { other, shown: null, problem: false });
    if (this.model) this.draw(this.model);
  }

  submit(e) {
    e.preventDefault();
    this.open(() => this.fromLink());
  }

  /** open gets another run; what is shown stays when there is none. */
  async open(get) {
    this.busy = true;
    text(this.said, this.t("opening"));
    try {
      this.choose(await get());
    } catch (err) {
      this.problem = true;
      text(this.said, (err.code && err.message) || this.t(err.code ?? "broken-run"));
      set(this.said, { "data-code": err.code ?? "broken-run" });
    }
    this.busy = false;
    if (this.model) this.draw(this.model);
  }

  /** fetched gets the run before from the server, which keeps it for a while: this page was loaded since. */
  fetched(sandbox) {
    this.asked = true;
    this.open(() => read(`/api/sandboxes/${sandbox}/recording.json`).catch(() => null));
  }

  async fromLink() {
    const id = /(?:^|\/runs\/)([A-Z2-7]{26})(?:$|[?#/])/.exec(this.field.value.trim())?.[1];
    if (!id) throw Object.assign(new Error(this.t("no-link")), { code: "no-link" });
    const [head, { events }] = await Promise.all([about(`/api/runs/${id}`), read(`/api/runs/${id}/recording.json`)]);
    if (this.lab.kept) history.replaceState(null, "", `?with=${id}${location.hash}`);
    return { events, programs: head.programs, label: `${head.title[this.lab.lang]}, ${new Date(head.began).toLocaleString(this.lab.lang)}` };
  }

  async fromFile() {
    const [file] = this.file.files;
    const { events } = parse(await file.text());
    return { events, label: file.name };
  }

  compare(other, mine) {
    const { t } = this;
    const [a, b] = [replayed(other.events), replayed(mine.events)];
    const before = !other.label;
    const name = other.label ?? t("previous");
    this.summary.replaceChildren(...told(changes(facts(other, a), facts(mine, b)), { t, page: this.on.page, before, name }));
    const { rows, cut } = align(items(a), items(b));
    text(this.heads[0], name);
    text(this.heads[2], t("this"));
    this.body.replaceChildren(...rows.slice(0, ROWS).map((r) => this.row(r)));
    for (const n of [this.table, this.only]) set(n, { hidden: false });
    const differ = rows.filter((r) => !r.a || !r.b || r.differs.length > 0).length;
    text(this.said, [t("compared", { n: rows.length, differ }), cut || rows.length > ROWS ? t("cut") : ""].filter(Boolean).join(" "));
    set(this.said, { "data-code": null });
  }

  row({ a, b, differs = [] }) {
    const { t } = this;
    const kind = !b ? "left" : !a ? "right" : differs.length ? "differs" : "same";
    const parts = differs.map((k) => t(`part-${k}`)).join(", ");
    const words = t(`mark-${kind}`, { parts });
    return el("tr", { "data-mark": kind }, this.cell(a), el("td", { class: "mark" }, el("span", { role: "img", "aria-label": words, title: words }, MARKS[kind])),
      this.cell(b, b && el("small", {}, parts && `≠ ${parts}`)));
  }

  /** cell is a call or packet; of the run on the stage, which has a note, it can be chosen. */
  cell(item, note) {
    if (!item) return el("td", { class: "absent" });
    const { thing } = item;
    const label = thing.type === "call" ? `${thing.program}: ${callLabels(thing, true)[0]}` : `${thing.from} → ${thing.to}: ${packetLabels(thing, this.on.page)[0]}${lost(thing) ? " ✗" : ""}`;
    const words = [el("time", {}, (item.t / 1e9).toFixed(4)), " ", label];
    if (!note) return el("td", {}, ...words);
    return el("td", {}, el("button", { type: "button", class: "line", "data-thing": `${thing.type} ${thing.id}` }, ...words), note);
  }

  chosen(node) {
    const [type, id] = (node?.dataset.thing ?? "").split(" ");
    const thing = type && this.model[`${type}s`].get(Number(id));
    if (thing) this.on.select(thing);
  }

  select(thing) {
    for (const n of this.body.querySelectorAll("[aria-current]")) set(n, { "aria-current": null });
    set(this.body.querySelector(`[data-thing="${thing.type} ${thing.id}"]`) ?? el("i"), { "aria-current": "true" });
  }
}

const MARKS = { same: "=", differs: "≠", left: "−", right: "+" };

const lost = (p) => p.phase === "dropped" || p.phase === "discarded";
