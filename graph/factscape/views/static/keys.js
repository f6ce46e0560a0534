// Walking with the keyboard: along links, or with Shift to any thing in that direction.

(() => {
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** The nearest of some things that lies in a direction, things straight ahead before others. */
  function ahead(from, [dx, dy], some) {
    let best = null;
    let nearest = Infinity;
    for (const thing of some) {
      const x = thing.x - from.x;
      const y = thing.y - from.y;
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (thing === from || along <= 0 || aside > along * 2) continue;
      const distance = along + 2 * aside;
      if (distance < nearest) [best, nearest] = [thing, distance];
    }
    return best;
  }

  function walk(direction, anywhere) {
    const from = state.selected;
    if (!from) {
      const first = byImportance.find((thing) => thing.shown);
      if (first) select(first, { show: true });
      return;
    }
    const some = anywhere ? things.filter((thing) => thing.shown) : shownNeighbours(from);
    const next = ahead(from, direction, some);
    if (next) select(next, { show: true });
    else announce(say('no_way', { name: thingLabel(from) }));
  }

  function onPicture(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in DIRECTIONS) walk(DIRECTIONS[event.key], event.shiftKey);
    else if (event.key === 'Enter') byId('panel').focus();
    else if (event.key === 'Escape') select(null);
    else if (event.key === '+' || event.key === '=') picture.zoom(1.35);
    else if (event.key === '-' || event.key === '−') picture.zoom(1 / 1.35);
    else if (event.key === '0') picture.fit();
    else return;
    event.preventDefault();
  }

  byId('picture').addEventListener('keydown', onPicture);
  byId('panel').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') byId(state.view === 'list' ? 'list-filter' : 'picture').focus();
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId('search').focus();
    }
  });
})();
