// A run that was recorded, in the place of a live one: pages whose labs cannot
// run have these, on a file server or because of the machine. RecordedSession
// is to the stage what Session is, RecordedBar what Toolbar is.

import { button, el, enable, text } from "./dom.js";
import { read } from "./read.js";
import { Stage } from "./stage.js";

export class RecordedSession {
  /** home is the folder of the lab's own run. */
  constructor(stage, home = stage.dataset.run) {
    this.stage = stage;
    this.id = `recorded ${stage.lab.name}`;
    this.live = false;
    this.home = this.folder = home; // folder is that of the run that is shown
    this.loaded = new Map(); // runs by folder
  }

  /** own says that it is the lab's own run, and not one that a step has set. */
  get own() {
    return this.folder === this.home;
  }

  /** phase is idle, starting or over. */
  phase(model) {
    if (this.starting) return "starting";
    return model.ended ? "over" : "idle";
  }

  /** file is the address of a form of the run. */
  file(name) {
    return new URL(name, new URL(this.folder, location.href)).href;
  }

  /** answer is the address of the answer that the lab's own run gives to a question. */
  answer(question) {
    return new URL(`answers/${question}.json`, new URL(this.home, location.href)).href;
  }

  /** run shows the lab's own run. */
  run() {
    if (!this.own) this.stage.setLab({});
    return this.show(this.home, "");
  }

  /** show shows the run in a folder: played from its beginning, or as a whole where motion is not wanted. which says whose it is. */
  async show(folder, which) {
    const { stage } = this;
    if (this.starting) return;
    this.folder = folder;
    this.starting = true;
    this.fault("");
    this.name(which);
    stage.show();
    try {
      await stage.ready();
      if (!this.loaded.has(folder)) this.loaded.set(folder, await this.load());
      if (stage.session !== this) return; // the learner's own run has begun meanwhile
      this.begin();
      stage.take(this.loaded.get(folder).events);
    } catch (err) { // that of an event which makes no sense has no code
      this.loaded.delete(folder);
      stage.all = [];
      this.begin(); // nothing of it stays
      this.fault((err.code && err.message) || this.word(err.code ?? "broken-run"), err.code ?? "broken-run");
    } finally {
      this.starting = false;
      stage.show();
    }
    if (stage.model.ended && !matchMedia("(prefers-reduced-motion: reduce)").matches) stage.replay.play();
  }

  /** load fetches the run in the folder. */
  load() {
    return read(this.file("recording.json"));
  }

  /** begin clears the stage for a run. */
  begin() {
    this.stage.begin();
  }

  /** name says whose run it is. */
  name(which) {
    this.stage.toolbar.name(which);
  }

  fault(words, code) {
    this.stage.fault(words, code);
  }

  word(key) {
    return this.stage.t(key);
  }

  resume() {}

  stop() {
    this.stage.replay.stop();
  }

  /** send: nobody is there to take a command. */
  send() {
    return false;
  }

  keep() {}

  sendWire() {}

  wireWaits() {
    return false;
  }
}

class RecordedBar {
  constructor({ t, on, marks }) {
    this.t = t;
    this.open = button(t("show-recorded"), { class: "primary", "data-testid": "show-recorded", "aria-keyshortcuts": "r" }, () => on.run());
    this.which = el("span", { class: "which", role: "status", "data-testid": "which" });
    this.node = el("div", { class: "controls", role: "group", "aria-label": t("toolbar") },
      el("div", { class: "group" }, this.open, this.which),
      el("div", { class: "group end" }, ...marks));
  }

  showWire() {}

  connect() {}

  /** name says whose run is shown; empty words for the lab's own. */
  name(words) {
    text(this.which, words);
  }

  show({ phase }) {
    text(this.open, this.t(phase === "over" && !this.which.textContent ? "show-recorded-again" : "show-recorded"));
    enable(this.open, phase !== "starting");
  }
}

Stage.recorded = { Session: RecordedSession, Bar: RecordedBar };
