// What the editor needs of CodeMirror, and what the grammars beside it share
// with it.

import { StyleModule } from "style-mod";

export { ChangeSet, Compartment, EditorState, MapMode, RangeSet, StateEffect, StateField } from "@codemirror/state";
export { Decoration, EditorView, GutterMarker, gutterLineClass, highlightSpecialChars, keymap, lineNumbers, WidgetType } from "@codemirror/view";
export { defaultKeymap, history, historyKeymap, indentLess, indentMore, isolateHistory } from "@codemirror/commands";
export { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { search, searchKeymap } from "@codemirror/search";
export { tagHighlighter } from "@lezer/highlight";

export { continuedIndent, delimitedIndent, flatIndent, foldInside, foldNodeProp, indentNodeProp, LanguageSupport, LRLanguage, syntaxTree } from "@codemirror/language";
export { IterMode, NodeWeakMap } from "@lezer/common";
export { styleTags, tags } from "@lezer/highlight";
export { ContextTracker, ExternalTokenizer, LocalTokenGroup, LRParser } from "@lezer/lr";

const sheets = new Map(); // by module

/**
 * In a document CodeMirror writes its styles into a <style> element, which a
 * policy without unsafe-inline forbids. Style sheets that are made and
 * adopted by a script are not text of the page, and the policy has nothing to
 * say of them. Of two modules the later one counts.
 */
StyleModule.mount = (root, modules) => {
  const added = [modules].flat().filter((m) => !sheets.has(m));
  for (const m of added) {
    sheets.set(m, new CSSStyleSheet());
    sheets.get(m).replaceSync(m.getRules());
  }
  const wanted = [modules].flat().map((m) => sheets.get(m));
  const others = root.adoptedStyleSheets.filter((s) => !wanted.includes(s));
  if (added.length > 0) root.adoptedStyleSheets = [...others, ...wanted];
};
