// @ts-check
/**
 * What a report holds besides the run itself: panels in which something was done say it, in the words and numbers that they
 * show. It is text without markup; who writes the report gives it a form.
 *
 * @typedef {object} Section
 * @property {string} title
 * @property {string[]} [facts]     "name: value", one each
 * @property {Table[]} [tables]
 * @property {string[]} [words]     a paragraph each
 * @property {{part: number, rows: number}} [on]   which rows it is about: of the training (0), validation (1) or test set (2)
 *
 * @typedef {{head: string[], rows: string[][]}} Table   the first cell of a row names it
 *
 * @typedef {Section | null | Promise<Section | null>} Told   null: nothing was done
 * @typedef {(answers: import("../session/scoring.js").Answer[]) => Told[]} Tell   gets how good the run is, as it stands, on
 *   each part of the rows that may be seen
 */

/** @type {WeakMap<object, Map<string, Tell>>} */
const known = new WeakMap();

/** Who has something to say of a playground, by name. @returns {Map<string, Tell>} */
export function tellersOf(/** @type {object} */ playground) {
  const tellers = known.get(playground) ?? new Map();
  known.set(playground, tellers);
  return tellers;
}
