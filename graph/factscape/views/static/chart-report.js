// A source: where in it each statement stands, and how it stands to what all others say.

const standings = new Map(data.standings.map((one) => [one.name, one]));
data.said.forEach((row, number) => {
  row.id = `${number} ${row.claim}`;
});
const saidOf = new Map(data.said.map((row) => [row.id, row]));

const SHORT = 25;
choice('long', 'm', '', (value) => value.split(' ').every((name) => standings.has(name)));
choice('wanted', 'q', '', (value) => value.length < 200);

function fitting() {
  const wanted = state.wanted.trim().toLowerCase();
  return data.said.filter((row) => !wanted || [row.thing, row.metric, row.words].flat().some((text) => text.toLowerCase().includes(wanted)));
}

/** Every statement at its paragraph, a band for each standing; those of one paragraph above one another. */
function drawMap(width) {
  const narrow = width < 560;
  const paragraphs = [...new Set(data.said.map((row) => row.paragraph ?? 0))].sort((a, b) => a - b);
  const names = data.standings.map((one) => one.name);
  const [top, step] = [10, 12];
  // Without paragraphs there is no order to keep: the marks fill lines.
  const flowing = paragraphs.length < 2;
  const across = flowing ? Math.max(1, Math.floor((width - 50) / 16)) : 1;
  const [first, last] = flowing ? [-1, across] : [d3.min(paragraphs) - 1, d3.max(paragraphs) + 1];
  const cells = d3.rollup(data.said, (rows) => rows.length, (row) => row.standing, (row) => row.paragraph ?? 0);
  let at = top;
  const bands = names.map((name) => {
    const high = Math.max(1, Math.ceil(d3.max(cells.get(name)?.values() ?? [0]) / across));
    const band = { name, top: at, bottom: at + high * step + 26, label: `${inLanguage(standings.get(name).label)} · ${data.said.filter((row) => row.standing === name).length}` };
    at = band.bottom + 6;
    return band;
  });
  const seen = new Map();
  const rows = fitting().map((row) => {
    const [paragraph, standingOf] = [row.paragraph ?? 0, standings.get(row.standing)];
    const key = `${row.standing} ${paragraph}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const band = bands.find(({ name }) => name === row.standing);
    return {
      ...row, x: flowing ? nth % across : paragraph, y: band.top + 24 + Math.floor(nth / across) * step, fill: ownColour(standingOf.colour), symbol: symbols[standingOf.shape],
      name: [inLanguage(standingOf.label), inLanguage(row.thing), inLanguage(row.metric), inLanguage(row.words), row.paragraph ? say('paragraph', { n: String(row.paragraph) }) : ''].filter(Boolean).join(say('comma')),
    };
  });
  const svg = Plot.plot(plotOptions({
    width, height: at + 36, marginLeft: 8, marginRight: 22, marginTop: 0, marginBottom: 36,
    x: { type: 'linear', domain: [first, last], axis: flowing ? null : 'bottom', label: null, tickSize: 0, ticks: narrow ? 5 : 12, tickFormat: (tick) => (Number.isInteger(tick) && tick > 0 ? `¶ ${tick}` : '') },
    y: { type: 'linear', domain: [at, 0], range: [at, 0], axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.rect(bands, { x1: first, x2: last, y1: 'top', y2: 'bottom', fill: colour('side') }),
      Plot.text(bands, { x: first, y: 'top', dx: 6, dy: 11, text: 'label', textAnchor: 'start', fontWeight: 600, fill: colour('ink') }),
      Plot.dot(rows, { x: 'x', y: 'y', className: 'reach', symbol: 'symbol', r: 4.6, fill: 'fill', stroke: colour('side'), strokeWidth: 0.6 }),
    ],
  }));
  reach(svg, { reach: rows }, inLanguage(data.title));
  return svg;
}

function othersList(row) {
  return make('ul', { class: 'sides' }, ...row.others.map((other) =>
    make('li', {}, make('p', {}, isolated(inLanguage(other.words)), make('span', { class: 'soft' }, ` · ${inLanguage(other.verdict)}${other.independent ? '' : ` · ${say('same_voice')}`}`)), citeList(other.cites))));
}

function statement(row) {
  const time = row.time ? ` · ${inLanguage(row.time)}` : '';
  const at = row.paragraph ? ` · ${say('paragraph', { n: String(row.paragraph) })}` : '';
  return [
    make('p', {}, isolated(inLanguage(row.thing)), make('span', { class: 'soft' }, ` · ${inLanguage(row.metric)}${time}${at}`)),
    make('button', { type: 'button', class: 'told', 'data-id': row.id, onclick: () => pick({ id: row.id, name: inLanguage(row.words) }) }, isolated(inLanguage(row.words))),
  ];
}

function listOf(name) {
  const rows = fitting().filter((row) => row.standing === name);
  if (!rows.length) return null;
  const long = new Set(state.long.split(' '));
  const shown = long.has(name) ? rows : rows.slice(0, SHORT);
  const one = standings.get(name);
  const more = rows.length - shown.length;
  return make('section', {},
    make('h2', {}, icon(one.shape, one.colour), ` ${say(`${name}_long`)} `, make('span', { class: 'soft' }, String(rows.length))),
    make('ul', { class: 'said' }, ...shown.map((row) => make('li', {}, ...statement(row), name === 'contradicted' ? othersList(row) : row.others.length ? make('p', { class: 'soft' }, say('also_say', { n: row.others.length })) : null))),
    ...(more > 0 ? [make('button', { type: 'button', onclick: () => choose({ long: [...long, name].filter((each) => standings.has(each)).join(' ') }) }, say('show_more', { n: more }))] : []));
}

function doubts() {
  if (!data.doubts.length) return null;
  return make('section', {}, make('h2', {}, `${say('does_not_add_up')} `, make('span', { class: 'soft' }, String(data.doubts.length))),
    make('ul', { class: 'said' }, ...data.doubts.map((row) => make('li', {},
      make('p', {}, isolated(inLanguage(row.thing)), make('span', { class: 'soft' }, ` · ${inLanguage(row.metric)}${row.time ? ` · ${inLanguage(row.time)}` : ''}${row.paragraph ? ` · ${say('paragraph', { n: String(row.paragraph) })}` : ''}`)),
      make('p', {}, make('strong', {}, isolated(inLanguage(row.words))), ` ${say('follows_instead', { result: inLanguage(row.result) })}`),
      make('p', { class: 'soft' }, say(row.own_inputs ? 'own_inputs' : 'other_inputs')),
      sideList(row.inputs.map(([metric, words, cites]) => [[0, 1].map((place) => [metric, words].map((text) => (Array.isArray(text) ? text[place] : text)).join(place ? '：' : ': ')), cites]))))));
}

function opinions() {
  if (!data.opinions.length) return null;
  return make('section', {}, make('h2', {}, `${say('opinions')} `, make('span', { class: 'soft' }, String(data.opinions.length))),
    make('ul', { class: 'opinions' }, ...data.opinions.map(([by, says, paragraph]) => make('li', {}, by ? make('strong', {}, isolated(inLanguage(by)), say('colon')) : '', isolated(inLanguage(says)), paragraph ? make('span', { class: 'soft' }, ` ${say('paragraph', { n: String(paragraph) })}`) : ''))));
}

const chart = {
  counts() {
    const counts = data.standings.map((one) => `${inLanguage(one.label)} ${data.said.filter((row) => row.standing === one.name).length}`);
    return [say('statements_count', { n: data.said.length }), ...counts, say('doubts_count', { n: data.doubts.length })].join(' · ');
  },

  notes() {
    const notes = [make('p', {}, ...citation(data.source, null))];
    if (data.repeats.length) notes.push(`${say('repeats')}${say('colon')}${data.repeats.map(inLanguage).join(say('and'))}`);
    if (data.repeated_by.length) notes.push(`${say('repeated_by')}${say('colon')}${data.repeated_by.map(inLanguage).join(say('and'))}`);
    return notes;
  },

  controls() {
    return [make('input', { type: 'text', value: state.wanted, placeholder: say('filter'), 'aria-label': say('filter'), 'data-key': 'filter', onchange: (event) => choose({ wanted: event.target.value.slice(0, 199) }) })];
  },

  draw(holder, width) {
    const parts = [data.said.length ? drawMap(width) : null, listOf('contradicted'), doubts(), listOf('supported'), listOf('alone'), opinions()].filter(Boolean);
    holder.replaceChildren(make('div', { class: 'card' }, ...(parts.length ? parts : [make('p', { class: 'soft' }, say('source_silent'))])));
  },

  details(id) {
    const row = saidOf.get(id);
    if (!row) return null;
    const one = standings.get(row.standing);
    return [
      make('p', { class: 'kind' }, icon(one.shape, one.colour), ` ${inLanguage(one.label)}`),
      make('h2', {}, isolated(inLanguage(row.thing))),
      make('p', {}, isolated(inLanguage(row.metric)), make('span', { class: 'soft' }, row.time ? ` · ${inLanguage(row.time)}` : '')),
      make('p', { class: 'value' }, isolated(inLanguage(row.words))),
      part('sources', citeList(row.cites)),
      row.others.length ? part('others_say', othersList(row)) : make('p', { class: 'soft' }, say('nobody_else')),
    ];
  },
};
