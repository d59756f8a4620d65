// @ts-check
/** The values of these rows, one row after the other. @param {import("../session/protocol.js").Points} points @param {number[]} rows @param {number} width columns */
export function valuesOf({ inputs }, rows, width) {
  const all = new Float64Array(rows.length * width);
  rows.forEach((row, i) => all.set(inputs.subarray(row * width, (row + 1) * width), i * width));
  return all;
}
