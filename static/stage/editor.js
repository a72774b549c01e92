// The editor of a program: CodeMirror, with the marks that a run sets. It is
// loaded when a program is first edited.
//
// A run's lines are those of the text as it was when the run began. What is
// typed since moves them, so a mark stays at the line that it is about.

import * as cm from "../vendor/codemirror/codemirror.js";
import { el } from "./dom.js";
import { theme } from "./editortheme.js";

const { ChangeSet, Compartment, Decoration, EditorState, EditorView, GutterMarker, MapMode, StateEffect, StateField, WidgetType } = cm;

const GRAMMARS = {
  ".py": () => import("../vendor/codemirror/python.js"),
  ".c": () => import("../vendor/codemirror/c.js"),
  ".go": () => import("../vendor/codemirror/go.js"),
};

const ending = (file) => file.slice(file.lastIndexOf("."));

/** The kinds of words that the listing colours, by the grammars' tags. */
const COLOURS = cm.tagHighlighter([
  { tag: [cm.tags.keyword, cm.tags.bool, cm.tags.null, cm.tags.self], class: "k-word" },
  { tag: [cm.tags.string, cm.tags.character, cm.tags.special(cm.tags.string)], class: "k-string" },
  { tag: [cm.tags.comment, cm.tags.processingInstruction, cm.tags.meta], class: "k-comment" },
  { tag: cm.tags.number, class: "k-number" },
]);

const grammar = new Compartment();
const began = StateEffect.define();
const marked = StateEffect.define();

/** The text with which the run began, and what was changed since; null before a run. */
const run = StateField.define({
  create: () => null,
  update(value, tr) {
    if (tr.effects.some((e) => e.is(began))) return { doc: tr.newDoc, since: ChangeSet.empty(tr.newDoc.length) };
    return value && tr.docChanged ? { doc: value.doc, since: value.since.compose(tr.changes) } : value;
  },
});

/** place is where line n of the run's text begins now; null when it is gone. */
function place(state, n) {
  const { doc, since } = state.field(run) ?? {};
  if (!doc || n < 1 || n > doc.lines) return null;
  return since.mapPos(doc.line(n).from, 1, MapMode.TrackDel);
}

class Fault extends WidgetType {
  constructor(error) {
    super();
    this.error = error;
  }

  eq(other) {
    return other.error === this.error;
  }

  toDOM() {
    return el("div", { class: "fault", "data-testid": "fault" }, this.error);
  }
}

class Sign extends GutterMarker {
  constructor(name) {
    super();
    this.elementClass = `sign-${name}`;
  }

  eq(other) {
    return other.elementClass === this.elementClass;
  }
}

/** signs are what one mark draws: the line, its sign in the margin, an error below it. */
function signs(state, { line, doing, error }) {
  const wrong = error !== undefined;
  const at = place(state, line);
  if (at === null) return NONE;
  const { from, to } = state.doc.lineAt(at);
  const attributes = { "data-current": doing, "data-testid": "current-line", "aria-current": "step", ...(wrong ? { "data-wrong": "" } : {}) };
  const lines = [Decoration.line({ attributes }).range(from)];
  if (error) lines.push(Decoration.widget({ widget: new Fault(error), block: true, side: 1 }).range(to));
  return { lines: Decoration.set(lines), margin: cm.RangeSet.of([new Sign(wrong ? "wrong" : doing).range(from)]) };
}

const NONE = { lines: Decoration.none, margin: cm.RangeSet.empty };

const marks = StateField.define({
  create: () => NONE,
  update(value, tr) {
    const mark = tr.effects.find((e) => e.is(marked));
    if (mark) return signs(tr.state, mark.value);
    return tr.docChanged ? { lines: value.lines.map(tr.changes), margin: value.margin.map(tr.changes) } : value;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (v) => v.lines),
    cm.gutterLineClass.from(field, (v) => v.margin),
  ],
});

/**
 * Tab indents; after Escape it goes to the next element, as everywhere in a
 * page, until another key is pressed: nobody is caught in the editor.
 */
