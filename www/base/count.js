// @ts-check
/** Whole numbers, and the texts that depend on them. */

/** A whole number with its thousands apart. By hand: the browser's own way takes it 10 ms the first time. */
export const formatCount = (/** @type {number} */ value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");

/** A form of a text: what makes it of the number as it is written, or what comes behind that number. @typedef {string | ((count: string) => string)} Form */

const write = (/** @type {number} */ count, /** @type {Form} */ form) => {
  const text = formatCount(count);
  return typeof form === "string" ? text + form : form(text);
};

/** Where only one of a thing has a form of its own, as in English and German. @param {number} count @param {Form} one @param {Form} other */
export const plural = (count, one, other) => write(count, Math.round(count) === 1 ? one : other);

/** In any other language. @param {string} language @param {number} count @param {Record<string, Form>} forms */
export const pluralBy = (language, count, forms) =>
  write(count, forms[new Intl.PluralRules(language).select(Math.round(count))] ?? forms.other);
