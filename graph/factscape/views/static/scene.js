// Painting things, lines and labels as one view sees them. All sizes are in CSS pixels.
//
// A view is {x, y, scale, width, height, window}: the point of the world in its middle, pixels per
// unit, and of what is painted the part that is seen now.

const TAU = 2 * Math.PI;
const LABEL_COLUMNS = 19; // of one line; a label has two
const LINE_COLUMNS = 26;
const CROWD = 300; // more things than this are painted finer
const LABELLED_LINES_FROM = 1.15; // from this scale on, lines carry their names unasked
const FEW_LINES = 40; // as do so few at any scale

const fonts = {};

function readFonts() {
  fonts.plain = `12px ${colours.font}`;
  fonts.bold = `600 13px ${colours.font}`;
  fonts.line = `11px ${colours.font}`;
  widths.clear();
}

const widths = new Map();

function textWidth(ctx, font, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Cut a label to so many columns; wide characters count double. */
function fitted(label, columns) {
  let used = 0;
  let kept = '';
  for (const char of label) {
    used += WIDE.test(char) ? 2 : 1;
    if (used > columns) return `${kept.trimEnd()}…`;
    kept += char;
  }
  return kept;
}

function columnsOf(text) {
  let columns = 0;
  for (const char of text) columns += WIDE.test(char) ? 2 : 1;
  return columns;
}

/** Break a label into at most two lines: between words, in Chinese anywhere. */
function inLines(label) {
  const short = clip(label, 200);
  if (columnsOf(short) <= LABEL_COLUMNS) return [short];
  let first = '';
  for (const part of short.split(/(?<=[ \-/])|(?<=[\u2e80-\uffef])|(?=[\u2e80-\uffef])/)) {
    if (columnsOf(first + part.trimEnd()) > LABEL_COLUMNS) break;
    first += part;
  }
  if (!first) return [fitted(short, LABEL_COLUMNS)];
  return [first.trim(), fitted(short.slice(first.length).trim(), LABEL_COLUMNS)];
}

function onScreen(view, x, y) {
  return [(x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
}

/** How large a point is on the screen: it grows slower than the picture. */
function screenRadius(thing, scale) {
  const crowd = things.length > CROWD ? 0.75 : 1;
  return Math.max(2, thing.size * crowd * Math.min(1.7, Math.max(0.4, Math.sqrt(scale))));
}

function setPlaces(view) {
  for (const thing of things) {
    [thing.sx, thing.sy] = onScreen(view, thing.x, thing.y);
    thing.sr = screenRadius(thing, view.scale);
  }
}

function isInView(thing, view, margin = 40) {
  return (
    thing.sx > -margin && thing.sy > -margin &&
    thing.sx < view.width + margin && thing.sy < view.height + margin
  );
}

/** The middle of a line's curve: straight for a line that is alone between its ends. */
function bendOf(line) {
  const dx = line.to.sx - line.from.sx;
  const dy = line.to.sy - line.from.sy;
  const length = Math.hypot(dx, dy) || 1;
  const away = line.bend * Math.min(26, 8 + length * 0.12);
  return [
    (line.from.sx + line.to.sx) / 2 - (dy / length) * away * 2,
    (line.from.sy + line.to.sy) / 2 + (dx / length) * away * 2,
  ];
}

/** Stroke lines of one colour together, a few hundred at a time, and their arrow heads. */
function paintLines(ctx, some, { colour, width, alpha, heads, dash = [] }) {
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = width;
  ctx.globalAlpha = alpha;
  for (let start = 0; start < some.length; start += 200) {
    const threads = new Path2D();
    const arrows = new Path2D();
    for (const line of some.slice(start, start + 200)) {
      const [mx, my] = line.bend ? bendOf(line) : [line.from.sx, line.from.sy];
      threads.moveTo(line.from.sx, line.from.sy);
      if (line.bend) threads.quadraticCurveTo(mx, my, line.to.sx, line.to.sy);
      else threads.lineTo(line.to.sx, line.to.sy);
      if (heads) addArrow(arrows, line, mx, my, heads);
    }
    ctx.stroke(threads);
    if (heads) ctx.fill(arrows);
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** How a line is drawn for what stands behind it: lines of one look are painted together. */
function lookOf(line) {
  const voices = Math.min(3, Math.max(1, line.voices));
  const pale = hasTime && !line.spans;
  return `${voices} ${line.unsure ? 1 : 0} ${pale ? 1 : 0} ${line.fresh ? 1 : 0} ${line.far ? 1 : 0}`;
}

/** Paint lines, thicker for more voices, dashed where unsure, pale where nobody says since when. */
function paintByLook(ctx, some, { width, alpha, ...rest }) {
  const groups = new Map();
  for (const line of some) {
    const look = lookOf(line);
    if (!groups.has(look)) groups.set(look, []);
    groups.get(look).push(line);
  }
  for (const [look, group] of [...groups].sort()) {
    const [voices, unsure, pale, fresh, far] = look.split(' ').map(Number);
    paintLines(ctx, group, {
      ...rest,
      colour: fresh ? colours.accent : rest.colour,
      width: width * (fresh ? 1.5 : 1) * [0, 1, 1.9, 2.8][voices],
      alpha: Math.min(1, alpha * (pale ? 0.6 : 1) * (far && !fresh ? 0.4 : 1)),
      dash: unsure ? [5, 4] : [],
    });
  }
}

/** Mark disputed lines at their middle. */
function paintDisputed(ctx, some) {
  ctx.fillStyle = colours.disputed;
  ctx.strokeStyle = colours.ground;
  ctx.lineWidth = 1.5;
  for (const line of some) {
    if (!line.disputed) continue;
    const [x, y] = along(line, 0.5);
    ctx.beginPath();
    for (const [dx, dy] of [[0, -5], [5, 0], [0, 5], [-5, 0]]) ctx.lineTo(x + dx, y + dy);
    ctx.closePath();
    ctx.stroke();
    ctx.fill();
  }
}

/** A trace of what has ended lately. */
function paintGone(ctx) {
  const gone = lines.filter((line) => line.gone && line.way.shown && line.from.drawn && line.to.drawn);
  paintLines(ctx, gone, { colour: colours.thread, width: 1, alpha: 0.45, heads: 0, dash: [1, 4] });
}

/** The things of each community, by its disc. */
const members = data.discs.map(() => []);

// Lines from one community to another stand back.
(function noteCommunities() {
  const discOf = (thing) =>
    data.discs.findIndex(([x, y, radius]) => Math.hypot(thing.x - x, thing.y - y) <= radius);
  const home = data.discs.length ? things.map(discOf) : [];
  home.forEach((disc, index) => members[disc]?.push(things[index]));
  for (const line of lines) line.far = data.discs.length > 1 && home[line.from.index] !== home[line.to.index];
})();

function addArrow(path, line, mx, my, size) {
  const angle = Math.atan2(line.to.sy - my, line.to.sx - mx);
  const away = line.to.sr + 2;
  const x = line.to.sx - away * Math.cos(angle);
  const y = line.to.sy - away * Math.sin(angle);
  path.moveTo(x, y);
  path.lineTo(x - size * Math.cos(angle - 0.42), y - size * Math.sin(angle - 0.42));
  path.lineTo(x - size * Math.cos(angle + 0.42), y - size * Math.sin(angle + 0.42));
  path.closePath();
}

function paintThing(ctx, thing, alpha = 1) {
  const outline = shapeOutline(thing.kind.shape, thing.sr);
  ctx.save();
  ctx.translate(thing.sx, thing.sy);
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.ground;
  ctx.stroke(outline);
  ctx.globalAlpha = alpha;
  ctx.fillStyle = kindColour(thing.kind);
  ctx.fill(outline);
  ctx.restore();
}

function paintRing(ctx, thing, colour, width = 3) {
  ctx.beginPath();
  ctx.arc(thing.sx, thing.sy, thing.sr + 5, 0, TAU);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** The places beside a point where its label can stand, the best first. */
function spots(thing, width, height) {
  const gap = thing.sr + 3;
  return [
    [thing.sx - width / 2, thing.sy + gap, 'center'],
    [thing.sx + gap + 1, thing.sy - height / 2, 'left'],
    [thing.sx - gap - 1 - width, thing.sy - height / 2, 'right'],
    [thing.sx - width / 2, thing.sy - gap - height, 'center'],
  ];
}

/** Write lines of text on a ground of their own, so that they can be read over other things. */
function paintText(ctx, texts, { left, top, width, line, align = 'left', colour, alpha = 1 }) {
  const x = { left, center: left + width / 2, right: left + width }[align];
  ctx.textBaseline = 'middle';
  ctx.textAlign = align;
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.ground;
  ctx.fillStyle = colour;
  ctx.globalAlpha = alpha;
  texts.forEach((text, i) => ctx.strokeText(text, x, top + line * (i + 0.5)));
  texts.forEach((text, i) => ctx.fillText(text, x, top + line * (i + 0.5)));
  ctx.globalAlpha = 1;
}

/** Label things, the most important first, each where nothing else stands; the others go without. */
function paintLabels(ctx, view, order, boxes, { bold, alpha = 1, whole = null }) {
  const { left: wl, top: wt, right: wr, bottom: wb } = view.window;
  for (const thing of order) {
    if (!thing.shown || !isInView(thing, view)) continue;
    // A crowd of things that nothing joins keeps its names until one looks closer.
    if (!thing.neighbours.size && things.length > 60 && view.scale < 1 && thing !== whole) continue;
    const strong = bold(thing);
    const font = strong ? fonts.bold : fonts.plain;
    const line = strong ? 16 : 14;
    const texts = inLines(thingLabel(thing));
    const width = Math.max(...texts.map((text) => textWidth(ctx, font, text)));
    const height = line * texts.length;
    const seen = thing.sx > wl && thing.sx < wr && thing.sy > wt && thing.sy < wb;
    // What can be seen now should not be cut by the edge.
    const cut = ([left, top]) =>
      seen && (left < wl || left + width > wr || top < wt || top + height > wb);
    const free = ([left, top]) => !boxes.labels.taken(left - 2, top, left + width + 2, top + height);
    const clear = ([left, top]) =>
      !boxes.points.taken(left, top + 2, left + width, top + height - 2, thing);
    const all = spots(thing, width, height);
    const places = all.filter((place) => !cut(place) && free(place));
    const spot = places.find(clear) ?? (strong ? places[0] : null) ?? (thing === whole ? all[0] : null);
    if (!spot) continue;
    const [left, top, align] = spot;
    boxes.labels.add(left - 2, top, left + width + 2, top + height);
    ctx.font = font;
    paintText(ctx, texts, { left, top, width, line, align, colour: colours.ink, alpha });
  }
}

/** The point of a line's curve that lies so far along it, from 0 to 1. */
function along(line, part) {
  const [bx, by] = bendOf(line);
  const [a, b, c] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
  return [
    a * line.from.sx + b * bx + c * line.to.sx,
    a * line.from.sy + b * by + c * line.to.sy,
  ];
}

/** Write the names of lines near their middles, where there is room; away from the chosen thing. */
function paintLineLabels(ctx, view, some, boxes, chosen = null) {
  for (const line of some) {
    const part = chosen === line.from ? 0.6 : chosen === line.to ? 0.4 : 0.5;
    const [x, y] = along(line, part);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const text = fitted(inLanguage(line.way.label), LINE_COLUMNS);
    const width = textWidth(ctx, fonts.line, text);
    const length = Math.hypot(line.to.sx - line.from.sx, line.to.sy - line.from.sy);
    if (length < width * 0.6 + line.from.sr + line.to.sr) continue;
    const [left, top] = [x - width / 2, y - 7];
    if (boxes.labels.taken(left - 3, top, left + width + 3, top + 14)) continue;
    if (boxes.points.taken(left, top + 2, left + width, top + 12)) continue;
    boxes.labels.add(left - 3, top, left + width + 3, top + 14);
    ctx.font = fonts.line;
    paintText(ctx, [text], { left, top, width, line: 14, colour: colours.soft });
  }
}

function paintDiscs(ctx, view) {
  ctx.fillStyle = colours.disc;
  for (const [number, [x, y, radius]] of data.discs.entries()) {
    if (!members[number].some((thing) => thing.shown)) continue;
    const [sx, sy] = onScreen(view, x, y);
    ctx.beginPath();
    ctx.arc(sx, sy, radius * view.scale, 0, TAU);
    ctx.fill();
  }
}

function addPoints(boxes, some) {
  for (const thing of some) {
    const { sx, sy, sr } = thing;
    boxes.points.add(sx - sr, sy - sr, sx + sr, sy + sr, thing);
  }
}

/** Paint everything that a view sees. */
function paintScene(ctx, view) {
  setPlaces(view);
  const chosen = state.selected;
  const near = chosen
    ? shownNeighbours(chosen).add(chosen)
    : state.link && new Set([state.link.from, state.link.to]);
  const shown = things.filter((thing) => thing.shown && isInView(thing, view));
  const crossing = lines.filter(
    (line) =>
      line.shown && mayCross(line, view) && line !== state.link &&
      (!chosen || (line.from !== chosen && line.to !== chosen)),
  );
  const boxes = { labels: new Boxes(), points: new Boxes() };
  // Labels of what is beside the chosen thing may cover what is dimmed.
  addPoints(boxes, near ?? shown);
  paintDiscs(ctx, view);
  const fine = lines.length > 1200;
  const heads = fine && view.scale < 0.5 ? 0 : 5;
  const alpha = near ? 0.2 : Math.min(0.85, Math.max(0.18, 500 / lines.length));
  // What is only said of two things stands back behind what joins them.
  for (const said of [true, false]) {
    paintByLook(ctx, crossing.filter((line) => line.way.said === said), {
      colour: colours.thread,
      width: fine ? 0.7 : said ? 0.8 : 1.1,
      alpha: said ? alpha * 0.5 : alpha,
      heads,
    });
  }
  if (state.day) paintGone(ctx);
  // On a day, what nothing joins any more or yet stands back.
  const idle = (thing) => state.day && thing.neighbours.size && !joined.has(thing);
  const joined = new Set(state.day ? lines.filter((ln) => ln.shown).flatMap((ln) => [ln.from, ln.to]) : []);
  for (const thing of shown) {
    if (!near?.has(thing)) paintThing(ctx, thing, near || idle(thing) ? 0.22 : 1);
  }
  if (!near) paintDisputed(ctx, crossing);
  if (near) {
    if (chosen) paintChosen(ctx, view, chosen, near, boxes);
    else paintLink(ctx, view, state.link, near, boxes);
    addPoints(boxes, shown.filter((thing) => !near.has(thing)));
  }
  const most = Math.max(8, things.length / 40);
  const others = byImportance.filter((thing) => !near?.has(thing) && !idle(thing));
  paintLabels(ctx, view, others, boxes, {
    bold: (thing) => !near && (heads_.has(thing) || thing.rank < most) && !thing.kind.hub,
    alpha: near ? 0.35 : 1,
  });
  if (!near && (view.scale >= LABELLED_LINES_FROM || crossing.length <= FEW_LINES)) paintLineLabels(ctx, view, crossing, boxes);
}

/** The best connected thing of each community. */
const heads_ = new Set(data.discs.map(([, , , head]) => things[head]));

/** Paint the chosen line with its ends over everything else. */
function paintLink(ctx, view, line, near, boxes) {
  paintByLook(ctx, [line], { colour: colours.accent, width: 2, alpha: 1, heads: 9 });
  paintDisputed(ctx, [line]);
  for (const thing of near) {
    paintThing(ctx, thing);
    paintRing(ctx, thing, colours.accent, 2);
  }
  paintLabels(ctx, view, [...near], boxes, { bold: () => true });
  paintLineLabels(ctx, view, [line], boxes);
}

/** Paint the chosen thing and what is beside it over the others. */
function paintChosen(ctx, view, chosen, near, boxes) {
  const own = chosen.lines.filter((line) => line.shown);
  for (const way of new Set(own.map((line) => line.way))) {
    const some = own.filter((line) => line.way === way);
    paintByLook(ctx, some, { colour: wayColour(way), width: 1.5, alpha: 0.95, heads: 8 });
  }
  paintDisputed(ctx, own);
  for (const thing of near) if (thing !== chosen) paintThing(ctx, thing);
  paintThing(ctx, chosen);
  paintRing(ctx, chosen, colours.accent);
  const order = [chosen, ...byImportance.filter((thing) => near.has(thing) && thing !== chosen)];
  paintLabels(ctx, view, order, boxes, { bold: (thing) => thing === chosen, whole: chosen });
  paintLineLabels(ctx, view, own, boxes, chosen);
}

/** Say whether a line may be seen: not when both its ends are beyond the same side. */
function mayCross({ from, to }, view) {
  return !(
    (from.sx < 0 && to.sx < 0) || (from.sy < 0 && to.sy < 0) ||
    (from.sx > view.width && to.sx > view.width) || (from.sy > view.height && to.sy > view.height)
  );
}
