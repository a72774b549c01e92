// The permanent link to the run on the stage, down to the event that is
// chosen. It is loaded when it is first asked for.

import { copy } from "./copy.js";
import { button, el, set, sheet, text, words } from "./dom.js";

let strings; // of the page's language, loaded once

/** open makes the link to what the stage shows, and copies it. */
export async function open(stage) {
  sheet(new URL("../runs.css", import.meta.url).href);
  strings ??= await fetch(new URL(`words/link.${stage.lab.lang}.json`, import.meta.url)).then((r) => r.json());
  stage.link ??= new LinkBox(stage, words(strings));
  await stage.link.make();
}

class LinkBox {
  constructor(stage, t) {
    Object.assign(this, { stage, t, path: "", ended: false });
    this.field = el("input", { readonly: true, "aria-label": t("label"), "data-testid": "link-url", onfocus: () => this.field.select() });
    this.said = el("span", { role: "status", "data-testid": "link-said" });
    this.node = el("div", { class: "linkbox", role: "group", "aria-label": t("label"), "data-testid": "link-box" },
      el("p", { class: "group" }, this.field, button(t("copy"), { "data-testid": "link-copy" }, () => this.make()),
        button(t("close"), { class: "quiet", "data-testid": "link-close" }, () => this.close())),
      el("p", { class: "hint" }, this.said, " ", t("what"), " ", el("a", { href: `/${stage.lab.lang}/runs` }, t("mine"))));
  }

  /** make has the server keep the run, and shows and copies the link. */
  async make() {
    if (!(await this.keep())) return;
    this.stage.alert.after(this.node);
    this.aim();
    this.field.focus();
    await this.copy();
  }

  /** keep has the server keep what has happened so far; false when it does not. */
  async keep() {
    const { stage, t } = this;
    if (stage.lab.kept) this.path = `/runs/${stage.lab.kept}${location.search}`;
    if (this.path && (this.ended || stage.lab.kept)) return true;
    let body = null;
    try {
      const answer = await fetch(stage.session.file("link"), { method: "POST" });
      body = await answer.json();
    } catch { /* there is no answer, or none that we know */ }
    if (!body?.path) {
      stage.fault(body?.error?.message ?? t("no-server"), body?.error?.code ?? "no-server");
      return false;
    }
    stage.fault("");
    Object.assign(this, { path: body.path, ended: body.ended });
    return true;
  }

  /** aim points the link at what is chosen. */
  aim() {
    const seq = this.stage.moment();
    this.field.value = `${location.origin}/${this.stage.lab.lang}${this.path}${seq ? `#${seq}` : ""}`;
    text(this.said, seq ? this.t("to-event", { n: seq }) : this.t("to-run"));
  }

  async copy() {
    const done = await copy(this.field.value);
    if (!done) this.field.select();
    text(this.said, this.t(done ? "copied" : "not-copied"));
    set(this.node, { "data-copied": String(done) });
  }

  /** over has the whole run kept, once it has ended. */
  over() {
    if (!this.path || this.ended || this.tried) return;
    this.tried = true;
    this.keep();
  }

  close() {
    this.node.remove();
    this.stage.focus({ preventScroll: true });
  }
}
