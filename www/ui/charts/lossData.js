// @ts-check
/** The arithmetic of the loss chart: what is drawn, and how far the axes reach. */

/** The axis of epochs is never empty, and always begins at 0. */
export const epochRange = (/** @type {number | null} */ last) =>
  /** @type {[number, number]} */ ([0, Math.max(last ?? 0, 10)]);

/** The axis of losses begins at 0, so that heights compare, and stands still for tiny changes. */
export function lossRange(/** @type {number | null} */ highest) {
  if (!highest || !(highest > 0)) return /** @type {[number, number]} */ ([0, 1]);
  const power = 10 ** Math.floor(Math.log10(highest));
  const top = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= highest * 1.02) ?? 15;
  return /** @type {[number, number]} */ ([0, top * power]);
}

/** Short enough for the room beside the axis, with all digits of a tick: else neighbors would look alike. */
export const tickLabel = (/** @type {number} */ value) =>
  value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)
    ? value.toExponential().replace("e+", "e")
    : // By hand: the browser's own way takes it 10 ms the first time.
      String(Number(value.toFixed(9))).replace(/^-?\d+(?=\d{3}\b)/, "$&,");
