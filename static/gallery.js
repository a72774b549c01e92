// The gallery: puts each component into the state that it shows. Every one of
// them is the real one, given events that were recorded.

import "./blocks/quiz.js";
import "./blocks/predict.js";
import "./blocks/steps.js";
import "./blocks/tables.js";
import "./blocks/connection.js";
import "./blocks/exercise.js";
import "./stage/recorded.js";
import { because } from "./stage/actions.js";
import { Stage } from "./stage/stage.js";
import { showBlocks } from "./gallery/blocks.js";

customElements.define("ft-stage", Stage);

/** StillSession is a session that is in one phase for ever, with a recorded run. */
class StillSession {
  constructor(folder, phase) {
    Object.assign(this, { folder, name: phase, live: phase === "live", id: "gallery", stream: null });
  }

  phase() {
    return this.name;
  }

  file(name) {
    return `${this.folder}/${name}`;
  }

  run() {}

  stop() {}

  leave() {}

  send() {
    return true;
  }

  keep() {}

  sendWire() {}

  wireWaits() {
    return false;
  }
}

/** What happens to a stage besides its events. */
const ACTS = {
  unfold: (stage) => [...stage.diagram.chips.chips.values()].at(-1).chip.querySelector(".others").click(),
  closer: (stage) => stage.diagram.zoom((z) => z.step(5)),
  further: (stage) => stage.diagram.zoom((z) => z.step(-2)),
  replay: (stage) => stage.replay.go(48),
  step: (stage) => stage.querySelectorAll("[data-testid=walked]")[1].click(),
  line: (stage) => [...stage.querySelectorAll(".tool .line")].at(-1).click(),
  numbers: (stage) => {
    const view = stage.views.open.get("charts");
    view.choose([...view.choice.options].at(-1).value);
    for (const { node } of view.tables) node.open = true;
  },
  edit: async ({ panes: [pane] }) => {
    await (pane.loading ??= pane.newEditor()); // however long it takes
    await pane.toggle();
    pane.load(`${pane.source}# …\n`);
    document.activeElement.blur();
  },
  faults: (stage) => {
    stage.toolbar.faults.node.open = true;
    stage.setWire({ loss: 0.2, cut: ["client"] });
  },
  until: (stage) => {
    stage.model.until = { flags: ["FIN"] };
    stage.toolbar.until.select.value = "3";
    stage.show();
  },
  reconnecting: (stage) => stage.toolbar.connect("reconnecting", stage.t("connection-reconnecting", { s: 2 })),
  fault: (stage, { say }) => stage.fault(say),
  meanwhile: (stage, { say }) => wait(stage, say),
  look: async (stage, { say }) => {
    await stage.ready();
    await wait(stage, say);
    await stage.meanwhile.look();
    stage.replay.go(stage.all.length);
  },
  gone: (stage) => {
    stage.session.name = "over";
    stage.toolbar.connect("closed");
    stage.fault(stage.t("gone"), "gone");
    stage.lose({ "recording.json": stage.session.file("recording.json") });
  },
  causes: async (stage) => {
    stage.marks[1].firstChild.checked = true;
    await because(stage, (all) => all.show(true));
  },
  loopback: async (stage) => { (await stage.loopback).open = true; },
  refusal: (stage) => stage.noted({ t: 0, text: "refused", refusal: { why: "range", setting: "wire.mtu", value: "5 B", min: "68 B", max: "1500 B" } }),
  link,
  compare: async (stage, { other }) => {
    const { events } = await load(other);
    stage.earlier = { events, programs: stage.ran };
    stage.views.draw(stage.model);
  },
  compose: (stage) => dialog(stage, {}),
  "edit-packet": (stage) => dialog(stage, { packet: stage.model.packets.get(1) }),
};

/** wait has a stage wait in line, with a recorded run to look at. */
async function wait(stage, say) {
  const { offer } = await import("./stage/meanwhile.js");
  stage.fault(say, "full");
  await offer(stage, "full");
}

