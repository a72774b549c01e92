// The scripts of the page of a learner's progress.

import "./blocks/quiz.js";
import "./blocks/recall.js";
import { forget } from "./blocks/record.js";

const erase = document.getElementById("erase");
const sure = document.getElementById("sure");
if (erase) {
  erase.hidden = false;
  erase.addEventListener("click", () => sure.showModal());
  sure.addEventListener("close", async () => {
    if (sure.returnValue === "erase" && (await forget())) location.reload();
  });
}
