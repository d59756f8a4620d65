// @ts-check
/** Rows for the page to draw: all that it may see, unless they are so many that no picture could show them. */
import { pick, withoutTestRows } from "../base/withoutTest.js";

/** Drawing more would take longer than a frame may, and hide one behind the other. */
const MOST_ROWS = 2000;

/** Every n-th row. @param {import("../session/protocol.js").Points} all @param {boolean} isLocked   whether test rows are hidden */
export function subsample(all, isLocked) {
  const points = isLocked ? withoutTestRows(all) : all;
  const rows = points.targets.length;
  if (rows <= MOST_ROWS || all.isWhole) return points;
  return pick(
    points,
    Array.from({ length: MOST_ROWS }, (_, i) => Math.floor((i * rows) / MOST_ROWS)),
  );
}
