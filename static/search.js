// The search of an exported course: all its text in one file, in which the
// words of the query are looked for as they are typed. A Korean word is so
// found with any particle, an English one in the plural.

import { el, set, text, words } from "./stage/dom.js";

const MOST = 40; // results
const BEFORE = 60, AFTER = 160; // characters of a snippet around what was found

/** asked are the words of a query, in small letters. */
export const asked = (query) => query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  .map((w) => (/^[a-z]{3,}[^s]s$/.test(w) ? w.slice(0, -1) : w));

/** find is the entries that have all words; those that have them in their titles come first. */
export function find(entries, all) {
  if (all.length === 0) return [];
  const grade = (e) => {
    const title = e.title.toLowerCase(), body = `${title} ${e.text.toLowerCase()}`;
    if (!all.every((w) => body.includes(w))) return 0;
    return all.every((w) => title.includes(w)) ? 2 : 1;
  };
  return entries.map((e) => [grade(e), e]).filter(([g]) => g > 0).sort(([a], [b]) => b - a).slice(0, MOST).map(([, e]) => e);
}

/** snippet is the part of a text around the first word found, in pieces: [text, found]. */
export function snippet(body, all) {
  const small = body.toLowerCase();
  const at = Math.min(...all.map((w) => small.indexOf(w)).filter((i) => i >= 0), body.length);
  const start = at < body.length ? Math.max(0, at - BEFORE) : 0;
  const part = body.slice(start, start + BEFORE + AFTER), low = part.toLowerCase();
  const pieces = [[start > 0 ? "… " : "", false]];
  for (let i = 0; i < part.length;) {
    const word = all.find((w) => low.startsWith(w, i));
    if (word) pieces.push([part.slice(i, i + word.length), true]);
    else if (pieces.at(-1)[1]) pieces.push([part[i], false]);
    else pieces.at(-1)[0] += part[i];
    i += word?.length ?? 1;
  }
  if (start + part.length < body.length) pieces.push([" …", false]);
  return pieces;
}

async function show(place) {
  const t = words(JSON.parse(place.dataset.strings));
  const query = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 100);
  if (!query) return;
  const said = place.querySelector("[role=status]");
  document.getElementById("find").value = query;
  try {
    const answer = await fetch(place.dataset.index);
    const all = asked(query), found = find(await answer.json(), all);
    text(said, found.length === 0 ? t("none") : t(found.length === 1 ? "found-one" : "found", { n: found.length }));
    place.querySelector("ol").replaceChildren(...found.map((e) => el("li", { "data-testid": "result" },
      el("p", { class: "eyebrow" }, e.where), el("h2", {}, el("a", { href: e.url }, e.title)),
      el("p", {}, ...snippet(e.text, all).map(([s, marked]) => (marked ? el("mark", {}, s) : s))))));
  } catch {
    text(said, t("failed"));
  }
  set(place, { "data-query": query });
}

const place = globalThis.document?.querySelector("[data-index]");
if (place) show(place);
