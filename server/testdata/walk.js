// A learner's way through a lesson, in the page: walk(typed) answers the
// predictions, runs the first lab to its end with the lines of typed (a list
// by program), delivering whatever is held, and answers every question right
// and wrong. What a learner begins with in an exercise need not end: it is
// stopped when nothing more comes. It returns what went otherwise than it
// should, as a list of sentences.
globalThis.walk = async (typed) => {
  const faults = [];
  const check = (ok, what) => ok || faults.push(what);
  addEventListener("error", (e) => e.error && faults.push(e.error.stack)); // what has none is a notice of the browser's
  addEventListener("unhandledrejection", (e) => faults.push(String(e.reason?.stack ?? e.reason)));
  const until = async (what, holds, ms = 90000) => {
    const end = performance.now() + ms;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`never: ${what}`);
      await new Promise((done) => setTimeout(done, 25));
    }
  };
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stage = $("ft-stage");
  const predicts = $$("ft-predict");
  const exercise = $(".grade") !== null;

  /** answer writes an answer, a text as the server has it, into a predict block. */
  const answer = (block, text) => {
    const change = (field, value) => {
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    switch (block.dataset.form) {
      case "choice": return $(`input[value="${text}"]`, block).click();
      case "number": case "field": return change($("input", block), text);
      case "states": return text.split(",").map((end) => end.split("=")).forEach(([key, state]) => change($(`[data-key="${key}"] select`, block), state));
      case "order": {
        const keys = text.split(",");
        const at = (key) => $$("[data-key]", $(".answer-order", block)).map((i) => i.dataset.key).indexOf(key);
        keys.forEach((key, i) => { while (at(key) > i) $(`[data-key="${key}"] [data-way=up]`, block).click(); });
        return $("[data-testid=order-keep]", block)?.click();
      }
    }
  };

  /** other is an answer that is another one. */
  const other = (block, text) => {
    switch (block.dataset.form) {
      case "choice": return $$("input", block).map((i) => i.value).find((v) => v !== text);
      case "number": return String(Number(text) * 3 + 7);
      case "field": return String((Number(text) + 1) % 2 ** JSON.parse(block.dataset.rule).bits);
      case "states": {
        const [first, ...rest] = text.split(",");
        const [key, state] = first.split("=");
        return [`${key}=${$$("option", block).map((o) => o.value).find((v) => v && v !== state)}`, ...rest].join(",");
      }
      case "order": {
        const [a, b, ...rest] = text.split(",");
        return [b, a, ...rest].join(",");
      }
    }
  };

  const first = (block) => {
    switch (block.dataset.form) {
      case "choice": return $("input", block).value;
      case "number": case "field": return "1";
      case "states": return $$(".answer-end", block).map((e) => `${e.dataset.key}=${$$("option", e).find((o) => o.value).value}`).join(",");
      case "order": return $$(".answer-order > [data-key]", block).map((i) => i.dataset.key).join(",");
    }
  };

  const questions = () => {
    for (const quiz of $$("ft-quiz:not([data-review])")) {
      for (const choice of $$(".choice", quiz).sort((a, b) => ("right" in a.dataset) - ("right" in b.dataset))) {
        const want = "right" in choice.dataset ? "right" : "wrong";
        $("input", choice).click();
        check(quiz.dataset.result === want, `quiz ${quiz.dataset.id}: a ${want} choice is ${quiz.dataset.result}`);
        check($(".why", choice).open && $(".why", choice).textContent.trim().length > 20, `quiz ${quiz.dataset.id}: nothing explains a ${want} choice`);
        check($$(".why[open]", quiz).length === 1, `quiz ${quiz.dataset.id}: more than one choice is explained`);
      }
      check(quiz.dataset.result === "right", `quiz ${quiz.dataset.id}: no choice is right`);
    }
  };

  const predictions = async () => {
    for (const block of predicts) {
      await until(`prediction ${block.dataset.id} is judged`, () => block.dataset.result);
      const { answer: truth } = await (await fetch(stage.session.answer(block.dataset.id))).json();
      answer(block, other(block, truth));
      await until(`another answer than ${truth} to ${block.dataset.id} is wrong`, () => block.dataset.result === "wrong", 5000);
      check($$(".why[open]", block).length > 0, `prediction ${block.dataset.id}: nothing explains a wrong one`);
      answer(block, truth);
      await until(`the answer ${truth} to ${block.dataset.id} is right`, () => block.dataset.result === "right", 5000);
    }
  };

  /** type gives each program its lines, and their end. */
  const type = () => {
    for (const [program, lines] of Object.entries(typed)) {
      const pane = $(`.program[data-program="${program}"]`);
      for (const line of lines ?? []) {
        $("[data-testid=input]", pane).value = line;
        $("form.input", pane).requestSubmit();
      }
      $("[data-testid=input-eof]", pane).click();
    }
  };

  /** glance looks at the view after the one that is open: each grows for a while as the run goes on. */
  const glance = () => {
    const tabs = $$(".views [role=tab]:not([data-testid=tab-compare])", stage);
    tabs[(tabs.findIndex((tab) => tab.ariaSelected === "true") + 1) % tabs.length].click();
  };

  /** silence is for how long, in milliseconds, nothing has been told of the run. */
  const silence = () => {
    let told = 0, since = performance.now();
    return () => {
      if (stage.all.length > told) [told, since] = [stage.all.length, performance.now()];
      return performance.now() - since;
    };
  };

  const run = async () => {
    const alert = $("[data-testid=error]", stage);
    do { // a server that has given this browser many of late asks for patience
      $("[data-testid=run]", stage).click();
      await until("the run begins", () => stage.dataset.phase === "live" || stage.dataset.phase === "over" || !alert.hidden);
    } while (alert.dataset.code === "too-many" && !alert.hidden);
    await until("the run is told", () => stage.model.started || !alert.hidden);
    type();
    let looks = 0;
    const silent = silence();
    await until("the run ends", () => {
      $("[data-testid=deliver]", stage)?.click();
      if (exercise && silent() > 1000) $("[data-testid=stop]", stage).click();
      if (looks++ % 10 === 0) glance();
      return stage.model.ended || !alert.hidden;
    });
    check(alert.hidden, `the stage says: ${alert.textContent}`);
    check(stage.model.ended === "finished" || (exercise && stage.model.ended === "stopped"), `the run ended: ${stage.model.ended}`);
    await until("the end is shown", () => $("[data-testid=end]", stage)?.dataset.cause);
  };

  try {
    await until("the stage is there", () => stage?.dataset.phase === "idle" && $("[data-testid=run]", stage));
    questions();
    await Promise.all(predicts.map((p) => p.ready));
    for (const p of predicts) answer(p, first(p));
    await run();
    await predictions();
  } catch (err) {
    faults.push(err.message);
  }
  return faults;
};
