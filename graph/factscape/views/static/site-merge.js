// Rows that came later join those of the page: the numbers that they use become the page's own.

/** Which cells are numbers of rows, and of which table; tables that others refer to come first. */
const REFERS = {
  terms: {},
  times: {},
  sources: { term: 'terms', publisher: 'terms' },
  passages: { source: 'sources' },
  predicates: {},
  figures: {
    metric: 'terms', time: 'times', at: 'passages', unit: 'terms', of: 'terms', bound: 'terms', status: 'terms',
    about: 'terms', by: 'terms',
  },
  relations: {
    from: 'terms', to: 'terms', predicate: 'predicates', at: 'passages', time: 'times', by: 'terms', status: 'terms',
    about: 'terms',
  },
  opinions: {
    by: 'terms', concerns: 'terms', at: 'passages', stance: 'terms', time: 'times', proposition: 'terms',
    status: 'terms',
  },
  events: {
    event: 'terms', parts: 'terms', at: 'passages', kind: 'terms', time: 'times', status: 'terms', times: 'times',
    figures: 'figures',
  },
};

/** What makes a row of some tables the same as another: its first cell, whatever else it tells. */
const NAMED_BY_FIRST = new Set(['terms', 'sources', 'predicates', 'events']);

/** Numbers of rows as they are on this page, in lists of lists too; texts stay. */
function moved(value, to) {
  if (typeof value === 'number') return to[value];
  return Array.isArray(value) ? value.map((one) => moved(one, to)) : value;
}

function keyOf(table, row) {
  return NAMED_BY_FIRST.has(table) ? String(row[0]) : JSON.stringify(row);
}

/** Take what a row tells that the page's own does not: of an event who else took part. */
function fillIn(table, number, row) {
  const own = data[table][number];
  row.forEach((cell, column) => {
    if (cell === null) return;
    if (own[column] === undefined || own[column] === null) {
      while (own.length < column) own.push(null);
      own[column] = cell;
    } else if (data.columns[table][column] === 'parts') {
      const known = new Set(own[column].map(String));
      own[column] = [...own[column], ...cell.filter((part) => !known.has(String(part)))];
    }
  });
  rowsMade.delete(`${table} ${number}`);
}

/** Add the rows of the tables that things share; return where each number has gone, by table. */
function mergeTables(more) {
  const to = {};
  for (const [table, columns] of Object.entries(REFERS)) {
    const known = new Map(data[table].map((row, number) => [keyOf(table, row), number]));
    to[table] = more[table].map((row) => {
      const own = row.map((cell, column) => {
        const other = columns[data.columns[table][column]];
        return other ? moved(cell, to[other]) : cell;
      });
      const key = keyOf(table, own);
      if (known.has(key)) fillIn(table, known.get(key), own);
      else known.set(key, data[table].push(own) - 1);
      return known.get(key);
    });
  }
  Object.assign(data.prefixes, more.prefixes);
  return to;
}

/** Kinds of things or lines, by their IRIs. */
function mergeKinds(table, list, more) {
  return more.map((kind) => {
    const known = list.find((one) => one.iri === kind.iri);
    if (known) return known.index;
    data[table].push(kind);
    list.push(makeKind(kind, list.length));
    return list.length - 1;
  });
}

function mergeSpans(more) {
  const known = new Map(data.spans.map((row, number) => [JSON.stringify(row), number]));
  return more.map((row) => {
    const key = JSON.stringify(row);
    if (!known.has(key)) known.set(key, data.spans.push(row) - 1);
    return known.get(key);
  });
}

/** Add things that are not there yet; return where each number has gone. */
function mergeThings(more, to) {
  const { columns } = data;
  return more.things.map((cells) => {
    const iri = data.terms[to.terms[cells[0]]][0];
    if (thingOfIri.has(iri)) return thingOfIri.get(iri).index;
    const row = Object.fromEntries(columns.things.map((name, i) => [name, cells[i] ?? null]));
    Object.assign(row, {
      term: to.terms[row.term],
      kind: to.kinds[row.kind],
      relations: moved(numbersOf(row.relations), to.relations),
      figures: moved(numbersOf(row.figures), to.figures),
      opinions: moved(numbersOf(row.opinions), to.opinions),
      events: row.events?.map(([event, role]) => [to.events[event], to.terms[role]]),
      kinds: moved(row.kinds, to.terms),
      time: moved(row.time, to.times),
      notes: row.notes?.map(([property, text, lang, at]) => [to.terms[property], text, lang, moved(at, to.passages)]),
      spans: moved(row.spans, to.spans),
    });
    const index = data.things.push(columns.things.map((name) => row[name] ?? null)) - 1;
    things.push(makeThing(index));
    thingOfIri.set(iri, things[index]);
    return index;
  });
}

/** Add lines that are not there yet, with the triples behind them; return the new ones. */
function mergeLines(more, to) {
  const known = new Set(data.lines.map((row) => row.slice(0, 3).join(' ')));
  const triples = mergeWords(more.triples, to);
  const added = [];
  more.lines.forEach((cells, number) => {
    const row = Object.fromEntries(data.columns.lines.map((name, i) => [name, cells[i] ?? null]));
    const [from, way, end] = [to.things[row.from], to.ways[row.way], to.things[row.to]];
    const key = `${from} ${end} ${way}`;
    if (known.has(key)) return;
    known.add(key);
    const rest = ['events', 'opinions', 'figures'].map((name) => [name, moved(row[name], to[name])]);
    Object.assign(row, { from, to: end, way, spans: moved(row.spans, to.spans), ...Object.fromEntries(rest) });
    const index = data.lines.push(data.columns.lines.map((name) => row[name])) - 1;
    lines.push(makeLine(index));
    triples(number, index);
    added.push(lines[index]);
  });
  return added;
}

/** Add words of triples; return what adds the triples of one line under its number here. */
function mergeWords({ words, stated, blocks, of }, to) {
  const own = data.triples;
  const known = new Map(own.words.map((word, number) => [word, number]));
  const place = words.map((word) => {
    const here = typeof word === 'number' ? to.passages[word] : word;
    if (!known.has(here)) known.set(here, own.words.push(here) - 1);
    return known.get(here);
  });
  // The default graph has no word.
  const here = (number) => (number < 0 ? number : place[number]);
  return (number, index) => {
    own.stated[index] = [stated[number] ?? []].flat().map(here);
    if (!of[number]) return;
    own.of[index] = of[number].map((block) => own.blocks.push(blocks[block].map(here)) - 1);
  };
}

/** Add everything; return the things and the lines that came, and the steps in which they did. */
function merge(more) {
  const to = mergeTables(more);
  to.kinds = mergeKinds('kinds', kinds, more.kinds);
  to.ways = mergeKinds('ways', ways, more.ways);
  to.spans = mergeSpans(more.spans);
  const before = things.length;
  to.things = mergeThings(more, to);
  const added = mergeLines(more, to);
  joinUp();
  for (const line of added) linesByEnds.set(`${line.from.term} ${line.way.iri} ${line.to.term}`, line);
  noteTurns();
  searchIndex = null;
  const steps = more.grown.map(([term, rows]) => ({
    around: thingOfTerm(to.terms[term]),
    came: rows.map((row) => things[to.things[row]]).filter((thing) => thing.index >= before),
  }));
  return { steps, came: things.slice(before), lines: added };
}
