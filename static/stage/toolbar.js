// The controls of the run: start and stop, step all, the wire, and the state
// of the connection.

import { button, el, enable, set, text } from "./dom.js";
import { Faults } from "./faults.js";
import { time } from "./labels.js";

/** The delays that the slider offers, in milliseconds. */
const DELAYS = [0, 10, 50, 100, 200, 300, 500, 1000, 2000, 5000];

let toolbars = 0; // on the page: the radio buttons of each are a group of their own

export class Toolbar {
  /** on: run(start), stop(), command(command), wire(change), link(). hosts are those on a wire, marks what can be shown in the diagram. */
  constructor({ t, on, hosts, marks }) {
    Object.assign(this, { t, on, hosts });
    const hasWire = hosts.length > 0;
    if (hasWire) this.faults = new Faults({ t, on, hosts });
    this.run = button(t("run"), { class: "primary", "data-testid": "run", "aria-keyshortcuts": "r" }, () => on.run("run"));
    this.runStep = button(t("run-step"), { "data-testid": "run-step", "aria-keyshortcuts": "t" }, () => on.run("step"));
    this.stop = button(t("stop"), { "data-testid": "stop", "aria-disabled": "true", "aria-keyshortcuts": "." }, () => on.stop());
    this.stepAll = button(t("step-all"), { "data-testid": "step-all", "aria-disabled": "true", "aria-keyshortcuts": "s" }, () => on.command({ command: "step" }));
    this.link = button(t("link"), { "data-testid": "link", "aria-disabled": "true", "aria-keyshortcuts": "l", title: t("link-title") }, () => on.link());
    this.connection = el("span", { class: "connection", role: "status", "data-testid": "connection", "data-state": "idle" });
    const end = el("div", { class: "group end" }, ...marks, this.link, this.connection);
    this.node = el("div", { class: "controls", role: "group", "aria-label": t("toolbar") },
      el("div", { class: "group" }, this.run, this.runStep, this.stop, this.stepAll),
      ...(hasWire ? [this.wire(), el("div", { class: "second" }, this.faults.node, end)] : [end])); // a row that stays where it is when there is more to hold in the first
  }

  wire() {
    const { t, on } = this;
    const name = `wire-mode-${++toolbars}`;
    const radio = (mode) => {
      const input = el("input", { type: "radio", name, value: mode, "data-testid": `wire-${mode}`, onchange: () => on.wire({ mode }) });
      return el("label", { title: t(`wire-${mode}-title`) }, input, el("span", {}, t(mode)));
    };
    this.modes = { hold: radio("hold"), flow: radio("flow") };
    this.delay = el("input", { type: "range", min: 0, max: DELAYS.length - 1, step: 1, "aria-label": t("delay"), "data-testid": "delay", oninput: () => this.slide() });
    this.delayWords = el("output", {});
    this.segments = el("span", { class: "segments" }, ...Object.values(this.modes));
    return el("fieldset", { class: "group wire" }, el("legend", {}, t("wire")), this.segments, this.faults.all,
      el("label", { class: "delay" }, el("span", {}, t("delay")), this.delay, this.delayWords));
  }

  /** showUntil shows what passes by itself, while packets are held. */
  showUntil(holds, connected, passing) {
    if (holds) this.loading ??= this.loadUntil();
    this.showsUntil = () => this.until?.show(holds, connected, passing);
    this.showsUntil();
  }

  async loadUntil() {
    try {
      const { Until } = await import("./until.js");
      this.until = new Until(this);
      this.segments.after(this.until.node);
      this.showsUntil();
    } catch {
      this.loading = null; // it may come the next time
    }
  }

  /** toggle is the key's: packets are held, or flow. */
  toggle() {
    this.on.wire({ mode: this.modes.hold.firstChild.checked ? "flow" : "hold" });
  }

  slide() {
    const ns = DELAYS[Number(this.delay.value)] * 1e6;
    this.showDelay(ns);
    this.on.wire({ delay: ns });
  }

  showDelay(ns) {
    text(this.delayWords, time(ns));
    set(this.delay, { "aria-valuetext": time(ns) });
  }

  /** showWire shows the wire's settings, chosen or in force. */
  showWire(wire) {
    const { mode, delay } = wire;
    if (!this.delay) return;
    this.faults.show(wire);
    this.modes[mode].firstChild.checked = true;
    const nearest = DELAYS.reduce((best, ms, i) => (Math.abs(ms - delay / 1e6) < Math.abs(DELAYS[best] - delay / 1e6) ? i : best), 0);
    if (document.activeElement !== this.delay || Number(this.delay.value) !== nearest) this.delay.value = String(nearest);
    this.showDelay(delay);
  }

  /** show sets the buttons. phase: idle, starting, live, over. Wire is that of the run. */
  show({ phase, any, anyHeld, suggested, connected, wire, until }) {
    const running = phase === "live";
    text(this.run, this.t(phase === "idle" || phase === "starting" ? "run" : "run-again"));
    set(this.run, { class: suggested === "step" ? null : "primary" });
    set(this.runStep, { class: suggested === "step" ? "primary" : null });
    for (const b of [this.run, this.runStep]) enable(b, phase !== "starting");
    enable(this.stop, (running && connected) || phase === "starting");
    enable(this.link, any);
    enable(this.stepAll, running && connected && anyHeld);
    this.showUntil(running && wire?.mode === "hold", connected, until);
  }

  /** connect says how the connection is: idle, live, reconnecting, closed. */
  connect(state, words = this.t(`connection-${state}`)) {
    set(this.connection, { "data-state": state });
    text(this.connection, words);
  }
}
