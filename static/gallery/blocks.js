// The blocks of lessons in the gallery, each put into the state after which
// its copy is named.

const choose = (block, key) => block.querySelector(`input[value="${key}"]`).click();

const PREDICT = {
  kept: (p) => choose(p, "B"),
  right: (p) => {
    p.answer = "A";
    choose(p, "A");
  },
  wrong: (p) => {
    p.answer = "A";
    choose(p, "B");
  },
  "not-reached": (p) => {
    choose(p, "C");
    p.say(p.t("predict-not-reached"), "not-reached");
  },
};

const fill = (p, ...values) => p.querySelectorAll("select, .answer-input").forEach((input, i) => { input.value = values[i]; });
const press = (p, key, way) => p.querySelector(`[data-key=${key}] [data-way=${way}]`).click();

/** FORMS are the other forms of a prediction: what is right, and an answer for each state. */
const FORMS = {
  states: { truth: "client=SYN_SENT,server=LISTEN", right: (p) => fill(p, "SYN_SENT", "LISTEN"), wrong: (p) => fill(p, "ESTABLISHED", "LISTEN") },
  number: { truth: "1.6", right: (p) => fill(p, "1.7"), wrong: (p) => fill(p, "20") },
  field: { truth: "8080", right: (p) => fill(p, "0x1f90"), wrong: (p) => fill(p, "80") },
  order: { truth: "syn,synack,ack", right: (p) => ["down", "down"].forEach((way) => press(p, "ack", way)), wrong: (p) => press(p, "synack", "up") },
};

const QUIZ = {
  right: (q) => choose(q, "A"),
  wrong: (q) => choose(q, "B"),
};

const EXERCISE = {
  running: (e) => {
    e.mark(e.trials[0], "passed");
    e.mark(e.trials[1], "running");
    e.mark(e.trials[2], "waiting");
  },
  failed: (e) => {
    e.mark(e.trials[0], "passed");
    e.mark(e.trials[1], "failed");
    e.mark(e.trials[2], "waiting");
    const hints = e.trials[1].querySelector(".hints");
    hints.open = true;
    hints.querySelector("button").click();
    e.say(e.t("one-failed", { title: e.trials[1].querySelector("p > span").textContent.trim() }), "wrong");
  },
  passed: (e) => {
    for (const t of e.trials) e.mark(t, "passed");
    e.say(e.t("all-passed"), "right");
  },
};

/** showBlocks puts every block of the page into its state. */
export async function showBlocks() {
  for (const p of document.querySelectorAll("ft-predict")) PREDICT[p.dataset.id]?.(p);
  for (const [form, { truth, ...answers }] of Object.entries(FORMS)) {
    for (const [state, answer] of Object.entries(answers)) {
      const p = document.getElementById(`predict-${form}-${state}`);
      await p.ready;
      answer(p);
      p.answer = truth;
      p.choose();
    }
  }
  for (const q of document.querySelectorAll("ft-quiz")) QUIZ[q.dataset.id]?.(q);
  for (const e of document.querySelectorAll("ft-exercise")) EXERCISE[e.parentElement.dataset.state]?.(e);
  [...document.querySelectorAll(".steps [role=status]")].at(-1).hidden = false;
  const frames = await fetch(new URL("websocket.json", import.meta.url)).then((r) => r.json());
  const c = [...document.querySelectorAll("ft-connection")].at(-1);
  c.session = { stream: { over: false, say() {}, interrupt() {} } };
  c.build();
  for (const report of frames) c.take(report);
  for (const d of c.querySelectorAll("details")) d.open = true;
}
