// Copying to the clipboard, also where the page is not secure: a server in a
// classroom is reached by plain HTTP, and there browsers have no clipboard
// for scripts.

import { el } from "./dom.js";

/** copy puts words on the clipboard; false when the browser does not let it. */
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return old(words);
  }
}

/** old copies what is chosen in a field, as browsers have always done. */
function old(words) {
  const before = document.activeElement;
  const field = el("textarea", { readonly: true, "aria-hidden": "true" });
  field.value = words;
  Object.assign(field.style, { position: "fixed", top: 0, opacity: 0 });
  document.body.append(field);
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch { /* it stays false */ }
  field.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}
