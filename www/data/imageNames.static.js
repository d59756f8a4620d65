// @ts-check
/** The names of the sets of pictures and of sounds, for what brings them; the build puts them in the place of this file. */
import { IMAGE_SETS } from "./imageSets.js";
import { SOUND_SETS } from "./soundSets.js";

export const IMAGE_NAMES = IMAGE_SETS.map(({ name }) => name);
export const SOUND_NAMES = SOUND_SETS.map(({ name }) => name);
