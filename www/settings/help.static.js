// @ts-check
/** What each setting is for, as its row says: the build leaves it out of the rows and puts it in the place of this file. */
import { SETTINGS } from "./config.js";

/** @type {Record<string, string>} */
export const HELP = Object.fromEntries(SETTINGS.map(({ key, help }) => [key, help]));
