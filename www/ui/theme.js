// @ts-check
/** The page's colors for the charts: read from the stylesheet, again when light turns dark. */
import { rgb } from "./charts/color.js";

const NAMES = ["minus", "zero", "plus", "surface", "ink", "muted", "line", "accent"];

/** Reading styles makes the browser work them out: once for all views of a playground. @type {WeakMap<object, import("./charts/color.js").Theme>} */
const known = new WeakMap();

/**
 * @param {Element} element
 * @param {object} owner   what the views that share these colors have in common
 * @returns {import("./charts/color.js").Theme}
 */
export function readTheme(element, owner) {
  if (!known.has(owner)) known.set(owner, read(element));
  return /** @type {import("./charts/color.js").Theme} */ (known.get(owner));
}

function read(/** @type {Element} */ element) {
  const style = getComputedStyle(element);
  const colors = Object.fromEntries(NAMES.map((name) => [name, rgb(style.getPropertyValue(`--${name}`))]));
  // Two classes are minus and plus; a third and more have colors of their own.
  const more = [2, 3, 4].map((index) => rgb(style.getPropertyValue(`--class-${index}`)));
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return /** @type {import("./charts/color.js").Theme} */ ({
    ...colors,
    classes: [colors.minus, colors.plus, ...more],
    unit,
  });
}

/** The colors are new: they are read again. */
export const forgetTheme = (/** @type {object} */ owner) => known.delete(owner);

/**
 * Calls back when the colors or the sizes change, as in the stylesheet; returns the function that ends it.
 *
 * @param {() => void} listener
 */
export function watchTheme(listener) {
  const queries = ["(prefers-color-scheme: dark)", "(min-width: 137.5em)", "(min-width: 200em)"].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener("change", listener);
  // Chosen by hand, both are marks on the document.
  const marks = new MutationObserver(listener);
  marks.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-density"] });
  return () => {
    marks.disconnect();
    for (const query of queries) query.removeEventListener("change", listener);
  };
}
