// The rules by which an answer is compared with the truth, for each form of a
// question. They are those of lessons/form.go; lessons/testdata/forms.json
// holds both to the same cases. A rule is what the form's own page says:
// the ends, the mistakes that are often made.

const same = (a, b) => a === b;

const states = {
  read(rule, answer) {
    const parts = partsOf(answer);
    const all = rule.ends.every((end) => parts.get(end)) && parts.size === rule.ends.length && answer.split(",").length === parts.size;
    return all ? rule.ends.map((end) => `${end}=${parts.get(end)}`).join(",") : null;
  },
  right: (rule, answer, truth) => same(answer, truth),
  makes(rule, answer, mistake) {
    const made = partsOf(answer);
    return [...partsOf(mistake)].every(([end, state]) => made.get(end) === state);
  },
};

/** partsOf is an answer of states: client=ESTABLISHED,server=SYN_RECV. */
export const partsOf = (answer) => new Map(answer.split(",").map((part) => part.split("=")));

export const judges = {
  choice: { read: (rule, answer) => answer, right: (rule, a, b) => same(a, b), makes: () => false },
  states,
};

/**
 * judge says whether an answer is right, and which mistake it makes (its
 * place, or null). Both are as the form reads them; a truth that it cannot
 * read stays as it is.
 */
export function judge(form, rule, answer, truth) {
  const { right, makes } = judges[form];
  if (right(rule, answer, truth)) return { right: true, mistake: null };
  const mistake = (rule.mistakes ?? []).findIndex((m) => makes(rule, answer, m));
  return { right: false, mistake: mistake < 0 ? null : mistake };
}
