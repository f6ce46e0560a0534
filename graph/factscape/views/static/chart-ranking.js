// A ranking: bars of one period, or places and values over periods. One board at a time: what does
// not compare is never in the same picture.

data.boards.forEach((board, number) => {
  filled(board.places, ['rank', 'moved', 'grew']);
  for (const place of board.places) {
    place.thing = data.things[place.thing];
    place.id = `${number} ${place.claim} ${place.period}`;
    place.board = board;
  }
  board.periods.forEach((period) => {
    const [from, to] = [Date.parse(period.begins ?? period.ends), Date.parse(period.ends ?? period.begins)];
    // What is open stands where it begins or ends.
    period.at = period.begins && period.ends ? (from + to - DAY) / 2 : from;
  });
});
const placeOf = new Map(data.boards.flatMap((board) => board.places.map((place) => [place.id, place])));

choice('board', 'b', '0', (value) => data.boards[value] !== undefined && /^\d+$/.test(value));
choice('how', 'h', '', (value) => ['bars', 'places', 'values'].includes(value));
choice('period', 'p', '', (value) => /^\d+$/.test(value));
choice('order', 'o', '', (value) => value === 'turned');

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
  const { periods, places, printed, latest } = boardNow();
  if (state.how && !(printed && state.how !== 'places')) return state.how;
  if (printed) return 'places';
  // Places over periods say something where two periods have some.
  const ranked = new Set(places.filter((place) => place.rank !== null).map((place) => place.period));
  return periods.length > 1 && latest === null && ranked.size > 1 ? 'places' : 'bars';
}

const periodLabel = (board, period) => inLanguage(board.periods[period].label) || say('no_time');

function smallestFirst() {
  return boardNow().smallest_first !== (state.order === 'turned');
}

/** The place of a value among others, from the end that the reader wants first. */
function rankAmong(place, those) {
  const better = (other) => (smallestFirst() ? other.value < place.value : other.value > place.value);
  return 1 + those.filter(better).length;
}

/** The places of a board, the other way round where that is wanted. */
function placesNow() {
  const { places } = boardNow();
  if (state.order !== 'turned' || boardNow().printed) return places;
  const by = d3.group(places, (place) => place.period);
  const turned = places.map((place) => {
    const before = place.moved === null ? null : by.get(place.period - 1).find((one) => one.thing === place.thing);
    const both = (period) => by.get(period).filter((one) => [place.period, place.period - 1].every((each) => by.get(each).some((other) => other.thing === one.thing)));
    return {
      ...place,
      rank: place.rank === null ? null : rankAmong(place, by.get(place.period)),
      moved: before ? rankAmong(before, both(place.period - 1)) - rankAmong(place, both(place.period)) : null,
    };
  });
  return d3.sort(turned, (place) => place.period, (place) => place.rank, (place) => inLanguage(place.thing.label));
}

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
  const size = Math.abs(place.grew);
  return sign + (isShare(place.board) ? say('points', { n: percent(size) }) : compact(size));
}

const percent = (value) => (value * 100).toLocaleString('en', { maximumFractionDigits: 2 });

/** A value in few characters. */
function short(value, board) {
  return isShare(board) ? `${percent(value)}%` : compact(value);
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
    name: [
      inLanguage(place.thing.label), when(place), ranked(place), inLanguage(place.words), moved(place), standing(place),
    ].filter(Boolean).join(say('comma')),
  }));
}

/** The period of a place; of the latest figure of each, its own time. */
function when(place) {
  if (place.period !== place.board.latest) return periodLabel(place.board, place.period);
  return place.time ? inLanguage(place.time) : say('no_time');
}

