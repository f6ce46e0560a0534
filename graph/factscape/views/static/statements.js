// Statements as they are read in the panel: each with its figure, its time, its source and paragraph.

const MANY = 60; // longer sections open in parts
const AMOUNTS = 4; // so many are told of an event in passing
const linesByEnds = new Map(
  lines.map((line) => [`${line.from.term} ${line.way.iri} ${line.to.term}`, line]),
);

function heading(text, level = 'h3') {
  return make(level, {}, text);
}

/** A list; the rest of a long one is made when it is asked for. */
function inPortions(items, row, most = MANY) {
  const list = make('ul', {}, ...items.slice(0, most).map(row));
  const rest = items.length - most;
  if (rest <= 0) return list;
  const more = make(
    'button',
    {
      type: 'button',
      class: 'small',
      onclick: () => {
        list.append(...items.slice(most).map(row));
        more.remove();
      },
    },
    say('more', { n: rest }),
  );
  return make('div', {}, list, more);
}

function section(title, items, row, id = null) {
  if (!items?.length) return null;
  return make('section', { id }, heading(title), inPortions(items, row));
}

function timeText(number) {
  return number === undefined ? null : inLanguage(rowOf('times', number).label);
}

function sourceTitle(source) {
  return termLabel(source.term);
}

/** Who says it and where: publishers with dates and paragraphs, then titles, whole when asked for. */
function citations(passages) {
  if (!passages?.length) return make('p', { class: 'cite' }, say('no_source'));
  const bySource = new Map();
  for (const number of passages) {
    const { source, paragraph } = rowOf('passages', number);
    if (!bySource.has(source)) bySource.set(source, []);
    if (paragraph !== undefined) bySource.get(source).push(paragraph);
  }
  const lines = [...bySource].map(([number, paragraphs]) => {
    const source = rowOf('sources', number);
    const places = paragraphs.sort((a, b) => a - b).map((n) => say('paragraph', { n: String(n) }));
    const who = source.publisher === undefined ? '' : termLabel(source.publisher);
    const where = [who, clean(source.issued ?? ''), places.join(', ')].filter(Boolean).join(' · ');
    return make(
      'p',
      { class: 'cite' },
      make('span', { class: 'where', 'data-iri': termIri(source.term) }, where || '—'),
      ' ',
      source.url ? link(source.url, sourceTitle(source)) : isolated(sourceTitle(source)),
    );
  });
  return lines.length === 1 ? lines[0] : make('div', {}, ...lines);
}

/** What narrows a statement: a market, a segment, words of a setting; not the panel's own thing. */
function narrowing(statement, own = null) {
  const others = (statement.about ?? []).filter(([, thing]) => own === null || thing !== own.term);
  return others.map(([role, thing]) => {
    const named = typeof thing === 'number' ? termLabel(thing) : inLanguage(thing);
    return `${termLabel(role)}: ${named}`;
  });
}

/** Who says it, where that is nobody who measured it: they are named already. */
function stater({ by, about, of }) {
  if (by === undefined || about?.some(([, thing]) => thing === by)) return null;
  return by === of ? say('stated_itself') : say('stated_by', { name: termLabel(by) });
}

/** The small print of a statement: when, in which state, who says so. */
function details(statement, extra = []) {
  const parts = [
    timeText(statement.time),
    statement.status === undefined ? null : termLabel(statement.status),
    stater(statement),
    ...extra,
  ].filter(Boolean);
  return parts.length ? make('p', { class: 'details' }, isolated(parts.join(' · '))) : null;
}

function disputedMark() {
  return make('p', { class: 'disputed' }, `◆ ${say('link_disputed')}`);
}

/** Whether sources disagree on a figure; beside the best one how many there are. */
function dispute({ disputed }) {
  if (!disputed) return null;
  const [sources, voices] = Array.isArray(disputed) ? disputed.map(String) : [];
  const words = sources ? say('disputed_best', { sources, voices }) : say('disputed');
  return make('p', { class: 'disputed' }, `◆ ${words}`);
}

function figureRow(thing, number) {
  const figure = rowOf('figures', number);
  const words = inLanguage(figure.words);
  const printed = figure.printed === 1 ? figure.value : figure.printed;
  const time = timeText(figure.time);
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'said' },
      ...(figure.of === thing?.term ? [] : [thingButton(figure.of), ' ']),
      isolated(words, { class: 'figure', 'data-iri': figure.claim }),
      make('span', { class: 'when' }, time ?? say('no_time')),
    ),
    dispute(figure),
    details({ ...figure, time: undefined, status: undefined }, [
      ...narrowing(figure, thing),
      printed && printed !== words ? say('printed', { text: clean(printed) }) : null,
    ]),
    citations(figure.at),
  );
}

/** The words for a predicate as read from one of its ends. */
function predicateWords({ iri, label, inverse }, isIncoming) {
  if (isIncoming && inverse) return inLanguage(inverse);
  return inLanguage(label ?? inverse ?? iri) + (isIncoming ? ' ←' : '');
}

/** The line in the picture that a relation is, if any. */
function lineOf({ from, to, predicate }) {
  const { iri } = rowOf('predicates', predicate);
  return linesByEnds.get(`${from} ${iri} ${to}`);
}

/** The times of the events that a derived relation follows from: both ends and a passage are theirs. */
function timesBehind({ from, to, at, derived }) {
  const told = derived ? [from, to].flatMap((end) => thingOfTerm(end)?.events ?? []) : [];
  const times = told.flatMap(([number]) => {
    const { event, parts, at: where, time } = rowOf('events', number);
    const all = [event, ...parts.map((part) => part[1])];
    const same = all.includes(from) && all.includes(to) && where?.some((one) => at.includes(one));
    return (same && time) ?? [];
  });
  return inOrder([...new Set(times)].filter(Number.isInteger), begin);
}

