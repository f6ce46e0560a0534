// Shapes and colours: one description of each shape serves the canvas and the legend.

function polygon(points, radius) {
  const [first, ...rest] = points.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`);
  return `M${first}L${rest.join('L')}Z`;
}

function regular(corners, turn = 0) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners + turn;
    return [Math.sin(angle), -Math.cos(angle)];
  });
}

function star() {
  return Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 ? 0.55 : 1.2;
    const angle = (Math.PI * i) / 5;
    return [reach * Math.sin(angle), -reach * Math.cos(angle)];
  });
}

const POLYGONS = {
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: regular(3).map(([x, y]) => [x * 1.2, y * 1.2 + 0.15]),
  triangleDown: regular(3, Math.PI).map(([x, y]) => [x * 1.2, y * 1.2 - 0.15]),
  hexagon: regular(6, Math.PI / 6).map(([x, y]) => [x * 1.05, y * 1.05]),
  star: star(),
};

/** The outline of a shape around 0,0 as an SVG path. */
function shapePath(shape, radius) {
  if (shape in POLYGONS) return polygon(POLYGONS[shape], radius);
  const across = shape === 'ellipse' ? radius * 1.3 : radius;
  const high = shape === 'ellipse' ? radius * 0.8 : radius;
  return `M${-across},0A${across},${high} 0 1 0 ${across},0A${across},${high} 0 1 0 ${-across},0Z`;
}

const paths = new Map();

/** The same as a Path2D, made once for each shape and size. */
function shapeOutline(shape, radius) {
  const size = Math.round(radius * 2) / 2;
  const key = `${shape} ${size}`;
  if (!paths.has(key)) paths.set(key, new Path2D(shapePath(shape, size)));
  return paths.get(key);
}

const darkness = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
  return (state.theme ?? (darkness.matches ? 'dark' : 'light')) === 'dark';
}

let colours = {};

/** Read the colours of the theme from the style sheet, for the canvas. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ground', 'ink', 'soft', 'thread', 'accent', 'disc', 'disputed']) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
  colours.font = style.getPropertyValue('--font').trim();
}

function kindColour(kind) {
  return kind.colours[isDark() ? 1 : 0];
}

function wayColour(way) {
  return way.colours ? way.colours[isDark() ? 1 : 0] : colours.thread;
}
