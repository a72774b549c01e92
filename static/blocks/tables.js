// Tables that are wider than the page scroll; so that they do by keyboard,
// too, they can have the focus as long as that is so.

const tables = document.querySelectorAll(".prose table");
const fit = () => {
  for (const t of tables) {
    if (t.scrollWidth > t.clientWidth) t.tabIndex = 0;
    else t.removeAttribute("tabindex");
  }
};

new ResizeObserver(fit).observe(document.body);
fit();
