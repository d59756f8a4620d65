// @ts-check
/**
 * Strokes of a pen as a picture of few pixels. MNIST's digits were fitted into a box of 20×20 pixels with their
 * proportions kept, and moved until their center of mass was in the middle of 28×28: a drawing can be treated likewise.
 *
 * @typedef {[number, number]} Point   from the left and from the top, 0…1
 * @typedef {Point[]} Stroke
 */

/** Half the width of a stroke and the side of MNIST's box, as shares of the picture's side. */
const RADIUS = 1.25 / 28;
const BOX = 20 / 28;

/** How far a point lies from a piece of a stroke. */
function distance(/** @type {Point} */ [x, y], /** @type {Point} */ [ax, ay], /** @type {Point} */ [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}

/** Ink of 0…255 a pixel: full within a stroke, and less over the last pixel at its edge. @param {Stroke[]} strokes @param {number} side */
function ink(strokes, side) {
  const pixels = new Uint8Array(side * side);
  const radius = Math.max(RADIUS, 0.5 / side);
  for (const stroke of strokes)
    stroke.forEach((to, i) => {
      const from = stroke[Math.max(0, i - 1)];
      const reach = (/** @type {0 | 1} */ axis) => {
        const [low, high] = [Math.min(from[axis], to[axis]) - radius, Math.max(from[axis], to[axis]) + radius];
        return [Math.max(0, Math.floor(low * side - 1)), Math.min(side - 1, Math.ceil(high * side + 1))];
      };
      const [[left, right], [top, bottom]] = [reach(0), reach(1)];
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++) {
          const away = distance([(column + 0.5) / side, (row + 0.5) / side], from, to);
          const covered = Math.min(1, Math.max(0, (radius - away) * side + 0.5));
          const at = row * side + column;
          pixels[at] = Math.max(pixels[at], Math.round(255 * covered));
        }
    });
  return pixels;
}

/** Where the ink is in the middle. @param {Uint8Array} pixels @param {number} side @returns {Point} */
function centerOf(pixels, side) {
  let [sum, x, y] = [0, 0, 0];
  pixels.forEach((value, at) => {
    sum += value;
    x += value * ((at % side) + 0.5);
    y += value * (Math.floor(at / side) + 0.5);
  });
  return sum ? [x / sum / side, y / sum / side] : [0.5, 0.5];
}

const moved = (/** @type {Stroke[]} */ strokes, /** @type {(point: Point) => Point} */ move) =>
  strokes.map((stroke) => stroke.map(move));

/**
 * The pixels row by row, 0 (paper) to 255 (ink).
 *
 * @param {Stroke[]} strokes
 * @param {number} side
 * @param {boolean} isCentered   as MNIST does it; else as it was drawn
 */
export function pixelsOf(strokes, side, isCentered) {
  const points = strokes.flat();
  if (!isCentered || !points.length) return ink(strokes, side);
  const range = (/** @type {0 | 1} */ axis) => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[left, right], [top, bottom]] = [range(0), range(1)];
  const largest = Math.max(right - left, bottom - top);
  const scale = largest > 0 ? (BOX - 2 * RADIUS) / largest : 1;
  const fitted = moved(strokes, ([x, y]) => [
    0.5 + (x - (left + right) / 2) * scale,
    0.5 + (y - (top + bottom) / 2) * scale,
  ]);
  const [x, y] = centerOf(ink(fitted, side), side);
  return ink(
    moved(fitted, (point) => [point[0] + 0.5 - x, point[1] + 0.5 - y]),
    side,
  );
}
