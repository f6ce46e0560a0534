// The legend: what each shape and line means, how many there are, and a switch for each.

const legend = (() => {
  const holder = byId('legend');

  function row(one, label, icon) {
    const box = make('input', {
      type: 'checkbox',
      checked: one.shown,
      onchange: (event) => {
        one.shown = event.target.checked;
        applyFilters();
      },
    });
    return make(
      'label',
      { class: 'row' },
      box,
      icon,
      isolated(clip(label, 80), { class: 'name' }),
      make('span', { class: 'count' }, one.count.toLocaleString('en')),
    );
  }

  function allOrNone(all, word, what, group) {
    return make(
      'button',
      {
        type: 'button',
        class: 'small',
        'aria-label': say(all ? 'all_of' : 'none_of', { what }),
        onclick: () => {
          for (const one of group) one.shown = all;
          applyFilters();
        },
      },
      word,
    );
  }

  function section(title, group, rows) {
    if (!group.length) return null;
    return make(
      'section',
      { 'aria-label': title },
      make(
        'div',
        { class: 'section-head' },
        make('h2', {}, title),
        allOrNone(true, say('all'), title, group),
        allOrNone(false, say('none'), title, group),
      ),
      ...rows,
    );
  }

  function wayIcon(way) {
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('viewBox', '0 0 20 20');
    icon.setAttribute('class', 'icon');
    icon.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M1,10H14M19,10L13,6.5V13.5Z');
    path.setAttribute('fill', wayColour(way));
    path.setAttribute('stroke', wayColour(way));
    path.setAttribute('stroke-width', '1.6');
    icon.append(path);
    return icon;
  }

  function draw() {
    const focused = holder.contains(document.activeElement)
      ? [...holder.querySelectorAll('input, button')].indexOf(document.activeElement)
      : -1;
    const kindRows = kinds.map((kind) => row(kind, kindLabel(kind), kindIcon(kind)));
    const wayRows = ways.map((way) => row(way, inLanguage(way.label), wayIcon(way)));
    const sections = [
      section(say('kinds'), kinds, kindRows),
      section(say('relations'), ways, wayRows),
    ];
    holder.replaceChildren(
      ...sections.filter(Boolean),
      make('section', { class: 'help' }, make('h2', {}, say('keys')), make('p', {}, say('keys_text'))),
    );
    if (focused >= 0) holder.querySelectorAll('input, button')[focused]?.focus();
  }

  return { draw };
})();
