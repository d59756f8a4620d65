// @ts-check
/** What is said of a run whose test rows are locked: nothing of them. */
import { valuesOf } from "./valuesOf.js";

/** These of the points. @param {import("../session/protocol.js").Points} points @param {number[]} places @returns {import("../session/protocol.js").Points} */
export function pick(points, places) {
  const { inputs, targets, part, rows, tableRows } = points;
  return {
    inputs: valuesOf(points, places, inputs.length / targets.length),
    targets: Float64Array.from(places, (place) => targets[place]),
    part: Uint8Array.from(places, (place) => part[place]),
    rows: Uint32Array.from(places, (place) => rows?.[place] ?? place),
    ...(tableRows && { tableRows: Uint32Array.from(places, (place) => tableRows[place]) }),
  };
}

/** What a locked run says of its points: those that are no test rows. @param {import("../session/protocol.js").Points} points */
export const withoutTestRows = (points) =>
  pick(
    points,
    Array.from(points.part.keys()).filter((place) => points.part[place] !== 2),
  );

/** What it says of a curve. @template {{test: ArrayLike<number>}} C @param {C} curve @returns {C} */
export const withoutTest = (curve) => ({ ...curve, test: /** @type {number[]} */ (curve.test).map(() => NaN) });

/** What it says of itself: its own test score and those of its curve, where it has one, are left out. @template {{curve?: {test: ArrayLike<number>}}} R @param {R} run @returns {R & {test: null}} */
export const withoutTestFigures = (run) => ({
  ...run,
  test: null,
  ...(run.curve && { curve: withoutTest(run.curve) }),
});
