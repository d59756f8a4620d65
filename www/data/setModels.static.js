// @ts-check
/**
 * What a link to a real data set leaves out: its cleaning steps to begin with, and a first model. The build puts the values in
 * the place of this file, so that the first load lacks all the words that data/sets.js has besides.
 */
import { IMAGE_SETS } from "./imageSets.js";
import { SETS } from "./sets.js";
import { SOUND_SETS } from "./soundSets.js";

/** @typedef {Pick<import("./sets.js").RealSet, "title" | "recommended"> & Partial<Pick<import("./sets.js").RealSet, "task" | "kinds" | "clean">>} SetModel */

/** Few are a regression, or have kinds and steps: the others go without, for they are the first thing that is fetched. */
const filled = (/** @type {object} */ value) => (Object.keys(value).length ? value : undefined);

/** In the order of their names, as setNames.static.js has them. @type {SetModel[]} */
export const SET_MODELS = [...SETS, ...IMAGE_SETS, ...SOUND_SETS].map(({ title, task, kinds, clean, recommended }) => ({
  title,
  task: task === "regression" ? task : undefined,
  kinds: /** @type {SetModel["kinds"]} */ (filled(kinds)),
  clean: /** @type {SetModel["clean"]} */ (filled(clean)),
  recommended,
}));
