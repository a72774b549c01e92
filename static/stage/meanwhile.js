// A recorded run in the place of a live one that cannot be had: all places are
// taken, or it cannot run so here. It is loaded when there is one to offer. It
// stands in the place of the learner's session, which may wait on behind it.

import { button, el, set, sheet, text, words } from "./dom.js";
import { RecordedSession } from "./recorded.js";

let strings; // of the page's language, loaded once

/** offer offers the recorded run of a stage, as long as it says that there is no live one for a reason: full or unavailable. */
export async function offer(stage, reason) {
  strings ??= await fetch(new URL(`words/meanwhile.${stage.lab.lang}.json`, import.meta.url)).then((r) => r.json());
  await sheet(new URL("../runs.css", import.meta.url).href);
  if (stage.alert.hidden || stage.alert.dataset.code !== reason) return; // a run has begun since
  stage.meanwhile ??= new Meanwhile(stage, words(strings));
  stage.meanwhile.because(reason);
}

class Meanwhile extends RecordedSession {
  lent = true; // the stage shows it to one who waits

  constructor(stage, t) {
    super(stage, stage.lab.meanwhile);
    Object.assign(this, { t, learner: stage.session, looks: false });
    this.button = button("", { "data-testid": "meanwhile" }, () => (this.looks ? this.close() : this.look()));
    this.label = el("b", { role: "status", "data-testid": "meanwhile-label" });
    this.said = el("span", { role: "alert", "data-testid": "meanwhile-failed" });
    this.node = el("div", { class: "meanwhile", role: "group", "aria-label": t("recorded") }, this.label, this.button, this.said);
    this.mute = (e) => this.looks && e.stopImmediatePropagation(); // predictions are about the learner's own run
    stage.addEventListener("ft-progress", this.mute);
    stage.alert.after(this.node);
  }

  because(reason) {
    this.reason = reason;
    this.told();
  }

  told() {
    text(this.button, this.t(this.looks ? "close" : `offer-${this.reason}`));
    text(this.label, this.looks ? this.words() : "");
    set(this.stage, { "data-recorded": this.looks });
  }

  /** words are what is shown: recorded, when, on what, and, where the learner has changed a program, of which. */
  words() {
    const { lab: { lang }, panes } = this.stage;
    const { at, on } = this.made ?? {};
    const date = at && new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(at));
    return [this.t("recorded"), date, on, panes.some((p) => p.edited || p.other) && this.t("unedited")].filter(Boolean).join(" · ");
  }

  /** look shows the recorded run. A run of the learner's that still goes on ends: it would have to for the next. */
  async look() {
    this.learner.leave();
    this.stage.toolbar.connect("idle");
    this.stage.session = this;
    this.looks = true;
    this.told();
    await this.show(this.home, "");
    this.stage.voice?.hush(); // it is no live run
  }

  /** close puts the recorded run away. */
  close() {
    this.hand();
    this.begin();
    this.told();
    this.stage.wake();
    if (!this.learner.starting && this.stage.alert.hidden) this.end();
  }

  /** hand gives the stage back to the learner's session, without what was shown. */
  hand() {
    if (!this.looks) return;
    this.looks = false;
    Object.assign(this.stage, { session: this.learner, all: [] });
  }

  /** withdraw takes the offer away, unless it was taken. */
  withdraw() {
    if (!this.looks) this.end();
  }

  /** end leaves the stage to a run of the learner's. */
  end() {
    const { stage, looks } = this;
    this.hand();
    this.told();
    stage.removeEventListener("ft-progress", this.mute);
    if (this.node.contains(document.activeElement)) stage.focus({ preventScroll: true });
    this.node.remove();
    stage.meanwhile = null;
    if (looks) queueMicrotask(() => stage.say(this.t("turn"), "turn"));
  }

  /** load also learns how the run was made. */
  async load() {
    const run = await super.load();
    this.made = run.made;
    this.told();
    return run;
  }

  /** begin clears the stage, and lets stand why there is no live run. No line of a program that was edited is one of the run's. */
  begin() {
    const { alert, panes } = this.stage;
    const said = alert.hidden ? "" : alert.textContent, { code } = alert.dataset;
    this.stage.begin();
    this.stage.fault(said, code);
    for (const pane of panes) {
      for (const v of pane.versions.all) v.ran = v.original;
      pane.show();
    }
  }

  phase(model) {
    return this.learner.phase(model);
  }

  run(how) {
    return this.learner.run(how);
  }

  stop() {
    this.learner.stop();
    super.stop();
  }

  name() {}

  fault(words) {
    text(this.said, words);
  }

  word(key) {
    return this.t(key);
  }

  keep() {
    this.learner.keep();
  }

  /** wireWaits: what the learner has set stays. */
  wireWaits() {
    return true;
  }
}
