// The tables: the same things and links, for reading, sorting, filtering and taking along.

const list = (() => {
  const holder = byId('list');
  const ROWS = 400; // so many rows are made at once
  const tables = {};
  let body = null;
  let more = null;

  /** The sources of a line, each once, in words. */
  function sourcesOf(line) {
    const relations = (line.from.relations ?? []).map((number) => rowOf('relations', number)).filter(
      (one) => one.from === line.from.term && one.to === line.to.term &&
        rowOf('predicates', one.predicate).iri === line.way.iri,
    );
    const said = [
      ...relations,
      ...['events', 'opinions', 'figures'].flatMap((name) => (line[name] ?? []).map((n) => rowOf(name, n))),
    ];
    const passages = new Set(said.flatMap((one) => one.at ?? []));
    const sources = new Set([...passages].map((number) => rowOf('passages', number).source));
    return [...sources].map((number) => termLabel(rowOf('sources', number).term)).join('; ');
  }

  tables.list = {
    caption: 'list_caption',
    filter: 'filter_list',
    file: 'factscape-things.csv',
    order: { column: 3, down: true },
    wanted: '',
    rows: () => things.filter((thing) => thing.there && thing.kind.shown),
    texts: (thing) => [thingLabel(thing), otherLabel(thing), kindLabel(thing.kind), ...(thing.names ?? [])],
    kind: (thing) => thing.kind,
    choose: (thing) => select(thing, { show: true }),
    chosen: (thing) => thing === state.selected,
    columns: [
      { word: 'name', value: thingLabel },
      { word: 'other_name', value: otherLabel },
      { word: 'kind', value: (thing) => kindLabel(thing.kind) },
      { word: 'link_column', value: (thing) => thing.lines.filter((line) => line.there && line.way.shown).length },
      { word: 'figure_column', value: (thing) => thing.figureCount },
    ],
  };

  tables.links = {
    caption: 'list_of_links',
    filter: 'filter_links',
    file: 'factscape-links.csv',
    order: { column: 4, down: true },
    wanted: '',
    rows: () => lines.filter((line) => line.there && line.way.shown && line.from.kind.shown && line.to.kind.shown),
    texts: (line) => [
      ...[line.from, line.to].flatMap((thing) => [thingLabel(thing), otherLabel(thing), ...(thing.names ?? [])]),
      inLanguage(line.way.label),
    ],
    kind: () => null,
    choose: (line) => selectLink(line, { show: true }),
    chosen: (line) => line === state.link,
    columns: [
      { word: 'from', value: (line) => thingLabel(line.from) },
      { word: 'relation', value: (line) => inLanguage(line.way.label) },
      { word: 'to', value: (line) => thingLabel(line.to) },
      { word: 'when', value: (line) => (line.spans ? spanWords(line.spans) : say('no_time')) },
      { word: 'voices', value: (line) => line.voices },
      {
        word: 'marks_column',
        value: (line) => [line.unsure && say('unsure'), line.disputed && say('link_disputed')].filter(Boolean).join('; '),
      },
      { word: 'says', value: sourcesOf },
    ],
  };

  const table = () => tables[state.view];

  function sorted() {
    const { rows, columns, order, wanted, texts } = table();
    const { value } = columns[order.column];
    const fits = (row) => !wanted || texts(row).some((text) => fold(clip(text, 400)).includes(wanted));
    const collator = new Intl.Collator(language === 'zh' ? 'zh-Hans' : 'en', { numeric: true });
    return rows()
      .filter(fits)
      .map((row) => ({ row, key: value(row), rank: row.rank ?? row.index }))
      .sort((a, b) => {
        const by = typeof a.key === 'number' ? a.key - b.key : collator.compare(a.key, b.key);
        return (order.down ? -by : by) || a.rank - b.rank;
      })
      .map(({ row }) => row);
  }

  function rowElement(row) {
    const { columns, chosen, choose, kind } = table();
    const [first, ...others] = columns.map(({ value }) => value(row));
    const cells = others.map((content) => {
      const number = typeof content === 'number';
      return make('td', { class: number ? 'number' : null }, number ? String(content) : isolated(clip(content, 160)));
    });
    const name = make(
      'button',
      { type: 'button', class: 'thing', onclick: () => choose(row) },
      isolated(clip(first, 120)),
    );
    const icon = kind(row) && kindIcon(kind(row));
    return make(
      'tr',
      { 'aria-current': chosen(row) ? 'true' : null, 'data-row': String(row.index) },
      make('th', { scope: 'row' }, make('div', { class: 'row' }, icon, name)),
      ...cells,
    );
  }

  function head() {
    const { columns, order } = table();
    return columns.map(({ word }, column) => {
      const now = order.column === column;
      const sort = () => {
        table().order = { column, down: now ? !order.down : ['link_column', 'figure_column', 'voices'].includes(word) };
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

  function fill(most = ROWS) {
    const rows = sorted();
    body.replaceChildren(...rows.slice(0, most).map(rowElement));
    const rest = rows.length - most;
    byId('list-count').textContent = say('row_count', { n: rows.length });
    more.hidden = rest <= 0;
    more.textContent = say('show_rows', { n: Math.max(0, rest) });
  }

  function saveCsv() {
    const { columns, file } = table();
    save.csv([columns.map(({ word }) => say(word)), ...sorted().map((row) => columns.map(({ value }) => value(row)))], file);
  }

  function draw() {
    if (state.view === 'picture') return;
    const { wanted, filter, caption } = table();
    body = make('tbody');
    more = make('button', { type: 'button', hidden: true, onclick: () => fill(Infinity) });
    const box = make('input', {
      type: 'text',
      id: 'list-filter',
      value: wanted,
      'aria-label': say(filter),
      placeholder: say(filter),
      oninput: (event) => {
        table().wanted = fold(event.target.value);
        fill();
      },
    });
    const csv = make('button', { type: 'button', id: 'save-csv', title: say('save_csv_long'), onclick: saveCsv }, say('save_csv'));
    holder.replaceChildren(
      make('div', { class: 'list-tools' }, box, csv, make('span', { id: 'list-count', class: 'soft' })),
      make(
        'table',
        {},
        make('caption', { class: 'unseen' }, say(caption)),
        make('thead', {}, make('tr', {}, ...head())),
        body,
      ),
      more,
    );
    fill();
  }

  /** Mark the selected row, and no other. */
  function mark() {
    if (state.view === 'picture' || !body) return;
    for (const one of body.querySelectorAll('[aria-current]')) one.removeAttribute('aria-current');
    const wanted = state.view === 'list' ? state.selected : state.link;
    const chosen = wanted && body.querySelector(`[data-row="${wanted.index}"]`);
    chosen?.setAttribute('aria-current', 'true');
    chosen?.scrollIntoView({ block: 'nearest' });
  }

  return { draw, mark };
})();
