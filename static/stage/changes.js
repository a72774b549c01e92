// How a program differs from its original: each change by itself, with a
// button that takes it back. It is loaded when it is first asked for.

import { button, el, set, sheet, text, words } from "./dom.js";

const CELLS = 4e6; // of the table by which lines are compared; what needs more is shown as one change

/**
 * changes compares two texts line by line. Each change is a place: its first
 * line counted from 0 in the text and in the original, and the lines there in
 * both.
 */
export function changes(original, source) {
  const a = original.split("\n"), b = source.split("\n");
  let first = 0, last = 0; // how many lines are the same at the beginning and at the end
  while (first < Math.min(a.length, b.length) && a[first] === b[first]) first++;
  while (last < Math.min(a.length, b.length) - first && a.at(-1 - last) === b.at(-1 - last)) last++;
  const pairs = common(a.slice(first, a.length - last), b.slice(first, b.length - last));
  const found = [];
  let i = first, j = first;
  for (const [x, y] of [...pairs.map((p) => p.map((n) => n + first)), [a.length - last, b.length - last]]) {
    if (x > i || y > j) found.push({ from: i, at: j, was: a.slice(i, x), is: b.slice(j, y) });
    i = x + 1;
    j = y + 1;
  }
  return found;
}

/** common is the longest common subsequence of two lists, as pairs of places. */
function common(a, b) {
  if (a.length * b.length > CELLS) return [];
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1)); // what is common from here on
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      rows[i][j] = a[i] === b[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (rows[i + 1][j] >= rows[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** without is the text without one of its changes. */
export function without(source, { at, was, is }) {
  const lines = source.split("\n");
  lines.splice(at, is.length, ...was);
  return lines.join("\n");
}

/** load makes the list of a program's changes, in a language of the course; take(source) is given what is left when one is taken back. */
export async function load(lang, take) {
  const [answer] = await Promise.all([fetch(new URL(`words/changes.${lang}.json`, import.meta.url)), sheet(new URL("../views.css", import.meta.url).href)]);
  return new Changes(words(await answer.json()), take);
}

class Changes {
  constructor(t, take) {
    Object.assign(this, { t, take });
    this.label = el("p", { class: "hint" });
    this.list = el("ol", {});
    this.node = el("section", { class: "changes", "data-testid": "changes" }, this.label, this.list);
  }

  show({ file, original, source }) {
    const all = changes(original, source);
    set(this.node, { "aria-label": this.t("label", { file }) });
    text(this.label, this.t("signs"));
    this.list.replaceChildren(...all.map((c, i) => this.item(c, source, i)));
  }

  item(change, source, i) {
    const where = this.where(change);
    const line = (sign, says) => (s) => el("span", {}, el("span", { class: "unseen" }, says), el("b", { "aria-hidden": "true" }, sign), s, "\n");
    return el("li", { "data-testid": "change" },
      el("p", {}, where, " ", button(this.t("undo"), { class: "quiet", "aria-label": this.t("undo-label", { where }), "data-testid": "undo-change" }, () => this.undo(change, source, i))),
      el("pre", {},
        change.was.length > 0 && el("del", {}, ...change.was.map(line("− ", this.t("was")))),
        change.is.length > 0 && el("ins", {}, ...change.is.map(line("+ ", this.t("is"))))));
  }

  where({ at, is }) {
    if (is.length === 0) return this.t("after", { n: at });
    return is.length === 1 ? this.t("line", { n: at + 1 }) : this.t("lines", { a: at + 1, b: at + is.length });
  }

  /** undo takes a change back; the focus goes to the next one. */
  undo(change, source, i) {
    this.take(without(source, change));
    const left = this.list.querySelectorAll("button");
    (left[i] ?? left[i - 1])?.focus();
  }
}
