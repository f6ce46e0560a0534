// A comparison: a small picture for each measure. What compares shares an axis, nothing else does.

data.panels.forEach((panel, number) => {
  filled(panel.points, ['value', 'times', 'begins', 'ends']);
  panel.number = number;
  for (const point of panel.points) {
    point.panel = panel;
    point.thing = data.things[point.thing];
    point.id = `${number} ${point.thing.iri} ${point.claim}`;
    const [from, to] = [Date.parse(point.begins ?? point.ends), Date.parse(point.ends ?? point.begins)];
    // What holds until it changes stands where it begins, else on its last day.
    point.at = panel.steps ? (point.begins ? from : to - DAY) : (from + to - DAY) / 2;
    [point.from, point.to] = [point.begins ? from : -Infinity, point.ends ? to : Infinity];
  }
});
const pointOf = new Map(data.panels.flatMap((panel) => panel.points.map((point) => [point.id, point])));

const alone = data.things.length === 1;
choice('which', 'w', data.all || alone ? 'all' : 'shared', (value) => ['all', 'shared'].includes(value));
choice('as', 'a', 'values', (value) => value === 'times');
choice('scale', 'y', 'linear', (value) => value === 'log');
choice('wanted', 'q', '', (value) => value.length < 200);

const MOST = 60;

function shownPanels() {
  const wanted = state.wanted.trim().toLowerCase();
  return data.panels.filter((panel) =>
    (state.which === 'all' || panel.shared > 1) &&
    (!wanted || [panel.title].flat().some((text) => text.toLowerCase().includes(wanted))) &&
    (state.as === 'values' || panel.points.some((point) => point.thing !== data.things[0] && point.times !== null)));
}

function named(points) {
  return points.map((point) => ({
    ...point,
    y: state.as === 'times' ? point.times : point.value,
    label: inLanguage(point.thing.label),
    fill: ownColour(point.thing.colour),
    symbol: symbols[point.thing.shape],
    name: [inLanguage(point.thing.label), inLanguage(point.panel.title), pointWhen(point), inLanguage(point.words), standing(point)].join(say('comma')),
  }));
}

const pointWhen = (point) => (point.time ? inLanguage(point.time) : say('no_time'));

function spread(rows) {
  if (state.as === 'times') return [];
  return rows.filter((row) => row.disputed).map((row) => {
    const values = row.sides.map(([, , value]) => value).filter((value) => value !== null);
    return { ...row, least: d3.min(values), most: d3.max(values) };
  });
}

const dotted = (row) => row.foretold || Boolean(row.worked_out);

/** One period, or none that is stated: bars say more than dots in one column. */
function drawBars(rows, width) {
  const room = Math.min(136, d3.max(rows, (row) => widthOf(row.label)) + 22);
  const tail = Math.min(width * 0.48, d3.max(rows, (row) => widthOf(said(row))) + 30);
  const most = Math.floor((tail - 22) / 6.6);
  const spans = spread(rows);
  return Plot.plot(plotOptions({
    width, height: rows.length * 28 + 12, marginLeft: room, marginRight: tail, marginTop: 6, marginBottom: 6,
    x: { axis: null, domain: [Math.min(0, d3.min(rows, (row) => row.y)), d3.max(rows, reachOf)] },
    y: { axis: null, domain: rows.map((row) => row.id), padding: 0.3 },
    color: { type: 'identity' },
    marks: [
      Plot.barX(rows, { x: 'y', y: 'id', fill: 'fill', fillOpacity: (row) => (dotted(row) ? 0.4 : 1), className: 'reach' }),
      Plot.text(rows, { x: 0, y: 'id', dx: -6, text: (row) => shorten(row.label, 18), textAnchor: 'end', fill: colour('ink') }),
      Plot.text(rows, { x: reachOf, y: 'id', dx: 6, text: (row) => `${shorten(said(row), most)}${row.disputed ? ' ⚠' : ''}`, textAnchor: 'start', fill: colour('ink') }),
      Plot.ruleY(spans, { x1: 'least', x2: 'most', y: 'id', stroke: colour('ink'), strokeWidth: 2 }),
    ],
  }));
}

function said(row) {
  return state.as === 'times' ? say('times', { n: compact(row.y) }) : inLanguage(row.words);
}

