// What a program is doing: its threads and child processes may be in several
// calls at once. A program has open, these calls, oldest first; call, one of
// them; line, where that was made; and doing, what it does in it.

/** Calls that end the thread that makes them. */
export const ENDING = new Set(["exit", "exit_group"]);

const DOING = { held: "held", enter: "calling", blocked: "blocked", return: "calling" }; // of those that are open only an exit has returned

/** follow takes in that a call of a program has got to another phase. */
export function follow(p, call) {
  if (!p) return;
  if (call.phase === "return") p.open.delete(call);
  else if (call.task && call.phase === "enter" && ENDING.has(call.name)) empty(p, call.task);
  else p.open.add(call);
  now(p);
}

/** leave takes in that a thread or a child process of a program has ended, in whatever call. */
export function leave(p, task) {
  if (p && empty(p, task)) now(p);
}

/** empty takes the calls of a thread or a child process away, and says whether there were any. */
function empty(p, task) {
  const calls = [...p.open].filter((c) => c.task === task);
  for (const c of calls) p.open.delete(c);
  return calls.length > 0;
}

/** now chooses the call: the oldest that is held, which is the next to be stepped; otherwise the newest. */
function now(p) {
  const calls = [...p.open];
  p.call = calls.find((c) => c.phase === "held") ?? calls.at(-1) ?? null;
  p.doing = p.call ? DOING[p.call.phase] : "running";
  if (p.call?.line) p.line = p.call.line;
}
