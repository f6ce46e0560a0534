// Putting it together. A page's own script has defined `chart`: controls, draw, details, counts, notes.

(() => {
  function translate() {
    root.lang = language;
    for (const one of document.querySelectorAll('[data-word]')) one.textContent = say(one.dataset.word);
    for (const one of document.querySelectorAll('[data-label]')) one.setAttribute('aria-label', say(one.dataset.label));
    for (const one of document.querySelectorAll('[data-title]')) one.title = say(one.dataset.title);
    byId('title').textContent = inLanguage(data.title);
    document.title = `${inLanguage(data.title)} · ${say('title')}`;
    byId('language').textContent = say('language');
    byId('language').lang = language === 'zh' ? 'en' : 'zh';
    byId('theme').textContent = say(isDark() ? 'light' : 'dark');
  }

  function dress() {
    if (state.theme) root.dataset.theme = state.theme;
    else delete root.dataset.theme;
  }

  function drawNotes() {
    const notes = chart.notes?.() ?? [];
    byId('notes').replaceChildren(...notes.map((note) => (typeof note === 'string' ? make('p', {}, note) : note)));
    byId('notes').hidden = !notes.length;
  }

  function drawControls() {
    const focused = document.activeElement?.dataset?.key;
    byId('controls').replaceChildren(...(chart.controls?.() ?? []));
    byId('controls').hidden = !byId('controls').childElementCount || state.view === 'table';
    if (focused) byId('controls').querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  function drawAll() {
    const focused = document.activeElement?.dataset?.id;
    dress();
    translate();
    const isTable = state.view === 'table';
    byId('show-picture').setAttribute('aria-pressed', String(!isTable));
    byId('show-table').setAttribute('aria-pressed', String(isTable));
    byId('picture').hidden = isTable;
    byId('table').hidden = !isTable;
    drawControls();
    drawNotes();
    byId('counts').textContent = chart.counts();
    if (isTable) drawTable();
    else chart.draw(byId('picture'), Math.max(280, byId('picture').clientWidth));
    drawPanel(state.selected === null ? null : chart.details(state.selected));
    if (focused) byId('picture').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  /** What was selected changes the panel and a mark's dress, nothing else of the picture. */
  function drawSelection() {
    const marks = [...byId('picture').querySelectorAll('[data-id][aria-pressed]')];
    for (const mark of marks) mark.setAttribute('aria-pressed', String(mark.dataset.id === state.selected));
    const chosen = marks.find((mark) => mark.dataset.id === state.selected && mark.ownerSVGElement);
    if (chosen) {
      for (const other of chosen.ownerSVGElement.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
      chosen.setAttribute('tabindex', '0');
    }
    drawPanel(state.selected === null ? null : chart.details(state.selected));
  }

  redraw = (changed) => (changed.length === 1 && changed[0] === 'selected' ? drawSelection() : drawAll());
  byId('show-table').addEventListener('click', () => choose({ view: 'table' }));
  byId('show-picture').addEventListener('click', () => choose({ view: 'picture' }));
  byId('theme').addEventListener('click', () => choose({ theme: isDark() ? 'light' : 'dark' }));
  byId('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    choose({});
  });
  byId('save-json').addEventListener('click', () => offer(byId('data').textContent, 'application/json', `${data.format}.json`));
  // The mark tells spreadsheets that it is UTF-8.
  byId('save-csv').addEventListener('click', () => offer(`\ufeff${csv()}\r\n`, 'text/csv', `${data.format}.csv`));
  byId('save-svg').addEventListener('click', () => {
    if (state.view === 'table') choose({ view: 'picture' });
    offer(svgText(), 'image/svg+xml', `${data.format}.svg`);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || state.selected === null) return;
    const was = state.selected;
    choose({ selected: null });
    byId('picture').querySelector(`[data-id="${CSS.escape(was)}"]`)?.focus();
  });
  darkness.addEventListener('change', drawAll);
  window.addEventListener('hashchange', () => {
    if (location.hash.slice(1) === written) return;
    recall();
    drawAll();
  });
  let width = 0;
  new ResizeObserver(() => {
    const now = byId('picture').clientWidth;
    if (!now || Math.abs(now - width) < 4) return;
    width = now;
    requestAnimationFrame(drawAll);
  }).observe(byId('picture'));

  // Paper is white.
  let before = null;
  window.addEventListener('beforeprint', () => {
    before = state.theme;
    state.theme = 'light';
    drawAll();
  });
  window.addEventListener('afterprint', () => {
    state.theme = before;
    drawAll();
  });

  recall();
  width = byId('picture').clientWidth;
  drawAll();
  root.dataset.ready = 'true';
})();
