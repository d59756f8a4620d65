// @ts-check
/**
 * The page's texts, by key. This module is for Node alone: the build puts each text in the place of its `t(…)`
 * (translate.mjs), so keys are written as they are, and values as an object in the call.
 */
import { catalogueOf, cut } from "../strings/catalogue.mjs";
import { plural, pluralBy } from "./count.js";

/** The build and tests may ask for another one, before any module of the page is loaded. */
const LANGUAGE = globalThis.TRAINYARD_LANGUAGE || "en";
const TEXTS = catalogueOf(LANGUAGE);

/** What stands for a placeholder. @typedef {Record<string, unknown>} Values */

/** @param {string} key */
function textOf(key) {
  const text = TEXTS[key];
  if (text === undefined) throw new Error(`strings/${LANGUAGE} has no “${key}”`);
  return text;
}

/** @param {string} text @param {Values} values */
const filled = (text, values) =>
  cut(text)
    .map((part, i) => (i % 2 ? String(values[part]) : part))
    .join("");

/**
 * A text. Of one with plural forms `count` chooses the form.
 *
 * @param {string} key
 * @param {Values} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = textOf(key);
  if (typeof text === "string") return filled(text, values);
  const { count } = /** @type {{count: number}} */ (values);
  const form = (/** @type {string} */ one) => (/** @type {string} */ written) =>
    filled(one, { ...values, count: written });
  const forms = Object.fromEntries(Object.entries(text).map(([name, one]) => [name, form(one)]));
  return Object.keys(forms).length === 2 ? plural(count, forms.one, forms.other) : pluralBy(LANGUAGE, count, forms);
}

/**
 * A text in a template, in pieces: its values may be templates themselves.
 *
 * @param {string} key
 * @param {Values} values
 * @returns {unknown[]}
 */
export const parts = (key, values) =>
  cut(/** @type {string} */ (textOf(key))).map((part, i) => (i % 2 ? values[part] : part));

/**
 * All texts of an area by name, for what is chosen while the page runs: what the core says, by its codes.
 *
 * @param {string} name
 * @returns {Record<string, string>}
 */
export const area = (name) =>
  Object.fromEntries(
    Object.entries(TEXTS).flatMap(([key, text]) =>
      key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), /** @type {string} */ (text)]] : [],
    ),
  );
