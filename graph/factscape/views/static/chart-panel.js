// Beside the chart: what a mark is, who says so, and all sides where they disagree.

/** The sources behind something, each a link where it has an address, with its paragraph. */
function citeList(cites) {
  const items = cites.map(([number, paragraph]) => make('li', {}, ...citation(number, paragraph)));
  return make('ul', { class: 'cites' }, ...items);
}

function citation(number, paragraph) {
  const source = data.sources[number];
  const parts = [link(source.url ?? '', inLanguage(source.label))];
  const beside = [
    source.publisher ? inLanguage(source.publisher) : null,
    source.issued ?? null,
    source.reliability ? say('reliability', { grade: source.reliability }) : null,
    paragraph ? say('paragraph', { n: String(paragraph) }) : null,
  ].filter(Boolean);
  if (beside.length) parts.push(make('span', { class: 'soft' }, ` ${beside.join(' · ')}`));
  return parts;
}

/** The same as one line of plain text. */
function citeText(cites) {
  return cites
    .map(([number, paragraph]) => {
      const { label, issued, url } = data.sources[number];
      const parts = [inLanguage(label), issued ? `(${issued})` : '', paragraph ? `¶ ${paragraph}` : '', url ?? ''];
      return parts.filter(Boolean).join(' ');
    })
    .join('; ');
}

/** A heading and what stands under it; nothing where that is nothing. */
function part(word, ...content) {
  return content.length ? make('section', {}, make('h3', {}, say(word)), ...content) : null;
}

/** A figure's sides: what is said, by how many, and where. */
function sideList(sides) {
  return make(
    'ol',
    { class: 'sides' },
    ...sides.map(([words, cites]) => make('li', {}, make('p', {}, isolated(inLanguage(words))), citeList(cites))),
  );
}

/** What is said of how far sources agree: "2 sources", "2 sources, disputed". */
function standing(row) {
  const count = say('sources_count', { n: row.sources });
  return row.disputed ? `${count}${say('comma')}${say('disputed')}` : count;
}

function drawPanel(content) {
  const panel = byId('panel');
  if (!content) {
    panel.replaceChildren(make('p', { class: 'soft' }, say('panel_hint')));
    panel.classList.remove('open');
    return;
  }
  const close = make('button', { type: 'button', class: 'close small', onclick: () => choose({ selected: null }) }, say('close'));
  panel.replaceChildren(close, ...content.filter(Boolean));
  panel.classList.add('open');
}
