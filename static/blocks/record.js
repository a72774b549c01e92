// What the learner did, told to the server, which keeps it for this browser.

/** record tells that the learner did something in the lesson (unit/name). */
export const record = (lesson, deed) => ask("POST", { lesson, ...deed });

/** forget has the server erase all that is kept of this browser; true when it did. */
export const forget = () => ask("DELETE");

/** lessonOf is the lesson in which an element stands. */
export const lessonOf = (element) => element.closest("[data-lesson]")?.dataset.lesson;

async function ask(method, body) {
  if ("still" in document.documentElement.dataset) return false; // a page on a file server: nobody keeps anything
  const answer = await fetch("/api/progress", {
    method, keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  }).catch(() => null);
  if (!answer?.ok) notKept(await answer?.json().catch(() => null));
  return Boolean(answer?.ok);
}

/** notKept says so where the page has a place for it. */
function notKept(said) {
  const place = document.getElementById("not-kept");
  if (!place || !said?.error) return; // without a connection the stage says so
  place.textContent = said.error.message;
  place.hidden = false;
}
