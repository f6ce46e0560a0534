// The panel: what is said of the selected thing, each line with its time and its source.

const panel = (() => {
  const holder = byId('panel');
  const GROUPS = 60; // so many metrics are shown at once

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
    const whole = make('section', { id: 'part-figures' }, heading(say('figures')), ...parts.slice(0, GROUPS));
    if (parts.length > GROUPS) {
      const more = make(
        'button',
        {
          type: 'button',
          class: 'small',
          onclick: () => more.replaceWith(...parts.slice(GROUPS)),
        },
        say('more', { n: parts.length - GROUPS }),
      );
      whole.append(more);
    }
    return whole;
  }

  /** Relations under a heading for each kind, the most frequent first. */
  function relations(thing) {
    if (!thing.relations?.length) return null;
    const groups = new Map();
    for (const number of thing.relations) {
      const relation = rowOf('relations', number);
      const words = predicateWords(rowOf('predicates', relation.predicate), relation.from !== thing.term);
      if (!groups.has(words)) groups.set(words, []);
      groups.get(words).push([dayOf(relation), number]);
    }
    const parts = [...groups].sort(([, a], [, b]) => b.length - a.length).map(([words, numbers]) =>
      make(
        'div',
        { class: 'group' },
        make('h4', {}, isolated(words), make('span', { class: 'count' }, ` ${numbers.length}`)),
        inPortions(inOrder(numbers, ([day]) => day), ([, number]) => relationRow(thing, number)),
      ),
    );
    return make('section', { id: 'part-relations' }, heading(say('relations')), ...parts);
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

  function closeButton() {
    return make(
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

  /** How many neighbours are in the picture, and a button for more of them. */
  function expansion(thing) {
    const hidden = hiddenNeighbours(thing).length;
    if (!hidden) return null;
    const all = thing.neighbours.size;
    const n = Math.min(PORTION, hidden);
    return make(
      'p',
      { class: 'expansion' },
      `${say('expand_of', { n: all - hidden, all })} `,
      make(
        'button',
        {
          type: 'button',
          class: 'small',
          onclick: () => {
            const count = add(thing, PORTION);
            applyFilters();
            select(thing, { show: true });
            announce(say('added', { n: count }));
          },
        },
        say('expand', { n, all: hidden }),
      ),
    );
  }

  function card(thing) {
    const sections = [
      section(say('notes'), notesToRead(thing), noteRow),
      relations(thing),
      section(say('events'), thing.events, (event) => eventRow(thing, event), 'part-events'),
      figures(thing),
      section(say('opinions'), thing.opinions, (number) => opinionRow(thing, number), 'part-opinions'),
      sameAs(thing),
    ].filter(Boolean);
    return [
      closeButton(),
      make('h2', { tabindex: '-1' }, isolated(thingLabel(thing))),
      kindsOf(thing),
      names(thing),
      thing.time === undefined ? null : make('p', {}, isolated(timeText(thing.time))),
      thing.there ? null : make('p', { class: 'soft' }, `${state.day}: ${say('not_that_day')}`),
      make('p', { class: 'iri', 'data-iri': thing.iri }, isolated(thing.iri)),
      sections.length > 1 ? jumps(sections) : null,
      expansion(thing),
      hubAmounts(thing),
      ...(sections.length ? sections : [make('p', { class: 'soft' }, say('said_nothing'))]),
      thing.incomplete ? make('p', { class: 'soft' }, say('incomplete')) : null,
    ].filter(Boolean);
  }

  function hubAmounts(thing) {
    if (!thing.kind.hub || thing.figures) return null;
    const number = data.events.findIndex(([event]) => event === thing.term);
    return number < 0 ? null : amounts(rowOf('events', number));
  }

  /** The relations that a line stands for, as the cards of its ends have them. */
  function relationsOf(line) {
    return (line.from.relations ?? []).filter((number) => {
      const relation = rowOf('relations', number);
      return relation.from === line.from.term && lineOf(relation) === line;
    });
  }

  /** The events that both ends of a line take part in, or that one of them is. */
  function eventsOf(line) {
    const own = new Set(line.events ?? []);
    return data.events.flatMap((_, number) => {
      const event = rowOf('events', number);
      const terms = new Set([event.event, ...(event.parts ?? []).map(([, part]) => part)]);
      const both = terms.has(line.from.term) && terms.has(line.to.term);
      return both && !own.has(number) ? [number] : [];
    });
  }

  /** What is said of two things: every statement behind a line. */
  function linkCard(line) {
    const events = (line.events ?? []).flatMap((number) => [
      eventRow(null, [number, null]),
      ...(rowOf('events', number).figures ?? []).map((figure) => namedFigure(figure)),
    ]);
    const rows = [
      ...events,
      ...relationsOf(line).map((number) => statementRow(number)),
      ...(line.figures ?? []).map(namedFigure),
      ...(line.opinions ?? []).map((number) => opinionRow(null, number)),
    ];
    const marks = [
      spanWords(line.spans),
      line.voices ? say('voices_count', { n: line.voices }) : say('no_source'),
      line.unsure ? say('unsure') : null,
    ].filter(Boolean);
    return [
      closeButton(),
      make('p', { class: 'soft' }, say('link')),
      make(
        'h2',
        { tabindex: '-1' },
        thingButton(line.from.term),
        make('span', { class: 'way' }, ` ${inLanguage(line.way.label)} `),
        thingButton(line.to.term),
      ),
      make('p', { class: 'details' }, marks.join(' · ')),
      line.disputed ? disputedMark() : null,
      line.there ? null : make('p', { class: 'soft' }, `${state.day}: ${say('not_that_day')}`),
      make('section', {}, heading(say('what_says')), make('ul', {}, ...rows)),
      section(say('events'), eventsOf(line), (number) => eventRow(null, [number, null])),
      rdfSwitch(),
      state.rdf ? make('section', { id: 'rdf' }, heading(say('rdf_heading')), ...triplesOf(line)) : null,
    ].filter(Boolean);
  }

  function rdfSwitch() {
    return make(
      'button',
      {
        type: 'button',
        class: 'small rdf-switch',
        'aria-pressed': String(state.rdf),
        title: say('show_rdf_long'),
        onclick: () => {
          change('rdf', !state.rdf);
          holder.querySelector('.rdf-switch')?.focus();
        },
      },
      say('show_rdf'),
    );
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
    const best = byImportance.filter((thing) => thing.shown && thing.neighbours.size).slice(0, 10);
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
    const shown = state.selected ? card(state.selected) : state.link ? linkCard(state.link) : overview();
    holder.replaceChildren(...shown);
    holder.scrollTop = 0;
    emit('panel', holder);
  }

  return { draw };
})();
