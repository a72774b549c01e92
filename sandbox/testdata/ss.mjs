// The text of the stage's view ss over the events that come in, one a line;
// for an empty line it is written, by host, as one line of JSON.

import { createInterface } from "node:readline";

import { Run } from "../../static/stage/model.js";
import { lines, machines, rows } from "../../static/stage/sslines.js";

const model = new Run();
for await (const line of createInterface({ input: process.stdin })) {
  if (line) model.apply(JSON.parse(line));
  else console.log(JSON.stringify(Object.fromEntries(machines(model).map(({ name, sockets }) => [name, lines(rows(sockets, model))]))));
}
