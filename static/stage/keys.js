// Keys of the stage. They work while the focus is anywhere in the stage
// except where the learner types, and never with a modifier.

import { el } from "./dom.js";

const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]";

/** keys are what to press, in the order in which the help lists them. */
export const KEYS = [
  ["r", "run"], ["t", "run-step"], ["s", "step-all"], ["1 … 9", "step-one"], ["c", "continue"], ["p", "pause"],
  ["d", "deliver"], ["x", "drop"], ["h", "toggle"], ["k", "cut"], [".", "stop"], ["?", "help"],
];

/** listen calls does[name](n) for each key that is pressed in node. */
export function listen(node, does) {
  const names = new Map(KEYS.map(([key, name]) => [key, name]));
  node.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.target.matches(TYPING)) return;
    const name = /^[1-9]$/.test(e.key) ? "step-one" : names.get(e.key.toLowerCase());
    if (!name) return;
    e.preventDefault();
    does[name]?.(Number(e.key));
  });
}

/** help is the list of the keys of these names, all when none are given. */
export function help(t, limits, names) {
  const rows = KEYS.filter(([, name]) => !names || names.includes(name)).map(([key, name]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, t(`key-${name}`))));
  return el("details", { class: "help", "data-testid": "help" },
    el("summary", {}, t("help")), el("p", {}, t("help-intro")), el("dl", {}, ...rows),
    el("p", {}, t("help-diagram")), limits && el("p", { class: "limits", "data-testid": "limits" }, limits));
}
