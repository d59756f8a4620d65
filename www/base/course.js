// @ts-check
/** Where the pages of the course are in this language, as from the page. */
const LANGUAGE = globalThis.TRAINYARD_LANGUAGE ?? "en";

export const COURSE = LANGUAGE === "en" ? "lessons/" : `lessons/${LANGUAGE}/`;

/** The page that times a device, likewise. */
export const BENCH = LANGUAGE === "en" ? "bench.html" : `bench.${LANGUAGE}.html`;
