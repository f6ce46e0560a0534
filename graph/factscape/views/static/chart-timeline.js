// The timeline: lanes of events, each with its label where there is room for one.

const LANES = 14;
const FURTHEST = Date.parse('2999-12-31');

choice('lanes', 'g', 'kind', (value) => value === 'thing');
choice('hidden', 'k', '', (value) => value.split(' ').every((iri) => data.kinds.some((kind) => kind.iri === iri)));
choice('since', 'a', '', isDay);
choice('until', 'z', '', isDay);
choice('wanted', 'q', '', (value) => value.length < 200);

function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** A day, within the years that a date can be chosen from. */
const asDay = (time) => new Date(Math.min(FURTHEST, Math.max(-FURTHEST, time))).toISOString().slice(0, 10);

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
  const pad = padding(from, to);
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
      const [middle, half] = [(from + to) / 2, Math.max(1.5 * DAY, ((to - from) / 2) * factor)];
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
    const shown = dated.filter((event) => event.to > from && event.from < to);
    if (!shown.length) {
      holder.replaceChildren(make('p', { class: 'soft' }, say('nothing_then')));
      return;
    }
    const [rows, svg] = drawEvents(lanesOf(shown), [from, to], width);
    reach(svg, { reach: rows }, inLanguage(data.title));
    holder.replaceChildren(svg);
  },

  details(id) {
    const event = eventOf.get(id);
    if (!event) return null;
    return eventDetails(event);
  },
};
