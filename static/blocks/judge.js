// The rules by which an answer is compared with the truth, for each form of a
// question but a choice. They are those of lessons/form.go, and
// lessons/testdata/forms.json holds both to the same cases. A rule is what the
// block says of them: ends or items, the tolerance, the mistakes often made.

const states = {
  read(rule, answer) {
    const parts = partsOf(answer);
    const all = rule.ends.every((end) => parts.get(end)) && parts.size === rule.ends.length && answer.split(",").length === parts.size;
    return all ? rule.ends.map((end) => `${end}=${parts.get(end)}`).join(",") : null;
  },
  right: (rule, answer, truth) => answer === truth,
  makes(rule, answer, mistake) {
    const made = partsOf(answer);
    return [...partsOf(mistake)].every(([end, state]) => made.get(end) === state);
  },
};

const field = {
  read({ bits }, answer) {
    if (!/^\s*(\d+|0[xX][\da-fA-F]+)\s*$/.test(answer)) return null;
    const n = Number(answer);
    return n < 2 ** bits ? String(n) : null;
  },
  right: (rule, answer, truth) => answer === truth,
  makes: (rule, answer, mistake) => answer === mistake,
};

const number = {
  read: (rule, answer) => (/^\s*\d{1,15}(\.\d{1,6})?\s*$/.test(answer) ? plain(answer) : null),
  right: ({ tolerance = 0, relative }, answer, truth) => Math.abs(answer - truth) <= tolerance * (relative ? truth : 1) + 1e-9,
  makes(rule, answer, mistake) {
    const [low, high] = mistake.split("..").map(Number);
    return high === undefined ? number.right(rule, answer, low) : low <= answer && answer <= high;
  },
};

const order = {
  read: ({ items }, answer) => (String(answer.split(",").sort()) === String([...items].sort()) ? answer : null),
  right: (rule, answer, truth) => answer === truth,
  makes(rule, answer, mistake) {
    const places = mistake.split(",").map((item) => answer.split(",").indexOf(item));
    return places.every((place, i) => place > (places[i - 1] ?? -1));
  },
};

/** plain is a number in figures, without what adds nothing; JavaScript would write 1e-6. */
function plain(figures) {
  const [, whole, part] = /^0*(\d+?)(?:\.(\d*?)0*)?$/.exec(figures.trim());
  return part ? `${whole}.${part}` : whole;
}

/** partsOf is an answer of states: client=ESTABLISHED,server=SYN_RECV. */
export const partsOf = (answer) => new Map(answer.split(",").map((part) => part.split("=")));

export const judges = { field, number, order, states };

/**
 * judge says whether an answer is right, and which mistake it makes (its
 * place, or null). What the truth itself does is none: a learner may have
 * changed the programs. Both are as the form reads them; a truth that it
 * cannot read stays as it is.
 */
export function judge({ right, makes }, rule, answer, truth) {
  if (right(rule, answer, truth)) return { right: true, mistake: null };
  const mistake = (rule.mistakes ?? []).findIndex((m) => makes(rule, answer, m) && !makes(rule, truth, m));
  return { right: false, mistake: mistake < 0 ? null : mistake };
}
