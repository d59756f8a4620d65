// @ts-check
/** How the page gets its own files. A sandboxed frame may fetch none: the build puts `carried/` in the place of this module there. */

/** Put in by build.mjs; tests have none. */
const BUILD = globalThis.TRAINYARD_BUILD;

/** The folder of the page's files: whatever file this code ends up in, they are named from there. */
const HOME = BUILD ? `${import.meta.url.split(BUILD)[0]}${BUILD}/` : new URL("../", import.meta.url).href;

/** The address of one of the page's files; each language has scripts of its own. @param {string} name   as from `www/` */
export const addressOf = (name) =>
  HOME + (globalThis.TRAINYARD_SCRIPTS && /^\w.*\.js/.test(name) ? globalThis.TRAINYARD_SCRIPTS : "") + name;

/** A module of ours. any: its caller says which it is. @param {string} name @returns {Promise<any>} */
export const importFile = (name) => import(addressOf(name));

/** @param {string} name @param {RequestInit} [options] */
export const fetchFile = (name, options) => fetch(addressOf(name), options);
