// The packets that wait in our hands, each with its buttons at the place
// where it waits. They are HTML over the drawing, so that they are real
// buttons.

import { el, button, text } from "./dom.js";
import { fit, flags, packetLabels } from "./labels.js";

export class HeldChips {
  constructor(diagram) {
    this.diagram = diagram;
    this.node = el("div", { class: "chips" });
    this.chips = new Map(); // by packet
  }

  reset() {
    this.chips.clear();
    this.node.replaceChildren();
  }

  draw(d) {
    const held = d.model.held();
    const gone = [...this.chips.keys()].filter((p) => !held.includes(p));
    for (const p of held) if (!this.chips.has(p)) this.add(p);
    for (const p of gone) this.remove(p, held);
    for (const p of held) this.place(p, d);
  }

  add(p) {
    const { t, on } = this.diagram;
    const name = flags(p);
    const label = el("span", { class: "what" });
    const chip = el("div", {
      class: "chip", role: "group", "aria-label": t("held-label", { packet: name }),
      "data-testid": "held", "data-packet": p.id, "data-flags": name,
    }, label,
      button(t("deliver"), { class: "deliver", "data-testid": "deliver", "aria-label": t("deliver-label", { packet: name }) }, () => on.deliver(p.id)),
      button(t("more"), { class: "others", "aria-expanded": "false", "data-testid": "held-more", "aria-label": t("more-label", { packet: name }) }, () => this.unfold(chip)),
      button(t("duplicate"), { class: "other", "data-testid": "duplicate", "aria-label": t("duplicate-label", { packet: name }) }, () => on.duplicate(p.id)),
      button(t("later"), { class: "other", "data-testid": "later", "aria-label": t("later-label", { packet: name }) }, () => on.delay(p.id)),
      button(t("edit-packet"), { class: "other", "data-testid": "edit-packet", "aria-label": t("edit-packet-label", { packet: name }) }, () => on.compose({ packet: p })),
      button(t("drop"), { class: "drop", "data-testid": "drop", "aria-label": t("drop-label", { packet: name }) }, () => on.drop(p.id)));
    this.chips.set(p, { chip, label });
    this.node.append(chip);
  }

  /** unfold shows what else can be done with a packet, or hides it. */
  unfold(chip) {
    const open = chip.toggleAttribute("data-open");
    chip.querySelector(".others").setAttribute("aria-expanded", String(open));
  }

  /** remove takes a chip away; the focus goes on to the next one, or to the diagram. */
  remove(p, held) {
    const { chip } = this.chips.get(p);
    const focused = chip.contains(document.activeElement) ? document.activeElement.className : "";
    this.chips.delete(p);
    chip.remove();
    if (!focused) return;
    const next = this.chips.get(held[0])?.chip.querySelector(`.${focused}`);
    if (next) next.focus({ preventScroll: true });
    else this.diagram.focus();
  }

  place(p, d) {
    const { chip, label } = this.chips.get(p);
    const { columns: c } = d;
    const names = [c.x.get(p.from) ?? 0, c.x.get(p.to) ?? c.width];
    chip.style.left = `${(names[0] + names[1]) / 2}px`;
    chip.style.top = `${d.layout.y(p.at.held.seq)}px`;
    const room = Math.abs(names[1] - names[0]) - c.band - 24;
    chip.style.maxWidth = `${room + (c.size === "narrow" ? 48 : 20)}px`;
    text(label, fit(packetLabels(p, d.t, d.relative), Math.max(Math.floor((room - (c.size === "wide" ? 160 : 0)) / d.letter), 4)));
  }
}
