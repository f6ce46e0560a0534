// The panel: what is said of the selected thing, each line with its time and its source.

const panel = (() => {
  const holder = byId('panel');
  const MANY = 60; // longer sections open in parts

  function heading(text, level = 'h3') {
    return make(level, {}, text);
  }

  /** A section with a heading; the rest of a long one is made when it is asked for. */
  function section(title, items, row) {
    if (!items?.length) return null;
    const list = make('ul', {}, ...items.slice(0, MANY).map(row));
    const rest = items.length - MANY;
    const more = rest > 0 && make(
      'button',
      {
        type: 'button',
        class: 'small',
        onclick: () => {
          list.append(...items.slice(MANY).map(row));
          more.remove();
        },
      },
      say('more', { n: rest }),
    );
    return make('section', {}, heading(title), list, more || null);
  }

  function timeText(number) {
    return number === undefined ? null : inLanguage(rowOf('times', number).label);
  }

  function sourceTitle(source) {
    return termLabel(source.term);
  }

  /** Where a statement stands: sources with their paragraphs; opens to the whole titles. */
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
      const where = paragraphs.sort((a, b) => a - b).map((n) => say('paragraph', { n: String(n) }));
      return make(
        'p',
        { class: 'cite' },
        make('span', { class: 'where' }, where.join(', ') || say('whole_source')),
        ' ',
        source.url ? link(source.url, sourceTitle(source)) : isolated(sourceTitle(source)),
        source.issued ? make('span', { class: 'soft' }, ` · ${clean(source.issued)}`) : null,
      );
    });
    return lines.length === 1 ? lines[0] : make('div', {}, ...lines);
  }

  /** What narrows a statement: a market, a segment, words of a setting; not the panel's own thing. */
  function narrowing(statement, own) {
    const others = (statement.about ?? []).filter(([, thing]) => thing !== own.term);
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

  /** Whether sources disagree on a figure; beside the best one how many there are. */
  function dispute({ disputed }) {
    if (!disputed) return null;
    const [sources, voices] = Array.isArray(disputed) ? disputed.map(String) : [];
    return sources ? say('disputed_best', { sources, voices }) : say('disputed');
  }

  function figureRow(thing, number) {
    const figure = rowOf('figures', number);
    const words = inLanguage(figure.words);
    const time = timeText(figure.time);
    return make(
      'li',
      {},
      make(
        'p',
        { class: 'said' },
        ...(figure.of === thing.term ? [] : [thingButton(figure.of), ' ']),
        isolated(words, { class: 'figure' }),
        make('span', { class: 'when' }, time ?? say('no_time')),
      ),
      details({ ...figure, time: undefined, status: undefined }, [
        ...narrowing(figure, thing),
        figure.printed && figure.printed !== words
          ? say('printed', { text: clean(figure.printed) })
          : null,
        dispute(figure),
      ]),
      citations(figure.at),
    );
  }

  function figures(thing) {
    if (!thing.figures) return null;
    const groups = new Map();
    for (const number of thing.figures) {
      const { metric } = rowOf('figures', number);
      groups.set(metric, [...(groups.get(metric) ?? []), number]);
    }
    const parts = [...groups].map(([metric, numbers]) =>
      make(
        'div',
        { class: 'group' },
        make('h4', {}, isolated(termLabel(metric))),
        make('ul', {}, ...numbers.map((number) => figureRow(thing, number))),
      ),
    );
    return make('section', {}, heading(say('figures')), ...parts);
  }

  /** The words for a predicate as read from one of its ends. */
  function predicateWords({ iri, label, inverse }, isIncoming) {
    if (isIncoming && inverse) return inLanguage(inverse);
    return inLanguage(label ?? inverse ?? iri) + (isIncoming ? ' ←' : '');
  }

  function relationRow(thing, number) {
    const relation = rowOf('relations', number);
    const isIncoming = relation.from !== thing.term;
    return make(
      'li',
      {},
      make(
        'p',
        { class: 'said' },
        isolated(predicateWords(rowOf('predicates', relation.predicate), isIncoming), { class: 'way' }),
        ' ',
        thingButton(isIncoming ? relation.from : relation.to),
      ),
      details(relation, [
        // An event's time is its own.
        relation.time === undefined && !thing.kind.hub ? say('no_time') : null,
        relation.derived ? say('derived') : null,
        ...narrowing(relation, thing),
      ]),
      citations(relation.at),
    );
  }

  /** Whether a part in an event is no more than that it is about the thing. */
  function isOf(role) {
    return termIri(role) === 'fs:of';
  }

  function eventRow(thing, [number, role]) {
    const event = rowOf('events', number);
    const others = event.parts.filter(([, part]) => part !== thing.term);
    const kind = event.kind === undefined ? null : termLabel(event.kind);
    return make(
      'li',
      {},
      make('p', { class: 'said' }, thingButton(event.event)),
      details(event, [...(event.times ?? []).map(timeText), kind, isOf(role) ? null : termLabel(role)]),
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
    const holder_ = opinion.by !== undefined && opinion.by !== thing.term ? opinion.by : null;
    const concerns = (opinion.concerns ?? []).filter((term) => term !== thing.term);
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
        holder_ === null ? isolated(thingLabel(thing)) : thingButton(holder_),
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

  /** The notes in the language of the interface, and those that are not said in it. */
  function notesToRead(thing) {
    const readable = ([, , lang]) => (lang || language).split('-')[0] === language;
    const told = new Set((thing.notes ?? []).filter(readable).map(([property]) => property));
    return (thing.notes ?? []).filter((note) => readable(note) || !told.has(note[0]));
  }

  function sameAs(thing) {
    if (!thing.same) return null;
    return section(say('same_as'), thing.same, (iri) => make('li', {}, link(iri, clean(iri))));
  }

  function names(thing) {
    const all = [otherLabel(thing), ...(thing.names ?? []).map(clean)].filter(Boolean);
    const shown = [...new Set(all)].filter((name) => name !== thingLabel(thing));
    if (!shown.length) return null;
    const parts = shown.flatMap((name, i) => [i ? ' · ' : '', isolated(name)]);
    return make(
      'p',
      { class: 'names' },
      make('span', { class: 'soft' }, `${say('also_called')} `),
      ...parts,
    );
  }

  function kindsOf(thing) {
    const all = thing.kinds?.length ? thing.kinds.map(termLabel) : [kindLabel(thing.kind)];
    return make('p', { class: 'kind' }, kindIcon(thing.kind), isolated(all.join(' · ')));
  }

  /** Buttons that lead to the sections of a long card. */
  function jumps(sections) {
    const buttons = sections.map((one) => {
      const head = one.querySelector('h3');
      head.tabIndex = -1;
      const lead = () => {
        head.focus();
        head.scrollIntoView();
      };
      return make('button', { type: 'button', class: 'small', onclick: lead }, head.textContent);
    });
    return make('p', { class: 'jumps' }, ...buttons);
  }

  function card(thing) {
    const sections = [
      section(say('notes'), notesToRead(thing), noteRow),
      figures(thing),
      section(say('events'), thing.events, (event) => eventRow(thing, event)),
      section(say('relations'), thing.relations, (number) => relationRow(thing, number)),
      section(say('opinions'), thing.opinions, (number) => opinionRow(thing, number)),
      sameAs(thing),
    ].filter(Boolean);
    const close = make(
      'button',
      {
        type: 'button',
        class: 'small close',
        onclick: () => {
          select(null);
          byId('picture').focus();
        },
      },
      say('close'),
    );
    return [
      close,
      make('h2', { tabindex: '-1' }, isolated(thingLabel(thing))),
      kindsOf(thing),
      names(thing),
      thing.time === undefined ? null : make('p', {}, isolated(timeText(thing.time))),
      make('p', { class: 'iri' }, isolated(thing.iri)),
      sections.length > 1 ? jumps(sections) : null,
      ...(sections.length ? sections : [make('p', { class: 'soft' }, say('said_nothing'))]),
      thing.incomplete ? make('p', { class: 'soft' }, say('incomplete')) : null,
    ].filter(Boolean);
  }

  function sourceRow(source) {
    const parts = [
      source.publisher === undefined ? null : termLabel(source.publisher),
      source.issued ? say('issued', { date: clean(source.issued) }) : null,
      source.reliability ? say('reliability', { grade: clean(source.reliability) }) : null,
    ].filter(Boolean);
    const title = sourceTitle(source);
    return make(
      'li',
      {},
      source.url ? link(source.url, title) : isolated(title),
      parts.length ? make('p', { class: 'details' }, parts.join(' · ')) : null,
    );
  }

  function overview() {
    const best = byImportance.filter((thing) => thing.shown && thing.neighbours.size).slice(0, 8);
    const count = (thing) => make('span', { class: 'count' }, String(thing.neighbours.size));
    return [
      make('h2', {}, say('overview')),
      make('p', {}, say(things.length ? 'overview_text' : 'overview_empty')),
      section(say('best_connected'), best, (thing) =>
        make('li', { class: 'row' }, kindIcon(thing.kind), thingButton(thing.term), count(thing)),
      ),
      section(say('sources'), data.sources.map((_, i) => rowOf('sources', i)), sourceRow),
    ].filter(Boolean);
  }

  function draw() {
    holder.replaceChildren(...(state.selected ? card(state.selected) : overview()));
    holder.scrollTop = 0;
  }

  return { draw };
})();
