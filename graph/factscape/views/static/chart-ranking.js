// A ranking: bars of one period, or places and values over periods. One board at a time: what does
// not compare is never in the same picture.

data.boards.forEach((board, number) => {
  for (const place of board.places) {
    place.thing = data.things[place.thing];
    place.id = `${number} ${place.claim} ${place.period}`;
    place.board = board;
  }
});
const placeOf = new Map(data.boards.flatMap((board) => board.places.map((place) => [place.id, place])));

choice('board', 'b', '0', (value) => data.boards[value] !== undefined && /^\d+$/.test(value));
choice('how', 'h', '', (value) => ['bars', 'places', 'values'].includes(value));
choice('period', 'p', '', (value) => /^\d+$/.test(value));

const boardNow = () => data.boards[Number(state.board)];

function periodNow() {
  const wanted = state.period === '' ? -1 : Number(state.period);
  const { periods, places } = boardNow();
  if (wanted >= 0 && wanted < periods.length) return wanted;
  // The last one in which there is something to rank.
  const counts = d3.rollup(places, (those) => those.length, (place) => place.period);
  const most = d3.max(counts.values());
  return d3.max([...counts].filter(([, count]) => count > 1 || count === most), ([period]) => period) ?? 0;
}

function howNow() {
  const { periods, printed } = boardNow();
  if (state.how && !(printed && state.how !== 'places')) return state.how;
  if (printed) return 'places';
  return periods.length > 1 ? 'places' : 'bars';
}

const periodLabel = (board, period) => inLanguage(board.periods[period].label) || say('no_time');

function moved(place) {
  if (place.moved === null) return '';
  if (!place.moved) return say('stayed');
  return say(place.moved > 0 ? 'rose' : 'fell', { n: Math.abs(place.moved) });
}

function arrow(place) {
  if (place.moved === null || !place.moved) return '';
  return place.moved > 0 ? ` ▲${place.moved}` : ` ▼${-place.moved}`;
}

function grown(place) {
  if (place.grew === null || place.board.printed) return '';
  const sign = place.grew > 0 ? '+' : place.grew < 0 ? '−' : '±';
  return sign + short(Math.abs(place.grew), place);
}

/** A difference in few characters: of shares in percentage points. */
function short(value, place) {
  return isShare(place.board) ? say('points', { n: (value * 100).toLocaleString('en', { maximumFractionDigits: 2 }) }) : compact(value);
}

/** Whether a board's values are parts of one, written as percentages. */
function isShare(board) {
  return board.places.every(({ words, value }) => Math.abs(value) <= 1.5 && /%/.test(inLanguage(words)));
}

function named(rows) {
  return rows.map((place) => ({
    ...place,
    label: inLanguage(place.thing.label),
    said: inLanguage(place.words),
    fill: ownColour(place.thing.colour),
    symbol: symbols[place.thing.shape],
    selected: place.id === state.selected,
    name: [
      inLanguage(place.thing.label), periodLabel(place.board, place.period),
      say(place.tied ? 'place_tied' : 'place_nth', { n: String(place.rank) }), inLanguage(place.words), moved(place), standing(place),
    ].filter(Boolean).join(say('comma')),
  }));
}

/** Where the sides of a disputed figure lie furthest apart. */
function spans(rows) {
  return rows.filter((row) => row.disputed).map((row) => {
    const values = row.sides.map(([, , value]) => value).filter((value) => value !== null);
    return { ...row, least: d3.min(values), most: d3.max(values) };
  });
}

function drawBars(width) {
  const board = boardNow();
  const rows = named(board.places.filter((place) => place.period === periodNow()));
  const room = Math.min(width * 0.36, d3.max(rows, (row) => widthOf(shorten(row.label, 30))) + 40);
  const tail = Math.min(width * 0.4, d3.max(rows, (row) => widthOf(row.said)) + 70);
  const spread = spans(rows);
  return [rows, Plot.plot(plotOptions({
    width, height: rows.length * 40 + 16, marginLeft: room, marginRight: tail, marginTop: 8, marginBottom: 8,
    x: { axis: null, domain: [Math.min(0, d3.min(rows, (row) => row.value)), d3.max(rows, (row) => d3.max([row.value, ...row.sides.map((side) => side[2])]))] },
    y: { axis: null, domain: rows.map((row) => row.id), padding: 0.25 },
    color: { type: 'identity' },
    marks: [
      Plot.barX(rows, { x: 'value', y: 'id', fill: 'fill', className: 'reach', stroke: (row) => (row.selected ? colour('accent') : 'none'), strokeWidth: 3 }),
      Plot.text(rows, { x: 0, y: 'id', dx: -8, text: (row) => `${row.rank}${row.tied ? '=' : ''}  ${shorten(row.label, 30)}`, textAnchor: 'end', fill: colour('ink') }),
      Plot.text(rows, { x: (row) => d3.max([row.value, ...row.sides.map((side) => side[2])]), y: 'id', dx: 8, text: (row) => `${shorten(row.said, Math.max(14, tail / 6.6 - 10))}${arrow(row)}${row.disputed ? ' ⚠' : ''}`, textAnchor: 'start', fill: colour('ink') }),
      Plot.ruleY(spread, { x1: 'least', x2: 'most', y: 'id', stroke: colour('ink'), strokeWidth: 2 }),
      Plot.tickX(spread.flatMap((row) => [{ ...row, at: row.least }, { ...row, at: row.most }]), { x: 'at', y: 'id', stroke: colour('ink'), strokeWidth: 2, insetTop: 7, insetBottom: 7 }),
    ],
  }))];
}

