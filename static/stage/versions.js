// The versions of a program's text, one for each language that the course has
// it in. One of them is shown. A version has
//
//   file      its name
//   original  the lab's own text
//   source    the text that is there now
//   given     the text that a step of the lesson put there, or null
//   ran       the text with which the last run began

import { ending } from "./languages.js";

export class Versions {
  /** pres are the page's elements with the texts, the lab's first language first. */
  constructor(pres) {
    this.all = pres.map((pre) => {
      const original = pre.querySelector("code").textContent;
      return { file: pre.dataset.file, original, source: original, given: null };
    });
    [this.first] = this.all;
    this.shown = this.first;
  }

  /** choose shows the version of this file; the first when there is none. */
  choose(file) {
    this.shown = this.all.find((v) => v.file === file) ?? this.first;
  }

  /** hidden is, by file, what is in those that are not shown: source, null for the lab's own, and given, whether a step gave it. */
  get hidden() {
    const all = this.all.filter((v) => v !== this.shown);
    return Object.fromEntries(all.map((v) => [v.file, { source: v.source === v.original ? null : v.source, given: v.given === v.source }]));
  }

  /** fill puts back what hidden said. */
  fill(hidden) {
    for (const v of this.all) {
      const had = hidden[v.file];
      if (!had) continue;
      v.source = had.source ?? v.original;
      v.given = had.given ? v.source : null;
    }
  }

  /**
   * give puts the text that a step of the lesson has for the program into its
   * first version and, by ending, into others. What the learner typed in one
   * that is not shown stays. It returns false when the step does not have the
   * language that is shown: then the first is.
   */
  give(first, others) {
    const texts = this.all.map((v) => (v === this.first ? first : others[ending(v.file)]));
    const had = texts[this.all.indexOf(this.shown)] !== undefined;
    if (!had) this.shown = this.first;
    this.all.forEach((v, i) => {
      if (texts[i] !== undefined && (v === this.shown || v.source === v.original)) v.source = v.given = texts[i];
    });
    return had;
  }

  /** takeStepBack puts the originals in the place of what a step gave. */
  takeStepBack() {
    for (const v of this.all) {
      if (v.given === v.source) v.source = v.original;
      v.given = null;
    }
  }

  /** begin is called when a run begins with the texts as they are. */
  begin() {
    for (const v of this.all) v.ran = v.source;
  }
}
