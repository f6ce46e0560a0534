// The timeline: lanes of events, each with its label where there is room for one.

const DAY = 86400000;
const LANES = 14;
const ROW = 20;

const events = data.events.map((event) => {
  const begins = event.begins ? Date.parse(event.begins) : NaN;
  const ends = event.ends ? Date.parse(event.ends) : begins + DAY;
  return { ...event, id: event.iri, from: begins, to: Math.max(ends, begins + DAY) };
});
const eventOf = new Map(events.map((event) => [event.id, event]));

choice('lanes', 'g', 'kind', (value) => value === 'thing');
choice('hidden', 'k', '', (value) => value.split(' ').every((iri) => data.kinds.some((kind) => kind.iri === iri)));
choice('since', 'a', '', isDay);
choice('until', 'z', '', isDay);
choice('wanted', 'q', '', (value) => value.length < 200);

function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

const asDay = (time) => new Date(time).toISOString().slice(0, 10);

function hiddenKinds() {
  return new Set(state.hidden.split(' '));
}

/** The events that the filters leave, dated or not. */
function fitting() {
  const hidden = hiddenKinds();
  const wanted = state.wanted.trim().toLowerCase();
  return events.filter((event) => {
    if (hidden.has(data.kinds[event.kind].iri)) return false;
    const texts = [event.label, ...event.of.map(([, label]) => label), ...event.parties.map(([, label]) => label)];
    return !wanted || texts.flat().some((text) => text.toLowerCase().includes(wanted));
  });
}

/** The span of time that is shown. */
function span(shown) {
  const from = d3.min(shown, (event) => event.from) ?? Date.now();
  const to = d3.max(shown, (event) => event.to) ?? from + 365 * DAY;
  const pad = Math.max(10 * DAY, (to - from) * 0.02);
  return [state.since ? Date.parse(state.since) : from - pad, state.until ? Date.parse(state.until) : to + pad];
}

function laneOf(event) {
  if (state.lanes === 'kind') return inLanguage(data.kinds[event.kind].label);
  return event.of.length ? inLanguage(event.of[0][1]) : say('of_nothing');
}

/** Lanes with the most events first; the smallest are brought together. */
function lanesOf(shown) {
  const lanes = d3.groups(shown, laneOf).sort((a, b) => b[1].length - a[1].length || d3.ascending(a[0], b[0]));
  // A lane for a single event says nothing that its label does not.
  const many = lanes.filter(([, those]) => those.length > 1).length;
  const kept = lanes.length > 6 && state.lanes === 'thing' ? Math.min(many, LANES - 1) : LANES - 1;
  if (lanes.length <= kept + 1) return lanes;
  const rest = lanes.slice(kept);
  return [...lanes.slice(0, kept), [say('others', { n: rest.length }), rest.flatMap(([, those]) => those)]];
}

/** Put the events of a lane into rows in which nothing overlaps; return how many there are. */
function settle(those, x, right) {
  const rows = [];
  for (const event of [...those].sort((a, b) => a.from - b.from || b.to - a.to || d3.ascending(a.id, b.id))) {
    const [start, end] = [x(event.from), Math.min(x(event.to), right)];
    const text = shorten(inLanguage(event.label), right < 500 ? 30 : 46);
    const vague = end - start > 14;
    const wide = widthOf(text);
    // Beside a short bar, on a long one; to the left where there is no room to the right.
    const beside = vague && end - start < 110 ? end + 6 : Math.max(start, 8) + 9;
    const left = beside + wide > right && start - 9 - wide > 0;
    const label = left ? Math.min(start, right) - 9 - wide : Math.min(beside, Math.max(8, right - wide));
    const [low, high] = [Math.min(start - 6, label), Math.max(end, label + wide) + 10];
    let row = rows.findIndex((taken) => taken.every(([a, b]) => high < a || low > b));
    if (row < 0) row = rows.push([]) - 1;
    rows[row].push([low, high]);
    Object.assign(event, { row, text, left, vague, at: left ? start - 9 : label });
  }
  return rows.length;
}

