// One program: its text with the line of the current call, what it is doing,
// its buttons, what it prints and the line that goes to its input.
//
// Its text has two faces: the listing to read, and the editor, or a plain
// field where the editor cannot be loaded. A face has
//
//   node                             its element
//   show({ file, source, label })    shows the text of a file
//   mark({ line, doing, error })     marks a line of the run
//   focus()

import { button, el, enable, save, set, text } from "./dom.js";
import { ending, language } from "./languages.js";
import { Listing, Plain } from "./source.js";
import { Terminal } from "./terminal.js";
import { Versions } from "./versions.js";

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
    this.versions = new Versions([...section.querySelectorAll("pre")]);
    this.changed = (source) => this.edit(source);
    this.listing = this.face = new Listing();
    this.plain = new Plain(this.changed);
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
    this.compareButton = button(t("changes"), { class: "quiet", hidden: true, "aria-pressed": "false", "data-testid": "show-changes" }, () => this.compare());
    this.saveButton = button(t("save"), { class: "quiet", hidden: true, "data-testid": "save" }, () => save(this.file, this.source));
    this.difference = el("div", { hidden: true });
    this.badge = el("span", { class: "badge", hidden: true }, t("edited"));
    this.title = el("h4", {});
    this.languages = el("span", { class: "languages", role: "group", "aria-label": t("language-label", { program: this.name }), hidden: this.versions.all.length < 2 },
      ...this.versions.all.map((v) => button(language(v.file), { class: "quiet", "data-testid": `language${ending(v.file)}` }, () => this.choose(v.file))));
    const labels = (verb) => ({ "aria-label": `${t(verb)}: ${this.name}`, "data-testid": `program-${verb}`, "aria-disabled": "true" });
    this.buttons = {
      step: button(t("step"), labels("step"), act("step")),
      run: button(t("continue"), { ...labels("continue"), "data-testid": "program-run" }, act("run")),
      pause: button(t("pause"), labels("pause"), act("pause")),
    };
    set(section, { "data-testid": "program" });
    this.node = section;
    section.replaceChildren(
      el("header", {}, this.title, this.badge, this.languages, this.live && el("span", { class: "tools" }, this.resetButton, this.compareButton, this.saveButton, this.editButton)),
      this.listing.node, this.plain.node, this.difference,
      el("div", { class: "doing" }, this.status, this.live && el("span", { class: "tools" }, ...Object.values(this.buttons))),
      this.terminal.node);
  }

  get version() {
    return this.versions.shown;
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

  /** given says that its text is as a step of the lesson has it. */
  get given() {
    return this.version.given === this.source;
  }

  /** other says that it is another version than the lab's first. */
  get other() {
    return this.version !== this.versions.first;
  }

  /** choose shows the version of this file, with what was typed into it; the first when there is none. */
  choose(file) {
    this.versions.choose(file);
    this.edit(this.source);
    this.show();
  }

  /** language is the name of the language in which it is shown. */
  get language() {
    return language(this.file);
  }

  /** give shows what a step of the lesson has for the program: see Versions. */
  give(first, others = {}) {
    const had = this.versions.give(first, others);
    this.choose(this.file);
    return had;
  }

  /** takeStepBack puts the originals in the place of what a step gave. */
  takeStepBack() {
    this.versions.takeStepBack();
    this.choose(this.file);
  }

  edit(source) {
    this.version.source = source;
    for (const n of [this.badge, this.resetButton, this.compareButton, this.saveButton]) set(n, { hidden: !this.edited });
    if (!this.edited) this.compare(false);
    else if (!this.difference.hidden) this.changes?.show(this);
    this.on.changed(this);
  }

  /** toggle opens the editor, or goes back to the listing. */
  async toggle() {
    if (this.face !== this.listing) return this.turn(this.listing);
    if (this.opening) return;
    this.opening = true;
    set(this.editButton, { "aria-busy": "true" });
    this.turn(await this.writing());
    set(this.editButton, { "aria-busy": null });
    this.opening = false;
    this.face.focus();
  }

  /** writing is the face to edit in: the editor, or the plain field while that does not come. */
  async writing() {
    try {
      this.loading ??= this.newEditor();
      this.editor = await soon(this.loading);
      return this.editor;
    } catch (err) {
      if (err !== LATE) this.loading = null; // it may come the next time
      return this.plain;
    }
  }

  async newEditor() {
    const { load } = await import("./editor.js");
    const editor = await load({ lang: document.documentElement.lang, name: this.name, changed: this.changed });
    this.plain.node.after(editor.node);
    return editor;
  }

  /** turn shows the text by another face. */
  turn(face) {
    this.face = face;
    const open = face !== this.listing;
    for (const f of [this.listing, this.plain, this.editor]) if (f) set(f.node, { hidden: f !== face });
    set(this.editButton, { "aria-pressed": String(open) });
    text(this.editButton, this.t(open ? "edit-done" : "edit"));
    this.show();
  }

  /** compare shows how the text differs from the original, or no longer. */
  async compare(open = this.difference.hidden) {
    set(this.difference, { hidden: !open });
    set(this.compareButton, { "aria-pressed": String(open) });
    if (!open) return;
    try {
      const { load } = await import("./changes.js");
      this.changes ??= await load(document.documentElement.lang, (source) => this.takeBack(source));
      this.changes.show(this);
      this.difference.replaceChildren(this.changes.node);
    } catch {
      this.difference.replaceChildren(el("p", { class: "alert", role: "alert" }, this.t("view-failed")));
    }
  }

  /** takeBack is what is left of the text when a change is taken back. */
  takeBack(source) {
    this.load(source);
    if (!this.edited) this.editButton.focus();
  }

  reset() {
    this.load(this.original);
    this.editButton.focus();
  }

  /** load puts another text into the pane. */
  load(source) {
    this.edit(source);
    this.show();
  }

  /** show writes the text, with the marks of the run. */
  show() {
    const { file, source } = this;
    text(this.title, file || this.name);
    [...this.languages.children].forEach((b, i) => set(b, { "aria-pressed": String(this.versions.all[i] === this.version) }));
    this.face.show({ file, source, label: this.t(this.face === this.listing ? "source-label" : "editor-label", { file }) });
    if (this.face === this.editor && this.runs && !this.editor.ran.has(file)) this.editor.begin();
    this.marked = null;
    if (this.program) this.mark();
  }

  /** runs says that the text is as it was when the run began. */
  get runs() {
    return this.version.ran === this.source;
  }

  /** begin is called when a run begins with the text as it is. */
  begin() {
    this.versions.begin();
    if (this.face === this.plain) this.turn(this.listing);
    this.editor?.ran.clear();
    this.show();
  }

  /** clear takes what is known of a run away. */
  clear() {
    this.program = null;
    this.face.mark({ line: 0 });
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

  /** reveal has the marked line come into sight again, which the pane was hidden from. */
  reveal() {
    this.marked = null;
    if (this.program) this.mark();
  }

  words({ doing, call, exit }) {
    const { t } = this;
    if (doing === "exited") return exitWords(exit, t);
    const values = { call: call ? `${call.name}()` : "", wchan: call?.wchan ?? "" };
    if (doing === "blocked") return t(call.wchan ? "doing-blocked-in" : "doing-blocked", values);
    return t(`doing-${doing}`, values);
  }

  /** mark marks the line of the current call, or the line of an error. */
  mark() {
    const { program } = this;
    const { exit } = program;
    const wrong = exit && (exit.error || exit.code) ? exit.line : 0;
    const line = wrong || (program.call ? program.line : 0);
    const key = `${line} ${wrong} ${program.doing}`;
    if (this.marked === key) return;
    this.marked = key;
    const moved = !this.runs && this.face !== this.editor; // the editor knows where lines went
    const known = !moved && (!program.file || program.file === this.file);
    this.face.mark({ line: known ? line || 0 : 0, doing: program.doing, error: wrong ? exit.error ?? "" : undefined });
  }
}

/** WAIT is how long the editor may take to come, in ms: who wants to write is not kept waiting. */
const WAIT = 4000;
const LATE = new Error("the editor has not come yet");

/** soon is what is promised, or LATE. */
const soon = (promise) => Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(LATE), WAIT))]);

/** exitWords says how a program ended. */
export function exitWords({ code, signal, error, limit, line }, t) {
  if (limit) return t(`limit-${limit}`);
  if (signal) return t("exit-signal", { signal });
  if (error) return t(line ? "exit-error-line" : "exit-error", { code, error, line });
  return t("exit-code", { code });
}
