// The stage of a lab: <ft-stage>. It starts sandboxes, takes their events
// through the model and lets every view draw what changed, once a frame.
//
// The page hands in, as data attributes: data-lab (the lab, JSON),
// data-strings (the words, JSON), and, where it shows a recorded run in the
// place of live ones, data-run (the folder of that run). Its children are the
// programs' texts, readable without scripts.

import { actions, because, load, loopback } from "./actions.js";
import { check, el, set, text, words } from "./dom.js";
import { Details } from "./details.js";
import { Hosts } from "./hosts.js";
import { help, listen, shortcuts } from "./keys.js";
import { Run } from "./model.js";
import { Narrative } from "./narrative.js";
import { Note } from "./note.js";
import { Over } from "./over.js";
import { ProgramPane } from "./program.js";
import { Replay } from "./replay.js";
import { Session } from "./session.js";
import { Toolbar } from "./toolbar.js";
import { Views } from "./views.js";

export class Stage extends HTMLElement {
  connectedCallback() {
    if (this.model) return;
    this.lab = JSON.parse(this.dataset.lab);
    this.t = words(JSON.parse(this.dataset.strings));
    this.settings = { ...this.lab.wire }; // of the wire, as the next run begins with it
    this.wireNow = { ...this.settings }; // as it is in the run, whose timeline may have changed it
    this.suggested = this.lab.start;
    this.model = new Run();
    this.all = []; // events of the run
    this.recorded = this.source();
    this.build();
    this.show();
    if (!this.lab.unavailable) this.session.resume();
  }

  /** recorded is what stands in the place of Session and Toolbar for a recorded run: recorded.js, which pages load that have one, puts it here. */
  static recorded = null;

  /** source sets where the events come from, and says whether they were recorded. */
  source() {
    const recorded = "run" in this.dataset;
    this.session = recorded ? new Stage.recorded.Session(this) : new Session(this);
    return recorded;
  }

  /** bar is the controls above the hosts. */
  bar(t, on, marks) {
    return this.recorded ? new Stage.recorded.Bar({ t, on, marks }) : new Toolbar({ t, on, marks, hosts: this.lab.wired ?? [] });
  }

  build() {
    const { t } = this;
    const on = actions(this);
    this.marks = [check(t, "relative", true, on.relative), check(t, "causes", false, on.causes)];
    this.toolbar = this.bar(t, on, this.marks);
    this.toolbar.connect("idle");
    this.alert = el("p", { class: "alert", role: "alert", hidden: true, "data-testid": "error" });
    this.note = new Note();
    this.over = new Over(t, () => this.views.show("compare"));
    this.on = on;
    this.narrative = new Narrative(t);
    this.details = new Details(t, (thing) => this.describe(thing));
    this.views = new Views({ t, on, lab: this.lab, story: [this.narrative.node, this.details.node] });
    this.replay = new Replay({ t, seek: (n) => this.seek(n) });
    this.panes = [...this.querySelectorAll(".program")].map((section) => new ProgramPane(section, { t, on, live: !this.recorded }));
    this.hosts = new Hosts(this, { t, panes: this.panes, lab: this.lab.name });
    const does = this.shortcuts(on);
    this.help = help(t, this.recorded ? "" : this.lab.limits, does);
    const blank = el("p", { class: "blank" }, t(this.recorded ? "blank-recorded" : this.lab.unavailable ? "blank-unavailable" : "blank"));
    this.place = el("div", { class: "diagram" }, el("div", { class: "names" }), el("div", { class: "scroll" }), blank, this.note.node);
    const unavailable = this.lab.unavailable && el("p", { class: "alert", "data-testid": "unavailable" }, this.lab.unavailable);
    this.replaceChildren(...[unavailable || this.toolbar.node, this.alert,
      el("div", { class: "floor" }, this.place, this.hosts.tabs, ...this.hosts.sides), this.over.node, this.replay.node,
      this.views.node, this.help].filter(Boolean));
    set(this, { "data-testid": "stage", "data-seq": "0", "data-phase": "idle", "data-unavailable": Boolean(unavailable), tabindex: "-1" });
    if (this.lab.topology === "loopback") loopback(this);
    listen(this, does);
  }

