// Making elements. Data only ever becomes text: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** el("button", {class: "x", onclick: f, "data-testid": "run"}, "text", child…) */
export function el(name, props = {}, ...children) {
  return fill(document.createElement(name), props, children);
}

/** svg makes an SVG element the same way. */
export function svg(name, props = {}, ...children) {
  return fill(document.createElementNS(SVG, name), props, children);
}

function fill(node, props, children) {
  set(node, props);
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** set gives node its attributes and handlers; false, null and undefined remove one. */
export function set(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === false || value === null || value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== (value === true ? "" : String(value))) node.setAttribute(name, value === true ? "" : value); // what is set again is drawn again
  }
  return node;
}

/** text puts s into node when it is not there already. */
export function text(node, s) {
  if (node.textContent !== s) node.textContent = s;
}

/** named is a name for a drawn item: what is written there, and a sentence. */
export function named(node, sentence) {
  const written = [...node.querySelectorAll("text")].map((n) => n.textContent).filter(Boolean);
  return `${written.join("")} ${sentence}`.trim();
}

/** button of the stage: a label, attributes, and what it does while it is enabled. */
export function button(label, props, act) {
  const node = el("button", { type: "button", ...props, onclick: () => enabled(node) && act() }, label);
  return node;
}

/**
 * enable makes a button work or not. A button that stops working while it is
 * in use keeps the focus, so that the keys of the stage keep working too.
 */
export const enable = (node, yes) => set(node, { "aria-disabled": yes ? null : "true" });

export const enabled = (node) => node.getAttribute("aria-disabled") !== "true";

/** check is a box to switch something on and off, with its words and a title that explains it. */
export function check(t, name, checked, act) {
  const box = el("input", { type: "checkbox", checked, "data-testid": name, onchange: () => act(box.checked) });
  return el("label", { class: "check", title: t(`${name}-title`) }, box, el("span", {}, t(name)));
}

/** words makes t(key, values) from the strings the page hands in. */
export function words(strings) {
  return (key, values = {}) =>
    (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const sheets = new Map(); // by address

/** sheet adds a style sheet to the page, once, and waits for it; without it things are plain, and work. */
export function sheet(href) {
  if (!sheets.has(href)) {
    sheets.set(href, new Promise((done) => {
      document.head.append(el("link", { rel: "stylesheet", href, onload: done, onerror: done }));
    }));
  }
  return sheets.get(href);
}

/** tabKey is the place that a key leads to from tab at of n, as the pattern for tabs has it: arrows, Home and End; undefined for another key. */
export function tabKey(e, at, n) {
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + n, Home: 0, End: n - 1 }[e.key];
  if (to === undefined) return undefined;
  e.preventDefault();
  e.stopPropagation();
  return to % n;
}

/** remember keeps a word in the browser for the next visit, and remembered has it, where the browser keeps anything. */
export function remember(key, word) {
  try {
    localStorage.setItem(key, word);
  } catch { /* it keeps nothing */ }
}

export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** save has the browser save a text as a file. */
export function save(name, source) {
  const href = URL.createObjectURL(new Blob([source], { type: "text/plain" }));
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1e4); // browsers read it some time after the click
}
