export { cppLanguage as default } from "@codemirror/lang-cpp";
