// @ts-check
/** Words that say that there is nothing, as the core's reader of tables knows them: a native test wrote missing.json. */
import words from "./missing.json" with { type: "json" };

/** In any column. @type {string[]} */
export const MISSING = words.always;
/** Where numbers or dates are meant: they may be names among names. @type {string[]} */
export const MISSING_AMONG_NUMBERS = words.amongNumbers;
