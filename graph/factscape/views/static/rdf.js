// The triples behind lines, as TriG has them, for who wants to see the facts as they are written.

/** The triples behind a line, in elements; how to ask for them where the file does not hold them. */
function triplesOf(line) {
  const { words, blocks, of } = data.triples;
  const numbers = of[line.index];
  if (!numbers?.length) {
    const query = `factscape query 'SELECT * { GRAPH ?g { ${bracketed(line.from.iri)} ?p ${bracketed(line.to.iri)} } }'`;
    return [make('p', { class: 'soft' }, say('rdf_more')), make('pre', { tabindex: '0' }, isolated(query))];
  }
  const texts = numbers.map((number) => {
    const [graph, subject, ...said] = blocks[number];
    const pairs = Array.from({ length: said.length / 2 }, (_, i) => {
      const [predicate, object] = [said[2 * i], said[2 * i + 1]].map((word) => words[word]);
      return `    ${bracketed(predicate)} ${bracketed(object)}`;
    });
    const about = `  ${bracketed(words[subject])}\n${pairs.join(' ;\n')} .`;
    return graph < 0 ? `# ${say('rdf_default')}\n${about}` : `GRAPH ${bracketed(words[graph])} {\n${about}\n}`;
  });
  return texts.map((text) => make('pre', { tabindex: '0' }, make('code', {}, clip(text.replace(STEERING_IN_LINE, ' '), 20000))));
}

const STEERING_IN_LINE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** An IRI that no prefix shortens, in brackets; everything else as it is. */
function bracketed(word) {
  return /^(https?|urn|javascript|file|mailto):/.test(word) ? `<${word}>` : word;
}