function inOrder(some, key) {
  return some.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

function begin(time) {
  return rowOf('times', time).begins ?? '';
}

/** When a relation holds: as stated, else as what it follows from does. */
function whenOf(relation, thing) {
  const spans = lineOf(relation)?.spans;
  if (relation.time !== undefined) {
    // Other statements and events can say that it began before.
    const year = spans?.[0][0]?.slice(0, 4);
    return timeText(relation.time) + (year < begin(relation.time).slice(0, 4) ? ` (${say('since', { day: year })})` : '');
  }
  const times = timesBehind(relation);
  if (times.length) return times.map(timeText).join(', ');
  if (spans) return spanWords(spans);
  return thing?.kind.hub ? null : say('no_time'); // an event's time is its own
}

/** The first day of a relation, to sort by; what has no time comes last. */
function dayOf(relation) {
  const [time] = relation.time === undefined ? timesBehind(relation) : [relation.time];
  return (time === undefined ? lineOf(relation)?.spans?.[0][0] : begin(time)) || '~';
}

function relationRow(thing, number) {
  const relation = rowOf('relations', number);
  const line = lineOf(relation);
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'said' },
      thingButton(relation.from === thing.term ? relation.to : relation.from),
      make('span', { class: 'when' }, whenOf(relation, thing) ?? ''),
    ),
    details({ ...relation, time: undefined }, [
      relation.derived ? say('derived') : null,
      ...narrowing(relation, thing),
    ]),
    citations(relation.at),
    line ? linkButton(line) : null,
  );
}

/** A button that selects the line itself. */
function linkButton(line) {
  const voices = line.voices > 1 ? ` · ${say('voices_count', { n: line.voices })}` : '';
  return make(
    'button',
    {
      type: 'button',
      class: 'read-link',
      'aria-label': `${say('select_link')}: ${say('selected_link', lineWords(line))}`,
      onclick: () => selectLink(line, { show: true }),
    },
    `${say('select_link')}${voices}${line.disputed ? ' ◆' : ''}`,
  );
}

/** Whether a part in an event is none to speak of, or no more than that it is about the thing. */
function isOf(role) {
  return role === null || termIri(role) === 'fs:of';
}

/** What is measured of an event, in short: of a round its amount. */
function amounts(event) {
  if (!event.figures?.length) return null;
  const texts = event.figures.map((number) => {
    const figure = rowOf('figures', number);
    return `${termLabel(figure.metric)}: ${inLanguage(figure.words)}${figure.disputed ? ' ◆' : ''}`;
  });
  const some = [...new Set(texts)];
  const rest = some.length > AMOUNTS ? ` · ${say('more', { n: some.length - AMOUNTS })}` : '';
  return make('p', { class: 'amounts' }, isolated(some.slice(0, AMOUNTS).join(' · ') + rest));
}

function eventRow(thing, [number, role]) {
  const event = rowOf('events', number);
  const others = event.parts.filter(([, part]) => part !== thing?.term);
  const kind = event.kind === undefined ? null : termLabel(event.kind);
  return make(
    'li',
    {},
    make('p', { class: 'said' }, thingButton(event.event)),
    details(event, [...(event.times ?? []).map(timeText), kind, isOf(role) ? null : termLabel(role)]),
    amounts(event),
    others.length
      ? make(
          'ul',
          { class: 'parts' },
          ...others.map(([part, other]) =>
            make('li', {}, isolated(termLabel(part), { class: 'way' }), ' ', thingButton(other)),
          ),
        )
      : null,
    citations(event.at),
  );
}

function opinionRow(thing, number) {
  const opinion = rowOf('opinions', number);
  const holder_ = opinion.by !== undefined && opinion.by !== thing?.term ? opinion.by : null;
  const concerns = (opinion.concerns ?? []).filter((term) => term !== thing?.term);
  const parts = concerns.flatMap((term, i) => [i ? ', ' : ' → ', thingButton(term)]);
  const stance = [opinion.stance, opinion.proposition]
    .filter((term) => term !== undefined)
    .map(termLabel)
    .join(': ');
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'details' },
      holder_ === null ? isolated(thing ? thingLabel(thing) : '') : thingButton(holder_),
      ...parts,
    ),
    opinion.says ? make('blockquote', {}, isolated(inLanguage(opinion.says))) : null,
    details({ time: opinion.time, status: opinion.status }, [stance]),
    citations(opinion.at),
  );
}

function noteRow([property, text, lang, at]) {
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'said' },
      isolated(termLabel(property), { class: 'way' }),
      ' ',
      isolated(clean(text), { lang: lang || null }),
    ),
    at.length ? citations(at) : null,
  );
}

/** A figure with the name of its metric, where no heading says it. */
function namedFigure(number) {
  const row = figureRow(null, number);
  row.prepend(make('h4', {}, isolated(termLabel(rowOf('figures', number).metric))));
  return row;
}

/** A relation by itself: when, in which state, who says so, and where. */
function statementRow(number) {
  const relation = rowOf('relations', number);
  return make(
    'li',
    {},
    make(
      'p',
      { class: 'said' },
      make('span', { class: 'figure' }, whenOf(relation) ?? ''),
    ),
    details({ ...relation, time: undefined }, [
      relation.derived ? say('derived') : null,
      ...narrowing(relation),
    ]),
    citations(relation.at),
  );
}
