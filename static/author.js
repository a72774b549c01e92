// Follows the files of an author's own course: when one is saved, the page is
// loaded again where it stands, or says that it should be while a run goes on.
// After a run it tells what of the course's claims does not hold in it.

import { el, words } from "./stage/dom.js";

const PLACE = "fivetuple place"; // in this tab, where the page stood before it was loaded again
const bar = document.getElementById("edition");
const t = words(JSON.parse(bar.dataset.strings));
const stages = () => [...document.querySelectorAll("ft-stage")].filter((s) => s.session);

/** busy says whether something would be lost: a run that goes on, or an edited program. */
const busy = () => stages().some((s) => ["starting", "live"].includes(s.session.phase?.(s.model)) || s.panes?.some((p) => p.edited));

/** blocks are the parts of the page by which a place in it is remembered. */
const blocks = () => [...document.querySelectorAll("main > *, article > *")];

function reload() {
  const tops = blocks().map((b) => b.getBoundingClientRect().top);
  const block = tops.reduce((best, top, i) => (Math.abs(top) < Math.abs(tops[best]) ? i : best), 0); // nearest to the window's top
  if (!document.querySelector(".course-faults")) { // where that is shown the place is still to come back to
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, block, top: tops[block] }));
  }
  location.reload();
}

/** comeBack scrolls to where the page stood, and stays there while the page grows, until the author moves. */
function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE));
  if (kept?.path !== location.pathname || document.querySelector(".course-faults")) return; // faults are at the top
  sessionStorage.removeItem(PLACE);
  const block = blocks()[kept.block];
  if (!block) return;
  const place = () => scrollBy({ top: block.getBoundingClientRect().top - kept.top, behavior: "instant" });
  const growth = new ResizeObserver(place);
  growth.observe(document.body);
  for (const moved of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(moved, () => growth.disconnect(), { once: true, passive: true });
}

function changed() {
  if (!busy()) return reload();
  bar.querySelector("p").textContent = t("changed");
  bar.querySelector("button").hidden = false;
}

// A page that nobody sees does not listen: a browser has few connections.
let changes = null;
function listen() {
  changes?.close();
  changes = document.hidden ? null : new EventSource(`/api/editions?of=${bar.dataset.edition}`);
  if (changes) changes.onmessage = changed;
}

/** tell writes below a stage what became of the claims about its run. */
function tell(stage, { over, known, held, failed }) {
  if (!over) return;
  const said = failed.length > 0
    ? [el("h2", {}, t("failed")), el("ul", {}, ...failed.map((f) => el("li", {}, el("code", {}, f.place), ` ${f.what}: ${f.text}`)))]
    : [el("p", {}, known ? t("held", { n: held }) : t("unknown"))];
  place(stage).replaceChildren(...said);
  place(stage).dataset.failed = failed.length;
}

/** place is where that is said of a stage. */
function place(stage) {
  if (!stage.claims) {
    stage.claims = el("section", { class: "claims", role: "status", "data-testid": "claims" });
    stage.after(stage.claims);
  }
  return stage.claims;
}

async function check(stage, id) {
  stage.checked = id;
  const said = await fetch(`/api/sandboxes/${id}/checks`).then((r) => (r.ok ? r.json() : null)).catch(() => null);
  if (stage.checked !== id) return;
  if (said) tell(stage, said);
  else place(stage).replaceChildren(el("p", {}, t("unchecked")));
}

document.addEventListener("ft-progress", ({ target, detail }) => {
  if (detail.id?.startsWith?.("recorded ")) return;
  if (detail.id !== target.checked) {
    target.claims?.replaceChildren();
    delete target.claims?.dataset.failed;
    target.checked = null;
  }
  if (detail.ended && target.checked !== detail.id) check(target, detail.id);
});
document.addEventListener("visibilitychange", listen);
bar.querySelector("button").addEventListener("click", reload);
history.scrollRestoration = "manual";
comeBack();
listen();
