// @ts-check
/** The names of the sets of pictures, for what brings them; the build puts them in the place of this file. */
import { IMAGE_SETS } from "./imageSets.js";

export const IMAGE_NAMES = IMAGE_SETS.map(({ name }) => name);
