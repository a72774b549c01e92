// The scripts of a lesson page with recorded runs in the place of live ones.

import "./stage/recorded.js";
import "./lesson.js";
