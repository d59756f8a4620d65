// @ts-check
/** The page's colours for the charts: read from the stylesheet, again when light turns dark. */
import { rgb } from "../charts/colour.js";

const NAMES = ["minus", "zero", "plus", "surface", "ink", "muted", "line", "accent"];

/**
 * @param {Element} element
 * @returns {import("../charts/colour.js").Theme}
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  return /** @type {any} */ (Object.fromEntries(NAMES.map((name) => [name, rgb(style.getPropertyValue(`--${name}`))])));
}

/**
 * Calls back when the theme or the screen's pixel ratio changes; returns the function that ends it.
 *
 * @param {() => void} listener
 */
export function watchTheme(listener) {
  const queries = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(forced-colors: active)")];
  for (const query of queries) query.addEventListener("change", listener);
  return () => queries.forEach((query) => query.removeEventListener("change", listener));
}
