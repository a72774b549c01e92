// What the learner did, told to the server, which keeps it for this browser.

/** record tells that the learner did something in the lesson (unit/name); outside of one nothing is kept. */
export const record = (lesson, deed) => lesson !== undefined && ask("POST", { lesson, ...deed });

/** tell tells of an answer from memory and returns what was right, null when that cannot be had. */
export const tell = async (lesson, deed) => (await record(lesson, deed))?.json() ?? null;

/** forget has the server erase all that is kept of this browser; true when it did. */
export const forget = async () => Boolean(await ask("DELETE"));

/** lessonOf is the lesson in which an element stands. */
export const lessonOf = (element) => element.closest("[data-lesson]")?.dataset.lesson;

/** ask returns the server's answer when it did as it was asked, null otherwise. */
async function ask(method, body) {
  if ("still" in document.documentElement.dataset) return null; // a page on a file server: nobody keeps anything
  const answer = await fetch("/api/progress", {
    method, keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) {
    document.dispatchEvent(new Event("ft-kept"));
    return answer;
  }
  notKept(await answer?.json().catch(() => null));
  return null;
}

/** notKept says so where the page has a place for it. */
function notKept(said) {
  const place = document.getElementById("not-kept");
  if (!place || !said?.error) return; // without a connection the stage says so
  place.textContent = said.error.message;
  place.hidden = false;
}
