// @ts-check
/** The sources that are tables: their rows are brought to the worker, not made there. Page and worker both know them. */
import { SET_NAMES } from "../data/setNames.static.js";

/** What a Spec calls rows of the user's own. */
export const OWN_NAME = "table";

/** What is known of a table before there is one. @type {import("../session/tables.js").TableState} */
export const NO_TABLE = {
  phase: "empty",
  source: "",
  title: "",
  progress: { rows: 0, bytes: 0, total: 0 },
  description: null,
  problem: null,
};

export const isTable = (/** @type {string | null | undefined} */ source) =>
  source === OWN_NAME || SET_NAMES.includes(/** @type {string} */ (source));
