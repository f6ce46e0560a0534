// Putting it together: what changes when something is chosen, and the first drawing.

(() => {
  const root = document.documentElement;

  function title() {
    if (!data.focus.length) return say('title');
    const names = data.focus.slice(0, 3).map((index) => clip(thingLabel(things[index]), 60));
    return say('title_around', { names: names.join(language === 'zh' ? '、' : ', ') });
  }

  function leftOut() {
    const shown = things.length;
    const { things: all, near } = data.all;
    const steps = say('steps', { n: data.depth ?? 0 });
    const texts = [];
    if (data.depth !== null && data.focus.length && near > shown) {
      texts.push(say('left_out_near', { shown, near, all, depth: steps }));
    } else if (data.depth !== null && data.focus.length && all > shown) {
      texts.push(say('left_out_depth', { shown, all, depth: steps, deeper: data.depth + 1 }));
    } else if (all > shown) {
      const more = Math.min(all, 2000);
      texts.push(say(data.limit < more ? 'left_out_limit' : 'left_out_most', { shown, all, more: String(more) }));
    }
    if (data.undrawn) texts.push(say('left_out_lines', { n: data.undrawn }));
    return texts.join(' ');
  }

  function counts() {
    const shown = things.filter((thing) => thing.shown).length;
    const parts = [
      say('things', { n: shown }),
      say('links', { n: lines.filter((line) => line.shown).length }),
      say('sources_count', { n: data.sources.length }),
    ];
    if (shown < things.length) parts.push(say('hidden_count', { n: things.length - shown }));
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
    document.title = data.focus.length ? `${title()} · ${say('title')}` : say('title');
    byId('left-out').textContent = leftOut();
    byId('left-out').hidden = !leftOut();
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
    panel.draw();
    showView();
    picture.repaint();
  }

  function showView() {
    const isList = state.view === 'list';
    byId('list').hidden = !isList;
    byId('picture').hidden = isList;
    document.querySelector('.zoom').hidden = isList;
    byId('show-list').setAttribute('aria-pressed', String(isList));
    byId('show-picture').setAttribute('aria-pressed', String(!isList));
    if (isList) list.draw();
  }

  function tellSelected(detail) {
    const thing = state.selected;
    panel.draw();
    list.mark();
    picture.repaint();
    if (thing && detail?.show && state.view === 'picture') picture.show(thing);
    const beside = thing ? shownNeighbours(thing).size : 0;
    announce(
      thing
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
    legend.draw();
    counts();
    list.draw();
    picture.repaint();
    // The handles that vis drags can wait until the picture is seen.
    setTimeout(picture.hideFiltered, 0);
    if (!state.selected) panel.draw();
  });
  on('view', () => {
    showView();
    if (state.view === 'picture') picture.repaint();
  });
  on('theme', drawAll);
  on('language', drawAll);

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
    for (const thing of things) thing.shown = thing.kind.shown;
    for (const line of lines) line.shown = line.way.shown && line.from.shown && line.to.shown;
    if (state.selected && !state.selected.shown) state.selected = null;
  }

  restore();
  dress();
  translate();
  picture.start();
  drawAll();
  if (state.selected && !state.camera) picture.show(state.selected);
  picture.hideFiltered();
  window.addEventListener('hashchange', () => {
    if (location.hash.slice(1) === written) return;
    restore();
    drawAll();
    if (state.camera) picture.look(state.camera);
    picture.hideFiltered();
  });
  root.dataset.ready = 'true';
})();
