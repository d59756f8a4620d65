// @ts-check
/** The names of the real data sets, of rows and of pictures, for page and worker; the build puts them in the place of this file. */
import { IMAGE_SETS } from "./imageSets.js";
import { SETS } from "./sets.js";
import { SOUND_SETS } from "./soundSets.js";

export const SET_NAMES = [...SETS, ...IMAGE_SETS, ...SOUND_SETS].map(({ name }) => name);
