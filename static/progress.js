// The scripts of the page of a learner's progress.

import "./blocks/quiz.js";
import "./blocks/recall.js";
import { forget } from "./blocks/record.js";

let renewed = 0;

// What was once believed follows the answers that are given above it.
document.addEventListener("ft-kept", async () => {
  const turn = ++renewed;
  const page = await fetch(location).then((r) => r.text()).then((text) => new DOMParser().parseFromString(text, "text/html")).catch(() => null);
  const beliefs = page?.getElementById("beliefs-now");
  if (beliefs && turn === renewed) document.getElementById("beliefs-now").replaceWith(beliefs);
});

const erase = document.getElementById("erase");
const sure = document.getElementById("sure");
if (erase) {
  erase.hidden = false;
  erase.addEventListener("click", () => sure.showModal());
  sure.addEventListener("close", async () => {
    if (sure.returnValue === "erase" && (await forget())) location.reload();
  });
}
