// The same as a table, for reading, sorting and taking along as CSV.

const sorted = new Map();

function cellText(cell) {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object' && !Array.isArray(cell)) return citeText(cell.cites);
  return typeof cell === 'number' ? String(cell) : inLanguage(cell);
}

function cellOf(cell, isFirst) {
  // A header without a text would name nothing.
  const first = isFirst && cellText(cell) !== '';
  const tag = first ? 'th' : 'td';
  const attributes = first ? { scope: 'row' } : { class: typeof cell === 'number' ? 'number' : null };
  if (cell && typeof cell === 'object' && !Array.isArray(cell)) return make(tag, attributes, citeList(cell.cites));
  const text = typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 6 }) : cellText(cell);
  return make(tag, attributes, isolated(text));
}

function compareCells(one, other) {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return cellText(one).localeCompare(cellText(other), language === 'zh' ? 'zh-Hans' : 'en', { numeric: true });
}

function tableRows(number) {
  const order = sorted.get(number);
  const { rows } = data.tables[number];
  if (!order) return rows;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareCells(a[order.column], b[order.column]));
}

function tableHead(number) {
  const order = sorted.get(number);
  return data.tables[number].columns.map((name, column) => {
    const now = order?.column === column;
    const sort = () => {
      sorted.set(number, { column, down: now ? !order.down : false });
      drawTable();
      byId('table').querySelectorAll('table')[number].querySelectorAll('thead button')[column].focus();
    };
    const mark = make('span', { 'aria-hidden': 'true' }, now ? (order.down ? ' ▾' : ' ▴') : '');
    return make(
      'th',
      { scope: 'col', 'aria-sort': now ? (order.down ? 'descending' : 'ascending') : null },
      make('button', { type: 'button', onclick: sort }, inLanguage(name), mark),
    );
  });
}

function drawTable() {
  const tables = data.tables.map(({ caption, rows }, number) =>
    rows.length
      ? make(
          'div',
          { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': inLanguage(caption) },
          make(
            'table',
            {},
            make('caption', {}, isolated(inLanguage(caption))),
            make('thead', {}, make('tr', {}, ...tableHead(number))),
            make('tbody', {}, ...tableRows(number).map((row) => make('tr', {}, ...row.map((cell, i) => cellOf(cell, !i))))),
          ),
        )
      : null,
  );
  byId('table').replaceChildren(...tables.filter(Boolean));
}

/** A cell of CSV. A text that a spreadsheet would take for a formula is told apart by an apostrophe. */
function csvCell(cell) {
  const text = cellText(cell);
  const plain = typeof cell !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function csv() {
  return data.tables
    .filter(({ rows }) => rows.length)
    .map(({ columns: names, rows }) => [names, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n'))
    .join('\r\n\r\n');
}

function offer(text, type, name) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The charts as one SVG file, on a ground. */
function svgText() {
  const charts = [...byId('picture').querySelectorAll('svg.chart')];
  const paper = document.createElementNS(SVG, 'svg');
  let [top, across] = [0, 0];
  for (const chart of charts) {
    const [width, height] = [Number(chart.getAttribute('width')), Number(chart.getAttribute('height'))];
    const copy = chart.cloneNode(true);
    copy.setAttribute('y', String(top));
    paper.append(copy);
    top += height + 12;
    across = Math.max(across, width);
  }
  paper.setAttribute('viewBox', `0 0 ${across} ${top}`);
  paper.setAttribute('width', String(across));
  paper.setAttribute('height', String(top));
  paper.setAttribute('font-family', 'sans-serif');
  paper.style.background = colour('ground');
  return new XMLSerializer().serializeToString(paper);
}
