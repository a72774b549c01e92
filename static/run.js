// The scripts of the page of a run that is kept.

import { KeptStage } from "./stage/kept.js";

customElements.define("ft-stage", KeptStage);
