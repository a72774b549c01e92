// The sandbox a stage is connected to: starting one, coming back to one
// after a reload, and the commands on their way.

import { VERSION } from "./model.js";
import { start, Stream } from "./stream.js";

const WIRE_PAUSE = 100; // ms between two settings of the wire

export class Session {
  constructor(stage) {
    this.stage = stage;
    this.stream = null;
    this.live = false;
    this.begun = false; // the stage shows the run of this stream
    this.kept = null; // what is known of the run that is come back to
    this.began = {}; // what is remembered of the run: {id, stream, earlier, ran}, ran being the texts with which it began
    this.key = `fivetuple ${stage.lab.name}`;
  }

  /** phase is idle, starting, live or over. */
  phase(model) {
    if (this.starting) return "starting";
    if (!this.stream || !this.begun) return "idle";
    return model.ended || this.stream.over ? "over" : "live";
  }

  /** file is the address of a form of the run. */
  file(name) {
    return `/api/sandboxes/${this.id}/${name}`;
  }

  /** answer is the address of the answer that the run gives to a question. */
  answer(question) {
    return `/api/sandboxes/${this.id}/answers/${question}`;
  }

  /** run starts a run; it returns whether one has begun. */
  async run(how) {
    const { stage } = this;
    if (this.starting || stage.lab.unavailable) return false;
    this.starting = true;
    stage.fault("");
    stage.show();
    try {
      const [sandbox] = await Promise.all([this.ask(this.request(how)), stage.ready()]);
      if (!sandbox) return false;
      stage.fault("");
      this.leave();
      this.kept = null;
      this.earlier = this.id; // the sandbox before
      this.begin();
      this.open(sandbox);
      this.began = { ...sandbox, earlier: this.earlier, ran: this.texts() };
      this.keep();
      return true;
    } catch (err) {
      stage.fault(err.message, err.code);
      if (err.code === "unavailable") this.offer(err.code);
      return false;
    } finally {
      this.starting = false;
      stage.show();
      stage.tell();
    }
  }

  /** keep remembers the run, and what the learner has set and typed. */
  keep() {
    const { timeline, stepWire, panes } = this.stage;
    const given = panes.filter((p) => p.given).map((p) => p.name);
    remember(this.key, { ...this.began, ...this.texts(), hidden: this.hidden(), wire: this.wire(), step: { timeline, stepWire }, given });
  }

  /** texts are what is in the panes and is not the lab's own. */
  texts() {
    return { programs: this.edited(), files: this.chosen() };
  }

  /** hidden is what stands in languages that are not shown, by program. */
  hidden() {
    return Object.fromEntries(this.stage.panes.map((p) => [p.name, p.versions.hidden]));
  }

  /** put puts texts into the panes. */
  put({ programs = {}, files = {}, hidden = {} }) {
    for (const pane of this.stage.panes) {
      pane.versions.fill(hidden[pane.name] ?? {});
      pane.choose(files[pane.name]);
      pane.load(programs[pane.name] ?? pane.original);
    }
  }

  /** wire is the settings of the wire that are not the lab's own. */
  wire() {
    const { settings, lab } = this.stage;
    return Object.fromEntries(Object.entries(settings).filter(([name, value]) => String(value) !== String(lab.wire[name])));
  }

  /** request is what to start, as the learner has set it. */
  request(start) {
    const { stage } = this;
    return {
      lab: stage.lab.name, lang: stage.lab.lang, start,
      ...(stage.lab.wired ? { wire: { ...stage.settings } } : {}),
      ...(stage.timeline ? { timeline: stage.timeline } : {}),
      ...(stage.panes.some((p) => p.other) ? { files: this.chosen() } : {}),
      ...(stage.panes.some((p) => p.edited) ? { programs: this.edited() } : {}),
    };
  }

  /** edited is the texts that are not the lab's own, by program. */
  edited() {
    return Object.fromEntries(this.stage.panes.filter((p) => p.edited).map((p) => [p.name, p.source]));
  }

  /** chosen is the files that are not the lab's first, by program. */
  chosen() {
    return Object.fromEntries(this.stage.panes.filter((p) => p.other).map((p) => [p.name, p.file]));
  }

  /** ask asks for a sandbox until it is our turn; nothing when the learner would not wait. */
  async ask(request) {
    this.waits = true;
    for (let ticket = ""; ;) {
      try {
        return await start({ ...request, ticket }, this.stage.t);
      } catch (err) {
        if (!err.ticket) throw err;
        ticket = err.ticket;
        this.stage.fault(err.message, err.code);
        this.offer(err.code);
        await new Promise((done) => setTimeout(done, err.again));
        if (this.waits) continue;
        this.stage.meanwhile?.withdraw();
        return this.stage.fault("");
      }
    }
  }

