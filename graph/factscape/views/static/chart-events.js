// Events along time: what pages that draw them share.

const ROW = 20;

const events = data.events.map((event) => {
  const begins = event.begins ? Date.parse(event.begins) : NaN;
  const ends = event.ends ? Date.parse(event.ends) : begins + DAY;
  return { ...event, id: event.iri, from: begins, to: Math.max(ends, begins + DAY) };
});
const eventOf = new Map(events.map((event) => [event.id, event]));

/** What is left free before the first event and after the last: half a year is shown at least. */
function padding(from, to) {
  return Math.max(10 * DAY, (to - from) * 0.02, (183 * DAY - (to - from)) / 2);
}

/** Put the events of a lane into rows in which nothing overlaps; return how many there are. */
function settle(those, x, right) {
  const rows = [];
  for (const event of [...those].sort((a, b) => a.from - b.from || b.to - a.to || d3.ascending(a.id, b.id))) {
    const [start, end] = [x(event.from), Math.min(x(event.to), right)];
    const vague = end - start > 14;
    let text = shorten(inLanguage(event.label), right < 500 ? 30 : 46);
    let wide = widthOf(text);
    // Beside a short bar, on a long one; to the left where there is no room to the right.
    const beside = vague && end - start < Math.max(110, right * 0.2) ? end + 6 : Math.max(start, 8) + 9;
    const left = beside + wide > right && start - 9 - wide > 0;
    if (!left && beside + wide > right) {
      text = shorten(text, Math.max(8, Math.floor((right - beside) / 6.8)));
      wide = widthOf(text);
    }
    const label = left ? Math.min(start, right) - 9 - wide : Math.min(beside, Math.max(8, right - wide));
    const [low, high] = [Math.min(start - 6, label), Math.max(end, label + wide) + 10];
    let row = rows.findIndex((taken) => taken.every(([a, b]) => high < a || low > b));
    if (row < 0) row = rows.push([]) - 1;
    rows[row].push([low, high]);
    Object.assign(event, { row, text, left, vague, at: left ? start - 9 : label });
  }
  return rows.length;
}

/** Draw lanes of events, each a name and its events; return the rows that are marks, and the picture. */
function drawEvents(lanes, [from, to], width) {
  const right = width - 8;
  const x = d3.scaleUtc([from, to], [8, right]);
  const bands = [];
  // Words of the axis that the edge would cut are left out; the first that stays names its year.
  const times = x.ticks(width / 90).filter((time) => x(time) > 34 && x(time) < right - 34);
  let top = 28;
  for (const [name, those] of lanes) {
    const count = settle(those, x, right);
    bands.push({ name: name ? `${name} · ${those.length}` : '', top, bottom: top + 24 + count * ROW });
    for (const event of those) event.py = top + 30 + event.row * ROW;
    top += 30 + count * ROW;
  }
  const rows = lanes.flatMap(([, those]) => those).map((event) => ({
    ...event,
    name: [eventWhen(event), inLanguage(data.kinds[event.kind].label), inLanguage(event.label)].join(say('comma')),
    symbol: symbols[data.kinds[event.kind].shape],
    fill: ownColour(data.kinds[event.kind].colour),
  }));
  const ground = colour('ground');
  const labels = (textAnchor) => ({
    x: (row) => x.invert(row.at), y: 'py', text: 'text', textAnchor, fill: colour('ink'), stroke: colour('side'), strokeWidth: 4, pointerEvents: 'none',
  });
  const svg = Plot.plot(plotOptions({
    width,
    height: top + 4,
    marginLeft: 0, marginRight: 0, marginTop: 0, marginBottom: 0,
    x: { type: 'utc', domain: [from, to], range: [8, right], axis: null },
    y: { type: 'linear', domain: [0, top + 4], range: [0, top + 4], axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.rect(bands, { x1: from, x2: to, y1: 'top', y2: 'bottom', fill: colour('side'), insetLeft: -8, insetRight: -8 }),
      Plot.gridX({ stroke: colour('rule'), strokeOpacity: 1, ticks: width / 90 }),
      Plot.axisX({ anchor: 'top', y: 0, insetTop: 18, ticks: times, tickSize: 0, label: null, fill: colour('soft'), tickFormat: ticks(from, to, times[0]), dy: 13 }),
      Plot.text(bands, { x: from, y: 'top', dy: 11, dx: -2, text: 'name', textAnchor: 'start', fontWeight: 600, fill: colour('ink'), stroke: colour('side'), strokeWidth: 4 }),
      Plot.link(rows.filter((row) => row.vague), { x1: 'from', x2: (row) => Math.min(row.to, to), y1: 'py', y2: 'py', stroke: 'fill', strokeWidth: 7, strokeOpacity: 0.28, strokeLinecap: 'round' }),
      Plot.text(rows.filter((row) => !row.left), labels('start')),
      Plot.text(rows.filter((row) => row.left), labels('end')),
      Plot.dot(rows, { x: (row) => Math.max(row.from, from), y: 'py', className: 'reach', symbol: 'symbol', r: 5, fill: 'fill', stroke: (row) => (row.disputed ? colour('ink') : ground), strokeWidth: (row) => (row.disputed ? 1.6 : 0.8) }),
    ],
  }));
  return [rows, svg];
}

/** What is told of an event beside the picture. */
function eventDetails(event) {
  const kind = data.kinds[event.kind];
  const pairs = [...event.of.map(([, label]) => [say('of').toLowerCase(), inLanguage(label)]), ...event.parties.map(([role, label]) => [inLanguage(role), inLanguage(label)])];
  const terms = d3.groups(pairs, ([role]) => role).map(([role, those]) => [role, those.map(([, label]) => label).join(say('and'))]);
  return [
    make('p', { class: 'kind' }, icon(kind.shape, kind.colour), ` ${inLanguage(kind.label)}`),
    make('h2', {}, isolated(inLanguage(event.label))),
    make('p', { class: 'when' }, eventWhen(event), event.status ? make('span', { class: 'soft' }, ` · ${inLanguage(event.status)}`) : null),
    event.disputed ? make('p', { class: 'disputed' }, say('dates_disputed')) : null,
    part('parties', make('dl', {}, ...terms.flatMap(([role, label]) => [make('dt', {}, role), make('dd', {}, isolated(label))]))),
    event.amounts.length ? part('amounts', make('ol', { class: 'sides' }, ...event.amounts.map(([metric, words, cites]) =>
      make('li', {}, make('p', {}, `${inLanguage(metric)}${say('colon')}`, isolated(inLanguage(words))), citeList(cites))))) : null,
    event.dates ? part('dates', sideList(event.dates)) : null,
    part('sources', citeList(event.cites)),
  ];
}

function eventWhen(event) {
  return event.time ? inLanguage(event.time) : say('no_time');
}

/** Years where there are many of them, else months or days, of which the first names its year. */
function ticks(from, to, first) {
  const days = to - from < 90 * DAY;
  const part = d3.utcFormat(language === 'zh' ? (days ? '%-m月%-d日' : '%-m月') : days ? '%-d %b' : '%b');
  return (time) => {
    const year = time.getUTCFullYear();
    if (time.getUTCMonth() === 0 && time.getUTCDate() === 1) return String(year);
    if (+time !== +first) return part(time);
    return language === 'zh' ? `${year}年${part(time)}` : `${part(time)} ${year}`;
  };
}
