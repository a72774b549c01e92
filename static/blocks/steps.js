// Buttons of steps that set the lab: data-set holds what to set.

document.addEventListener("click", (e) => {
  const button = e.target.closest?.("button[data-set]");
  const stage = button && document.querySelector("ft-stage");
  if (!stage) return;
  stage.setLab(JSON.parse(button.dataset.set));
  button.nextElementSibling.hidden = false;
});
for (const button of document.querySelectorAll("button[data-set]")) button.hidden = false;
