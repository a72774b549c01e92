// How the editor looks: as the listing does, by the variables of the pages.
// What CodeMirror would colour by itself is named here, all of it.

import { EditorView } from "../vendor/codemirror/codemirror.js";

const found = { backgroundColor: "var(--hint-back)", outline: "1px solid var(--rule-strong)" };
const bracket = { backgroundColor: "var(--well)", outline: "1px solid var(--rule-strong)" };

/** line is the look of a marked line, in the text and in the margin. */
const line = (colour, back) => ({ backgroundColor: back, boxShadow: `inset 3px 0 ${colour}` });
const sign = (colour, text) => ({ content: `"${text}"`, position: "absolute", left: "2px", fontSize: "9px", lineHeight: "2.1", color: colour });

export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", borderBlock: "1px solid var(--rule)", fontSize: "12px", maxHeight: "32rem", minHeight: "10rem" },
  "&.cm-focused": { outline: "2.5px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.35rem 0" },
  ".cm-line": { padding: "0 0.8rem 0 2ch", textIndent: "-2ch" },
  ".cm-line[data-current]": { backgroundColor: "var(--held-back)" },
  ".cm-line[data-wrong]": { backgroundColor: "var(--bad-back)" },
  ".fault": { display: "block", padding: "0 0.8rem 0 0", backgroundColor: "var(--bad-back)" },
  ".cm-gutters, &.cm-focused .cm-gutters": { backgroundColor: "var(--paper)", color: "var(--ink-soft)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { position: "relative", minWidth: "2.4rem", padding: "0 0.6rem 0 0.8rem" },
  "[class*=sign-]": { ...line("var(--held)", "var(--held-back)"), color: "var(--held)", fontWeight: "700" },
  "[class*=sign-]::after": sign("var(--held)", "▶"),
  ".sign-held::after": { content: '"‖"' },
  ".sign-wrong": { ...line("var(--bad)", "var(--bad-back)"), color: "var(--bad)" },
  ".sign-wrong::after": { content: '"✗"', color: "var(--bad)" },
  "@media (forced-colors: active)": { ".cm-line[data-current]": { outline: "1px solid" } }, // which has no backgrounds
  ".cm-searchMatch": found,
  ".cm-searchMatch-selected": { ...found, outline: "2px solid var(--held)" },
  "&.cm-focused .cm-matchingBracket": bracket,
  "&.cm-focused .cm-nonmatchingBracket": { ...bracket, outlineColor: "var(--bad)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-panels": { backgroundColor: "var(--well)", color: "var(--ink)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--rule)" },
  ".cm-panel.cm-search": { padding: "0.35rem 2rem 0.35rem 0.6rem", font: "0.8rem/1.6 var(--sans)" },
  ".cm-panel.cm-search label": { fontSize: "0.8rem", display: "inline-flex", alignItems: "center", gap: "0.25rem" },
  ".cm-search [name=select]": { display: "none" }, // several selections at once are not for here
  ".cm-textfield": { backgroundColor: "var(--card)", border: "1px solid var(--rule-strong)", borderRadius: "4px", fontSize: "0.8rem", padding: "0.15rem 0.4rem", maxWidth: "100%" },
  ".cm-button": { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--rule-strong)", borderRadius: "4px", fontSize: "0.8rem", padding: "0.1rem 0.5rem" },
  ".cm-button:active": { background: "var(--well)" },
});
