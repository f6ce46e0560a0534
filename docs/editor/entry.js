// What the query page uses of CodeMirror, under one global name.
export {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion,
  completionKeymap, completionStatus, startCompletion,
} from "@codemirror/autocomplete";
export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export {
  HighlightStyle, LanguageSupport, bracketMatching, indentOnInput, syntaxHighlighting, syntaxTree,
} from "@codemirror/language";
export { lintGutter, setDiagnostics } from "@codemirror/lint";
export { EditorState, Prec } from "@codemirror/state";
export {
  EditorView, drawSelection, highlightActiveLine, hoverTooltip, keymap, lineNumbers, placeholder,
} from "@codemirror/view";
export { styleTags, tags } from "@lezer/highlight";
export { SparqlLanguage } from "codemirror-lang-sparql";
