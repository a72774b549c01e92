// Styles of what is loaded later.

import { el } from "./dom.js";

/** style has the page use a file of styles; the path is that from this module. */
export function style(path) {
  const { href } = new URL(path, import.meta.url);
  if (!document.querySelector(`link[href="${href}"], link[href="${new URL(href).pathname}"]`)) document.head.append(el("link", { rel: "stylesheet", href }));
}
