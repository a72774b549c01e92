// The choice of a theme. Without scripts it is a form; with them the page
// changes where it is, and the server is told to remember. A page that is a
// file has no server: there the browser's store remembers.

const KEY = "fivetuple theme";
const still = "still" in document.documentElement.dataset;

/** changed tells those who draw with colours of their own. */
const changed = () => document.dispatchEvent(new CustomEvent("ft-theme"));

function show(form, theme) {
  document.documentElement.dataset.theme = theme;
  for (const b of form.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b.value === theme));
  changed();
}

function choose(form, theme) {
  show(form, theme);
  if (still) remember(theme);
  else fetch(form.action, { method: "POST", body: new URLSearchParams({ theme }), redirect: "manual", keepalive: true }).catch(() => {}); // then it holds for this page
}

const menu = document.querySelector(".themes");
const form = menu.querySelector("form");
if (still) {
  menu.hidden = false;
  show(form, remembered() ?? document.documentElement.dataset.theme);
}
form.addEventListener("submit", (e) => {
  e.preventDefault();
  choose(form, e.submitter.value);
});
menu.addEventListener("keydown", (e) => {
  if (e.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (e) => menu.contains(e.target) || (menu.open = false));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch { /* the browser keeps nothing */ }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // the browser keeps nothing
  }
}
