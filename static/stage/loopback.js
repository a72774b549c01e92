// What lo does otherwise than a network, said beside a run on it, with what of
// that is to be seen in this run.

import { button, el, words } from "./dom.js";
import { decode } from "./decode.js";
import { time } from "./labels.js";

/** What a segment carries on Ethernet at most: 1500 bytes without the headers of IPv4 and TCP. */
const ETHERNET = 1460;

const known = new WeakMap(); // whether a packet's checksums fit

/** fits says whether the checksums of a captured packet are right. */
function fits(p) {
  if (!known.has(p)) known.set(p, decode(Uint8Array.from(atob(p.data), (c) => c.charCodeAt(0))).every((layer) => layer.right !== false));
  return known.get(p);
}

/** facts is what of lo is to be seen in a run: its packets, and the events so far. */
export function facts(packets, events) {
  const captured = packets.filter((p) => p.data);
  const rtts = events.filter((e) => e.kind === "info" && e.info.rtt > 0).map((e) => e.info.min_rtt || e.info.rtt);
  return {
    largest: packets.reduce((best, p) => ((p.summary?.len ?? 0) > (best?.summary.len ?? 0) ? p : best), null),
    captured: captured.length, wrong: captured.filter((p) => !fits(p)).length,
    rtt: rtts.length > 0 ? Math.min(...rtts) : null,
    sent: packets.length, lost: packets.filter((p) => p.phase === "dropped" || p.phase === "discarded").length,
  };
}

/** note puts the note below the floor of a stage, closed. */
export async function note(stage) {
  const answer = await fetch(new URL(`words/loopback.${stage.lab.lang}.json`, import.meta.url));
  const t = words(await answer.json());
  const list = el("ul");
  const node = el("details", { class: "help", "data-testid": "loopback", ontoggle: () => draw() }, el("summary", {}, t("title")), list);
  const draw = () => node.open && list.replaceChildren(...said(stage, t));
  stage.addEventListener("ft-progress", draw);
  stage.querySelector(".floor").after(node);
  return node;
}

/** said is each thing that lo does otherwise, and what of it is seen. */
function said(stage, t) {
  const { model } = stage;
  const f = facts([...model.packets.values()], stage.all.slice(0, model.seq));
  const n = f.largest?.summary.len;
  const segment = n && [t("size-seen", { n }), button(t("packet", { n: f.largest.id }), { class: "quiet", "data-testid": "largest" }, () => stage.select(f.largest)),
    n > ETHERNET ? t("size-more", { n: Math.ceil(n / ETHERNET) }) : ""];
  const seen = {
    host: [], size: segment || [t("size-none")],
    sum: [f.captured > 0 ? t("sum-seen", { wrong: f.wrong, all: f.captured }) : t("sum-none")],
    rtt: [f.rtt ? t("rtt-seen", { rtt: time(f.rtt) }) : t("rtt-none")],
    loss: [t("loss-seen", { sent: f.sent, lost: f.lost })],
  };
  return Object.entries(seen).map(([name, parts]) => el("li", { "data-fact": name }, t(name), " ", el("b", {}, ...parts.flatMap((part) => [part, " "]))));
}