  shortcuts(on) {
    return shortcuts(this, on);
  }

  /** select marks a call or a packet in every view. */
  select(thing) {
    this.marked = thing;
    this.details.show(thing);
    this.diagram.mark(thing);
    this.views.select(thing);
    this.link?.aim();
    if (this.causes) this.causes.draw();
    else because(this);
  }

  /** moment is the event that a link points at: that with which began what is chosen, or where the replay stands; 0 for the whole run. */
  moment() {
    if (this.marked) return Math.min(...Object.values(this.marked.at).map((a) => a.seq));
    return this.model.seq < this.all.length ? this.model.seq : 0;
  }

  /** setWire changes the wire now, and for the next run. */
  setWire(change) {
    Object.assign(this.settings, change);
    Object.assign(this.wireNow, change);
    this.session.sendWire(change);
    this.changed();
  }

  /** changed: the learner has set something, which is to be there when the page is loaded again. */
  changed() {
    this.session.keep();
    this.show();
  }

  /**
   * setLab sets the lab as a step of the lesson says: wire, timeline, start, programs,
   * of which versions has the texts in other languages, by their ending.
   * What an earlier step set is taken back; what the learner typed stays.
   */
  setLab({ wire, timeline, start, programs = {}, versions = {} }) {
    if (wire ?? this.stepWire) this.setWire({ ...this.lab.wire, ...wire });
    this.stepWire = Boolean(wire);
    this.timeline = timeline;
    this.suggested = start || this.lab.start;
    const back = this.hosts.give(programs, this.recorded ? {} : versions);
    if (back.length) this.say(this.t("step-language", { programs: back.map((p) => p.name).join(", "), language: back[0].language }), "step-language");
    this.show();
    this.scrollIntoView({ block: "start" });
    this.focus({ preventScroll: true });
  }

  /** ready loads, once, what a run needs and a page does not; to be waited for before begin. */
  ready() {
    return this.loaded ??= load(this).catch(() => {
      this.loaded = null;
      throw Object.assign(new Error(this.t("no-server")), { code: "no-server" });
    });
  }

  /** describe says what a call or a packet is at this moment. */
  describe(thing) {
    return this.sentences.describe(thing, this.t);
  }

  /** begin clears the stage for a run. */
  begin() {
    if (this.all.length) this.earlier = this.mine();
    this.ran = this.panes.map(({ name, file, source }) => ({ name, file, source }));
    this.all = [];
    this.lost = null;
    this.wireNow = { ...this.settings };
    this.replay.reset();
    this.clear();
    this.link?.node.remove();
    this.link = null;
    this.note.reset();
    for (const n of [this.alert, this.over.node]) set(n, { hidden: true, "data-cause": null });
    for (const pane of this.panes) pane.begin();
    set(this, { "data-seq": "0" });
    this.arrived = performance.now();
  }

  /** mine is the run on the stage, as it can be compared. */
  mine() {
    return { events: this.all, programs: this.ran };
  }

  /** clear has every view begin anew. */
  clear() {
    this.model = new Run();
    this.marked = null;
    this.voice?.hush();
    this.diagram.reset(this.model);
    this.narrative.reset(new this.sentences.Teller(this.t, this.model));
    this.details.reset();
    this.views.reset(this.model);
    for (const pane of this.panes) pane.clear();
  }

  /** seek shows the run as it was after its first n events; forward only what is new is taken in. */
  seek(n) {
    if (n < this.model.seq) this.clear();
    this.model.past = n < this.all.length;
    for (const e of this.all.slice(this.model.seq, n)) this.apply(e);
    if (this.lost && !this.model.past) this.model.lose();
    this.diagram.change();
    this.wake();
  }

