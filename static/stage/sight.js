// The part of the diagram that is seen. It follows the newest until the
// learner scrolls up; then it stays where it is, and a button leads back.

import { button, set } from "./dom.js";

const NEAR = 24; // px from the end at which it follows again

export class Sight {
  /** seen(more) is called when one has scrolled; more says that another part of the drawing is to have nodes. */
  constructor(scroll, t, seen) {
    Object.assign(this, { scroll, seen });
    this.newest = button(t("newest"), { class: "newest", hidden: true, "data-testid": "newest" }, () => this.follow());
    scroll.addEventListener("scroll", () => this.scrolled());
    this.reset();
  }

  reset() {
    this.following = true;
    this.height = this.top = 0;
    this.due = false; // to scroll to what is new
    this.part = { from: 0, to: 0 };
  }

  /** grow is that the drawing is so high now; goes says whether the run goes on. */
  grow(height, goes) {
    this.grown = height !== this.height;
    this.due ||= this.grown;
    this.height = height;
    this.goes = goes;
    this.tall = this.scroll.clientHeight;
    this.look(this.due && this.following ? height - this.tall : this.scroll.scrollTop);
  }

  /** settle scrolls to what is new, once all that changed on the page is drawn: the browser lays it out for this. */
  settle() {
    if (this.due && this.following) this.scroll.scrollTop = this.scroll.scrollHeight;
    this.due = false;
    this.offer();
  }

  /** offer offers the way to the newest, where it is out of sight. */
  offer() {
    set(this.newest, { hidden: this.following || !this.goes || this.top + this.tall >= this.height - NEAR });
  }

  /** look says whether a part comes into sight that has no nodes. A screen above and below has them, unless one passes in haste. */
  look(top) {
    const { tall, part } = this;
    if (this.following && top >= this.height - tall - NEAR) return this.attend(top);
    const haste = Math.abs(top - this.top) > tall / 2;
    this.top = top;
    if (top - part.from >= tall / 2 && part.to - top >= 1.5 * tall) return false;
    const more = haste ? tall / 8 : tall;
    this.part = { from: top - more, to: top + tall + more };
    return true;
  }

  /** attend has nodes for what is seen at the end, and for all that comes. */
  attend(top) {
    this.top = top;
    if (this.part.to === Infinity && this.part.from <= top && this.part.from > top - this.tall) return false;
    this.part = { from: top - this.tall / 4, to: Infinity };
    return true;
  }

  scrolled() {
    const { scroll } = this;
    this.following = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - NEAR;
    const more = this.look(scroll.scrollTop);
    this.offer();
    this.seen(more);
  }

  follow() {
    this.following = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.scroll.focus({ preventScroll: true });
  }

  /** go brings a height into the middle of what is seen. */
  go(y) {
    this.following = false;
    this.scroll.scrollTop = y - this.scroll.clientHeight / 2;
  }
}