/** Where the values of a row reach, its sides included. */
function reachOf(row) {
  return d3.max([row.y, 0, ...(state.as === 'times' ? [] : row.sides.map((side) => side[2]))]);
}

function drawLines(all, width, isStepped) {
  const rows = all.filter((row) => !Number.isNaN(row.at));
  const log = state.scale === 'log' && all.every((row) => row.y > 0);
  const [first, last] = d3.extent(rows, (row) => row.at);
  const wide = isStepped ? Math.max(last - first, 60 * DAY) : last - first;
  // What has no time stands at the end, joined to nothing.
  const early = isStepped && rows.some((row) => row.from === -Infinity);
  const undated = all.filter((row) => Number.isNaN(row.at));
  for (const row of undated) row.at = last + wide * 0.2;
  const [from, to] = [first - wide * (early ? 0.16 : 0.04), last + wide * (undated.length ? 0.26 : 0.06)];
  const end = last + wide * 0.06;
  const spans = spread(all);
  const series = d3.groups(rows, (row) => row.thing.iri);
  const links = series.flatMap(([, those]) => d3.pairs(d3.sort(those, (row) => row.at, (row) => row.from)).map(([a, b]) => ({ ...a, next: b, dotted: isStepped || dotted(a) || dotted(b) })));
  const holds = isStepped ? rows.map((row) => ({ ...row, left: Math.max(row.from, from), right: Math.min(row.to, end) })).filter((row) => row.right - row.left > 2 * DAY) : [];
  const share = all.every((row) => /%/.test(inLanguage(row.words)));
  const values = all.flatMap((row) => [row.y, ...(state.as === 'times' ? [] : row.sides.map((side) => side[2]).filter((value) => value !== null))]);
  const short = (value) => (state.as === 'times' ? `${compact(value)}×` : share ? `${compact(value * 100)}%` : compact(value));
  const few = all.length <= 16 && width > 300;
  const link = (those, dashes) => Plot.link(those, { x1: 'at', y1: 'y', x2: (row) => row.next.at, y2: (row) => row.next.y, stroke: 'fill', strokeWidth: 2, strokeDasharray: dashes });
  const svg = Plot.plot(plotOptions({
    width, height: 230, marginLeft: marginFor(values.map(short)), marginRight: 24, marginTop: 22, marginBottom: 26,
    x: { type: 'utc', domain: [from, to], label: null, insetLeft: 8, insetRight: 8, ...timeTicks([first, last]), tickSize: 0 },
    y: { type: log ? 'log' : 'linear', domain: log ? d3.extent(values) : [Math.min(0, d3.min(values)), Math.max(0, d3.max(values)) || 1], nice: true, grid: true, label: null, ticks: 4, tickSize: 0, tickFormat: short },
    color: { type: 'identity' },
    marks: [
      log ? null : Plot.ruleY([0], { stroke: colour('thread') }),
      undated.length ? Plot.text([undated[0]], { x: 'at', frameAnchor: 'bottom', dy: 18, text: () => say('no_time_short'), fill: colour('soft') }) : null,
      undated.length ? Plot.ruleX([end], { stroke: colour('rule'), strokeDasharray: '2 4' }) : null,
      link(links.filter((step) => !step.dotted), null),
      link(links.filter((step) => step.dotted), '3 4'),
      Plot.link(holds, { x1: 'left', x2: 'right', y1: 'y', y2: 'y', stroke: 'fill', strokeWidth: 3 }),
      Plot.ruleX(spans, { x: 'at', y1: 'least', y2: 'most', stroke: colour('ink'), strokeWidth: 2 }),
      Plot.dot(all, { x: 'at', y: 'y', className: 'reach', symbol: 'symbol', r: 5.5, fill: (row) => (dotted(row) ? colour('ground') : row.fill), stroke: (row) => (row.disputed ? colour('ink') : row.fill), strokeWidth: 1.8 }),
      Plot.text(few ? all : [], { x: 'at', y: 'y', className: 'label', dy: -13, text: (row) => short(row.y), fill: colour('soft'), stroke: colour('ground'), strokeWidth: 3, pointerEvents: 'none' }),
    ].filter(Boolean),
  }));
  thin(svg);
  return svg;
}

