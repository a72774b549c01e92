// Items that are put in order: by buttons and arrow keys, or dragged by a
// handle. It is always the neighbours that are moved in the document, so that
// the item in hand keeps the focus and the pointer.

import { el, enable, enabled, set, text } from "../stage/dom.js";
import { Written } from "./written.js";

export class Order extends Written {
  wrong = "order-wrong"; // the learner's own order is in view

  constructor(block, t) {
    super(block, t);
    this.list = block.querySelector(".answer-order");
    this.said = block.querySelector("[data-testid=order-said]");
    this.keep = block.querySelector("[data-testid=order-keep]");
    for (const item of this.items) this.equip(item);
    set(this.keep, { hidden: null, onclick: () => this.given() });
    this.number();
  }

  get items() {
    return [...this.list.children];
  }

  get mine() {
    return this.done ? this.items.map((item) => item.dataset.key).join(",") : null;
  }

  equip(item) {
    const name = this.name(item);
    const move = (way) => () => this.move(item, way);
    const button = (way, sign) => el("button", { type: "button", "data-way": way, "aria-label": this.t(`order-${way}`, { item: name }), onclick: move(way) }, sign);
    const grip = el("span", { class: "answer-grip", "aria-hidden": "true", onpointerdown: (e) => this.take(item, e), onpointermove: (e) => this.drag(item, e), onlostpointercapture: () => this.drop(item) }, "⠿");
    item.prepend(grip);
    item.append(el("span", { class: "answer-moves" }, button("up", "▲"), button("down", "▼")));
    item.addEventListener("keydown", (e) => {
      const way = { ArrowUp: "up", ArrowDown: "down" }[e.key];
      if (!way) return;
      e.preventDefault();
      this.move(item, way);
    });
  }

  name(item) {
    return item.querySelector(".answer-item").textContent.trim().replace(/\.$/, "");
  }

  move(item, way) {
    if (!enabled(item.querySelector(`[data-way=${way}]`))) return;
    if (way === "up") item.after(item.previousElementSibling);
    else item.before(item.nextElementSibling);
    this.moved(item);
  }

  take(item, e) {
    e.preventDefault(); // no text is selected
    e.target.setPointerCapture(e.pointerId);
    item.dataset.taken = "";
  }

  drag(item, { clientY }) {
    if (!("taken" in item.dataset)) return;
    const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
    const before = () => item.previousElementSibling;
    const after = () => item.nextElementSibling;
    while (before() && clientY < middle(before())) item.after(before());
    while (after() && clientY > middle(after())) item.before(after());
    this.number();
  }

  drop(item) {
    delete item.dataset.taken;
    this.moved(item);
  }

  moved(item) {
    this.number();
    text(this.said, this.t("order-place", { item: this.name(item), n: this.items.indexOf(item) + 1, all: this.items.length }));
    this.given();
  }

  /** given says that this order is the learner's answer. */
  given() {
    this.done = true;
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  number() {
    const { items } = this;
    for (const [i, item] of items.entries()) {
      enable(item.querySelector("[data-way=up]"), i > 0);
      enable(item.querySelector("[data-way=down]"), i < items.length - 1);
    }
  }

  say(answer) {
    const names = new Map(this.items.map((item) => [item.dataset.key, this.name(item)]));
    return answer.split(",").map((key) => names.get(key) ?? key).join(" → ");
  }

  show(verdict) {
    super.show(verdict);
    const truth = verdict.truth.split(",");
    for (const [i, item] of this.items.entries()) {
      const place = truth.indexOf(item.dataset.key);
      item.dataset.result = place === i ? "right" : "wrong";
      item.querySelector(".answer-truth").textContent = place === i ? "✓" : `✗ ${this.t("order-truth", { n: place + 1 })}`;
    }
  }

  clear() {
    super.clear();
    for (const item of this.items) {
      delete item.dataset.result;
      item.querySelector(".answer-truth").textContent = "";
    }
  }
}
