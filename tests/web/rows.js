// The rows of the pinned bits; tests/golden/bits.json has their formula, tests/it/bits.rs the same code.

/** @param {{shape: number[], count: number, classes?: number, targets?: number} | undefined} wanted */
export function makeRows(wanted) {
  if (!wanted) return undefined;
  const { shape, count, classes, targets } = wanted;
  const width = shape.reduce((product, side) => product * side, 1);
  const table = (columns, number) =>
    Float32Array.from({ length: count * columns }, (_, at) => number(Math.floor(at / columns), at % columns));
  return {
    inputs: table(width, (r, i) => (((31 * r + 17 * i + 7 * r * i) % 23) - 11) / 8),
    targets: classes
      ? table(1, (r) => (3 * r + Math.floor(r / 7)) % classes)
      : table(targets, (r, k) => (((13 * r + 5 * k) % 19) - 9) / 8),
    shape,
    classes,
  };
}
