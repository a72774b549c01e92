// Buttons of steps that set the lab: data-set holds what to set. Where runs
// are recorded, data-run is the folder of the one that was set so.

document.addEventListener("click", (e) => {
  const button = e.target.closest?.("button[data-set]");
  const stage = button && document.querySelector("ft-stage");
  if (!stage) return;
  stage.setLab(JSON.parse(button.dataset.set));
  if (button.dataset.run) stage.session.show(button.dataset.run, button.dataset.which);
  else button.nextElementSibling.hidden = false;
});
for (const button of document.querySelectorAll("button[data-set]")) button.hidden = false;
