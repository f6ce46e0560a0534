// The things and lines of the network, which the other files work with.

const rowsMade = new Map();

/** A row of a table as an object with the names of its columns. */
function rowOf(table, number) {
  const key = `${table} ${number}`;
  if (!rowsMade.has(key)) {
    const cells = data[table][number];
    const names = data.columns[table].slice(0, cells.length);
    const said = names.map((name, i) => [name, cells[i]]).filter(([, cell]) => cell !== null);
    const row = Object.fromEntries(said);
    if ('at' in row) row.at = [row.at].flat();
    rowsMade.set(key, row);
  }
  return rowsMade.get(key);
}

/** Numbers from the first to the last of each pair, and those that stand alone. */
function numbersOf(written) {
  return written?.flatMap((one) => {
    if (!Array.isArray(one)) return one;
    return Array.from({ length: one[1] - one[0] + 1 }, (_, i) => one[0] + i);
  });
}

function termLabel(number) {
  const [, english, chinese] = data.terms[number];
  return clean((language === 'zh' && chinese) || english) || termIri(number);
}

function termIri(number) {
  return data.terms[number][0];
}

/** A kind of things or lines, as the legend has it. */
function makeKind(kind, index) {
  return { ...kind, index, shown: true, count: 0 };
}

const kinds = data.kinds.map(makeKind);
const ways = data.ways.map(makeKind);

/** Half-open spans of days, as [first, after] with null for an open end; null: always. */
function spansAt(number) {
  if (number === undefined) return null;
  const flat = data.spans[number];
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

/** Say whether something with these spans is there on a day; days are texts such as 2025-09-02. */
function holdsOn(spans, day) {
  if (!spans || day === null) return true;
  return spans.some(([first, after]) => (first === null || first <= day) && (after === null || day < after));
}

function makeThing(index) {
  const row = rowOf('things', index);
  return {
    ...row,
    index,
    kind: kinds[row.kind],
    iri: termIri(row.term),
    figures: numbersOf(row.figures),
    relations: numbersOf(row.relations),
    opinions: numbersOf(row.opinions),
    spans: spansAt(row.spans),
    lines: [],
    drawn: !row.later, // in the picture; the others wait in the list and the search
    there: true, // on the day that is shown
    shown: true, // drawn, there, and let through by the filters
  };
}

const UNSURE = 1;
const DISPUTED = 2;

function makeLine(index) {
  const row = rowOf('lines', index);
  return {
    ...row,
    index,
    from: things[row.from],
    to: things[row.to],
    way: ways[row.way],
    voices: row.voices ?? 1,
    unsure: Boolean((row.marks ?? 0) & UNSURE),
    disputed: Boolean((row.marks ?? 0) & DISPUTED),
    spans: spansAt(row.spans),
    bend: 0,
    there: true,
    shown: true,
  };
}

const things = data.things.map((_, index) => makeThing(index));
const lines = data.lines.map((_, index) => makeLine(index));
const thingOfIri = new Map();

/** The most important first: whose label is drawn when there is room for one. */
const byImportance = [];

/** The thing on the page that a term names; undefined for what is not in the picture. */
function thingOfTerm(number) {
  return thingOfIri.get(termIri(number));
}

function thingLabel(thing) {
  return termLabel(thing.term);
}

/** The name in the other language, where it differs. */
function otherLabel(thing) {
  const [, english, chinese] = data.terms[thing.term];
  return chinese ? clean(language === 'zh' ? english : chinese) : '';
}

function kindLabel(kind) {
  return inLanguage(kind.label) || say('unknown_kind');
}

/** Lines between the same two things fan out, so that each can be seen. */
function bendLines() {
  const between = new Map();
  for (const thing of things) thing.lines = [];
  for (const line of lines) {
    line.from.lines.push(line);
    line.to.lines.push(line);
    const pair = [Math.min(line.from.index, line.to.index), Math.max(line.from.index, line.to.index)];
    const key = pair.join(' ');
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(line);
  }
  for (const parallel of between.values()) {
    parallel.forEach((line, place) => {
      const side = place - (parallel.length - 1) / 2;
      // The bend is seen from the line's own start.
      line.bend = line.from.index < line.to.index ? side : -side;
    });
  }
}

/** Work out what follows from which things and lines there are. */
function joinUp() {
  bendLines();
  for (const thing of things) {
    thingOfIri.set(thing.iri, thing);
    thing.neighbours = new Set(thing.lines.map((l) => (l.from === thing ? l.to : l.from)));
    thing.figureCount = thing.figures?.length ?? 0;
  }
  const order = [...things].sort(
    (a, b) =>
      Number(a.kind.hub) - Number(b.kind.hub) ||
      b.neighbours.size - a.neighbours.size ||
      b.figureCount - a.figureCount ||
      a.index - b.index,
  );
  byImportance.splice(0, Infinity, ...order);
  byImportance.forEach((thing, rank) => {
    thing.rank = rank;
  });
}

joinUp();

/** The things beside this one that are not in the picture yet, the most important first. */
function hiddenNeighbours(thing) {
  return [...thing.neighbours].filter((other) => !other.drawn).sort((a, b) => a.rank - b.rank);
}

/** What a line is called to who cannot see it. */
function lineWords(line) {
  return { from: thingLabel(line.from), relation: inLanguage(line.way.label), to: thingLabel(line.to) };
}

/** Since when and until when: in words, for spans. */
function spanWords(spans) {
  if (!spans) return say('no_time');
  return spans
    .map(([first, after]) => {
      if (first && after) return say('span', { from: first, to: after });
      return first ? say('since', { day: first }) : say('until', { day: after });
    })
    .join(', ');
}

/** The things beside this one that can be seen now. */
function shownNeighbours(thing) {
  const found = new Set();
  for (const line of thing.lines) {
    if (line.shown) found.add(line.from === thing ? line.to : line.from);
  }
  return found;
}
