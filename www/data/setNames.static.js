// @ts-check
/** The names of the real data sets, for page and worker; the build puts them in the place of this file. */
import { SETS } from "./sets.js";

export const SET_NAMES = SETS.map(({ name }) => name);