function ranked(place) {
  return place.rank === null ? '' : say(place.tied ? 'place_tied' : 'place_nth', { n: String(place.rank) });
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
  const rows = named(placesNow().filter((place) => place.period === periodNow()));
  const narrow = width < 520;
  // Where there is little room names and figures stand above the bars, and the title says the unit.
  const room = narrow ? 4 : Math.min(width * 0.36, d3.max(rows, (row) => widthOf(row.label)) + 54);
  const figure = (row) => (narrow && columns(row.said) > 14 ? short(row.value, board) : row.said);
  const timed = (row) => (row.period === board.latest ? `${figure(row)} · ${when(row)}` : figure(row));
  const told = (row) => `${timed(row)}${arrow(row)}${row.disputed ? ' ⚠' : ''}`;
  const tail = narrow ? 8 : Math.min(width * 0.42, d3.max(rows, (row) => widthOf(timed(row))) + 70);
  const named_ = (row, most) => `${row.rank ?? ''}${row.tied ? '=' : ''}  ${shorten(row.label, most)}`;
  const spread = spans(rows);
  const most = (row) => d3.max([row.value, ...row.sides.map((side) => side[2])]);
  return [rows, Plot.plot(plotOptions({
    width, height: rows.length * (narrow ? 50 : 40) + 16, marginLeft: room, marginRight: tail, marginTop: 8, marginBottom: 8,
    x: { axis: null, domain: [Math.min(0, d3.min(rows, (row) => row.value)), Math.max(0, d3.max(rows, most))] },
    y: { axis: null, domain: rows.map((row) => row.id), padding: 0.25 },
    color: { type: 'identity' },
    marks: [
      Plot.barX(rows, { x: 'value', y: 'id', fill: 'fill', insetTop: narrow ? 20 : 0, className: 'reach' }),
      ...(narrow
        ? [
            Plot.text(rows, { frameAnchor: 'left', y: 'id', dy: -10, text: (row) => named_(row, Math.floor((width - widthOf(told(row)) - 50) / 6.8)), textAnchor: 'start', fill: colour('ink') }),
            Plot.text(rows, { frameAnchor: 'right', y: 'id', dy: -10, text: told, textAnchor: 'end', fill: colour('ink') }),
          ]
        : [
            Plot.text(rows, { x: 0, y: 'id', dx: -8, text: (row) => named_(row, Math.floor((room - 54) / 6.4)), textAnchor: 'end', fill: colour('ink') }),
            Plot.text(rows, { x: (row) => Math.max(0, most(row)), y: 'id', dx: 8, text: (row) => shorten(told(row), Math.max(14, tail / 6.6 - 2)), textAnchor: 'start', fill: colour('ink') }),
          ]),
      Plot.ruleY(spread, { x1: 'least', x2: 'most', y: 'id', dy: narrow ? 10 : 0, stroke: colour('ink'), strokeWidth: 2 }),
      Plot.tickX(spread.flatMap((row) => [{ ...row, at: row.least }, { ...row, at: row.most }]), { x: 'at', y: 'id', stroke: colour('ink'), strokeWidth: 2, insetTop: narrow ? 24 : 7, insetBottom: narrow ? 4 : 7 }),
    ],
  }))];
}

/** Lines over periods; where a period says nothing of a thing the line is dotted. */
function drawLines(width, byPlace) {
  const board = boardNow();
  const rows = named(placesNow().filter((place) => place.period !== board.latest && !(byPlace && place.rank === null)));
  // What holds at dates stands where they are; spans of one length stand side by side.
  const dated = board.latest !== null && !byPlace && rows.some((row) => !Number.isNaN(board.periods[row.period].at));
  const shown = dated ? rows.filter((row) => !Number.isNaN(board.periods[row.period].at)) : rows;
  const periods = [...new Set(shown.map((row) => row.period))].sort(d3.ascending);
  const x = (row) => (dated ? board.periods[row.period].at : row.period);
  const undated = (row) => Number.isNaN(board.periods[row.period].at);
  const steps = d3.groups(shown, (row) => row.thing).flatMap(([, those]) => d3.pairs(d3.sort(those, x))).filter(([, to]) => !undated(to))
    .map(([from, to]) => ({ ...from, to, gap: !dated && periods.indexOf(to.period) - periods.indexOf(from.period) > 1 }));
  const last = d3.groups(shown, (row) => row.thing).map(([, those]) => d3.greatest(those, x));
  const narrow = width < 520;
  const labelled = (row) => `${shorten(row.label, narrow ? 16 : 28)}${arrow(row)}`;
  const tail = Math.min(width * 0.45, d3.max(last, (row) => widthOf(labelled(row))) + 34);
  const deepest = d3.max(shown, (row) => row.rank) ?? 1;
  const height = byPlace ? Math.min(760, Math.max(180, Math.min(deepest, 24) * 44 + 60)) : 460;
  const spread = byPlace ? [] : spans(shown);
  const tied = apart(shown, byPlace);
  const y = (row) => (byPlace ? row.rank + (tied.get(row.id) ?? 0) : row.value);
  const link = (those, dashes) => Plot.link(those, {
    x1: x, y1: y, x2: (row) => x(row.to), y2: (row) => y(row.to), stroke: 'fill', strokeWidth: dashes ? 1.5 : 2.5, strokeDasharray: dashes, curve: byPlace && !dashes ? 'bump-x' : 'linear',
  });
  const svg = Plot.plot(plotOptions({
    width, height, marginLeft: byPlace ? 34 : marginFor(shown.map((row) => (isShare(board) ? '100%' : compact(row.value)))), marginRight: tail, marginTop: 24, marginBottom: narrow && !dated ? 66 : 34,
    x: dated
      ? { type: 'utc', label: null, insetLeft: 16, insetRight: 16, ...timeTicks(shown.map(x)), tickSize: 0 }
      : { type: 'point', domain: periods, padding: 0.25, label: null, tickFormat: (period) => shorten(periodLabel(board, period), tickWidth(periods.length, width, narrow)), tickRotate: narrow && periods.length > 3 ? -30 : 0, tickSize: 0 },
    y: byPlace
      ? { type: 'linear', domain: [deepest + 0.4, 0.6], ticks: deepest <= 24 ? d3.range(1, deepest + 1) : 8, label: null, tickSize: 0, tickFormat: 'd', grid: deepest > 24 }
      : { label: null, grid: true, zero: true, nice: true, tickSize: 0, tickFormat: (tick) => (isShare(board) ? `${Math.round(tick * 100)}%` : compact(tick)) },
    color: { type: 'identity' },
    marks: [
      link(steps.filter((step) => step.gap), '2 5'),
      link(steps.filter((step) => !step.gap), null),
      Plot.ruleX(spread, { x, y1: 'least', y2: 'most', stroke: colour('ink'), strokeWidth: 2 }),
      Plot.dot(shown, { x, y, className: 'reach', symbol: 'symbol', r: 7, fill: 'fill', stroke: (row) => (row.disputed ? colour('ink') : colour('ground')), strokeWidth: 1.6 }),
      Plot.text(dated || byPlace ? last : unmingled(last, y, height), { x, y: dated || byPlace ? y : (row) => row.at, className: 'label', dx: 13, text: labelled, textAnchor: 'start', fill: colour('ink'), stroke: colour('ground'), strokeWidth: 3 }),
      Plot.text(byPlace && !board.printed && !narrow ? shown : [], { x, y, className: 'label', dy: -16, text: (row) => shorten(short(row.value, board), 18), fill: colour('soft'), stroke: colour('ground'), strokeWidth: 3, pointerEvents: 'none' }),
    ],
  }));
  thin(svg);
  return [shown, svg];
}