function drawPanelOf(panel, width) {
  const rows = named(panel.points).filter((row) => row.y !== null);
  const dated = rows.filter((row) => !Number.isNaN(row.at));
  const periods = new Set(dated.map((row) => row.at));
  // A price until a day and one from that day stand above one another.
  const lines = periods.size > 1 || (panel.steps && dated.some((row) => row.from === -Infinity) && dated.length > 1);
  const svg = lines ? drawLines(rows, width, panel.steps) : drawBars(rows, width);
  reach(svg, { reach: rows }, inLanguage(panel.title));
  const whens = new Set(rows.map(pointWhen));
  const one = !lines && whens.size === 1 ? make('p', { class: 'soft' }, pointWhen(rows[0])) : null;
  return make('section', {}, make('h2', {}, isolated(inLanguage(panel.title))), ...[one, svg].filter(Boolean));
}

const chart = {
  counts() {
    const shared = data.panels.filter((panel) => panel.shared > 1).length;
    if (alone) return [say('measures_count', { n: data.panels.length }), say('sources_count', { n: data.sources.length })].join(' · ');
    return [say('shared_count', { n: shared }), say('single_count', { n: data.panels.length - shared }), say('sources_count', { n: data.sources.length })].join(' · ');
  },

  notes() {
    const notes = [];
    if (!alone && !data.panels.some((panel) => panel.shared > 1)) notes.push(say('nothing_shared'));
    if (shownPanels().length > MOST) notes.push(say('too_many_panels', { n: shownPanels().length - MOST }));
    if (data.panels.some((panel) => panel.points.some((point) => point.converted))) notes.push(say('converted_note'));
    if (data.unconverted) notes.push(say('unconverted_note', { n: data.unconverted }));
    return notes;
  },

  controls() {
    const filter = make('input', {
      type: 'text', value: state.wanted, placeholder: say('filter_measures'), 'aria-label': say('filter_measures'), 'data-key': 'filter',
      onchange: (event) => choose({ wanted: event.target.value.slice(0, 199) }),
    });
    const first = shorten(inLanguage(data.things[0].label), 24);
    return [
      make('ul', { class: 'series' }, ...data.things.map((thing) => make('li', {}, icon(thing.shape, thing.colour), ' ', isolated(shorten(inLanguage(thing.label), 60))))),
      ...(alone ? [] : [switcher('which', 'which', [['shared', say('shared_only')], ['all', say('all')]])]),
      ...(alone ? [] : [switcher('how', 'as', [['values', say('values')], ['times', say('times_of', { name: first })]])]),
      switcher('scale', 'scale', [['linear', say('linear')], ['log', say('log')]]),
      filter,
      make('p', { class: 'soft key' }, say('compare_key')),
    ];
  },

  draw(holder, width) {
    const panels = shownPanels().slice(0, MOST);
    const across = Math.max(1, Math.floor((width + 22) / 352));
    const each = Math.floor((width - (across - 1) * 22) / across);
    if (!panels.length) {
      holder.replaceChildren(make('p', { class: 'soft' }, say('no_panels')));
      return;
    }
    holder.replaceChildren(make('div', { class: 'panels' }, ...panels.map((panel) => drawPanelOf(panel, each))));
  },

  details(id) {
    const point = pointOf.get(id);
    if (!point) return null;
    return [
      make('p', { class: 'kind' }, icon(point.thing.shape, point.thing.colour), ` ${inLanguage(point.thing.label)}`),
      make('h2', {}, isolated(inLanguage(point.panel.title))),
      make('p', { class: 'when' }, pointWhen(point)),
      make('p', { class: 'value' }, isolated(inLanguage(point.words))),
      point.status && !point.worked_out ? make('p', {}, inLanguage(point.status)) : null,
      point.times !== null && point.thing !== data.things[0] ? make('p', {}, say('times_that', { n: compact(point.times), name: inLanguage(data.things[0].label) })) : null,
      point.printed ? make('p', { class: 'soft' }, say('as_printed', { text: point.printed })) : null,
      point.worked_out ? part('worked_out_from', sideList(point.worked_out)) : make('p', { class: point.disputed ? 'disputed' : 'soft' }, standing(point)),
      point.sides.length ? part(point.sides.length > 1 ? 'all_sides' : 'sources', sideList(point.sides)) : null,
    ];
  },
};
