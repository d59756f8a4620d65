// @ts-check
/** What changed between two texts, line by line. */

/**
 * Which lines of a text are new beside an older one, and after how many of its own lines others were taken out. By the longest
 * lines in common; what begins and ends alike isn't looked at twice.
 *
 * @param {string[]} before
 * @param {string[]} now
 * @returns {{isNew: boolean[], removed: number[]}}   `removed`: one more than there are lines, the last at the end
 */
export function changesOf(before, now) {
  const isNew = now.map(() => false);
  const removed = Array(now.length + 1).fill(0);
  let start = 0;
  while (start < before.length && start < now.length && before[start] === now[start]) start += 1;
  let [from, to] = [before.length, now.length];
  while (from > start && to > start && before[from - 1] === now[to - 1]) {
    from -= 1;
    to -= 1;
  }
  const [rows, columns] = [from - start, to - start];
  // The longest common part of what is left of both, from each place on.
  const common = new Uint16Array((rows + 1) * (columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let k = columns - 1; k >= 0; k--)
      common[i * (columns + 1) + k] =
        before[start + i] === now[start + k]
          ? common[(i + 1) * (columns + 1) + k + 1] + 1
          : Math.max(common[(i + 1) * (columns + 1) + k], common[i * (columns + 1) + k + 1]);
  let [i, k] = [0, 0];
  while (i < rows || k < columns) {
    if (i < rows && k < columns && before[start + i] === now[start + k]) {
      i += 1;
      k += 1;
    } else if (
      k < columns &&
      (i === rows || common[i * (columns + 1) + k + 1] >= common[(i + 1) * (columns + 1) + k])
    ) {
      isNew[start + k] = true;
      k += 1;
    } else {
      removed[start + k] += 1;
      i += 1;
    }
  }
  return { isNew, removed };
}