/** Lines over periods; where a period says nothing of a thing the line is dotted. */
function drawLines(width, byPlace) {
  const board = boardNow();
  const rows = named(board.places);
  const value = byPlace ? 'rank' : 'value';
  const periods = d3.range(board.periods.length);
  const series = d3.groups(rows, (row) => row.thing);
  const solid = series.flatMap(([, those]) => periods.map((period) => those.find((row) => row.period === period) ?? { ...those[0], period, rank: NaN, value: NaN }));
  const last = series.map(([, those]) => d3.greatest(those, (row) => row.period));
  const gaps = series.flatMap(([, those]) => d3.pairs(d3.sort(those, (row) => row.period)).filter(([a, b]) => b.period - a.period > 1).map(([a, b]) => ({ ...a, to: b })));
  const narrow = width < 520;
  const tail = Math.min(width * 0.45, d3.max(last, (row) => widthOf(shorten(row.label, narrow ? 16 : 28))) + (byPlace ? 60 : 40));
  const deepest = d3.max(rows, (row) => row.rank);
  const height = byPlace ? Math.min(760, Math.max(180, Math.min(deepest, 24) * 44 + 60)) : 460;
  const spread = byPlace ? [] : spans(rows);
  const tied = apart(rows, byPlace);
  const y = (row) => (byPlace ? row.rank + (tied.get(row.id) ?? 0) : row.value);
  return [rows, Plot.plot(plotOptions({
    width, height, marginLeft: byPlace ? 34 : 62, marginRight: tail, marginTop: 14, marginBottom: narrow ? 56 : 34,
    x: { type: 'point', domain: periods, padding: 0.25, label: null, tickFormat: (period) => shorten(periodLabel(board, period), narrow ? 12 : 24), tickRotate: narrow && periods.length > 3 ? -30 : 0, tickSize: 0 },
    y: byPlace
      ? { type: 'linear', domain: [deepest + 0.4, 0.6], ticks: deepest <= 24 ? d3.range(1, deepest + 1) : 8, label: null, tickSize: 0, tickFormat: 'd', grid: deepest > 24 }
      : { label: null, grid: true, zero: true, nice: true, tickFormat: (tick) => (isShare(board) ? `${Math.round(tick * 100)}%` : compact(tick)) },
    color: { type: 'identity' },
    marks: [
      Plot.link(gaps, { x1: 'period', y1: y, x2: (row) => row.to.period, y2: (row) => y(row.to), stroke: 'fill', strokeWidth: 1.5, strokeDasharray: '2 5' }),
      Plot.line(solid, { x: 'period', y, z: (row) => row.thing.iri, stroke: 'fill', strokeWidth: 2.5, curve: byPlace ? 'bump-x' : 'linear' }),
      Plot.ruleX(spread, { x: 'period', y1: 'least', y2: 'most', stroke: colour('ink'), strokeWidth: 2 }),
      Plot.dot(rows.filter((row) => row.selected), { x: 'period', y, r: 12, stroke: colour('accent'), strokeWidth: 2.5, pointerEvents: 'none' }),
      Plot.dot(rows, { x: 'period', y, className: 'reach', symbol: 'symbol', r: 7, fill: 'fill', stroke: (row) => (row.disputed ? colour('ink') : colour('ground')), strokeWidth: 1.6 }),
      Plot.text(byPlace && !board.printed && !narrow ? rows : [], { x: 'period', y, dy: -15, text: (row) => shorten(row.said, 18), fill: colour('soft'), stroke: colour('ground'), strokeWidth: 3, pointerEvents: 'none' }),
      Plot.text(unmingled(last, y, byPlace, height), { x: 'period', y: (row) => row.at, dx: 13, text: (row) => `${shorten(row.label, narrow ? 16 : 28)}${arrow(row)}`, textAnchor: 'start', fill: colour('ink') }),
    ],
  }))];
}