  /** offer offers a recorded run while, for a reason, there is no live one. */
  offer(reason) {
    const { stage } = this;
    if (stage.lab.meanwhile) import("./meanwhile.js").then(({ offer }) => offer(stage, reason)).catch(() => {}); // then none
  }

  /** stop ends the run, or the wait for one. */
  stop() {
    this.waits = false;
    if (!this.starting) this.send({ command: "stop" });
  }

  /** resume comes back to what the learner had set and typed in this tab, and to the run, if there is one. */
  async resume() {
    const kept = remembered(this.key);
    if (!kept) return;
    const { wire, step, given = [], programs, files, hidden, ...began } = kept;
    this.kept = this.began = began;
    Object.assign(this.stage, step);
    Object.assign(this.stage.settings, wire);
    this.put({ programs, files, hidden });
    for (const p of this.stage.panes) if (given.includes(p.name)) p.version.given = p.source;
    this.earlier = began.earlier;
    if (!began.stream) return;
    await this.stage.ready();
    if (!this.stream && !this.starting) this.open(this.kept);
  }

  /** begin clears the stage for a run; one that is come back to, when it shows that it is there. What was typed since is put back. */
  begin() {
    const now = { ...this.texts(), hidden: this.hidden() };
    const ran = this.kept?.ran;
    if (ran) this.put(ran);
    this.kept = null;
    this.begun = true;
    this.stage.meanwhile?.end();
    this.stage.begin();
    if (ran) this.put(now);
  }

  open(sandbox) {
    const { stage } = this;
    this.id = sandbox.id;
    const shown = document.querySelector("ft-connection"); // for which the server is to read along
    if (shown) this.show(shown, sandbox.id);
    this.stream = new Stream(shown ? `${sandbox.stream}?frames` : sandbox.stream, {
      events: (list) => {
        if (list[0].version > VERSION) return this.newer();
        if (!this.begun) this.begin();
        stage.take(list);
      },
      state: (name, detail) => this.state(name, detail),
      refused: (code) => stage.fault(stage.t(`refused-${code}`), String(code)),
    });
  }

  /** show has the page's own connection shown, once the script for that is there. */
  async show(shown, id) {
    await customElements.whenDefined("ft-connection");
    shown.follow(id, this);
    this.shown = shown;
  }

  state(name, detail) {
    const { stage } = this;
    this.live = name === "live";
    this.shown?.settle();
    if (name === "gone") return this.gone();
    const words = name === "reconnecting" ? stage.t("connection-reconnecting", { s: Math.max(1, Math.round(detail / 1000)) }) : undefined;
    stage.toolbar.connect(name, words);
    stage.wake();
  }

  /** newer: the stream is of a newer vocabulary, and would be shown wrong. */
  newer() {
    const { stage } = this;
    this.leave();
    stage.toolbar.connect("idle");
    stage.fault(stage.t("newer-stream"), "newer-stream");
    stage.show();
    stage.tell();
  }

  /** gone: the server no longer has the sandbox. */
  gone() {
    const { stage } = this;
    this.began = {};
    this.keep();
    stage.toolbar.connect(this.begun ? "closed" : "idle");
    if (!this.begun || stage.model.ended) return stage.show();
    stage.fault(stage.t("gone"), "gone");
    const recording = JSON.stringify({ version: stage.all[0]?.version ?? VERSION, lab: stage.lab.name, events: stage.all });
    stage.lose({ "recording.json": URL.createObjectURL(new Blob([recording])) });
  }

  /** leave ends the run before, if it is still live, and closes its stream. */
  leave() {
    if (!this.stream) return;
    if (!this.stage.model.ended) this.stream.send({ command: "stop" });
    this.stream.leave();
    this.live = this.begun = false;
  }

  /** send gives a command; false and a word to the learner when it cannot go. */
  send(command) {
    if (!this.stream || this.stage.model.ended) return false;
    if (this.stream.send(command)) return true;
    this.stage.say(this.stage.t("not-connected"), "not-connected");
    return false;
  }

  /** sendWire sends settings of the wire: at once, and when they come fast only the last. */
  sendWire(change) {
    if (!this.live || this.stage.model.ended) return;
    if (this.wireTimer) {
      this.pending = { ...this.pending, ...change };
      return;
    }
    this.send({ command: "wire", ...change });
    this.wireTimer = setTimeout(() => {
      const settings = this.pending;
      this.wireTimer = this.pending = null;
      if (settings) this.sendWire(settings);
    }, WIRE_PAUSE);
  }

  /** wireWaits says whether the learner has just set something. */
  wireWaits() {
    return Boolean(this.wireTimer);
  }
}

function remember(key, sandbox) {
  try {
    sessionStorage.setItem(key, JSON.stringify(sandbox));
  } catch { /* storage is refused: then a reload begins anew */ }
}

function remembered(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
