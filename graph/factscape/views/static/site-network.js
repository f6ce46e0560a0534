// In a site: the network asks the server for the neighbours of a thing, and grows without moving
// what is there. What was asked for stands in the address, so that a link brings it back.

const growing = (() => {
  const STEPS = 50; // so many are kept in an address
  const [COLUMN, LINE] = [8.6, 19]; // of a label, in units of the picture
  const steps = [];
  let busy = false;
  let trouble = '';

  function readSteps(text) {
    const found = new URLSearchParams(text).getAll('g').slice(0, STEPS);
    return found.filter((one) => /^\d{1,3}\s\S.*$/.test(one) && one.length < 2000);
  }

  on('write', (parts) => {
    for (const step of steps) parts.append('g', step);
  });

  /** How much room a thing needs with its label. */
  function roomOf(thing) {
    const columns = columnsOf(clip(thingLabel(thing), 2 * LABEL_COLUMNS));
    const texts = columns > LABEL_COLUMNS ? 2 : 1;
    const width = Math.min(LABEL_COLUMNS, columns / texts + 2 * (texts - 1)) * COLUMN;
    return [Math.max(2 * thing.size, width) / 2 + 5, thing.size + (LINE * texts) / 2 + 4];
  }

  function occupy(boxes, thing) {
    const [w, h] = roomOf(thing);
    boxes.add(thing.x - w, thing.y - h, thing.x + w, thing.y + h);
  }

  /** The nearest free place around a point, on a spiral that begins on the side away from the middle. */
  function placeNear(boxes, [x, y], outward, [w, h]) {
    for (let ring = 1; ring < 400; ring += 1) {
      const radius = 40 + 22 * ring;
      const parts = Math.max(8, Math.round(radius / 12));
      for (let i = 0; i < parts; i += 1) {
        const turn = outward + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * (TAU / parts);
        const [px, py] = [Math.round(x + radius * Math.cos(turn)), Math.round(y + 0.8 * radius * Math.sin(turn))];
        if (!boxes.taken(px - w, py - h, px + w, py + h)) return [px, py];
      }
    }
    return [x, y];
  }

  /** Find a place for each thing that came, beside what it came with. */
  function place({ steps: grown, came }) {
    const boxes = new Boxes();
    const waiting = new Set(came);
    const there = things.filter((thing) => !waiting.has(thing));
    for (const thing of there) occupy(boxes, thing);
    const middle = (axis) => there.reduce((sum, thing) => sum + thing[axis], 0) / Math.max(1, there.length);
    const [mx, my] = [middle('x'), middle('y')];
    for (const { around, came: some } of grown) {
      for (const thing of some) {
        const from = around && around !== thing ? around : [...thing.neighbours].find((one) => !waiting.has(one));
        const at = from && !waiting.has(from) ? [from.x, from.y] : [mx, my];
        [thing.x, thing.y] = placeNear(boxes, at, Math.atan2(at[1] - my, at[0] - mx), roomOf(thing));
        Object.assign(thing, { asked: true, sx: 0, sy: 0 });
        data.things[thing.index].splice(2, 2, thing.x, thing.y);
        waiting.delete(thing);
        occupy(boxes, thing);
      }
    }
  }

  /** Ask for what some steps bring; the server counts again what those before them brought. */
  async function ask(asked) {
    const address = new URL(site.more, location.href);
    for (const step of asked) address.searchParams.append('add', step);
    address.searchParams.set('since', String(steps.length));
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error?.message ?? String(answer.status));
    return said;
  }

  /** Let the picture grow by these steps, after those before; say what came, or what went wrong. */
  async function grow(wanted) {
    busy = true;
    trouble = '';
    announce(say('asking'));
    try {
      const found = merge(await ask([...steps, ...wanted]));
      place(found);
      steps.push(...wanted);
      picture.include(found.came);
      timeBar.measure();
      document.documentElement.dataset.grown = String(steps.length);
      return found;
    } catch (error) {
      // What the server says is told; that it says nothing is told in our words.
      trouble = error instanceof TypeError ? say('no_answer') : say('not_added', { why: clean(error.message) });
      return null;
    } finally {
      busy = false;
    }
  }

  async function growBy(thing, count) {
    if (busy) return;
    const wanted = grow([`${count} ${thing.iri}`]);
    panel.draw();
    const found = await wanted;
    applyFilters();
    legend.draw();
    list.draw();
    select(thing, { show: true });
    (byId('panel').querySelector('.expansion button') ?? byId('panel')).focus();
    announce(found ? say('came', { n: found.came.length, links: say('links', { n: found.lines.length }) }) : trouble);
  }

  /** How many neighbours are here, and a button for more. */
  function expansion(thing) {
    const here = thing.neighbours.size;
    const rest = (thing.beside ?? here) - here;
    if (rest <= 0 || !site.more) return null;
    const n = Math.min(PORTION, rest);
    const full = steps.length >= STEPS;
    return make(
      'div',
      { class: 'expansion' },
      make('span', {}, `${say('neighbours_here', { n: here, all: thing.beside })} `),
      full
        ? make('span', {}, say('address_full'))
        : make('button', {
            type: 'button', class: 'small', 'aria-disabled': String(busy), onclick: () => growBy(thing, n),
          }, say(busy ? 'asking' : 'add_more', { n })),
      trouble ? make('p', { class: 'disputed' }, trouble) : null,
    );
  }

  /** Links to the pages about a thing, and to a network around it. */
  function linksOf(thing) {
    const address = siteAddress(thing.iri);
    const links = [
      address ? siteLink(address, say('page_of')) : null,
      site.around ? siteLink(site.around + encodeURIComponent(thing.iri), say('network_around')) : null,
    ].filter(Boolean);
    return links.length ? make('p', { class: 'site-links' }, ...links) : null;
  }

  on('panel', (holder) => {
    const thing = state.selected;
    const iri = holder.querySelector('p.iri');
    if (thing && iri) {
      iri.after(...[linksOf(thing), expansion(thing)].filter(Boolean));
    }
    for (const one of holder.querySelectorAll('bdi[data-iri], span[data-iri]')) {
      const address = siteAddress(one.dataset.iri);
      if (!address) continue;
      one.title = '';
      const link = siteLink(address);
      one.replaceWith(link);
      link.append(one);
    }
  });

  on('left-out', () => {
    const { things: all } = data.all;
    const shown = things.length;
    byId('left-out').hidden = shown >= all;
    byId('left-out-text').textContent = say('left_out_here', { shown, all });
    byId('add-next').hidden = true;
  });

  /** Bring back what a link asks for: first what it grew by, then what was chosen. */
  async function restore() {
    const wanted = location.hash;
    const asked = readSteps(wanted.slice(1));
    if (!asked.length) return;
    const found = await grow(asked);
    if (!found) steps.push(...asked); // the next try may have more luck
    history.replaceState(null, '', wanted);
    emit('restore');
    const text = found ? say('came', { n: found.came.length, links: say('links', { n: found.lines.length }) }) : trouble;
    announce(text);
    document.documentElement.dataset.restored = 'true';
  }

  window.addEventListener('hashchange', () => {
    if (readSteps(location.hash.slice(1)).join('\n') !== steps.join('\n')) location.reload();
  });
  if (site.more) restore();

  return { grow };
})();
