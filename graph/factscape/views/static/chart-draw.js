// What the charts have in common: shapes, widths of texts, and marks that can be reached and read.

const DAY = 86400000;

const symbols = {
  dot: d3.symbolCircle,
  square: d3.symbolSquare,
  diamond: d3.symbolDiamond,
  triangle: d3.symbolTriangle,
  triangleDown: { draw: (context, size) => drawPolygon(context, size, [[-1, -0.7], [1, -0.7], [0, 1]]) },
  hexagon: { draw: (context, size) => drawPolygon(context, size, HEXAGON) },
  star: d3.symbolStar,
  ellipse: d3.symbolWye,
};

const HEXAGON = d3.range(6).map((i) => [Math.sin((i * Math.PI) / 3), Math.cos((i * Math.PI) / 3)]);

function drawPolygon(context, size, points) {
  const reach = Math.sqrt(size / 2.4);
  points.forEach(([x, y], i) => (i ? context.lineTo(x * reach, y * reach) : context.moveTo(x * reach, y * reach)));
  context.closePath();
}

/** Give rows the nothing that the data leave out. */
function filled(rows, names) {
  for (const row of rows) for (const name of names) row[name] ??= null;
}

/** A small picture of a kind or series: its shape in its colour. */
function icon(shape, pair) {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '-8 -8 16 16');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', d3.symbol(symbols[shape] ?? d3.symbolCircle, 90)());
  path.setAttribute('fill', ownColour(pair));
  picture.append(path);
  return picture;
}

/** How many columns a text takes: Chinese characters are twice as wide. */
function columns(text) {
  let count = 0;
  for (const char of text) count += /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1;
  return count;
}

/** About as many pixels as a text is wide in the charts' type. */
function widthOf(text) {
  return columns(text) * 6.8;
}

/** Cut a text to so many columns. */
function shorten(text, most) {
  if (columns(text) <= most) return text;
  let [kept, count] = ['', 0];
  for (const char of text) {
    count += columns(char);
    if (count > most - 1) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** Room for the longest number beside an axis. */
function marginFor(texts) {
  return Math.max(52, d3.max(texts, widthOf) + 18);
}

/** The options that every plot has. A fixed class gives the style that the page's policy knows. */
function plotOptions(more) {
  return {
    className: 'chart',
    style: { fontFamily: 'inherit', fontSize: '12px', background: 'none', color: colour('ink') },
    ...more,
  };
}

/**
 * Make marks reachable: click, Enter and the arrow keys. `layers` hold, by the class of a mark's
 * group, the rows that it draws; a row has an `id` and a `name` that is read out.
 */
function reach(svg, layers, label) {
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', label);
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  for (const one of svg.querySelectorAll('[aria-description]')) one.removeAttribute('aria-description');
  for (const group of svg.children) if (!group.classList.contains('reach')) group.setAttribute('aria-hidden', 'true');
  const marks = [];
  for (const [name, rows] of Object.entries(layers)) {
    for (const group of svg.querySelectorAll(`g.${name}`)) {
      group.removeAttribute('aria-hidden');
      for (const element of group.children) {
        const row = rows[element.__data__];
        if (row) marks.push({ element, row });
      }
    }
  }
  marks.forEach(({ element, row }, place) => {
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', row.name);
    element.setAttribute('aria-pressed', String(row.id === state.selected));
    element.setAttribute('data-id', row.id);
    element.setAttribute('tabindex', '-1');
    const title = document.createElementNS(SVG, 'title');
    title.textContent = row.name;
    element.append(title);
    element.addEventListener('click', () => pick(row));
    element.addEventListener('keydown', (event) => walk(event, marks, place));
  });
  const first = marks.find(({ row }) => row.id === state.selected) ?? marks[0];
  first?.element.setAttribute('tabindex', '0');
}

function pick(row) {
  choose({ selected: row.id });
  announce(row.name);
}

function walk(event, marks, place) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -place, End: marks.length - 1 - place };
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    pick(marks[place].row);
    byId('panel').focus();
  } else if (event.key in steps) {
    event.preventDefault();
    const next = marks[place + steps[event.key]];
    if (!next) return;
    marks[place].element.setAttribute('tabindex', '-1');
    next.element.setAttribute('tabindex', '0');
    next.element.focus();
  }
}

/** A row of buttons of which one is pressed. */
function switcher(word, name, options) {
  const buttons = options.map(([value, text]) =>
    make(
      'button',
      {
        type: 'button',
        'aria-pressed': String(state[name] === value),
        'data-key': `${name} ${value}`,
        onclick: () => choose({ [name]: value }),
      },
      text,
    ),
  );
  return make('div', { class: 'pair', role: 'group', 'aria-label': say(word) }, ...buttons);
}

/** A number in few characters, with the large units of the language. */
function compact(value) {
  const size = Math.abs(value);
  const units = language === 'zh' ? [[1e12, '万亿'], [1e8, '亿'], [1e4, '万']] : [[1e12, 'tn'], [1e9, 'bn'], [1e6, 'm'], [1e4, 'k', 1e3]];
  const [, unit, by] = units.find(([from]) => size >= from) ?? [0, '', 1];
  const scale = by ?? units.find(([from]) => size >= from)[0];
  return `${(value / scale).toLocaleString('en', { maximumSignificantDigits: 3 })}${unit ? (language === 'zh' ? unit : ` ${unit}`) : ''}`;
}

/** Ticks of an axis of time: years where there are several, else what fits. */
function timeTicks(times) {
  const [from, to] = d3.extent(times);
  if (to - from > 1000 * DAY) return { ticks: 'year', tickFormat: '%Y' };
  if (to - from > 100 * DAY) {
    const ticks = d3.utcTicks(from, to, 3);
    return { ticks, tickFormat: ticks.every((tick) => !tick.getUTCMonth()) ? '%Y' : '%Y-%m' };
  }
  return { ticks: [...new Set([from, to])], tickFormat: '%Y-%m-%d' };
}

/** Take away the labels (of the class `label`) that would cover a mark or a label before them. */
function thin(svg) {
  const taken = [...svg.querySelectorAll('g.reach > *')].map((mark) => around(standsAt(mark), [6, 6, 6]));
  for (const group of svg.querySelectorAll('g.label')) {
    const anchor = group.getAttribute('text-anchor') ?? 'middle';
    for (const label of [...group.children]) {
      const wide = widthOf(label.textContent);
      const [left, right] = { start: [0, wide], middle: [wide / 2, wide / 2], end: [wide, 0] }[anchor];
      const box = around(standsAt(label), [left, right, 6]);
      if (taken.some((other) => covers(box, other))) label.remove();
      else taken.push(box);
    }
  }
}

/** Where a mark stands: what it and its group are moved by. */
function standsAt(element) {
  const moves = [element, element.parentNode].map((one) => /translate\(([-\d.]+),\s*([-\d.]+)\)/.exec(one.getAttribute('transform') ?? ''));
  return [0, 1].map((axis) => d3.sum(moves, (found) => Number(found?.[axis + 1] ?? 0)));
}

function around([x, y], [left, right, half]) {
  return [x - left, y - half, x + right, y + half];
}

function covers(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
