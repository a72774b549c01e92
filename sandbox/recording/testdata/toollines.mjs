// The lines of the stage's views strace and tcpdump at earlier moments of a
// run: from {events, strace, tcpdump, moments}, the whole texts among it, to
// a pair of texts for each moment.

import { readFileSync } from "node:fs";

import { StraceLines, TcpdumpLines } from "../../../static/stage/toollines.js";

const { events, strace, tcpdump, moments } = JSON.parse(readFileSync(0, "utf8"));
const lines = [[new StraceLines(), strace], [new TcpdumpLines(), tcpdump]];
for (const e of events) for (const [l] of lines) l.take(e, null);
const text = (l, whole, n) => l.at(n, whole.split("\n").filter(Boolean)).map((x) => `${x.line}\n`).join("");
console.log(JSON.stringify(moments.map((n) => lines.map(([l, whole]) => text(l, whole, n)))));
