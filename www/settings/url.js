// @ts-check
/**
 * The link is the experiment: the address's hash holds what differs from the defaults, readable,
 * as `#source=spiral&noise=0.1&layers=8,8`. What can't be read is handed back, to be named on the
 * page, never silently dropped.
 */
import { isSetting, settingOf } from "./config.js";
import { parse } from "./parse.js";
import { changedSettings, parseFor, settingsFor } from "./spec.js";

/** The hash for these settings, without the "#"; empty when everything is at its default. `isWhole`: longer than a link may be. */
export function writeHash(/** @type {import("./spec.js").Settings} */ settings, isWhole = false) {
  // A comma may stand in a hash as it is; encoded it would only be harder to read.
  return changedSettings(settings, isWhole)
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":")}`)
    .join("&");
}

/** The same of the experiment alone, whatever step of the page is open. @type {typeof writeHash} */
export const experimentHash = (settings, isWhole) =>
  writeHash({ ...settings, view: settingOf("view").default }, isWhole);

/**
 * Settings from a hash, with or without its "#".
 *
 * @param {string} hash
 * @returns {{settings: import("./spec.js").Settings, hand: import("./spec.js").Settings, ignored: string[]}}
 *   `hand`: what the link says by itself; `ignored`: the parts that could not be used, as written
 */
export function readHash(hash) {
  /** @type {string[]} */
  const ignored = [];
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    const text = decode(rest.join("="));
    if (isSetting(key) && text !== null && rest.length && !texts.has(key)) texts.set(key, text);
    else ignored.push(part);
  }

  const named = parse(settingOf("source"), texts.get("source") ?? settingOf("source").default);
  if (named.problem) ignored.push(`source=${texts.get("source")}`);
  const source = named.value ?? settingOf("source").default;
  texts.delete("source");

  /** @type {import("./spec.js").Settings} */
  const hand = {};
  for (const [key, text] of texts) {
    const { value, problem } = parseFor(source, key, text);
    if (problem === null) hand[key] = value;
    else ignored.push(`${key}=${text}`);
  }
  // A link may say more than a hand: over a lesson's own settings too.
  return { settings: { ...settingsFor(source, hand), ...hand }, hand, ignored };
}

/** Parts of a link that are named, and letters of each: a link may have any number of either. */
export const MOST_PARTS = 8;
const MOST_LETTERS = 60;

/** The first parts that could not be used, as they may stand in a sentence. */
export const told = (/** @type {string[]} */ ignored) =>
  ignored.slice(0, MOST_PARTS).map((part) => (part.length > MOST_LETTERS ? `${part.slice(0, MOST_LETTERS)}…` : part));

function decode(/** @type {string} */ text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a lone % or a broken escape
  }
}
