// Whether what a page shows of a run that it has seen live is what it shows of
// the recording: same() looks at the stage as it is at the end of a run, sets
// beside it a stage with the run's recording as the server gives it, and
// returns a list of sentences, one for each comparison that fails.
//
// The recording is shown twice: at once, and moment by moment, each drawn.
// Both must give the document that grew while the run went on.
{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const until = async (what, holds, ms = 30000) => {
    const end = performance.now() + ms;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`never: ${what}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };

  /** Views whose content is another run, or none of this one's. */
  const OTHERS = ["compare"];

  /** What a stage has for a run that goes on, or has gone, and not for a recording: commands, and what was said in passing; and what depends on where one has looked. */
  const LIVE = ".controls, .program .tools, .terminal > form, .u-cursor-pt, .packets tr[aria-hidden], .voice, .note, .blank, [role=alert], [data-testid=compare-runs], ft-stage > details.help, .newest";

  /** Widths that come from what was in sight of a long table. */
  const MEASURED = ".packets th";

  /** lines are an element and all that is in it, one text or attribute each: [where, what]. */
  function lines(node, at = "", found = []) {
    if (node.matches(LIVE)) return found;
    const here = `${at}/${node.localName}${[...node.classList].map((c) => `.${c}`).join("")}`;
    const put = (what) => found.push([here, what]);
    put("");
    const attributes = [...node.attributes].filter(({ name }) => at && !(name === "style" && node.matches(MEASURED)));
    for (const { name, value } of attributes.sort((a, b) => (a.name < b.name ? -1 : 1))) put(`${name}=${name === "href" ? new URL(value, location.href) : value}`);
    if ("value" in node && "form" in node) put(`value ${node.value}`);
    if (node.localName === "canvas") put(`pixels ${node.toDataURL()}`);
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) put(`“${child.data}”`);
      else if (child.nodeType === Node.ELEMENT_NODE) lines(child, here, found);
    }
    return found;
  }

  /** open opens a view and waits until it shows the whole run. */
  async function open(stage, name) {
    const { views } = stage;
    views.tabs.get(name).click();
    if (name === "story") return;
    await until(`the view ${name} is there`, () => views.open.get(name));
    const view = views.open.get(name);
    await until(`the view ${name} shows the run`, () => !view.asking && !(view.covers < view.seq) && !view.timer && (view.of?.count === undefined || view.drawn === view.of.count));
    if (view.choice) view.choose(view.choice.options[0]?.value); // of the charts: which the learner has seen last is no matter of the run's
  }

  /** whole has nodes for all things of which a long run has only those in sight. */
  function whole(stage) {
    const { diagram, narrative, views } = stage;
    if (narrative.from > 0) narrative.show(0);
    diagram.sight.following = false;
    diagram.sight.top = 0;
    diagram.sight.part = { from: -1e6, to: Infinity };
    diagram.draw();
    for (const { rows } of [...views.open.values()].filter((v) => v?.rows)) rows.show(0, rows.count);
  }

  /** shown is a stage with each view that is about its run, by the name of what is in sight. */
  async function shown(stage) {
    const found = new Map();
    for (const name of [...stage.views.tabs.keys()].filter((n) => !OTHERS.includes(n)).reverse()) { // the story last
      await open(stage, name);
      stage.diagram.scroll.scrollTop = 0;
      for (let n = 0; n < 2; n++) await frame(); // it has scrolled, and is drawn
      whole(stage);
      found.set(name, lines(stage.views.panels.get(name)));
    }
    return found.set("stage", lines(stage).filter(([at]) => !/\/div\.(view|more)\b(?!s)/.test(at)));
  }

  /** differ is a sentence about the first place at which two documents differ. */
  function differ(how, name, live, recorded) {
    const i = live.findIndex((line, n) => line.join() !== recorded[n]?.join());
    if (i < 0 && live.length === recorded.length) return [];
    const at = i < 0 ? live.length : i;
    const side = (all) => JSON.stringify((all[at] ?? ["", "nothing"]).join(" ").slice(-300));
    return [`${how}, ${name}: live ${side(live)}, recorded ${side(recorded)}`];
  }

  const compare = (how, live, recorded) => [...live.keys()].flatMap((name) => differ(how, name, live.get(name), recorded.get(name)));

  /** beside puts a stage with the recording below the one that was live. */
  async function beside(live) {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const stage = document.importNode(page.querySelector("ft-stage"), true);
    stage.dataset.run = live.session.file("");
    const entry = document.querySelector("script[type=module][src*=lesson]").src;
    await import(new URL("stage/recorded.js", entry));
    stage.addEventListener("ft-progress", (e) => e.stopPropagation()); // the page has heard of this run
    live.after(stage);
    return stage;
  }

  /** steps goes through a run moment by moment, a view open at each. */
  function steps(stage) {
    const { replay, all, views } = stage;
    const names = [...views.tabs.keys()].filter((n) => !OTHERS.includes(n));
    const by = Math.ceil(all.length / 40);
    for (let n = 1, i = 0; n < all.length; n += by, i++) {
      views.tabs.get(names[i % names.length]).click();
      replay.go(n);
      stage.draw();
    }
    replay.go(all.length);
  }

  globalThis.same = async () => {
    try {
      const stage = document.querySelector("ft-stage");
      const packets = [...stage.model.packets.values()];
      const choose = async (stage) => {
        const thing = stage.model.packets.get(packets[packets.length >> 1]?.id) ?? stage.model.calls.values().next().value;
        if (!thing) return;
        stage.select(thing);
        await until("causes are said", () => stage.causes);
      };
      await choose(stage);
      const live = await shown(stage);
      const second = await beside(stage);
      await second.session.run();
      second.replay.go(second.all.length);
      await choose(second);
      const faults = compare("at once", live, await shown(second));
      steps(second);
      await choose(second);
      return [...faults, ...compare("moment by moment", live, await shown(second))];
    } catch (err) {
      return [`live and recorded: ${err.stack}`];
    }
  };
}
