// The wire's faults: settings that act at once. The button that cuts the
// cable stands by itself, so that one click does it.

import { button, el, set, text } from "./dom.js";
import { rate, time } from "./labels.js";

const CHANCES = ["loss", "reorder", "duplicate", "corrupt"];
const PERCENTS = [0, 1, 2, 5, 10, 20, 30, 50, 100];
const JITTERS = [0, 1, 5, 10, 50, 100, 500].map((ms) => ms * 1e6);
const RATES = [0, 1e9, 1e8, 1e7, 1e6, 5e5, 1e5];
const MTUS = [0, 1280, 1000, 576, 296];

export class Faults {
  /** on.wire(change) sets the wire; hosts are those whose cable can be cut. */
  constructor({ t, on, hosts }) {
    Object.assign(this, { t, on, hosts });
    this.sliders = [
      ...CHANCES.map((name) => this.slider(name, PERCENTS.map((p) => p / 100), (v) => `${+(v * 100).toFixed(2)}%`)),
      this.slider("jitter", JITTERS, (v) => (v ? `±${time(v)}` : "0 ms")),
      this.slider("rate", RATES, (v) => (v ? rate(v) : t("unlimited"))),
      this.slider("mtu", MTUS, (v) => (v ? `${v} B` : "1500 B")),
    ];
    this.cuts = new Map(hosts.map((h) => [h, button(t("cut-from", { host: h }), { "aria-pressed": "false", "data-testid": `cut-${h}` }, () => this.cut([h]))]));
    this.all = button(t("cut"), { "aria-pressed": "false", "data-testid": "cut", "aria-keyshortcuts": "k" }, () => this.cut(hosts));
    this.count = el("span", { class: "count" });
    this.node = el("details", { class: "faults", "data-testid": "faults" }, el("summary", {}, t("faults"), " ", this.count),
      el("div", { class: "sliders" }, ...this.sliders.map((s) => s.node)),
      el("div", { class: "group" }, ...(hosts.length > 1 ? this.cuts.values() : []),
        button(t("compose"), { "data-testid": "compose-open" }, () => on.compose({}))));
    this.show({});
  }

  slider(name, values, words) {
    const output = el("output", {});
    const input = el("input", {
      type: "range", min: 0, max: values.length - 1, step: 1, value: 0, "data-testid": `wire-${name}`, "aria-label": this.t(`fault-${name}`),
      oninput: () => this.on.wire({ [name]: values[Number(input.value)] }),
    });
    const show = (value) => {
      const at = values.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(values[best] - value) ? i : best), 0);
      if (input.value !== String(at)) input.value = String(at);
      text(output, words(value));
      set(input, { "aria-valuetext": words(value) });
    };
    return { name, show, node: el("label", { class: "delay" }, el("span", {}, this.t(`fault-${name}`)), input, output) };
  }

  /** cut cuts the cable of hosts, or mends it when all of them are cut. */
  cut(hosts) {
    const others = this.now.filter((h) => !hosts.includes(h));
    this.on.wire({ cut: hosts.every((h) => this.now.includes(h)) ? others : [...others, ...hosts] });
  }

  /** toggle is the key's: the whole cable. */
  toggle() {
    this.cut(this.hosts);
  }

  show(wire) {
    this.now = wire.cut ?? [];
    for (const s of this.sliders) s.show(wire[s.name] ?? 0);
    for (const [host, b] of this.cuts) set(b, { "aria-pressed": String(this.now.includes(host)) });
    set(this.all, { "aria-pressed": String(this.hosts.every((h) => this.now.includes(h))) });
    const n = this.sliders.filter((s) => wire[s.name] > 0).length + (this.now.length > 0 ? 1 : 0);
    text(this.count, n ? this.t("faults-set", { n }) : "");
  }
}
