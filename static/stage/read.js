// Reading a run that was recorded: the whole of it, or nothing.

import { VERSION } from "./model.js";

const failed = (code, message = "") => Object.assign(new Error(message), { code });

/**
 * read fetches the recording at an address. The error has a code: that of
 * the server with its message for the learner, or no-server, broken-run or
 * newer-run without one.
 */
export async function read(url) {
  return parse(await ask(url, (answer) => answer.text()));
}

/** about fetches what is known of the run at an address; errors as those of read. */
export function about(url) {
  return ask(url, (answer) => answer.json());
}

async function ask(url, take) {
  let answer;
  try {
    answer = await fetch(url);
  } catch {
    throw failed("no-server");
  }
  if (answer.ok) return take(answer).catch(() => { throw failed("broken-run"); });
  const body = await answer.json().catch(() => null);
  throw failed(body?.error?.code ?? "broken-run", body?.error?.message);
}

/** parse reads a recording and sees to it that nothing of it is missing. */
export function parse(source) {
  let d;
  try {
    d = JSON.parse(source);
  } catch {
    throw failed("broken-run");
  }
  if (d?.version > VERSION) throw failed("newer-run");
  if (!(d?.version >= 1) || !Array.isArray(d.events) || d.events.length === 0) throw failed("broken-run");
  let last = 0;
  d.events.forEach((e, i) => {
    if (e?.seq !== i + 1 || typeof e.kind !== "string" || !(e.t >= last)) throw failed("broken-run");
    last = e.t;
  });
  return d;
}
