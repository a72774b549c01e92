// The place where the sentences of a run appear.

import { button, el, set, text } from "./dom.js";

const KEPT = 500; // sentences on the page; what is earlier comes when it is asked for
const FAST = 20; // sentences of a long run in one frame, which nobody reads as they come:
const FEW = 60; // then so many are on the page
const MORE = 500; // sentences that come at once then

export class Narrative {
  constructor(t) {
    this.t = t;
    this.all = []; // until the first run
    this.from = this.to = 0;
    this.list = el("ol");
    this.earlier = button("", { class: "quiet", hidden: true, "data-testid": "earlier" }, () => this.goBack());
    this.log = el("div", { class: "sentences", role: "group", "data-testid": "narrative", tabindex: "0", "aria-label": t("narrative") }, this.earlier, this.list);
    this.node = el("section", { class: "narrative" }, el("h3", {}, t("narrative")), this.log);
  }

  /** reset begins a run, of which teller tells. */
  reset(teller) {
    this.teller = teller;
    this.all = [];
    this.atEnd = false;
    this.from = this.to = 0; // those of all that are on the page
    this.list.replaceChildren();
  }

  /** take takes an event in, after the model has, and gives back what there is to say of it. */
  take(e, thing) {
    const told = this.teller.told(e, thing);
    this.all.push(...told);
    return told;
  }

  /** look looks whether the end is in sight, before anything on the page changes. */
  look() {
    const { log } = this;
    this.atEnd = this.to < this.all.length && log.scrollTop + log.clientHeight >= log.scrollHeight - 24;
  }

  draw() {
    const { list, all, atEnd } = this;
    if (this.to === all.length) return;
    const kept = atEnd && all.length > 2 * KEPT && all.length - this.to > FAST ? FEW : KEPT;
    if (all.length - this.to > kept) { // so many at once push out all that is there
      list.replaceChildren();
      this.from = this.to = all.length - kept;
    }
    list.append(...all.slice(this.to).map(item));
    this.to = all.length;
    for (; atEnd && this.to - this.from > kept; this.from++) list.firstElementChild.remove();
    this.offer();
  }

  /** settle scrolls to what is new, once all that changed on the page is drawn. */
  settle() {
    if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = false;
  }

  /** offer offers the sentences that are no longer on the page. */
  offer() {
    set(this.earlier, { hidden: this.from === 0 });
    text(this.earlier, this.t("earlier", { n: this.from }));
  }

  /** goBack puts earlier sentences on the page. */
  goBack() {
    this.show(Math.max(this.from - MORE, 0));
    if (this.from === 0) this.log.focus({ preventScroll: true }); // the button is gone
  }

  /** show puts the sentences from one on on the page; what one reads stays where it is. */
  show(from) {
    const { list, log } = this;
    const below = log.scrollHeight - log.scrollTop;
    list.prepend(...this.all.slice(from, this.from).map(item));
    this.from = from;
    this.offer();
    log.scrollTop = log.scrollHeight - below;
  }
}

const item = ({ seq, t, kind, words }) => el("li", { "data-seq": seq, "data-kind": kind }, el("time", {}, (t / 1e9).toFixed(4)), el("span", {}, words));
