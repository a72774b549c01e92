// What is said when a run is over, and the forms in which it can be
// downloaded.

import { button, el, set, text } from "./dom.js";

/** What of a run can be downloaded, and its name where it needs no translation. */
const FILES = [["recording.json", "JSON"], ["recording.pcapng", "pcapng"], ["recording.strace.txt", "strace"], ["recording.tcpdump.txt", "tcpdump"], ["programs.zip", ""]];

export class Over {
  /** compare sets the run beside the one before. */
  constructor(t, compare) {
    this.why = el("span");
    this.files = FILES.map(([file, name]) => [file, el("a", { download: file, "data-testid": `download-${file}` }, name || t("download-programs"))]);
    this.compare = button(t("compare"), { "data-testid": "compare-runs" }, compare);
    this.node = el("p", { class: "over", role: "status", hidden: true, "data-testid": "end" }, this.why, " ",
      el("span", { class: "downloads" }, t("download"), ...this.files.flatMap(([, a]) => [" ", a])), " ", this.compare);
  }

  /** show says words; cause is why the run ended, address(file) where a form of it is, if anywhere, earlier the run before, if there is one. */
  show(words, cause, address, earlier) {
    set(this.node, { hidden: false, "data-cause": cause });
    set(this.compare, { hidden: !earlier });
    for (const [file, a] of this.files) set(a, { href: address(file), hidden: !address(file) });
    text(this.why, words);
  }
}
