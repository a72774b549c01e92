// The scripts of a lesson page.

import "./blocks/quiz.js";
import "./blocks/predict.js";
import "./blocks/steps.js";
import "./blocks/tables.js";
import "./blocks/visit.js";
import { Stage } from "./stage/stage.js";

customElements.define("ft-stage", Stage);

// Few pages have one.
if (document.querySelector("ft-exercise")) import("./blocks/exercise.js");
if (document.querySelector("ft-connection")) import("./blocks/connection.js");
if (document.querySelector("ft-recall")) import("./blocks/recall.js");
