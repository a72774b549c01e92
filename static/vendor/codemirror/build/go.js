export { goLanguage as default } from "@codemirror/lang-go";
