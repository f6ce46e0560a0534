// The list: the same things as a table, for reading, sorting and filtering.

const list = (() => {
  const holder = byId('list');
  let order = { column: 3, down: true };
  let wanted = '';
  let body = null;

  const columns = [
    { word: 'name', value: thingLabel },
    { word: 'other_name', value: otherLabel },
    { word: 'kind', value: (thing) => kindLabel(thing.kind) },
    { word: 'link_column', value: (thing) => thing.lines.filter((line) => line.shown).length },
    { word: 'figure_column', value: (thing) => thing.figureCount },
  ];

  function compare(a, b) {
    const [one, other] = [a, b].map(columns[order.column].value);
    const by = typeof one === 'number'
      ? one - other
      : one.localeCompare(other, language === 'zh' ? 'zh-Hans' : 'en', { numeric: true });
    return (order.down ? -by : by) || a.rank - b.rank;
  }

  function fits(thing) {
    if (!thing.shown) return false;
    if (!wanted) return true;
    const texts = [thingLabel(thing), otherLabel(thing), kindLabel(thing.kind), ...(thing.names ?? [])];
    return texts.some((text) => fold(clip(text, 400)).includes(wanted));
  }

  function row(thing) {
    const chosen = thing === state.selected;
    const cells = columns.slice(1).map(({ value }) => {
      const content = value(thing);
      const number = typeof content === 'number';
      return make('td', { class: number ? 'number' : null }, number ? String(content) : isolated(clip(content, 120)));
    });
    const name = make(
      'button',
      { type: 'button', class: 'thing', onclick: () => select(thing, { show: true }) },
      isolated(clip(thingLabel(thing), 120)),
    );
    return make(
      'tr',
      { 'aria-current': chosen ? 'true' : null, 'data-thing': String(thing.index) },
      make('th', { scope: 'row' }, make('div', { class: 'row' }, kindIcon(thing.kind), name)),
      ...cells,
    );
  }

  function head() {
    return columns.map(({ word }, column) => {
      const now = order.column === column;
      const sort = () => {
        order = { column, down: now ? !order.down : column > 2 };
        draw();
        holder.querySelectorAll('thead button')[column].focus();
      };
      return make(
        'th',
        { scope: 'col', 'aria-sort': now ? (order.down ? 'descending' : 'ascending') : null },
        make(
          'button',
          { type: 'button', onclick: sort },
          say(word),
          make('span', { 'aria-hidden': 'true' }, now ? (order.down ? ' ▾' : ' ▴') : ''),
        ),
      );
    });
  }

  function fill() {
    body.replaceChildren(...things.filter(fits).sort(compare).map(row));
  }

  function draw() {
    if (state.view !== 'list') return;
    body = make('tbody');
    const filter = make('input', {
      type: 'text',
      id: 'list-filter',
      value: wanted,
      'aria-label': say('filter_list'),
      placeholder: say('filter_list'),
      oninput: (event) => {
        wanted = fold(event.target.value);
        fill();
      },
    });
    holder.replaceChildren(
      filter,
      make(
        'table',
        {},
        make('caption', { class: 'unseen' }, say('list_caption')),
        make('thead', {}, make('tr', {}, ...head())),
        body,
      ),
    );
    fill();
  }

  /** Mark the selected row, and no other. */
  function mark() {
    if (state.view !== 'list' || !body) return;
    for (const one of body.querySelectorAll('[aria-current]')) one.removeAttribute('aria-current');
    const chosen = state.selected && body.querySelector(`[data-thing="${state.selected.index}"]`);
    chosen?.setAttribute('aria-current', 'true');
    chosen?.scrollIntoView({ block: 'nearest' });
  }

  return { draw, mark };
})();
