// @ts-check
/** The folds below the panels, by their rows in `features.js`. */
import { Fold } from "../ui/fold.js";
import { FEATURES } from "./features.js";
import { partOf } from "./partOf.js";
import { withStyle } from "../ui/withStyle.js";

/** @typedef {import("./features.js").Feature} Feature */

const nameOf = (/** @type {string} */ id) => `ty-${id}-fold`;

/** Those with a fold of their own, in the page's order. */
export const FOLDED = FEATURES.filter(({ title }) => title);

/** Each fold's element, by its name. */
export const FOLDS = Object.fromEntries(FOLDED.map(({ id }) => [nameOf(id), class extends Fold {}]));

/**
 * A feature's fold.
 *
 * @param {Feature} feature
 * @param {object} properties   of the fold, and of what answers in it
 */
export function foldOf({ id, title = "", question, element = "", comesWith = id, isPictured = false }, properties) {
  const fold = /** @type {Fold} */ (document.createElement(nameOf(id)));
  fold.className = "panel fold-panel";
  fold.setAttribute("role", "region");
  fold.setAttribute("aria-label", title);
  fold.picture.dataset.of = id;
  fold.picture.hidden = !isPictured;
  const contents = () => Object.assign(document.createElement(element), properties);
  const load = (/** @type {HTMLElement} */ place) => withStyle(place, partOf(comesWith));
  return Object.assign(fold, { ...properties, question, contents, load });
}
