// One program: its text with the line of the current call, what it is doing,
// its buttons, what it prints and the line that goes to its input.

import { button, el, enable, set, text } from "./dom.js";
import { listing } from "./source.js";
import { Terminal } from "./terminal.js";

export class ProgramPane {
  /**
   * section is the page's element with the program's text; on has
   * command(command) and changed(); live says that programs can be edited and
   * stepped here. The text in the page is the original.
   */
  constructor(section, { t, on, live = true }) {
    Object.assign(this, { t, on, live });
    this.name = section.dataset.program;
    this.host = section.dataset.host;
    this.versions = [...section.querySelectorAll("pre")].map((pre) => {
      const original = pre.querySelector("code").textContent;
      return { file: pre.dataset.file, original, source: original };
    });
    this.version = this.versions[0];
    this.given = null;
    this.list = el("ol", { class: "source", tabindex: "0" });
    this.area = el("textarea", {
      class: "editor", hidden: true, spellcheck: "false", autocapitalize: "off", autocomplete: "off",
      wrap: "off", "data-testid": "editor", oninput: () => this.edit(this.area.value),
    });
    this.status = el("p", { class: "status" });
    this.terminal = new Terminal(this);
    this.build(section);
    this.show();
  }

  build(section) {
    const { t } = this;
    const act = (command) => () => this.on.command({ command, program: this.name });
    this.editButton = button(t("edit"), { class: "quiet", "aria-pressed": "false", "data-testid": "edit" }, () => this.toggle());
    this.resetButton = button(t("reset"), { class: "quiet", hidden: true, "data-testid": "reset" }, () => this.reset());
    this.badge = el("span", { class: "badge", hidden: true }, t("edited"));
    this.title = el("h4", {});
    this.languages = el("span", { class: "languages", role: "group", "aria-label": t("language-label", { program: this.name }), hidden: this.versions.length < 2 },
      ...this.versions.map((v) => button(LANGUAGES[ending(v.file)] ?? v.file, { class: "quiet", "data-testid": `language${ending(v.file)}` }, () => this.choose(v.file))));
    const labels = (verb) => ({ "aria-label": `${t(verb)}: ${this.name}`, "data-testid": `program-${verb}`, "aria-disabled": "true" });
    this.buttons = {
      step: button(t("step"), labels("step"), act("step")),
      run: button(t("continue"), { ...labels("continue"), "data-testid": "program-run" }, act("run")),
      pause: button(t("pause"), labels("pause"), act("pause")),
    };
    set(section, { "data-testid": "program" });
    this.node = section;
    section.replaceChildren(
      el("header", {}, this.title, this.badge, this.languages, this.live && el("span", { class: "tools" }, this.resetButton, this.editButton)),
      this.list, this.area,
      el("div", { class: "doing" }, this.status, this.live && el("span", { class: "tools" }, ...Object.values(this.buttons))),
      this.terminal.node);
  }

  get file() {
    return this.version.file;
  }

  get original() {
    return this.version.original;
  }

  get source() {
    return this.version.source;
  }

  get edited() {
    return this.source !== this.original;
  }

  /** other says that it is another version than the lab's first. */
  get other() {
    return this.version !== this.versions[0];
  }

  /** choose shows the version of this file, with what was typed into it; the first when there is none. */
  choose(file) {
    this.version = this.versions.find((v) => v.file === file) ?? this.versions[0];
    this.given = null;
    this.area.value = this.source;
    this.edit(this.source);
    this.show();
  }

  edit(source) {
    this.version.source = source;
    set(this.badge, { hidden: !this.edited });
    set(this.resetButton, { hidden: !this.edited });
    this.on.changed(this);
  }

  toggle(open = this.area.hidden) {
    set(this.area, { hidden: !open });
    set(this.list, { hidden: open });
    set(this.editButton, { "aria-pressed": String(open) });
    text(this.editButton, this.t(open ? "edit-done" : "edit"));
    if (open) {
      this.area.value = this.source;
      set(this.area, { rows: Math.max(this.source.split("\n").length + 1, 8) });
      this.area.focus();
    } else this.show();
  }

  reset() {
    this.load(this.original);
    this.editButton.focus();
  }

  /** load puts another text into the pane; given says that a step of the lesson did. */
  load(source, { given = false } = {}) {
    this.given = given ? source : null;
    this.edit(source);
    this.area.value = source;
    this.show();
  }

  /** show writes the listing; marks of an earlier run are gone. */
  show() {
    const { file } = this;
    text(this.title, file || this.name);
    set(this.list, { "aria-label": this.t("source-label", { file }) });
    set(this.area, { "aria-label": this.t("editor-label", { file }) });
    [...this.languages.children].forEach((b, i) => set(b, { "aria-pressed": String(this.versions[i] === this.version) }));
    this.list.replaceChildren(...listing(this.source, file));
    this.marked = null;
    if (this.program) this.mark();
  }

  /** begin is called when a run begins with the text as it is. */
  begin() {
    this.program = null;
    this.told = 0;
    if (!this.area.hidden) this.toggle(false);
    this.show();
    this.terminal.clear();
    set(this.node, { "data-doing": "starting" });
  }

  /** draw shows what the model knows of the program. */
  draw(program, live) {
    this.program = program;
    const { doing } = program;
    set(this.node, { "data-doing": doing });
    text(this.status, this.words(program));
    enable(this.buttons.step, live && doing === "held");
    for (const b of [this.buttons.run, this.buttons.pause]) enable(b, live && doing !== "exited");
    this.mark();
    this.terminal.draw(program, live && doing !== "exited");
  }

  words({ doing, call, exit }) {
    const { t } = this;
    if (doing === "exited") return exitWords(exit, t);
    const values = { call: call ? `${call.name}()` : "", wchan: call?.wchan ?? "" };
    if (doing === "blocked") return t(call.wchan ? "doing-blocked-in" : "doing-blocked", values);
    return t(`doing-${doing}`, values);
  }

  /** mark marks the line of the current call, and the line of an error. */
  mark() {
    const { program } = this;
    if (program.file && program.file !== this.file) return; // the run's lines are of another version
    const wrong = program.exit && (program.exit.error || program.exit.code) ? program.exit.line : 0;
    const line = wrong || (program.call ? program.line : 0);
    const key = `${line} ${wrong} ${program.doing}`;
    if (this.marked === key) return;
    this.marked = key;
    for (const old of this.list.querySelectorAll("[data-current],[data-wrong]")) {
      set(old, { "data-current": null, "data-wrong": null, "data-testid": null, "aria-current": null });
      old.querySelector(".fault")?.remove();
    }
    const li = line && this.list.children[line - 1];
    if (!li) return;
    set(li, { "data-current": program.doing, "data-testid": "current-line", "aria-current": "step" });
    if (wrong) {
      set(li, { "data-wrong": true });
      li.append(el("span", { class: "fault", "data-testid": "fault" }, program.exit.error));
    }
    this.reveal(li);
  }

  reveal(li) {
    const list = this.list;
    const top = li.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + li.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  }
}

const LANGUAGES = { ".py": "Python", ".c": "C", ".go": "Go" };

const ending = (file) => file.slice(file.lastIndexOf("."));

/** exitWords says how a program ended. */
export function exitWords({ code, signal, error, limit, line }, t) {
  if (limit) return t(`limit-${limit}`);
  if (signal) return t("exit-signal", { signal });
  if (error) return t(line ? "exit-error-line" : "exit-error", { code, error, line });
  return t("exit-code", { code });
}
