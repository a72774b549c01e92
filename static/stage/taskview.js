// The life of a thread or child process: a line beside its host's lifeline,
// in a lane of its own, from its beginning to its end.

import { svg, set } from "./dom.js";

export class TaskView {
  constructor(task) {
    this.task = task;
    this.line = svg("path", { class: "line", fill: "none" });
    this.node = svg("g", { class: "task", "data-testid": "task", "data-name": task.name }, this.line);
  }

  open() {
    return !this.task.at.ended;
  }

  draw(d) {
    const { task } = this;
    const x = d.laneX(task.host, task.lane);
    const y = d.layout.y(task.at.began.seq);
    const end = task.at.ended ? d.layout.y(task.at.ended.seq) : Math.max(d.end(), y + 9);
    set(this.line, { d: `M${x},${y} V${Math.max(end, y + 4)}` });
  }
}
