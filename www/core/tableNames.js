// @ts-check
/** The sources that are tables: their rows are brought to the worker, not made there. Page and worker both know them. */

/** What a Spec calls rows of the user's own. */
export const OWN_NAME = "table";

/** The real data sets; their rows are data/NAME.csv beside the page. */
export const SET_NAMES = [
  "iris", "penguins", "breast-cancer", "wine", "titanic", "pima", "auto-mpg", "airquality", "diabetes", "pd-speech",
];

export const isTable = (/** @type {string} */ source) => source === OWN_NAME || SET_NAMES.includes(source);
