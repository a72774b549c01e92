// The scripts of a lesson page.

import "./blocks/quiz.js";
import "./blocks/predict.js";
import "./blocks/steps.js";
import "./blocks/tables.js";
import "./blocks/visit.js";
import "./blocks/connection.js";
import "./stage/stage.js";

// Few lessons have one.
if (document.querySelector("ft-exercise")) import("./blocks/exercise.js");
