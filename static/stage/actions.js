// What the views of a stage may ask for, and what is loaded when it is asked for.

const LATER = 1e9; // ns that a delayed packet is still under way

export function actions(stage) {
  const send = (command) => stage.session.send(command);
  return {
    run: (start) => stage.session.run(start), stop: () => stage.session.stop(), command: send,
    deliver: (packet) => send({ command: "deliver", packet }), drop: (packet) => send({ command: "drop", packet }),
    duplicate: (packet) => send({ command: "duplicate", packet }), delay: (packet) => send({ command: "delay", packet, delay: LATER }),
    wire: (change) => stage.setWire(change), select: (thing) => stage.select(thing), diagram: () => stage.diagram, events: () => stage.views.events, own: (id, carries) => own(stage, id, carries), file: (name) => stage.session.file(name),
    link: () => stage.all.length > 0 && !stage.session.lent && import("./link.js").then(({ open }) => open(stage)),
    compose: (what) => stage.model.started && !stage.model.ended && import("./compose.js").then(({ open }) => open(stage, what)), changed: () => stage.changed(),
    causes: (yes) => because(stage, (all) => all.show(yes)),
    relative: (yes) => { if (stage.diagram) { stage.diagram.relative = yes; stage.diagram.redraw(); } }, ready: () => stage.ready(),
    page: stage.t, runs: () => ({ mine: stage.mine(), before: stage.earlier, earlier: stage.session.earlier, over: stage.recorded || stage.lost || stage.all.at(-1)?.kind === "end" }),
  };
}

/** own marks a socket in the tables, and the packets that it carries, as carries says. */
function own(stage, id, carries) {
  stage.diagram.own = carries;
  for (const { table } of stage.hosts.all) table.own = id;
  stage.diagram.redraw();
  stage.views.own(carries);
  stage.wake();
}

/** because loads what knows of causes and has it draw, once act has been done with it. Where it does not come a stage says less. */
export async function because(stage, act = () => {}) {
  const all = await Promise.all([import("./causes.js"), stage.ready()]).then(([{ causes }]) => causes(stage)).catch(() => null);
  if (!all) return;
  act(all);
  all.draw();
}

/** loopback adds to a stage what is to be known of runs on lo. */
export function loopback(stage) {
  stage.loopback ??= import("./loopback.js").then(({ note }) => note(stage)).catch(() => { stage.loopback = null; });
}

/** load loads what a run needs and a page does not. It may be asked for while the stage is built. */
export async function load(stage) {
  const voice = stage.recorded ? null : import("./voice.js"); // with which a screen reader hears of live runs
  const [{ Diagram }, sentences] = await Promise.all([import("./diagram.js"), import("./sentences.js"), voice]);
  const { t, on, marks, place } = stage;
  stage.sentences = sentences;
  stage.diagram = new Diagram(place, { t, on, relative: marks[0].firstChild.checked, sentence: (thing) => stage.describe(thing), now: () => stage.now() });
  if (!voice) return;
  stage.voice = new (await voice).Voice(t);
  stage.append(stage.voice.node);
}
