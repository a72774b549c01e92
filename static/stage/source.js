// A program's text with line numbers and a little colour: words, strings,
// numbers and comments. It is enough to read by, and it works on what the
// learner has just typed.

import { el, set } from "./dom.js";

const PYTHON = new Set(("and as assert async await break class continue def del elif else except False finally for from " +
  "global if import in is lambda None nonlocal not or pass raise return True try while with yield").split(" "));

const C = new Set(("break case char const continue default do double else enum extern float for goto if int long return short " +
  "signed sizeof static struct switch typedef union unsigned void volatile while").split(" "));

const GO = new Set(("break case chan const continue default defer else fallthrough for func go goto if import interface map nil " +
  "package range return select struct switch type var").split(" "));

const PYTHON_TOKEN = /("""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|[bfru]{0,2}"(?:\\.|[^"\\\n])*"?|[bfru]{0,2}'(?:\\.|[^'\\\n])*'?)|(#[^\n]*)|([A-Za-z_]\w*)|(\d[\w.]*)/gi;

/** Of C and Go: strings, comments and directives, words, numbers. */
const BRACES_TOKEN = /("(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`[^`]*`?)|(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|^#[ \t]*[a-z]+)|([A-Za-z_]\w*)|(\d[\w.]*)/gm;

const GRAMMARS = { py: [PYTHON_TOKEN, PYTHON], c: [BRACES_TOKEN, C], go: [BRACES_TOKEN, GO] };

/** tokens cuts a text into [kind, text]; kind is "" for what has no colour. */
export function tokens(source, file = "") {
  const [token, words] = GRAMMARS[file.split(".").at(-1)] ?? [];
  if (!token) return [["", source]];
  const found = [];
  let at = 0;
  for (const m of source.matchAll(token)) {
    if (m.index > at) found.push(["", source.slice(at, m.index)]);
    const kind = m[1] ? "string" : m[2] ? "comment" : m[4] ? "number" : words.has(m[3]) ? "word" : "";
    found.push([kind, m[0]]);
    at = m.index + m[0].length;
  }
  if (at < source.length) found.push(["", source.slice(at)]);
  return found;
}

/** lines cuts tokens at the ends of lines. */
export function lines(source, file) {
  const all = [[]];
  for (const [kind, s] of tokens(source.replace(/\n$/, ""), file)) {
    s.split("\n").forEach((part, i) => {
      if (i > 0) all.push([]);
      if (part) all.at(-1).push([kind, part]);
    });
  }
  return all;
}

/** breakable is a text that may be broken after an opening bracket or a comma. */
const breakable = (s) => s.split(/(?<=[(,])/).flatMap((part) => (/[(,]$/.test(part) ? [part, el("wbr")] : [part]));

/** listing is the text as a numbered list. */
export function listing(source, file) {
  return lines(source, file).map((parts, i) =>
    el("li", { "data-line": i + 1 }, el("code", {}, ...parts.flatMap(([kind, s]) => (kind ? [el("span", { class: `k-${kind}` }, s)] : breakable(s))), parts.length ? "" : "\u200b")));
}

/** Listing shows a program's text, to read. */
export class Listing {
  constructor() {
    this.node = el("ol", { class: "source", tabindex: "0" });
  }

  show({ file, source, label }) {
    set(this.node, { "aria-label": label });
    this.node.replaceChildren(...listing(source, file));
  }

  /** mark marks one line, 0 for none: where the program is, or where its error is. */
  mark({ line, doing, error }) {
    for (const old of this.node.querySelectorAll("[data-current]")) {
      set(old, { "data-current": null, "data-wrong": null, "data-testid": null, "aria-current": null });
      old.querySelector(".fault")?.remove();
    }
    const li = line && this.node.children[line - 1];
    if (!li) return;
    set(li, { "data-current": doing, "data-wrong": error !== undefined, "data-testid": "current-line", "aria-current": "step" });
    if (error !== undefined) li.append(el("span", { class: "fault", "data-testid": "fault" }, error));
    this.reveal(li);
  }

  reveal(li) {
    const list = this.node;
    const top = li.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + li.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  }

  focus() {
    this.node.focus();
  }
}

/** Plain is the field to edit a program in where the editor cannot be had. */
export class Plain {
  constructor(changed) {
    this.node = el("textarea", {
      class: "plain", hidden: true, spellcheck: "false", autocapitalize: "off", autocomplete: "off",
      wrap: "off", "data-testid": "plain-editor", oninput: () => changed(this.node.value),
    });
  }

  show({ source, label }) {
    set(this.node, { "aria-label": label, rows: Math.max(source.split("\n").length + 1, 8) });
    if (this.node.value !== source) this.node.value = source;
  }

  mark() {} // a field has no lines to mark

  focus() {
    this.node.focus();
  }
}