/** link makes a link as if a server had kept the run, and shows one that is the same wherever the gallery is served. */
async function link(stage) {
  const { open } = await import("./stage/link.js");
  stage.lab.kept = "OKBYOARVZ5LGPDOUTMNMJ3SYCQ";
  await open(stage);
  const { field, said, t: words } = stage.link;
  field.value = field.value.replace(location.origin, "https://example.org");
  said.textContent = words("copied"); // whether this browser lets a page copy or not
  field.blur();
}

/** dialog opens the dialog for packets within the page, not above it. */
async function dialog(stage, what) {
  const { open } = await import("./stage/compose.js");
  await open({
    lab: stage.lab, model: stage.model, session: stage.session,
    append: (node) => {
      node.showModal = () => node.setAttribute("open", "");
      stage.append(node);
    },
  }, what);
}

/** What is taken away of a stage, by the part that is to be seen. */
const AWAY = {
  all: [],
  bar: [":scope > :not(.controls, .alert)"],
  lost: [":scope > :not(.controls, .alert, .over, .replay)"],
  note: [":scope > :not(.floor, [data-testid=loopback])", ".floor > *"],
  diagram: [":scope > :not(.floor)", ".side", ".hosts"],
  replay: [":scope > :not(.floor, .replay)", ".side", ".hosts"],
  sides: [":scope > :not(.floor)"],
  view: [":scope > :not(.views)"],
  dialog: [":scope > :not(.compose)"],
};

const runs = new Map(); // by folder

function load(folder) {
  if (!runs.has(folder)) runs.set(folder, fetch(`${folder}/recording.json`).then((r) => r.json()));
  return runs.get(folder);
}

async function show(stage, shows) {
  const { until = 0, phase, part, view = "story", packet, call, act } = shows;
  const { views } = stage;
  stage.now = () => stage.model.t; // time stands still
  stage.tick = () => {};
  if (!stage.recorded) stage.session = new StillSession(shows.folder, phase);
  if (until > 0) {
    const { events } = await load(shows.folder);
    await stage.ready();
    stage.begin();
    stage.toolbar.connect(phase === "live" ? "live" : "closed");
    stage.take(events.slice(0, until));
  }
  stage.place.hidden = part === "sides"; // the hosts stand beside it all the same
  await stage.loopback;
  for (const gone of AWAY[part].flatMap((selector) => [...stage.querySelectorAll(selector)])) gone.remove();
  stage.draw();
  await stage.toolbar.loading;
  if (packet || call) {
    const thing = packet ? stage.model.packets.get(packet) : stage.model.calls.get(call);
    stage.select(thing);
  }
  if (act === "failed") views.words = () => Promise.reject(new Error("nothing"));
  if (act === "loading") views.words = () => new Promise(() => {});
  else await views.load(view);
  views.show(view);
  stage.draw();
  await ACTS[act]?.(stage, shows);
  clearTimeout(stage.note.timer);
}

const frame = () => new Promise(requestAnimationFrame);

/** scroll scrolls to y or the end, to what is whole pixels also where a page is drawn smaller. */
function scroll(node, y) {
  node.scrollTop = Math.floor(Math.min(y, node.scrollHeight - node.clientHeight) / 4) * 4;
}

/** settle scrolls each part to the same place, whatever came first. */
async function settle() {
  await frame();
  await frame();
  for (const { diagram, narrative } of document.querySelectorAll("ft-stage")) {
    const chosen = diagram?.rover.marked;
    if (diagram) scroll(diagram.scroll, chosen?.view ? chosen.view.node.getBBox().y - 150 : Infinity);
    scroll(narrative.log, Infinity);
  }
}

document.addEventListener("ft-theme", settle);
document.addEventListener("ft-progress", (e) => e.stopImmediatePropagation(), { capture: true }); // no prediction asks about these runs
await Promise.all([...document.querySelectorAll("[data-shows]")].map((place) => show(place.querySelector("ft-stage"), JSON.parse(place.dataset.shows))));
await showBlocks();
await settle();
(document.getElementById(location.hash.slice(1)) ?? document.documentElement).scrollIntoView(); // what was chosen has been scrolled to
document.documentElement.dataset.gallery = "ready";
