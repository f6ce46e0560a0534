// The picture: vis-network is the camera (panning, zooming, pinching, dragging), the scene is ours.
//
// What is painted is kept as a bitmap somewhat larger than the window. Panning moves the bitmap;
// only when it no longer reaches, or something has changed, is the scene painted again.

const picture = (() => {
  const holder = byId('canvas');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let network = null;
  let nodes = null;
  let handleOf = null;
  let hovered = null;
  let stale = true; // the scene has changed since it was painted
  let kept = null; // {canvas, view, ratio}
  let settling = 0;
  let cost = 0; // milliseconds that the last painting took

  function view() {
    const { x, y } = network.getViewPosition();
    const { clientWidth: width, clientHeight: height } = holder;
    const seen = { left: 0, top: 0, right: width, bottom: height };
    return { x, y, scale: network.getScale(), width, height, window: seen };
  }

  /** Paint a bitmap that reaches beyond the window, as far as memory allows. */
  function keep(now) {
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const pixels = now.width * now.height * ratio * ratio;
    const reach = Math.max(1, Math.min(1.8, Math.sqrt(12e6 / pixels)));
    const [width, height] = [now.width, now.height].map((side) => Math.ceil(side * reach));
    const [left, top] = [(width - now.width) / 2, (height - now.height) / 2];
    const seen = { left, top, right: left + now.width, bottom: top + now.height };
    const wide = { ...now, width, height, window: seen };
    const canvas = kept?.canvas ?? document.createElement('canvas');
    canvas.width = wide.width * ratio;
    canvas.height = wide.height * ratio;
    const ctx = canvas.getContext('2d');
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const start = performance.now();
    paintScene(ctx, wide);
    cost = performance.now() - start;
    kept = { canvas, view: wide, ratio };
    stale = false;
  }

  function reaches(now) {
    const { view: old, ratio } = kept;
    return (
      ratio === Math.min(window.devicePixelRatio || 1, 3) &&
      Math.abs(now.x - old.x) * old.scale <= (old.width - now.width) / 2 &&
      Math.abs(now.y - old.y) * old.scale <= (old.height - now.height) / 2
    );
  }

  /** Put the kept bitmap where it belongs now; while zooming it is stretched for a moment. */
  function blit(ctx, now) {
    const { canvas, view: old } = kept;
    const grown = now.scale / old.scale;
    const left = (old.x - now.x) * now.scale + now.width / 2 - (old.width / 2) * grown;
    const top = (old.y - now.y) * now.scale + now.height / 2 - (old.height / 2) * grown;
    ctx.drawImage(canvas, left, top, old.width * grown, old.height * grown);
  }

  function draw(ctx) {
    const now = view();
    if (!now.width || !now.height) return;
    const ratio = ctx.canvas.width / now.width;
    const zooming = kept && !stale && kept.view.scale !== now.scale;
    if (!kept || stale || (!zooming && !reaches(now))) keep(now);
    else if (zooming && cost < 12) keep(now);
    else if (zooming) settle();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    blit(ctx, now);
    if (hovered) paintHovered(ctx, now);
    ctx.restore();
  }

  function settle() {
    clearTimeout(settling);
    settling = setTimeout(repaint, 90);
  }

  function paintHovered(ctx, now) {
    [hovered.sx, hovered.sy] = onScreen(now, hovered.x, hovered.y);
    hovered.sr = screenRadius(hovered, now.scale);
    paintRing(ctx, hovered, colours.soft, 2);
    const text = fitted(thingLabel(hovered), 60);
    const width = textWidth(ctx, fonts.bold, text);
    const left = Math.max(4, Math.min(now.width - width - 4, hovered.sx - width / 2));
    ctx.font = fonts.bold;
    ctx.fillStyle = colours.ground;
    ctx.fillRect(left - 4, hovered.sy + hovered.sr + 6, width + 8, 20);
    const top = hovered.sy + hovered.sr + 7;
    paintText(ctx, [text], { left, top, width, line: 18, colour: colours.ink });
  }

  /** The scene is not what it was: paint it again. */
  function repaint() {
    stale = true;
    network?.redraw();
  }

  /** The thing under a point of the window, if any; the nearest where several are close. */
  function thingAt(point) {
    const now = view();
    let best = null;
    let nearest = Infinity;
    for (const thing of things) {
      if (!thing.shown) continue;
      const [x, y] = onScreen(now, thing.x, thing.y);
      const distance = Math.hypot(point.x - x, point.y - y) - screenRadius(thing, now.scale);
      if (distance < Math.min(nearest, 6)) [best, nearest] = [thing, distance];
    }
    return best;
  }

  /** The line under a point of the window, if any; of what is selected before others. */
  function lineAt(point) {
    const now = view();
    const chosen = state.selected;
    let best = null;
    let nearest = 6;
    setPlaces(now);
    for (const line of lines) {
      if (!line.shown || (chosen && line.from !== chosen && line.to !== chosen)) continue;
      const reach = 30 + 30 * Math.abs(line.bend);
      const [left, right] = line.from.sx < line.to.sx ? [line.from.sx, line.to.sx] : [line.to.sx, line.from.sx];
      const [top, bottom] = line.from.sy < line.to.sy ? [line.from.sy, line.to.sy] : [line.to.sy, line.from.sy];
      if (point.x < left - reach || point.x > right + reach || point.y < top - reach || point.y > bottom + reach) continue;
      const distance = distanceTo(line, point);
      if (distance < nearest) [best, nearest] = [line, distance];
    }
    return best;
  }

  function distanceTo(line, { x, y }) {
    let nearest = Infinity;
    let [px, py] = along(line, 0);
    for (let i = 1; i <= 16; i += 1) {
      const [qx, qy] = along(line, i / 16);
      const [dx, dy] = [qx - px, qy - py];
      const part = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(x - px - part * dx, y - py - part * dy));
      [px, py] = [qx, qy];
    }
    return nearest;
  }

  /** Where the camera must be to see some things whole. */
  function framing(some) {
    if (!some.length) return { x: 0, y: 0, scale: 1 };
    const { width, height } = view();
    const xs = some.map((thing) => thing.x);
    const ys = some.map((thing) => thing.y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(
      (width - Math.min(110, width / 4)) / Math.max(1, right - left),
      (height - Math.min(80, height / 5)) / Math.max(1, bottom - top),
      1.6,
    );
    return { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale, scale: Math.max(scale, 0.02) };
  }

  function look({ x, y, scale }, animated) {
    const animation = animated && !calm.matches && { duration: 300, easingFunction: 'easeInOutQuad' };
    network.moveTo({ position: { x, y }, scale, animation });
    if (!animation) moved();
  }

  function fit(animated = true) {
    const some = things.filter((thing) => thing.shown);
    look(framing(some.length ? some : things), animated);
    state.camera = null;
    remember();
  }

  function zoom(factor) {
    const now = view();
    look({ ...now, scale: Math.min(8, Math.max(0.02, now.scale * factor)) }, true);
  }

  /** Bring a thing into view, moving as little as that takes. */
  function show(thing) {
    const now = view();
    const [x, y] = onScreen(now, thing.x, thing.y);
    const inside = x > 60 && y > 50 && x < now.width - 60 && y < now.height - 50;
    if (!inside) look({ x: thing.x, y: thing.y, scale: Math.max(now.scale, 0.5) }, true);
  }

  function moved() {
    const { x, y, scale } = view();
    state.camera = { x, y, scale };
    remember();
  }

  function dragged({ nodes: ids }) {
    if (!ids.length) return;
    for (const id of ids) Object.assign(things[id], network.getPosition(id));
    stale = true;
  }

  /** vis must not drag what filters hide; only what changed is sent. */
  function hideFiltered() {
    const changed = things.filter((thing) => Boolean(nodes.get(thing.index).hidden) === thing.shown);
    nodes.update(changed.map((thing) => ({ id: thing.index, hidden: !thing.shown })));
  }

  function listen() {
    network.on('afterDrawing', draw);
    network.on('click', ({ pointer }) => {
      const thing = thingAt(pointer.DOM);
      const line = thing ? null : lineAt(pointer.DOM);
      if (line) selectLink(line);
      else select(thing);
    });
    network.on('doubleClick', ({ pointer }) => {
      const thing = thingAt(pointer.DOM);
      if (thing) look(framing([thing, ...shownNeighbours(thing)]), true);
    });
    network.on('dragging', dragged);
    for (const event of ['dragEnd', 'zoom', 'animationFinished']) network.on(event, moved);
    holder.addEventListener('pointermove', (event) => {
      if (event.buttons) return;
      const frame = holder.getBoundingClientRect();
      const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
      const thing = thingAt(point);
      holder.style.cursor = thing || lineAt(point) ? 'pointer' : '';
      if (thing === hovered) return;
      hovered = thing;
      network.redraw();
    });
    holder.addEventListener('pointerleave', () => {
      hovered = null;
      network.redraw();
    });
  }

  function start() {
    // The points are ours to paint: for vis they are invisible handles to drag.
    const handle = ({ style }) => ({
      drawNode() {},
      nodeDimensions: { width: 2 * style.size, height: 2 * style.size },
    });
    handleOf = ({ index: id, x, y, size }) => ({ id, x, y, size, shape: 'custom', ctxRenderer: handle });
    nodes = new vis.DataSet(things.map(handleOf));
    network = new vis.Network(holder, { nodes, edges: new vis.DataSet([]) }, data.options);
    // The frame around it takes the focus and the keys.
    for (const inner of holder.querySelectorAll('[tabindex]')) inner.tabIndex = -1;
    listen();
    if (state.camera) look(state.camera, false);
    else fit(false);
  }

  return {
    start, repaint, fit, zoom, show, thingAt, view, hideFiltered,
    include: (some) => nodes.add(some.map(handleOf)),
    look: (place) => look(place, false),
    redraw: () => network.redraw(),
  };
})();
