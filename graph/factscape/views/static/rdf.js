// The triples behind lines, as TriG has them, for who wants to see the facts as they are written.

/** The triples behind a line, in elements; how to ask for them where the file does not hold them. */
function triplesOf(line) {
  const { stated, blocks, of } = data.triples;
  const graphs = [stated[line.index] ?? []].flat();
  if (!graphs.length && !of[line.index]) {
    const query = `factscape query 'SELECT * { GRAPH ?g { ${bracketed(line.from.iri)} ?p ${bracketed(line.to.iri)} } }'`;
    return [make('p', { class: 'soft' }, say('rdf_more')), make('pre', { tabindex: '0' }, isolated(query))];
  }
  const itself = `  ${[line.from, line.way, line.to].map(({ iri }) => bracketed(iri)).join(' ')} .`;
  const texts = [
    ...graphs.map((graph) => inGraph(graph, itself)),
    ...(of[line.index] ?? []).map((number) => blockText(blocks[number])),
  ];
  return texts.map((text) => make('pre', { tabindex: '0' }, make('code', {}, clip(text.replace(STEERING_IN_LINE, ' '), 20000))));
}

/** What a graph says of a subject. */
function blockText([graph, subject, ...said]) {
  const pairs = Array.from({ length: said.length / 2 }, (_, i) => `    ${tripleWord(said[2 * i])} ${tripleWord(said[2 * i + 1])}`);
  return inGraph(graph, `  ${tripleWord(subject)}\n${pairs.join(' ;\n')} .`);
}

function inGraph(graph, text) {
  return graph < 0 ? `# ${say('rdf_default')}\n${text}` : `GRAPH ${tripleWord(graph)} {\n${text}\n}`;
}

/** A word of triples; a number stands for the IRI of a passage. */
function tripleWord(number) {
  const word = data.triples.words[number];
  return typeof word === 'number' ? passageIri(word) : bracketed(word);
}

/** The IRI of a passage: that of its source and its paragraph, if it has none of its own. */
function passageIri(number) {
  const { source, paragraph, iri } = rowOf('passages', number);
  if (iri) return bracketed(iri);
  const word = termIri(rowOf('sources', source).term);
  const prefix = Object.keys(data.prefixes).find((name) => word.startsWith(`${name}:`));
  const whole = prefix === undefined ? word : data.prefixes[prefix] + word.slice(prefix.length + 1);
  return `<${whole}#p${paragraph}>`;
}

const STEERING_IN_LINE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** An IRI that no prefix shortens, in brackets; everything else as it is. */
function bracketed(word) {
  return /^(https?|urn|javascript|file|mailto):/.test(word) ? `<${word}>` : word;
}
