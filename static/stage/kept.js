// The stage of a run that is kept: a replay, in which the event that the
// address names is marked. Nothing can be started or commanded here.

import { button, el, enable, set, svg, text } from "./dom.js";
import { read } from "./read.js";
import "./diagram.js"; // which every such page needs
import "./sentences.js"; // and this
import { Stage } from "./stage.js";

/** KeptSession stands in the place of a session: it has events and takes no commands. */
class KeptSession {
  constructor(stage) {
    this.stage = stage;
    this.live = false;
  }

  /** file is the address of a form of the run. */
  file(name) {
    return `/api/runs/${this.stage.lab.kept}/${name}`;
  }

  async resume() {
    const { stage } = this;
    try {
      await stage.ready();
      const { events } = await read(this.file("recording.json"));
      stage.begin();
      stage.take(events);
      stage.aim();
      if (new URLSearchParams(location.search).has("with")) stage.views.show("compare");
    } catch (err) { // that of an event which makes no sense has no code
      stage.all = [];
      stage.begin(); // nothing of it stays
      stage.toolbar.tell("");
      stage.fault((err.code && err.message) || stage.t(err.code ?? "broken-run"), err.code ?? "broken-run");
    }
  }

  run() {}

  stop() {}

  send() {
    return false;
  }

  keep() {}

  sendWire() {}

  wireWaits() {
    return false;
  }
}

/** KeptBar has what can be done with a run that is over, and says what it is. */
class KeptBar {
  constructor(t, on, marks) {
    this.link = button(t("link"), { "data-testid": "link", "aria-disabled": "true", "aria-keyshortcuts": "l", title: t("link-title") }, () => on.link());
    this.told = el("p", { role: "status", "data-testid": "linked-event" }, t("loading"));
    this.node = el("div", { class: "controls", role: "group", "aria-label": t("toolbar") }, el("b", { class: "badge", "data-testid": "recorded" }, t("recorded")), this.told,
      el("div", { class: "group end" }, ...marks, this.link));
  }

  showWire() {}

  connect() {}

  /** tell says what the address points at, and has the page in other languages point there, too. */
  tell(words, seq) {
    for (const a of document.querySelectorAll("a[hreflang]")) Object.assign(a, { search: location.search, hash: location.hash });
    text(this.told, words);
    set(this.told, { "data-seq": seq });
  }
}

export class KeptStage extends Stage {
  source() {
    addEventListener("hashchange", () => this.aim());
    this.session = new KeptSession(this);
    set(this, { "data-kept": true });
    return true;
  }

  bar(t, on, marks) {
    return new KeptBar(t, on, marks);
  }

  shortcuts(on) {
    const { run, ...rest } = super.shortcuts(on);
    return { link: on.link, ...rest };
  }

  build() {
    super.build();
    this.place.addEventListener("ft-scale", () => this.pointer?.isConnected && this.draws(this.pointed));
  }

  noted() {} // it was said when it happened

  /** seek: a run that had not ended when it was kept stands still all the same. */
  seek(n) {
    this.pointed = 0;
    super.seek(n);
    this.model.past = !this.whole();
    this.pointer?.remove();
  }

  whole() {
    return this.model.seq === this.all.length && Boolean(this.model.ended);
  }

  take(events) {
    super.take(events);
    this.model.past = !this.whole();
  }

  /** aim marks the event that the address names, once it is drawn. */
  aim() {
    const hash = location.hash.slice(1);
    this.wanted = /^[1-9]\d{0,8}$/.test(hash) ? Number(hash) : 0;
    this.fault(hash && !(this.wanted > 0 && this.wanted <= this.all.length) ? this.t("no-event", { n: hash.slice(0, 20), all: this.all.length }) : "", "no-event");
    this.toolbar.tell(this.t("whole-run", { all: this.all.length }));
    if (this.wanted > this.all.length) this.wanted = 0;
    if (this.wanted && this.model.seq < this.all.length) this.replay.go(this.all.length);
    this.wake();
  }

  draw() {
    super.draw();
    if (!this.wanted) return;
    const [e, thing] = this.views.events[this.wanted - 1];
    this.wanted = 0;
    this.point(e, thing);
  }

  /** point marks an event in every view that shows it, and says what it is. */
  point(e, thing) {
    const drawn = thing?.type === "call" || thing?.type === "packet";
    if (drawn) super.select(thing);
    this.brings(e.seq);
    marks(this.narrative, e.seq);
    this.pointed = e.seq;
    const words = this.narrative.teller.sentence(e, thing) || (drawn ? this.describe(thing) : [e.kind, e.phase, e.host].filter(Boolean).join(" "));
    this.toolbar.tell(this.t("at-event", { n: e.seq, all: this.all.length, time: (e.t / 1e9).toFixed(4), words }), e.seq);
  }

  /** brings brings the moment of an event into sight, with a line through the diagram. */
  brings(seq) {
    const { columns, scroll } = this.diagram;
    this.pointer?.remove();
    if (!columns) return; // there is no room for a diagram
    const y = this.draws(seq);
    if (y < scroll.scrollTop || y > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = y - scroll.clientHeight / 2;
    this.pointer.scrollIntoView({ block: "nearest" });
  }

  /** draws draws the line, and returns where it is. */
  draws(seq) {
    const { columns, layout, items } = this.diagram;
    this.pointer?.remove();
    let at = seq; // or the last before it that has a place
    while (at > 1 && !layout.ys.has(at)) at--;
    const y = layout.y(at);
    this.pointer = svg("line", { class: "pointer", "data-testid": "pointer", "data-seq": seq, x1: 0, x2: columns.width, y1: y, y2: y });
    items.node.before(this.pointer);
    return y;
  }

  /** select has the address name what was chosen. */
  select(thing) {
    this.pointed = 0;
    super.select(thing);
    const seq = this.moment();
    if (location.hash === `#${seq}`) return;
    history.replaceState(null, "", `#${seq}`);
    const [e] = this.views.events[seq - 1];
    this.point(e, thing);
  }

  moment() {
    return this.pointed || super.moment();
  }

  show() {
    const { all, model } = this;
    set(this, { "data-phase": "over" });
    enable(this.toolbar.link, all.length > 0);
    if (all.length === 0) return;
    this.replay.ready(all);
    const last = all.at(-1);
    this.over.show(last.kind === "end" ? this.t("over", { why: this.t(`end-${last.cause}`) }) : this.t("went-on"), model.ended ?? "", (file) => this.session.file(file));
  }
}

/** marks marks the sentence of an event, if it has one, and brings it into sight. */
function marks(narrative, seq) {
  const { list, log, all } = narrative;
  for (const li of list.querySelectorAll("[data-marked]")) set(li, { "data-marked": null, "aria-current": null });
  const i = all.findIndex((told) => told.seq === seq);
  if (i >= 0 && i < narrative.from) narrative.show(Math.max(i - 20, 0));
  const li = list.querySelector(`[data-seq="${seq}"]`);
  if (!li) return;
  set(li, { "data-marked": true, "aria-current": "true" });
  log.scrollTop = li.offsetTop - log.offsetTop - log.clientHeight / 2;
}
