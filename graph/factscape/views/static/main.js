// Putting it together: what changes when something is chosen, and the first drawing.

(() => {
  const root = document.documentElement;

  function title() {
    const names = data.focus.slice(0, 3).map((index) => clip(thingLabel(things[index]), 60));
    const { between, kind, query } = data.asked;
    if (between && names.length === 2) return say('title_between', { start: names[0], end: names[1] });
    if (!names.length && kind) return say('title_kind', { kind: inLanguage(kind) });
    if (!names.length && query) return say('title_query', { query: clip(clean(query), 80) });
    if (!names.length) return say('title_network');
    return say('title_around', { names: names.join(language === 'zh' ? '、' : ', ') });
  }

  function leftOut() {
    const drawn = things.filter((thing) => thing.drawn);
    const shown = drawn.length;
    const { things: all, near } = data.all;
    const steps = say('steps', { n: data.depth ?? 0 });
    const texts = [];
    if (data.depth !== null && data.focus.length && near > shown) {
      texts.push(say('left_out_near', { shown, near, all, depth: steps }));
    } else if (data.depth !== null && data.focus.length && all > shown) {
      texts.push(say('left_out_depth', { shown, all, depth: steps, deeper: data.depth + 1 }));
    } else if (all > shown && data.depth === null && !data.asked.between && !data.asked.kind && !data.asked.query) {
      const more = Math.min(all, 2000);
      if (things.some((thing) => !thing.drawn && thing.neighbours.size) || near > things.length) texts.push(say(data.limit < more ? 'left_out_limit' : 'left_out_most', { shown, all, more: String(more) }));
    }
    const lonely = things.filter((thing) => !thing.drawn && !thing.neighbours.size).length;
    if (lonely) texts.push(say('lonely', { n: lonely }));
    if (data.undrawn) texts.push(say('left_out_lines', { n: data.undrawn }));
    return texts.join(' ');
  }

  function noteLeftOut() {
    const text = leftOut();
    byId('left-out-text').textContent = text;
    byId('left-out').hidden = !text;
    const waiting = things.filter((thing) => !thing.drawn && thing.neighbours.size).length;
    byId('add-next').hidden = !waiting;
    byId('add-next').textContent = say('expand_all', { n: Math.min(PORTION, waiting), all: waiting });
    emit('left-out');
  }

  function counts() {
    const shown = things.filter((thing) => thing.shown).length;
    const hidden = things.filter((thing) => thing.drawn && thing.there && !thing.shown).length;
    const parts = [
      say('things', { n: shown }),
      say('links', { n: lines.filter((line) => line.shown).length }),
      say('sources_count', { n: data.sources.length }),
    ];
    if (hidden) parts.push(say('hidden_count', { n: hidden }));
    byId('counts').textContent = parts.join(' · ');
  }

  /** Write the words of the interface in its language. */
  function translate() {
    root.lang = language;
    for (const one of document.querySelectorAll('[data-word]')) one.textContent = say(one.dataset.word);
    for (const one of document.querySelectorAll('[data-label]')) {
      one.setAttribute('aria-label', say(one.dataset.label));
    }
    for (const one of document.querySelectorAll('[data-title]')) one.title = say(one.dataset.title);
    for (const one of document.querySelectorAll('[data-placeholder]')) {
      one.placeholder = say(one.dataset.placeholder);
    }
    byId('title').textContent = title();
    document.title = `${title()} · ${say('title')}`;
    noteLeftOut();
    const other = language === 'zh' ? 'en' : 'zh';
    byId('language').textContent = say('language');
    byId('language').lang = other;
    nameTheme();
    counts();
  }

  function nameTheme() {
    byId('theme').textContent = say(isDark() ? 'light' : 'dark');
  }

  function dress() {
    if (state.theme) root.dataset.theme = state.theme;
    else delete root.dataset.theme;
    readColours();
    readFonts();
    nameTheme();
  }

  function drawAll() {
    dress();
    translate();
    legend.draw();
    timeBar.draw();
    panel.draw();
    showView();
    picture.repaint();
  }

  function showView() {
    const isList = state.view !== 'picture';
    byId('list').hidden = !isList;
    byId('picture').hidden = isList;
    document.querySelector('.zoom').hidden = isList;
    byId('show-list').setAttribute('aria-pressed', String(state.view === 'list'));
    byId('show-links').setAttribute('aria-pressed', String(state.view === 'links'));
    byId('show-picture').setAttribute('aria-pressed', String(!isList));
    if (isList) list.draw();
  }

  function tellSelected(detail) {
    const thing = state.selected;
    panel.draw();
    list.mark();
    picture.repaint();
    const line = state.link;
    if (thing && detail?.show && state.view === 'picture') picture.show(thing);
    const beside = thing ? shownNeighbours(thing).size : 0;
    announce(
      line ? say('selected_link', lineWords(line)) : thing
        ? say('selected', {
            name: thingLabel(thing),
            kind: kindLabel(thing.kind),
            links: say('links', { n: beside }),
          })
        : say('unselected'),
    );
  }

  on('selected', tellSelected);
  on('filters', () => {
    picture.repaint();
    timeBar.draw();
    counts();
    if (timeBar.isPlaying()) return;
    legend.draw();
    noteLeftOut();
    list.draw();
    // The handles that vis drags can wait until the picture is seen.
    setTimeout(picture.hideFiltered, 0);
    if (!state.selected) panel.draw();
  });
  on('day', () => {
    if (state.selected || state.link) panel.draw();
  });
  on('rdf', panel.draw);
  on('view', () => {
    showView();
    if (state.view === 'picture') picture.repaint();
  });
  on('theme', drawAll);
  on('language', drawAll);

  byId('show-links').addEventListener('click', () => change('view', 'links'));
  byId('add-next').addEventListener('click', () => {
    const n = addNext(PORTION);
    applyFilters();
    announce(say('added', { n }));
  });
  byId('show-list').addEventListener('click', () => change('view', 'list'));
  byId('show-picture').addEventListener('click', () => change('view', 'picture'));
  byId('zoom-in').addEventListener('click', () => picture.zoom(1.35));
  byId('zoom-out').addEventListener('click', () => picture.zoom(1 / 1.35));
  byId('fit').addEventListener('click', () => picture.fit());
  byId('theme').addEventListener('click', () => change('theme', isDark() ? 'light' : 'dark'));
  byId('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    emit('language');
    remember();
  });
  byId('show-filters').addEventListener('click', (event) => {
    const open = root.classList.toggle('filtering');
    event.currentTarget.setAttribute('aria-expanded', String(open));
  });
  darkness.addEventListener('change', drawAll);

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

  function restore() {
    readFragment();
    applyFilters();
    clearTimeout(remembering); // what came from the address need not be written there
  }

  on('restore', () => {
    restore();
    drawAll();
    if (state.camera) picture.look(state.camera);
    picture.hideFiltered();
  });

  // The picture must know how large it is before it looks at anything.
  timeBar.start();
  restore();
  dress();
  translate();
  picture.start();
  drawAll();
  if (state.selected && !state.camera) picture.show(state.selected);
  picture.hideFiltered();
  window.addEventListener('hashchange', () => {
    if (location.hash.slice(1) !== written) emit('restore');
  });
  root.dataset.ready = 'true';
})();
