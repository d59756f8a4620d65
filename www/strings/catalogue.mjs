// @ts-nocheck: Node's own modules have no types here
// The page's texts by language, as files have them: for the build, which puts each text in the place of its key, and for
// tests in Node. The page itself never loads a catalogue.
import { readFileSync, readdirSync } from "node:fs";

/** The first one is complete in itself, and what a browser gets that speaks none of them. */
export const LANGUAGES = ["en", "de"];

/**
 * All texts of a language by key, as `area.name`: area.json in the language's folder has them by name. A text has
 * placeholders, `{name}`; one that depends on a number is an object of its plural forms, by the categories of
 * `Intl.PluralRules`, and `{count}` in them is that number.
 *
 * @param {string} language
 * @returns {Record<string, string | Record<string, string>>}
 */
export function catalogueOf(language) {
  const folder = new URL(`${language}/`, import.meta.url);
  const areas = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    areas.flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(new URL(file, folder), "utf8"))).map(([name, message]) => [
        `${file.slice(0, -".json".length)}.${name}`,
        message,
      ]),
    ),
  );
}

/** A text cut at its placeholders: text and name in turn, and text at both ends. @param {string} text */
export const cut = (text) => text.split(/\{(\w+)\}/);
