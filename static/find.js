// The key / brings the focus to the search field, wherever nothing is typed.

const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.(TYPING)) return;
  const field = document.getElementById("find");
  if (!field || document.querySelector("dialog[open]")) return;
  e.preventDefault();
  field.focus();
  field.select();
});
