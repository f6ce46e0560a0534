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

  /** How lines are drawn, as far as any line here is drawn so. */
  function marks() {
    const rows = [
      [lines.some((line) => line.voices > 1), 'mark_width', { 'stroke-width': '4' }],
      [lines.some((line) => line.unsure), 'mark_dash', { 'stroke-width': '2', 'stroke-dasharray': '5 3' }],
      [hasTime && lines.some((line) => !line.spans), 'mark_undated', { 'stroke-width': '1.2', opacity: '0.6' }],
    ].filter(([is]) => is).map(([, word, look]) => markRow(word, look));
    if (lines.some((line) => line.disputed)) {
      rows.push(make('p', { class: 'row' }, make('span', { class: 'icon disputed', 'aria-hidden': 'true' }, '◆'), say('mark_disputed')));
    }
    if (!rows.length) return null;
    return make('section', { class: 'marks' }, make('h2', {}, say('marks')), ...rows);
  }

  function markRow(word, look) {
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('viewBox', '0 0 20 20');
    icon.setAttribute('class', 'icon');
    icon.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M1,10H19');
    path.setAttribute('stroke', 'currentColor');
    for (const [name, value] of Object.entries(look)) path.setAttribute(name, value);
    icon.append(path);
    return make('p', { class: 'row' }, icon, say(word));
  }

  function draw() {
    const focused = holder.contains(document.activeElement)
      ? [...holder.querySelectorAll('input, button')].indexOf(document.activeElement)
      : -1;
    for (const one of [...kinds, ...ways]) one.count = 0;
    for (const thing of things) thing.kind.count += thing.drawn && thing.there;
    for (const line of lines) line.way.count += line.there && line.from.drawn && line.to.drawn;
    const most = (a, b) => a.hub - b.hub || b.count - a.count;
    const kindRows = [...kinds].sort(most).map((kind) => row(kind, kindLabel(kind), kindIcon(kind)));
    const wayRows = [...ways].sort((a, b) => b.count - a.count).map((way) => row(way, inLanguage(way.label), wayIcon(way)));
    const sections = [
      section(say('kinds'), kinds, kindRows),
      section(say('relations'), ways, wayRows),
    ];
    holder.replaceChildren(
      ...sections.filter(Boolean),
      ...[marks()].filter(Boolean),
      make('section', { class: 'help' }, make('h2', {}, say('keys')), make('p', {}, say('keys_text'))),
    );
    if (focused >= 0) holder.querySelectorAll('input, button')[focused]?.focus();
  }

  return { draw };
})();
