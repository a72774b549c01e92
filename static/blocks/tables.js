// Tables and code that are wider than the page scroll; so that they do by
// keyboard, too, they can have the focus as long as that is so.

const wide = document.querySelectorAll(".prose :is(table, pre)");
const fit = () => {
  for (const n of wide) {
    if (n.scrollWidth > n.clientWidth) n.tabIndex = 0;
    else n.removeAttribute("tabindex");
  }
};

new ResizeObserver(fit).observe(document.body);
fit();
