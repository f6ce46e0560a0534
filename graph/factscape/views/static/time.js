// Time: what was there on a day. The page and the command line (--as-of) count the same.

const DAY = 86400000;
const FRESH = 120; // days for which something is new
const GONE = 180; // days for which a trace is left of what has ended

function dayNumber(day) {
  return Math.round(Date.parse(day) / DAY);
}

function dayText(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** A day from a text that can hold anything; null for what is none. */
function soundDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text ?? '')) return null;
  const number = dayNumber(text);
  return Number.isFinite(number) && dayText(number) === text ? text : null;
}

/** The days on which something comes or goes, in order. */
const turns = [];

function noteTurns() {
  const days = new Set([...things, ...lines].flatMap(({ spans }) => (spans ?? []).flat()));
  turns.splice(0, Infinity, ...[...days].filter((day) => day !== null && soundDay(day)).sort());
}

noteTurns();

const hasTime = turns.length > 0;

/** Who is within reach of the things that the page is about, over lines that are there. */
function withinReach() {
  const distance = new Map(data.focus.map((index) => [things[index], 0]));
  const rings = [[...distance.keys()]];
  for (let far = 0; far <= 2 * data.depth; far += 1) {
    for (const thing of rings[far] ?? []) {
      if (distance.get(thing) !== far) continue;
      for (const line of thing.lines) {
        if (!line.there) continue;
        const other = line.from === thing ? line.to : line.from;
        const next = far + (thing.kind.hub || other.kind.hub ? 1 : 2);
        if (next > 2 * data.depth || next >= (distance.get(other) ?? Infinity)) continue;
        distance.set(other, next);
        (rings[next] ??= []).push(other);
      }
    }
  }
  return distance;
}

/** Work out which things and lines are there on the day shown. */
function workOutDay() {
  const { day } = state;
  for (const thing of things) thing.there = holdsOn(thing.spans, day);
  for (const line of lines) {
    line.there = line.from.there && line.to.there && holdsOn(line.spans, day);
    line.fresh = day !== null && line.there && isFresh(line.spans, day);
    line.gone = day !== null && !line.there && isGone(line.spans, day);
  }
  if (day === null || data.depth === null || !data.focus.length) return;
  const near = withinReach();
  for (const thing of things) thing.there = near.has(thing) || Boolean(thing.asked && thing.there);
  for (const line of lines) line.there = line.there && line.from.there && line.to.there;
}

function isFresh(spans, day) {
  const since = dayText(dayNumber(day) - FRESH);
  return Boolean(spans?.some(([first, after]) => first > since && first <= day && (after === null || day < after)));
}

function isGone(spans, day) {
  const since = dayText(dayNumber(day) - GONE);
  return Boolean(spans?.some(([, after]) => after !== null && after > since && after <= day));
}

/** How many things and links there are on the day shown, drawn or not. */
function countsOfDay() {
  const row = data.days.findLast(([first]) => first === null || state.day === null || first <= state.day);
  const here = {
    things: things.filter((thing) => thing.there).length,
    links: lines.filter((line) => line.there).length,
  };
  if (state.day === null) return { ...here, all: { things: data.all.things, links: data.all.lines } };
  return { ...here, all: row ? { things: row[1], links: row[2] } : here };
}

const timeBar = (() => {
  const bar = byId('time');
  const slider = byId('time-slider');
  const date = byId('time-date');
  let playing = 0;

  let first = 0;
  let last = 1;

  function show(day) {
    state.day = day;
    applyFilters();
    emit('day');
  }

  /** Small bars: how many links with a time hold in each stretch. */
  function histogram() {
    const dated = lines.filter((line) => line.spans);
    const parts = 90;
    const counts = Array.from({ length: parts }, (_, i) => {
      const day = dayText(Math.round(first + ((last - first) * (i + 0.5)) / parts));
      return dated.filter((line) => holdsOn(line.spans, day)).length;
    });
    const most = Math.max(1, ...counts);
    const svg = byId('time-bars');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', counts.map((n, i) => `M${i},20V${(20 - (19 * n) / most).toFixed(1)}H${i + 0.8}V20Z`).join(''));
    svg.setAttribute('viewBox', `0 0 ${parts} 20`);
    svg.replaceChildren(path);
  }

  function step(direction) {
    stop();
    const now = state.day ?? dayText(direction > 0 ? first : last);
    const next = direction > 0 ? turns.find((day) => day > now) : turns.findLast((day) => day < now);
    if (next) show(next);
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    draw();
  }

  function play() {
    if (playing) {
      stop();
      emit('day');
      return;
    }
    let at = state.day && dayNumber(state.day) < last ? dayNumber(state.day) : first;
    const stride = Math.max(1, Math.round((last - first) / 160));
    playing = setInterval(() => {
      at = Math.min(last, at + stride);
      show(dayText(at));
      if (at >= last) stop();
    }, 110);
    draw();
  }

  function draw() {
    if (!hasTime) return;
    const { day } = state;
    const { things: n, links: m, all } = countsOfDay();
    slider.value = String(day ? Math.min(last, Math.max(first, dayNumber(day))) : last);
    slider.setAttribute('aria-valuetext', day ?? say('time_all'));
    date.value = day ?? '';
    byId('time-all').setAttribute('aria-pressed', String(day === null));
    byId('time-play').textContent = playing ? '❚❚' : '▶';
    byId('time-play').setAttribute('aria-label', say(playing ? 'pause' : 'play'));
    bar.classList.toggle('set', day !== null);
    Object.assign(bar.dataset, { things: n, links: m, allThings: all.things, allLinks: all.links });
    const undated = lines.filter((line) => line.there && !line.spans).length;
    const texts = [
      `${day ?? say('time_all')}: ${say('things', { n })} · ${say('links', { n: m })}`,
      undated ? say('undated_count', { n: undated }) : null,
    ];
    byId('time-counts').textContent = texts.filter(Boolean).join(' · ');
  }

  /** Reach from the first change to the last. */
  function measure() {
    if (!hasTime) return;
    [first, last] = [dayNumber(turns[0]) - 30, dayNumber(turns.at(-1)) + 1];
    [slider.min, slider.max] = [String(first), String(last)];
    const [since, until] = [turns[0], turns.at(-1)].map((day) => day.slice(0, 4));
    Object.assign(slider.parentNode.dataset, { first: since, last: until });
    histogram();
  }

  function start() {
    bar.hidden = !hasTime;
    if (!hasTime) return;
    measure();
    slider.addEventListener('input', () => {
      clearInterval(playing);
      playing = 0;
      show(dayText(Number(slider.value)));
    });
    slider.addEventListener('keydown', (event) => {
      const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      step(way);
    });
    date.addEventListener('change', () => show(soundDay(date.value)));
    byId('time-play').addEventListener('click', play);
    byId('time-prev').addEventListener('click', () => step(-1));
    byId('time-next').addEventListener('click', () => step(1));
    byId('time-all').addEventListener('click', () => {
      stop();
      show(null);
    });
  }

  return { start, draw, measure, isPlaying: () => playing !== 0 };
})();
