// What a program prints, and the line that goes to its standard input.

import { button, el, enable, enabled, set } from "./dom.js";

const LINES = 500; // shown; the recording has all

export class Terminal {
  constructor(pane) {
    const { t } = pane;
    this.pane = pane;
    this.told = 0;
    this.output = el("div", { class: "output", role: "log", "aria-live": "off", tabindex: "0", "aria-label": t("output-label", { program: pane.name }), "data-testid": "output" });
    this.field = el("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-label": t("input-label", { program: pane.name }), placeholder: t("input-hint"), "data-testid": "input" });
    this.send = el("button", { type: "submit", "data-testid": "input-send" }, t("input-send"));
    this.end = button(t("input-end"), { title: t("input-end-title"), "data-testid": "input-eof" }, () => pane.on.command({ command: "eof", program: pane.name }));
    this.form = el("form", { class: "input", onsubmit: (e) => this.submit(e) }, this.field, this.send, this.end);
    this.node = el("div", { class: "terminal", hidden: true }, this.output, pane.live && this.form);
  }

  submit(e) {
    e.preventDefault();
    if (!enabled(this.send)) return;
    if (this.pane.on.command({ command: "input", program: this.pane.name, text: this.field.value })) this.field.value = "";
  }

  clear() {
    this.told = 0;
    this.last = null;
    this.output.replaceChildren();
    set(this.node, { hidden: false });
  }

  draw(program, takes) {
    if (this.node.hidden) set(this.node, { hidden: false });
    this.field.readOnly = !takes;
    for (const c of [this.field, this.send, this.end]) enable(c, takes);
    const fresh = program.output.slice(Math.max(this.told, program.output.length - LINES));
    this.told = program.output.length;
    if (fresh.length === 0) return;
    const { output } = this;
    const atEnd = output.scrollTop + output.clientHeight >= output.scrollHeight - 8;
    for (const piece of fresh) this.add(piece);
    while (output.childElementCount > LINES) output.firstElementChild.remove();
    if (atEnd) output.scrollTop = output.scrollHeight;
  }

  /** add writes a piece; a line that is not finished goes on in the same element. */
  add({ stream, text }) {
    if (stream === "input") {
      this.output.append(el("div", { class: "line", "data-stream": "input" }, text));
      this.last = null;
      return;
    }
    for (const part of text.split(/(?<=\n)/)) {
      if (!this.last || this.last.dataset.stream !== stream) {
        this.last = el("div", { class: "line", "data-stream": stream });
        this.output.append(this.last);
      }
      this.last.append(part.replace(/\n$/, ""));
      if (part.endsWith("\n")) this.last = null;
    }
  }
}