  /** lose: the server no longer has the run; files are the addresses of what the page has of it. */
  lose(files) {
    this.lost = files;
    this.model.lose();
    this.wake();
    this.tell();
  }

  apply(e) {
    const thing = this.model.apply(e);
    this.diagram.take(e, thing);
    this.views.take(e, thing);
    return this.narrative.take(e, thing);
  }

  /** take takes events in; they are drawn with the next frame. */
  take(events) {
    this.arrived = performance.now();
    for (const e of events) {
      this.all.push(e);
      const told = this.apply(e);
      this.voice?.hear(told);
      if (e.topology === "loopback") loopback(this);
      if (e.wire && !this.session.wireWaits()) this.wireNow = { ...e.wire };
      if (e.kind === "note") this.noted(e);
    }
    this.wake();
    this.tell(events.map((e) => e.kind));
  }

  /** tell tells the page how far the run is, and of which kinds what came was. A run that the server has lost has not ended. */
  tell(kinds = []) {
    const { model, session, lost } = this;
    this.dispatchEvent(new CustomEvent("ft-progress", { bubbles: true, detail: { id: session.id, answer: (question) => session.answer(question), ended: Boolean(model.ended) && !lost, kinds: new Set(kinds) } }));
  }

  /** noted says a note of the run. */
  noted(e) {
    this.note.tell(e, this.sentences.noteWords(e, this.t));
  }

  say(words, code) {
    this.note.say(words, code);
  }

  /** fault shows an error in place; empty words take it away. */
  fault(words, code = "") {
    text(this.alert, words);
    set(this.alert, { hidden: !words, "data-code": code || null });
  }

  /** now is the run's time at this moment. */
  now() {
    const { model } = this;
    return model.ended || model.past ? model.t : model.t + (performance.now() - (this.arrived ?? 0)) * 1e6;
  }

  /** wake asks for a frame. To draw takes half of the time at most: the page has to be there for the learner, too. */
  wake() {
    clearTimeout(this.timer);
    const rest = (this.rested ?? 0) - performance.now();
    if (rest > 0) this.timer = setTimeout(() => this.wake(), rest);
    else this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    const began = performance.now();
    this.frame = null;
    const { model } = this;
    this.hosts.draw(model, this.session.live && !model.ended); // it looks where its lines are, while the page is laid out
    this.narrative.look();
    if (model.started) this.diagram.draw();
    this.narrative.draw();
    this.details.draw();
    this.views.draw(model);
    this.show();
    set(this, { "data-seq": String(model.seq) });
    this.narrative.settle();
    this.diagram?.sight.settle();
    this.rested = 2 * performance.now() - began;
    if (model.started && !model.ended && !model.past) this.tick();
  }

  /** tick draws again soon: smoothly while something moves, seldom while all waits. */
  tick() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const moving = this.now() - this.model.t < 0.8e9 || [...this.model.onWire].some((p) => p.phase === "sent");
    this.timer = setTimeout(() => this.wake(), calm ? 1000 : moving ? 33 : 250);
  }

  show() {
    const { model, session } = this;
    const phase = model.past && !session.lent ? "over" : session.phase(model);
    set(this, { "data-phase": phase });
    this.toolbar.showWire(phase === "live" ? this.wireNow : this.settings);
    this.toolbar.show({
      phase, connected: session.live, suggested: this.suggested,
      anyHeld: [...model.programs.values()].some((p) => p.doing === "held"), any: this.all.length > 0 && !this.lost && !session.lent,
      wire: this.lab.wired && model.wire, until: model.until,
    });
    if (!model.ended) return;
    this.replay.ready(this.all);
    this.over.show(this.t("over", { why: this.t(`end-${model.ended}`) }), model.ended, (file) => (this.lost ? this.lost[file] : session.file(file)), this.earlier);
    this.link?.over();
  }
}
