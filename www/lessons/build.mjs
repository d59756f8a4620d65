// The pages of the course, below dist/lessons, and their scripts, in the build's folder.
import { buildPages } from "../sidePages.mjs";
import { pagesOf } from "./pages.mjs";

/** Resolves to the names of the files written, as from dist/. @param {Parameters<typeof buildPages>[1]} site */
export const buildCourse = (site) =>
  buildPages(
    {
      entries: ["lessons/look.js", "lessons/page.js"],
      words: new URL("words.static.js", import.meta.url).href,
      pagesOf,
    },
    site,
  );
