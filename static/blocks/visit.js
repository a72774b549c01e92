// Tells that the lesson was opened, and each run of its lab that ended; one
// that was recorded is nobody's.

import { lessonOf, record } from "./record.js";

const lesson = lessonOf(document.querySelector("article[data-lesson]"));
let told = null;

record(lesson, { did: "visit" });
document.addEventListener("ft-progress", (e) => {
  if (!e.detail.ended || e.detail.id === told || e.detail.id.startsWith("recorded ")) return;
  told = e.detail.id;
  record(lesson, { did: "run" });
});
