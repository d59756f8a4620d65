// @ts-check
/** What `import "trainyard"` gives: the element's class and its name, from files that are served as they are. */

/** By the address of the files. @type {Map<string, Promise<typeof import("./index.js").TrainYard>>} */
const known = new Map();

/** Where the files lie beside this module, when no bundler moved it. */
const BESIDE = import.meta.url.replace(/[^/]*$/, "files/");

/**
 * Makes `<train-yard>` known. Small: all else is loaded when the first element comes near the viewport.
 *
 * @param {object} [options]
 * @param {string} [options.files]   where the folder `files/` of this package is served; bundlers move this module, so they need it
 * @param {string} [options.lang]    "en" or "de"; that of the page unless it is given
 * @returns {Promise<typeof import("./index.js").TrainYard>} the class
 * @throws a sentence that names the address, where nothing is found there
 */
export function define({ files = BESIDE, lang } = {}) {
  const address = new URL("element.js", new URL(files.replace(/\/?$/, "/"), document.baseURI));
  if (lang) address.searchParams.set("lang", lang);
  const { href } = address;
  const before = known.get(href);
  if (before) return before;
  const found = import(/* webpackIgnore: true */ /* @vite-ignore */ href).then(
    ({ TrainYard }) => TrainYard,
    (error) => {
      known.delete(href);
      throw new Error(
        `<train-yard> was not found at ${href} (${error.message}). Copy its files there: npx trainyard-files FOLDER; then say where they are: define({ files: "FOLDER" }).`,
      );
    },
  );
  known.set(href, found);
  return found;
}
