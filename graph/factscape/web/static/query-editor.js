"use strict";
// The editor: CodeMirror in a shadow root, where its styles are sheets that a strict policy lets be.
// `factscape.editor(place, text, events)` returns {text, setText, show error, clear, focus}.
(() => {
  const factscape = (globalThis.factscape ??= {});
  const cm = globalThis.CodeMirror;

  // Colours are the page's own; light and dark come from there.
  const theme = cm.EditorView.theme({
    "&": { color: "var(--ask-ink)", backgroundColor: "var(--ask-ground)", fontSize: "0.9rem" },
    ".cm-scroller": { fontFamily: "ui-monospace, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace", lineHeight: "1.5", minHeight: "9rem", maxHeight: "26rem", overflow: "auto" },
    ".cm-content": { caretColor: "var(--ask-ink)" },
    "&.cm-focused": { outline: "2px solid var(--ask-accent)", outlineOffset: "1px" },
    ".cm-cursor": { borderLeftColor: "var(--ask-ink)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--ask-marked)" },
    ".cm-activeLine": { backgroundColor: "transparent" },
    ".cm-gutters": { backgroundColor: "var(--ask-ground)", color: "var(--ask-soft)", border: "none" },
    ".cm-activeLineGutter": { backgroundColor: "var(--ask-marked)" },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--ask-marked)", outline: "1px solid var(--ask-soft)" },
    ".cm-placeholder": { color: "var(--ask-soft)" },
    ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--ask-wrong) 1.5px", textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
    ".cm-lintPoint:after": { borderBottomColor: "var(--ask-wrong)" },
    ".cm-tooltip": { color: "var(--ask-ink)", backgroundColor: "var(--ask-side)", border: "1px solid var(--ask-rule)" },
    ".cm-about": { padding: "4px 8px", maxWidth: "28rem" },
    ".cm-diagnostic-error": { borderLeftColor: "var(--ask-wrong)" },
    ".cm-diagnosticText": { whiteSpace: "pre-wrap" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxWidth: "min(44rem, 90vw)", maxHeight: "16rem" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "1.4" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--ask-ink)", background: "var(--ask-marked)" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "bold" },
    ".cm-completionDetail": { fontStyle: "normal", color: "var(--ask-soft)" },
    ".cm-completionIcon": { color: "var(--ask-soft)", opacity: "1" },
  });

  const { tags } = cm;
  const colours = cm.HighlightStyle.define([
    { tag: [tags.keyword, tags.bool], color: "var(--ask-keyword)", fontWeight: "600" },
    { tag: tags.variableName, color: "var(--ask-variable)" },
    { tag: tags.string, color: "var(--ask-string)" },
    { tag: [tags.integer, tags.float], color: "var(--ask-number)" },
    { tag: tags.comment, color: "var(--ask-soft)" },
    { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--ask-iri)" },
  ]);

  // The language leaves names with a prefix without a colour.
  const sparql = new cm.LanguageSupport(cm.SparqlLanguage.configure({
    props: [cm.styleTags({ "Pname_ln Pname_ns": tags.url, "A_predicate": tags.keyword })],
  }));

  function extensions(events) {
    const run = () => {
      events.run();
      return true;
    };
    return [
      // Ctrl-Enter comes first: elsewhere it opens a line. Tab has no binding: it leaves.
      cm.Prec.highest(cm.keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run }])),
      cm.lineNumbers(),
      cm.history(),
      cm.drawSelection(),
      cm.highlightActiveLine(),
      cm.indentOnInput(),
      cm.bracketMatching(),
      cm.closeBrackets(),
      sparql,
      cm.EditorState.languageData.of(() => [{ commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } }]),
      cm.syntaxHighlighting(colours),
      cm.autocompletion({ override: [factscape.complete], icons: false, maxRenderedOptions: 60 }),
      cm.hoverTooltip(factscape.hover),
      cm.keymap.of([...cm.closeBracketsKeymap, ...cm.defaultKeymap, ...cm.historyKeymap, ...cm.completionKeymap]),
      cm.EditorView.lineWrapping,
      cm.EditorState.tabSize.of(2),
      cm.EditorView.contentAttributes.of({
        "aria-label": factscape.words("editor"),
        "aria-description": factscape.words("keys"),
        tabindex: "0",
        spellcheck: "false",
        autocapitalize: "off",
        translate: "no",
      }),
      cm.EditorView.domEventHandlers({ beforeinput: replaceSelected }),
      cm.EditorView.updateListener.of((update) => {
        if (update.docChanged) events.changed();
      }),
      theme,
    ];
  }

  /**
   * Write over what is selected. Left to itself the browser keeps the colours of what was there in
   * inline styles, which the page's policy refuses aloud.
   */
  function replaceSelected(event, view) {
    if (event.inputType !== "insertText" || event.isComposing || !event.data || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    return true;
  }

  /** Put an editor into a place; raises where this browser cannot. */
  factscape.editor = (place, text, events) => {
    const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
    const view = new cm.EditorView({
      state: cm.EditorState.create({ doc: text, extensions: extensions(events) }),
      root,
    });
    root.append(view.dom);
    return {
      view,
      text: () => view.state.doc.toString(),
      focus: () => view.focus(),
      setText(now) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
      },
      clear() {
        view.dispatch(cm.setDiagnostics(view.state, []));
      },
      /** Underline the word that an error is about. */
      mark(error) {
        const found = spot(view.state.doc, error);
        if (!found) return;
        const message = [error.message, error.hint].filter(Boolean).join("\n");
        view.dispatch(cm.setDiagnostics(view.state, [{ ...found, severity: "error", message }]));
      },
      goTo(error) {
        const found = spot(view.state.doc, error);
        if (found) view.dispatch({ selection: { anchor: found.from }, scrollIntoView: true });
        view.focus();
      },
    };
  };

  /** Return where an error is: the word that begins at its line and column. */
  function spot(doc, { line, column }) {
    if (!line || line > doc.lines) return null;
    const { from: start, text } = doc.line(line);
    // Columns count characters, this counts halves of those outside the first plane.
    const before = [...text].slice(0, Math.max(0, (column ?? 1) - 1)).join("").length;
    const word = /^(?:[\w?$:.-]+|\S)/u.exec(text.slice(before))?.[0] ?? "";
    const from = Math.min(start + before, doc.length);
    const to = Math.min(from + word.length, doc.length);
    return to > from ? { from, to } : { from: Math.max(0, from - 1), to: from };
  }
})();
