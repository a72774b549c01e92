// The scripts of a lesson page that stands on a file server.

import "./stage/recorded.js";
import "./lesson.js";