/** Those that share a place stand a little apart, so that each can be seen. */
function apart(rows, byPlace) {
  const moves = new Map();
  if (!byPlace) return moves;
  for (const [, those] of d3.groups(rows, (row) => `${row.period} ${row.rank}`)) {
    those.forEach((row, i) => moves.set(row.id, (i - (those.length - 1) / 2) * Math.min(0.5, 1.2 / those.length)));
  }
  return moves;
}

/** Heights of labels in one column, pushed apart until none covers another. */
function unmingled(rows, y, byPlace, height) {
  const [low, high] = d3.extent(rows, y);
  const step = ((byPlace ? Math.max(1, high - 0.2) : Math.max(high, 0) - Math.min(low, 0)) * 16) / (height - 60);
  return d3.groups(rows, (row) => row.period).flatMap(([, those]) => {
    let before = -Infinity;
    return d3.sort(those, y).map((row) => {
      const at = Math.max(y(row), before + (byPlace ? Math.min(step, 0.45) : step));
      before = at;
      return { ...row, at };
    });
  });
}

const chart = {
  counts() {
    const things = new Set(boardNow().places.map((place) => place.thing));
    return [say('ranked_count', { n: things.size }), say('periods_count', { n: boardNow().periods.length }), say('sources_count', { n: data.sources.length })].join(' · ');
  },

  notes() {
    const board = boardNow();
    const notes = [];
    if (!board.printed) notes.push(say('from_values'));
    if (!board.ranks) notes.push(say('one_only'));
    if (board.places.some((place) => place.converted)) notes.push(say('converted_note'));
    if (data.unconverted) notes.push(say('unconverted_note', { n: data.unconverted }));
    for (const [label, words] of board.sums) notes.push(say('sum_note', { name: inLanguage(label), words: inLanguage(words) }));
    if (board.apart.length) {
      const items = board.apart.map(([other, reasons]) =>
        make('li', {},
          make('button', { type: 'button', class: 'small', onclick: () => choose({ board: String(other), period: '', selected: null }) }, inLanguage(data.boards[other].title)),
          ` ${reasons.map((reason) => say(`apart_${reason}`)).join(say('and'))}`));
      notes.push(make('details', { open: items.length <= 4 }, make('summary', {}, say('kept_apart', { n: items.length })), make('ul', {}, ...items)));
    }
    return notes;
  },

  controls() {
    const board = boardNow();
    const select = make('select', { 'aria-label': say('board'), 'data-key': 'board', onchange: (event) => choose({ board: event.target.value, period: '', selected: null }) },
      ...data.boards.map(({ title }, number) => make('option', { value: String(number), selected: String(number) === state.board }, shorten(inLanguage(title), 110))));
    const parts = data.boards.length > 1 ? [select] : [make('strong', {}, inLanguage(board.title))];
    if (!board.printed) {
      parts.push(make('div', { class: 'pair', role: 'group', 'aria-label': say('how') }, ...[['bars', 'bars'], ['places', 'places'], ['values', 'values']].map(([how, word]) =>
        make('button', { type: 'button', 'aria-pressed': String(howNow() === how), 'data-key': `how ${how}`, onclick: () => choose({ how }) }, say(word)))));
    }
    if (howNow() === 'bars' && board.periods.length > 1) {
      parts.push(make('select', { 'aria-label': say('period'), 'data-key': 'period', onchange: (event) => choose({ period: event.target.value }) },
        ...board.periods.map((_, period) => make('option', { value: String(period), selected: period === periodNow() }, periodLabel(board, period)))));
    }
    return parts;
  },

  draw(holder, width) {
    const how = howNow();
    const [rows, svg] = how === 'bars' ? drawBars(width) : drawLines(width, how === 'places');
    reach(svg, { reach: rows }, `${inLanguage(data.title)}${say('comma')}${inLanguage(boardNow().title)}`);
    const title = howNow() === 'bars' ? make('h2', {}, periodLabel(boardNow(), periodNow())) : null;
    holder.replaceChildren(...[title, svg].filter(Boolean));
  },

  details(id) {
    const place = placeOf.get(id);
    if (!place) return null;
    const changes = [moved(place), grown(place)].filter(Boolean).join(say('comma'));
    return [
      make('p', { class: 'kind' }, icon(place.thing.shape, place.thing.colour), ` ${periodLabel(place.board, place.period)}`),
      make('h2', {}, isolated(inLanguage(place.thing.label))),
      make('p', { class: 'value' }, isolated(inLanguage(place.words))),
      make('p', {}, say(place.tied ? 'place_tied' : 'place_nth', { n: String(place.rank) })),
      changes ? make('p', {}, `${say('since_before')}${say('colon')}${changes}`) : null,
      place.printed ? make('p', { class: 'soft' }, say('as_printed', { text: place.printed })) : null,
      make('p', { class: place.disputed ? 'disputed' : 'soft' }, standing(place)),
      part(place.sides.length > 1 ? 'all_sides' : 'sources', sideList(place.sides)),
    ];
  },
};