function tab() {
  let leaving = false;
  const unless = (command) => (view) => !leaving && command(view);
  const keydown = (e) => {
    if (e.key === "Escape") leaving = true;
    else if (e.key !== "Tab" && e.key !== "Shift") leaving = false;
  };
  return [
    EditorView.domEventHandlers({ keydown, blur: () => { leaving = false; } }),
    cm.keymap.of([{ key: "Tab", run: unless(cm.indentMore), shift: unless(cm.indentLess) }]),
  ];
}

/** load makes an editor of a program, in a language of the course; changed(source) hears of what is typed. */
export async function load({ lang, name, changed }) {
  const answer = await fetch(new URL(`words/editor.${lang}.json`, import.meta.url));
  return new Editor({ name, changed, phrases: await answer.json() });
}

export class Editor {
  constructor({ name, changed, phrases }) {
    Object.assign(this, { changed, phrases });
    this.ran = new Set(); // files whose text was shown as the run began with it
    this.states = new Map(); // of files that are not shown, by their names
    this.hint = el("p", { class: "hint", id: `editor-hint-${name}` }, phrases.hint);
    this.view = new EditorView();
    this.node = el("div", { class: "editor", hidden: true, onkeydown: (e) => e.stopPropagation() }, this.view.dom, this.hint);
  }

  get value() {
    return this.view.state.doc.toString();
  }

  /** show shows the text of a file. What was typed there before can still be undone. */
  show({ file, source, label }) {
    if (file !== this.file) {
      if (this.file !== undefined) this.states.set(this.file, this.view.state);
      this.file = file;
      this.view.setState(this.states.get(file) ?? this.state(source, label));
      this.colour(file);
    }
    this.replace(source);
  }

  state(source, label) {
    return EditorState.create({
      doc: source,
      extensions: [
        tab(), cm.history(), cm.search({ top: true }), cm.lineNumbers(), cm.bracketMatching(), cm.indentOnInput(), cm.highlightSpecialChars(),
        cm.keymap.of([...cm.searchKeymap, ...cm.historyKeymap, ...cm.defaultKeymap]),
        cm.indentUnit.of(ending(this.file) === ".go" ? "\t" : "    "), EditorState.tabSize.of(4), EditorState.phrases.of(this.phrases),
        cm.syntaxHighlighting(COLOURS), grammar.of([]), run, marks, theme, EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": this.hint.id, "data-testid": "editor" }),
        EditorView.updateListener.of((u) => u.docChanged && this.changed(this.value)),
      ],
    });
  }

  /** colour gives the text its grammar; without one it stays plain. */
  async colour(file) {
    const found = await GRAMMARS[ending(file)]?.().catch(() => null);
    if (found && file === this.file) this.view.dispatch({ effects: grammar.reconfigure(found.default) });
  }

  /** replace puts another text in the place of this one, as one change from the first difference to the last. */
  replace(source) {
    const now = this.value;
    if (now === source) return;
    let from = 0, to = now.length, end = source.length;
    while (from < Math.min(to, end) && now[from] === source[from]) from++;
    while (Math.min(to, end) > from && now[to - 1] === source[end - 1]) to--, end--;
    this.view.dispatch({ changes: { from, to, insert: source.slice(from, end) }, annotations: cm.isolateHistory.of("full") });
  }

  /** begin says that the text that is shown now begins to run. */
  begin() {
    this.ran.add(this.file);
    this.view.dispatch({ effects: began.of(null) });
  }

  /** mark marks one line of the text that runs, 0 for none: where the program is, or where its error is. */
  mark(mark) {
    const line = this.ran.has(this.file) ? mark.line : 0;
    this.view.dispatch({ effects: marked.of({ ...mark, line }) });
    const at = place(this.view.state, line);
    if (at !== null) this.reveal(at);
  }

  /** reveal scrolls the text, and nothing around it. */
  reveal(at) {
    this.view.requestMeasure({
      read: (view) => {
        const { scrollTop, clientHeight } = view.scrollDOM;
        const { top, bottom } = view.lineBlockAt(at);
        return top < scrollTop || bottom > scrollTop + clientHeight ? top - clientHeight / 2 : null;
      },
      write: (top, view) => {
        if (top !== null) view.scrollDOM.scrollTop = top;
      },
    });
  }

  focus() {
    this.view.focus();
  }
}
