// What changed between two runs, in sentences.

import { lines } from "./facts.js";
import { el } from "./dom.js";
import { rate, time } from "./labels.js";
import { exitWords } from "./program.js";

const LONG = 120; // characters of an output that are shown

/** What is said to be the same together, by the word for it. */
const GROUPS = {
  settings: ["lab", "wire", "wire-later"], programs: ["file", "source"], packets: ["packets", "bytes"], again: ["again"], lost: ["lost"],
  calls: ["calls", "failed"], states: ["state"], exits: ["exit", "end"], duration: ["duration"], outputs: ["output"],
};

/**
 * told is the changes as elements: a list of sentences, and one of what is the
 * same. t gives the view's words and page those of the page; before says that
 * the other run is the one before, name what it is called.
 */
export function told(all, { t, page, before, name }) {
  const changed = all.filter((c) => !c.same);
  const say = (c) => sentence(c, { t, page, form: before ? "changed" : "other" });
  const equal = Object.entries(GROUPS).filter(([, keys]) => all.some((c) => keys.includes(c.key)) && !changed.some((c) => keys.includes(c.key))).map(([group]) => t(`group-${group}`));
  return [
    el("h4", {}, t(before ? "what-changed" : "what-differs", { name })),
    changed.length ? el("ul", {}, ...changed.map((c) => el("li", { "data-change": c.key }, say(c)))) : el("p", {}, t("nothing-changed")),
    equal.length ? el("p", { class: "hint", "data-testid": "same" }, t("same", { list: equal.join(", ") })) : "",
  ];
}

function sentence({ key, about, a, b }, { t, page, form }) {
  if (key === "source") return t(`${form}-source`, { ...about, ...lines(a, b) });
  const setting = about.name && page(`setting-wire.${about.name === "cut" ? "cuts" : about.name}`);
  const what = t(`what-${key}`, { ...about, name: setting });
  return t(form, { what, a: shown(key, about, a, t, page), b: shown(key, about, b, t, page) });
}

/** shown is a value as a reader reads it. */
function shown(key, about, value, t, page) {
  switch (key) {
    case "wire": case "wire-later": return value === null ? t("unchanged") : wire(about.name, value, t, page);
    case "bytes": return page("bytes", { n: value });
    case "duration": return time(value);
    case "exit": return value ? exitWords(value, page) : t("no-exit");
    case "end": return value ? page(`end-${value}`) : t("no-end");
    case "output": return value ? `“${value.trimEnd().slice(0, LONG)}${value.length > LONG ? "…" : ""}”` : t("nothing");
  }
  return value === null || value === "" ? t("nothing") : String(value);
}

function wire(name, value, t, page) {
  switch (name) {
    case "mode": return page(value);
    case "delay": case "jitter": return time(value);
    case "loss": case "reorder": case "duplicate": case "corrupt": return `${+(value * 100).toFixed(2)}%`;
    case "rate": return value ? rate(value) : page("unlimited");
    case "cut": return value?.length ? value.join(", ") : t("nothing");
  }
  return value ? String(value) : t("default");
}