function tickWidth(count, width, narrow) {
  return narrow ? 12 : Math.max(8, Math.floor((width - 120) / Math.max(1, count) / 6.8));
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
function unmingled(rows, y, height) {
  const [low, high] = d3.extent(rows, y);
  const step = ((Math.max(high, 0) - Math.min(low, 0)) * 16) / (height - 60);
  return d3.groups(rows, (row) => row.period).flatMap(([, those]) => {
    let before = -Infinity;
    return d3.sort(those, y).map((row) => {
      const at = Math.max(y(row), before + step);
      before = at;
      return { ...row, at };
    });
  });
}

const chart = {
  counts() {
    const { places, periods, latest } = boardNow();
    const things = new Set(places.map((place) => place.thing));
    return [say('ranked_count', { n: things.size }), say('periods_count', { n: periods.length - (latest === null ? 0 : 1) }), say('sources_count', { n: data.sources.length })].join(' · ');
  },

  notes() {
    const board = boardNow();
    const notes = [];
    if (!board.printed) notes.push(say(smallestFirst() ? 'smallest_first_note' : 'largest_first_note'));
    if (board.latest !== null && howNow() === 'bars' && periodNow() === board.latest) notes.push(say('latest_note'));
    const undated = board.periods.findIndex((period, number) => number !== board.latest && Number.isNaN(period.at));
    if (howNow() === 'values' && board.latest !== null && undated >= 0) notes.push(say('undated_values', { n: board.places.filter((place) => place.period === undated).length }));
    if (howNow() === 'places' && board.places.some((place) => place.rank === null)) notes.push(say('alone_note'));
    if (!board.ranks) notes.push(say('one_only'));
    if (board.places.some((place) => place.converted)) notes.push(say('converted_note'));
    if (data.unconverted) notes.push(say('unconverted_note', { n: data.unconverted }));
    for (const [label, words] of board.sums) notes.push(say('sum_note', { name: inLanguage(label), words: inLanguage(words) }));
    if (board.apart.length) {
      const items = board.apart.map(([other, reasons]) =>
        make('li', {},
          make('button', { type: 'button', class: 'small', onclick: () => choose({ board: String(other), period: '', selected: null }) }, inLanguage(data.boards[other].title)),
          ` ${reasons.map((reason) => say(`apart_${reason}`)).join(' · ')}`));
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
    if (!board.printed) {
      const options = [['', board.smallest_first], ['turned', !board.smallest_first]].map(([value, small]) => [value, say(small ? 'smallest_first' : 'largest_first')]);
      parts.push(switcher('order', 'order', options));
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
    const place = placesNow().find((one) => one.id === id) ?? placeOf.get(id);
    if (!place) return null;
    const changes = [moved(place), grown(place)].filter(Boolean).join(say('comma'));
    return [
      make('p', { class: 'kind' }, icon(place.thing.shape, place.thing.colour), ` ${when(place)}`),
      make('h2', {}, isolated(inLanguage(place.thing.label))),
      make('p', { class: 'value' }, isolated(inLanguage(place.words))),
      ranked(place) ? make('p', {}, ranked(place)) : null,
      changes ? make('p', {}, `${say('since_before')}${say('colon')}${changes}`) : null,
      place.printed ? make('p', { class: 'soft' }, say('as_printed', { text: place.printed })) : null,
      make('p', { class: place.disputed ? 'disputed' : 'soft' }, standing(place)),
      part(place.sides.length > 1 ? 'all_sides' : 'sources', sideList(place.sides)),
    ];
  },
};
