// @ts-check
/** Where a class's output crosses a threshold, on the grid of the picture: marching squares over the middles of cells. */

/**
 * @param {ArrayLike<number>} outputs   size × size cells, the top row first, and more
 * @param {number} size
 * @param {number} width                outputs a cell: of two classes the second one's alone
 * @param {{class: number, at: number}} threshold
 * @returns {number[]} straight pieces: x and y of both ends, in shares of the picture
 */
export function contour(outputs, size, width, { class: chosen, at }) {
  const offset = width === 1 ? 0 : chosen;
  const value = (/** @type {number} */ row, /** @type {number} */ column) =>
    outputs[(row * size + column) * width + offset] - at;
  const middle = (/** @type {number} */ cell) => (cell + 0.5) / size;
  /** @type {number[]} */
  const lines = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const corners = [value(row, column), value(row, column + 1), value(row + 1, column + 1), value(row + 1, column)];
      /** @type {[number, number][]} */
      const crossed = [];
      for (let side = 0; side < 4; side++) {
        const [from, to] = [corners[side], corners[(side + 1) % 4]];
        // Above is one side of it, as decisions have it; what is no number crosses nothing.
        if (from > 0 === to > 0 || !Number.isFinite(from + to)) continue;
        const share = from / (from - to);
        const [dx, dy] = [
          [share, 0],
          [1, share],
          [1 - share, 1],
          [0, 1 - share],
        ][side];
        crossed.push([middle(column + dx), middle(row + dy)]);
      }
      // Four crossings are a saddle: each two neighbors belong together.
      for (let i = 0; i + 1 < crossed.length; i += 2) lines.push(...crossed[i], ...crossed[i + 1]);
    }
  }
  return lines;
}
