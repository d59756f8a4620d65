// @ts-check
/**
 * The class of each row: that one above the threshold, else the likeliest of the others.
 *
 * @param {ArrayLike<number>} outputs   rows × width: of two classes the second one's alone
 * @param {number} width
 * @param {{class: number, at: number}} threshold
 */
export function decidedAbove(outputs, width, { class: chosen, at }) {
  const classes = new Uint32Array(outputs.length / width);
  for (let row = 0, first = 0; row < classes.length; row++, first += width) {
    if (width === 1) classes[row] = outputs[first] > at ? 1 : 0;
    else if (outputs[first + chosen] > at) classes[row] = chosen;
    else {
      let best = chosen === 0 ? 1 : 0;
      for (let k = best + 1; k < width; k++) if (k !== chosen && outputs[first + k] > outputs[first + best]) best = k;
      classes[row] = best;
    }
  }
  return classes;
}
