// Keys of the stage. They work while the focus is anywhere in the stage
// except where the learner types, and never with a modifier.

import { el } from "./dom.js";

const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]";

/** keys are what to press, in the order in which the help lists them. */
export const KEYS = [
  ["r", "run"], ["t", "run-step"], ["s", "step-all"], ["1 … 9", "step-one"], ["c", "continue"], ["p", "pause"],
  ["d", "deliver"], ["x", "drop"], ["y", "duplicate"], ["m", "later"], ["e", "edit"], ["u", "until"], ["h", "toggle"], ["k", "cut"], ["w", "causes"], ["l", "link"],
  ["+", "zoom-in"], ["-", "zoom-out"], ["0", "zoom-as-is"], [".", "stop"], ["?", "help"],
];

/** listen calls does[name](n) for each key that is pressed in node. */
export function listen(node, does) {
  const names = new Map(KEYS.map(([key, name]) => [key, name]));
  node.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.target.matches(TYPING)) return;
    const key = letter(e);
    const name = /^[1-9]$/.test(key) ? "step-one" : names.get(key === "=" ? "+" : key);
    if (!does[name]) return;
    e.preventDefault();
    does[name](Number(key));
  });
}

/** letter is what is pressed; with a keyboard that writes Korean, the Latin letter on the same key. */
const letter = ({ key, code }) => (key === "Process" || (key.length === 1 && key > "~") ? code.replace("Key", "") : key).toLowerCase();

/** shortcuts is what each key does with a stage; with one that shows a recorded run few do anything. */
export function shortcuts(stage, on) {
  const run = () => on.run("run");
  const help = () => { stage.help.open = !stage.help.open; };
  const causes = () => stage.marks[1].click();
  const zoom = (by) => () => stage.diagram?.zoom((z) => z.step(by));
  const any = { causes, help, "zoom-in": zoom(1), "zoom-out": zoom(-1), "zoom-as-is": zoom(0) };
  if (stage.recorded) return { run, ...any };
  const oldest = (f) => () => {
    const [packet] = stage.model.held();
    if (packet) f(packet.id, packet);
  };
  return {
    run, ...any, link: on.link, "run-step": () => on.run("step"), stop: on.stop,
    "step-all": () => on.command({ command: "step" }), continue: () => on.command({ command: "run" }), pause: () => on.command({ command: "pause" }),
    "step-one": (n) => stage.panes[n - 1] && on.command({ command: "step", program: stage.panes[n - 1].name }),
    deliver: oldest(on.deliver), drop: oldest(on.drop), duplicate: oldest(on.duplicate), later: oldest(on.delay),
    edit: oldest((_, packet) => on.compose({ packet })), until: () => stage.toolbar.until?.go(),
    cut: () => stage.toolbar.faults?.toggle(),
    toggle: () => stage.lab.wired && stage.toolbar.toggle(),
  };
}

/** help is the list of the keys that do something. */
export function help(t, limits, does) {
  const rows = KEYS.filter(([, name]) => does[name]).map(([key, name]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, t(`key-${name}`))));
  return el("details", { class: "help", "data-testid": "help" },
    el("summary", {}, t("help")), el("p", {}, t("help-intro")), el("dl", {}, ...rows),
    el("p", {}, t("help-diagram")), limits && el("p", { class: "limits", "data-testid": "limits" }, limits));
}
