// A run that was recorded, in the place of a live one: pages that stand on a
// file server have these. RecordedSession is to the stage what Session is,
// RecordedBar what Toolbar is.

import { button, el, enable, text } from "./dom.js";
import { Stage } from "./stage.js";

class RecordedSession {
  constructor(stage) {
    this.stage = stage;
    this.id = stage.lab.name;
    this.live = false;
    this.folder = stage.dataset.run; // of the run that is shown
    this.loaded = new Map(); // events by folder
  }

  /** own says that it is the lab's own run, and not one that a step has set. */
  get own() {
    return this.folder === this.stage.dataset.run;
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
    return new URL(`answers/${question}.json`, new URL(this.stage.dataset.run, location.href)).href;
  }

  /** run shows the lab's own run. */
  run() {
    if (!this.own) this.stage.setLab({});
    return this.show(this.stage.dataset.run, "");
  }

  /** show shows the run in a folder: played from its beginning, or as a whole where motion is not wanted. which says whose it is. */
  async show(folder, which) {
    const { stage } = this;
    if (this.starting) return;
    this.folder = folder;
    stage.toolbar.name(which);
    this.starting = true;
    stage.fault("");
    stage.show();
    try {
      await stage.ready();
      if (!this.loaded.has(folder)) this.loaded.set(folder, await this.load());
      stage.begin();
      stage.take(this.loaded.get(folder));
    } catch {
      stage.fault(stage.t("recording-failed"), "recording-failed");
    } finally {
      this.starting = false;
      stage.show();
    }
    if (stage.model.ended && !matchMedia("(prefers-reduced-motion: reduce)").matches) stage.replay.play();
  }

  async load() {
    const answer = await fetch(this.file("recording.json"));
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).events;
  }

  resume() {}

  stop() {
    this.stage.replay.stop();
  }

  /** send: nobody is there to take a command. */
  send() {
    return false;
  }

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
