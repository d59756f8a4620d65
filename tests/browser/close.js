// Comparisons of numbers that can't be passed by NaN or ∞: a pair passes only if both are finite and
// |got − want| ≤ absolute + relative · |want|.

/** Of one step: the GPU's f32 against the CPU's, as in tests/it/support/tolerances.rs. */
export const PARITY = { absolute: 1e-5, relative: 1e-4 };

/** Of losses after a hundred steps. */
export const COURSE = { absolute: 1e-6, relative: 1e-2 };

/**
 * What is wrong, in a sentence that names the worst index; null when all is close.
 *
 * @param {string} name
 * @param {ArrayLike<number>} got
 * @param {ArrayLike<number>} want
 * @param {{absolute: number, relative: number}} tolerance
 */
export function compare(name, got, want, { absolute, relative }) {
  if (got.length !== want.length) return `${name}: ${got.length} values, expected ${want.length}`;
  let worst = { index: -1, excess: 1 };
  for (let index = 0; index < want.length; index++) {
    const [a, b] = [got[index], want[index]];
    const excess = a === b ? 0 : Math.abs(a - b) / (absolute + relative * Math.abs(b));
    const isOdd = !Number.isFinite(a) || !Number.isFinite(b) || Number.isNaN(excess);
    if (isOdd || excess > worst.excess) worst = { index, excess: isOdd ? Infinity : excess };
  }
  const { index, excess } = worst;
  return index < 0
    ? null
    : `${name}[${index}]: got ${got[index]}, want ${want[index]}, ${excess.toPrecision(3)} times what is allowed`;
}
