// @ts-check
/**
 * Pictures of any size as the network sees them: a square of few pixels, 0 (paper) to 255 (ink).
 *
 * @typedef {{gray: Uint8Array, width: number, height: number, isSeen?: boolean}} Picture   `gray` from 0 (black) to 255; `isSeen`: it is what the network sees already
 * @typedef {{framing: Framing, isInverted: boolean}} Seeing
 * @typedef {"square" | "centered"} Framing   the middle square; or the ink alone, in a box of 20×20 about its center of mass, as MNIST's digits are
 */

/** Pixels to a side. */
export const SIDE = 28;

/** The side of MNIST's box, and what counts as ink, as a share of the darkest. */
const BOX = 20;
const INK = 0.25;

/** Known of each once it was looked at: of 2,000 it is asked at every picture that is added. @type {WeakMap<Picture, boolean>} */
const borders = new WeakMap();

/** Whether most of a picture's border is light: it is ink on paper then, and has to be inverted. */
export function hasLightBorder(/** @type {Picture} */ picture) {
  const known = borders.get(picture) ?? looksLight(picture);
  borders.set(picture, known);
  return known;
}

function looksLight(/** @type {Picture} */ { gray, width, height }) {
  let [light, all] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x += y === 0 || y === height - 1 || width === 1 ? 1 : width - 1) {
      all += 1;
      if (gray[y * width + x] > 127) light += 1;
    }
  return 2 * light > all;
}

/** What the pictures have in common is the guess: of ink on paper most borders are light. */
export const looksInverted = (/** @type {Picture[]} */ pictures) => {
  const own = pictures.filter(({ isSeen }) => !isSeen);
  return 2 * own.filter(hasLightBorder).length > own.length;
};

/**
 * The mean of what each pixel of the square covers; beyond the picture there is paper.
 *
 * @param {Uint8Array} ink
 * @param {number} width
 * @param {number} height
 * @param {[number, number]} corner   of the picture, where the square begins
 * @param {number} scale              pixels of the square to one of the picture
 */
function sampled(ink, width, height, [left, top], scale) {
  const pixels = new Uint8Array(SIDE * SIDE);
  const step = 1 / scale;
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const [x0, y0] = [left + column * step, top + row * step];
      let sum = 0;
      for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y0 + step)); y++) {
        const tall = Math.min(y + 1, y0 + step) - Math.max(y, y0);
        for (let x = Math.max(0, Math.floor(x0)); x < Math.min(width, Math.ceil(x0 + step)); x++)
          sum += ink[y * width + x] * tall * (Math.min(x + 1, x0 + step) - Math.max(x, x0));
      }
      pixels[row * SIDE + column] = Math.round(sum / (step * step));
    }
  return pixels;
}

/** @param {Picture} picture @param {Seeing} how @returns {Uint8Array} */
export function framed({ gray, width, height, isSeen }, { framing, isInverted }) {
  if (isSeen) return gray;
  const ink = isInverted ? gray.map((light) => 255 - light) : gray;
  if (framing === "centered") {
    const centered = inBox(ink, width, height);
    if (centered) return centered;
  }
  const side = Math.min(width, height);
  return sampled(ink, width, height, [(width - side) / 2, (height - side) / 2], SIDE / side);
}

/** Null for a picture without ink. @param {Uint8Array} ink @param {number} width @param {number} height */
function inBox(ink, width, height) {
  const least = INK * ink.reduce((most, one) => Math.max(most, one), 0);
  if (least === 0) return null;
  let [left, right, top, bottom] = [width, -1, height, -1];
  let [sum, x, y] = [0, 0, 0];
  ink.forEach((one, at) => {
    if (one < least) return;
    const [column, row] = [at % width, Math.floor(at / width)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    sum += one;
    x += one * (column + 0.5);
    y += one * (row + 0.5);
  });
  // What is too light to be ink is paper: a gray sheet would be ink all over.
  const drawn = ink.map((one) => (one < least ? 0 : one));
  const scale = BOX / Math.max(right - left + 1, bottom - top + 1);
  const half = SIDE / 2 / scale;
  return sampled(drawn, width, height, [x / sum - half, y / sum - half], scale);
}