const chart = {
  counts() {
    const shown = fitting();
    const parts = [say('events_count', { n: shown.length }), say('sources_count', { n: data.sources.length })];
    if (shown.length < events.length) parts.push(say('hidden_count', { n: events.length - shown.length }));
    return parts.join(' · ');
  },

  notes() {
    const undated = fitting().filter((event) => Number.isNaN(event.from));
    if (!events.length) return [say('no_events')];
    return undated.length ? [say('undated', { n: undated.length })] : [];
  },

  controls() {
    const zoomBy = (factor) => {
      const [from, to] = span(fitting().filter((event) => event.from));
      const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
      choose({ since: asDay(middle - half), until: asDay(middle + half) });
    };
    const move = (part) => {
      const [from, to] = span(fitting().filter((event) => event.from));
      choose({ since: asDay(from + (to - from) * part), until: asDay(to + (to - from) * part) });
    };
    const button = (text, word, onclick) =>
      make('button', { type: 'button', 'aria-label': say(word), title: say(word), 'data-key': word, onclick }, text);
    const day = (name, word) =>
      make('label', {}, `${say(word)} `, make('input', {
        type: 'date', value: state[name], 'data-key': name,
        onchange: (event) => choose({ [name]: isDay(event.target.value) ? event.target.value : '' }),
      }));
    const filter = make('input', {
      type: 'text', value: state.wanted, placeholder: say('filter'), 'aria-label': say('filter'), 'data-key': 'filter',
      onchange: (event) => choose({ wanted: event.target.value.slice(0, 199) }),
    });
    return [
      switcher('lanes', 'lanes', [['kind', say('by_kind')], ['thing', say('by_thing')]]),
      filter,
      day('since', 'since'),
      day('until', 'until'),
      make('div', { class: 'pair', role: 'group', 'aria-label': say('zoom') },
        button('◂', 'earlier', () => move(-0.5)),
        button('+', 'zoom_in', () => zoomBy(0.5)),
        button('−', 'zoom_out', () => zoomBy(2)),
        button('▸', 'later', () => move(0.5)),
        button(say('all'), 'everything', () => choose({ since: '', until: '' }))),
      this.legend(),
    ];
  },

  legend() {
    const hidden = hiddenKinds();
    const counts = d3.rollup(events, (those) => those.length, (event) => event.kind);
    return make('fieldset', { class: 'legend' }, make('legend', { class: 'unseen' }, say('kinds')),
      ...data.kinds.map((kind, place) =>
        make('label', {},
          make('input', {
            type: 'checkbox', checked: !hidden.has(kind.iri), 'data-key': kind.iri,
            onchange: (event) => {
              if (event.target.checked) hidden.delete(kind.iri);
              else hidden.add(kind.iri);
              choose({ hidden: data.kinds.map(({ iri }) => iri).filter((iri) => hidden.has(iri)).join(' ') });
            },
          }),
          icon(kind.shape, kind.colour),
          ` ${inLanguage(kind.label)} `, make('span', { class: 'soft' }, String(counts.get(place) ?? 0)))));
  },

  draw(holder, width) {
    const dated = fitting().filter((event) => !Number.isNaN(event.from));
    const [from, to] = span(dated);
    const right = width - 8;
    const x = d3.scaleUtc([from, to], [8, right]);
    const shown = dated.filter((event) => event.to > from && event.from < to);
    if (!shown.length) {
      holder.replaceChildren(make('p', { class: 'soft' }, say('nothing_then')));
      return;
    }
    const bands = [];
    let top = 28;
    for (const [name, those] of lanesOf(shown)) {
      const count = settle(those, x, right);
      bands.push({ name: `${name} · ${those.length}`, top, bottom: top + 24 + count * ROW });
      for (const event of those) event.py = top + 30 + event.row * ROW;
      top += 30 + count * ROW;
    }
    const rows = shown.map((event) => ({
      ...event,
      name: [eventWhen(event), inLanguage(data.kinds[event.kind].label), inLanguage(event.label)].join(say('comma')),
      symbol: symbols[data.kinds[event.kind].shape],
      fill: ownColour(data.kinds[event.kind].colour),
      selected: event.id === state.selected,
    }));
    const ground = colour('ground');
    const labels = (textAnchor) => ({
      x: (row) => x.invert(row.at), y: 'py', text: 'text', textAnchor, fill: colour('ink'), pointerEvents: 'none',
      fontWeight: (row) => (row.selected ? 700 : 400),
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
        Plot.axisX({ anchor: 'top', y: 0, insetTop: 18, ticks: width / 90, tickSize: 0, label: null, fill: colour('soft'), tickFormat: ticks(from, to), dy: 20 }),
        Plot.text(bands, { x: from, y: 'top', dy: 11, dx: -2, text: 'name', textAnchor: 'start', fontWeight: 600, fill: colour('ink'), stroke: colour('side'), strokeWidth: 4 }),
        Plot.link(rows.filter((row) => row.vague), { x1: 'from', x2: (row) => Math.min(row.to, to), y1: 'py', y2: 'py', stroke: 'fill', strokeWidth: 7, strokeOpacity: 0.28, strokeLinecap: 'round' }),
        Plot.text(rows.filter((row) => !row.left), labels('start')),
        Plot.text(rows.filter((row) => row.left), labels('end')),
        Plot.dot(rows.filter((row) => row.selected), { x: 'from', y: 'py', r: 10, stroke: colour('accent'), strokeWidth: 2.5, pointerEvents: 'none' }),
        Plot.dot(rows, { x: (row) => Math.max(row.from, from), y: 'py', className: 'reach', symbol: 'symbol', r: 5, fill: 'fill', stroke: (row) => (row.disputed ? colour('ink') : ground), strokeWidth: (row) => (row.disputed ? 1.6 : 0.8) }),
      ],
    }));
    reach(svg, { reach: rows }, inLanguage(data.title));
    holder.replaceChildren(svg);
  },

  details(id) {
    const event = eventOf.get(id);
    if (!event) return null;
    const kind = data.kinds[event.kind];
    const pairs = [...event.of.map(([, label]) => [say('of'), inLanguage(label)]), ...event.parties.map(([role, label]) => [inLanguage(role), inLanguage(label)])];
    const terms = d3.groups(pairs, ([role]) => role).map(([role, those]) => [role, those.map(([, label]) => label).join(say('and'))]);
    return [
      make('p', { class: 'kind' }, icon(kind.shape, kind.colour), ` ${inLanguage(kind.label)}`),
      make('h2', {}, isolated(inLanguage(event.label))),
      make('p', { class: 'when' }, eventWhen(event), event.status ? make('span', { class: 'soft' }, ` · ${inLanguage(event.status)}`) : null),
      event.disputed ? make('p', { class: 'disputed' }, say('dates_disputed')) : null,
      part('parties', make('dl', {}, ...terms.flatMap(([role, label]) => [make('dt', {}, role), make('dd', {}, isolated(label))]))),
      event.amounts.length ? part('amounts', make('ol', { class: 'sides' }, ...event.amounts.map(([metric, words, cites]) =>
        make('li', {}, make('p', {}, `${inLanguage(metric)}${say('colon')}`, isolated(inLanguage(words))), citeList(cites))))) : null,
      event.dates.length > 1 ? part('dates', sideList(event.dates)) : null,
      part('sources', citeList(event.cites)),
    ];
  },
};

function eventWhen(event) {
  return event.time ? inLanguage(event.time) : say('no_time');
}

/** Years where there are many of them, else months. */
function ticks(from, to) {
  const long = to - from > 900 * DAY;
  return (time) => {
    const isYear = time.getUTCMonth() === 0 && time.getUTCDate() === 1;
    if (isYear) return String(time.getUTCFullYear());
    if (long && language !== 'zh') return d3.utcFormat('%b')(time);
    if (language === 'zh') return to - from < 90 * DAY ? d3.utcFormat('%-m月%-d日')(time) : d3.utcFormat('%-m月')(time);
    return to - from < 90 * DAY ? d3.utcFormat('%b %-d')(time) : d3.utcFormat('%b')(time);
  };
}
