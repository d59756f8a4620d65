// @ts-check
/** Rows of a run's points, and what they hold. */
import { valuesOf } from "./valuesOf.js";

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The numbers of the rows of a part. @param {Uint8Array} parts of each row: 0 training, 1 validation, 2 test @param {number} part */
export const rowsOf = (parts, part) => Array.from(parts.keys()).filter((row) => parts[row] === part);

/** The numbers of some training rows, spread over all; not every second or third, which may all be of one class. @param {Uint8Array} part @param {number} most */
export function trainingRows(part, most) {
  const rows = rowsOf(part, 0);
  const count = Math.min(most, rows.length);
  // One of each stretch, at a place of its own in it: the golden ratio's multiples fall evenly and never in step.
  return Array.from({ length: count }, (_, i) => rows[Math.floor(((i + ((i * GOLDEN) % 1)) * rows.length) / count)]);
}

/** Where the row of that number is among the points; -1 where it is not. @param {import("../session/protocol.js").Points} points @param {number} row */
export const placeOf = ({ rows, part }, row) => (rows ? rows.indexOf(row) : row < part.length ? row : -1);

/** The values of some training rows. @param {import("../session/protocol.js").Points} points @param {number} width columns @param {number} most */
export const trainingSample = (points, width, most) => valuesOf(points, trainingRows(points.part, most), width);
