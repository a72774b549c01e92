// A run that was recorded, in the place of a live one: pages that stand on a
// file server have these. RecordedSession is to the stage what Session is,
// RecordedBar what Toolbar is.

import { button, el, enable, text } from "./dom.js";

export class RecordedSession {
  constructor(stage) {
    this.stage = stage;
    this.id = stage.lab.name;
    this.live = false;
  }

  /** phase is idle, starting or over. */
  phase(model) {
    if (this.starting) return "starting";
    return model.ended ? "over" : "idle";
  }

  /** file is the address of a form of the run. */
  file(name) {
    return new URL(name, new URL(this.stage.dataset.run, location.href)).href;
  }

  /** answer is the address of the answer that the run gives to a question. */
  answer(question) {
    return this.file(`answers/${question}.json`);
  }

  /** run shows the recording: played from its beginning, or as a whole where motion is not wanted. */
  async run() {
    const { stage } = this;
    if (this.starting) return;
    this.starting = true;
    stage.fault("");
    stage.show();
    try {
      this.events ??= await this.load();
      stage.begin();
      stage.take(this.events);
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

export class RecordedBar {
  constructor({ t, on }) {
    this.t = t;
    this.open = button(t("show-recorded"), { class: "primary", "data-testid": "show-recorded", "aria-keyshortcuts": "r" }, () => on.run());
    const box = el("input", { type: "checkbox", checked: true, "data-testid": "relative", onchange: () => on.relative(box.checked) });
    this.node = el("div", { class: "controls", role: "group", "aria-label": t("toolbar") },
      el("div", { class: "group" }, this.open),
      el("div", { class: "group end" }, el("label", { class: "check", title: t("relative-title") }, box, el("span", {}, t("relative")))));
  }

  showWire() {}

  connect() {}

  show({ phase }) {
    text(this.open, this.t(phase === "over" ? "show-recorded-again" : "show-recorded"));
    enable(this.open, phase !== "starting");
  }
}
