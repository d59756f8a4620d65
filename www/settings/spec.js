// @ts-check
/**
 * From the settings on the page to the experiment as one document, the Spec. Settings are a flat
 * object by key, because some of them (the activation of a net without hidden layers, the momentum
 * while Adam is chosen) have no place in the Spec just now and must not be forgotten.
 *
 * @typedef {Record<string, any>} Settings   by key; any: what a value may be says its row in config.js
 *
 * @typedef {import("../pkg-full/trainyard.js").Spec} Spec
 * @typedef {NonNullable<Spec["data"]>} DataOfSpec
 * @typedef {NonNullable<Spec["training"]>} TrainingOfSpec
 * @typedef {NonNullable<DataOfSpec["split"]> & {test: number}} SplitOfSpec
 * @typedef {Spec & {
 *   data: DataOfSpec & {split: SplitOfSpec},
 *   model: NonNullable<Spec["model"]>,
 *   training: TrainingOfSpec & {stop: NonNullable<TrainingOfSpec["stop"]>},
 * }} WrittenSpec   with the parts that settings always write
 * @typedef {import("../pkg-full/trainyard.js").CleaningStep} CleaningStep
 * @typedef {import("../pkg-full/trainyard.js").ReadChoices} ReadChoices
 */
import { SETTINGS, applies, effective, settingOf } from "./config.js";
import { rounded } from "./advancedSettings.js";
import { parse, write } from "./parse.js";
import { fits } from "./schema.js";
import { FIELDS, COLUMN_KINDS, LIVE } from "./schema.static.js";
import { DRAWN, featuresOf, pointsOf, sourceOf } from "./sources.js";
import { isTable } from "./tableNames.js";
import { t } from "../base/text.js";

/** Letters of drawn points in a link, about 400 points: what passes links on cuts longer ones. */
export const MOST_IN_LINK = 4000;

/** What every setting is until somebody says otherwise, for one source. */
export function defaultsFor(/** @type {string} */ name) {
  const source = sourceOf(name);
  /** @type {Settings} */
  const settings = {};
  for (const row of SETTINGS) settings[row.key] = row.default;
  return /** @type {Settings} */ ({
    ...settings,
    samples: source.samples,
    features: isTable(source.name) ? null : source.columns,
    ...withoutNulls(source.recommended),
    source: source.name,
  });
}

/**
 * The settings for a source: its defaults, and over them what was set by hand, as far as it makes
 * sense there. A lesson's own settings win.
 *
 * @param {string} name
 * @param {Settings} hand
 */
export function settingsFor(name, hand) {
  const source = sourceOf(name);
  const settings = defaultsFor(name);
  for (const [key, value] of Object.entries(hand)) {
    if (key === "source" || (source.lesson && Object.hasOwn(source.recommended, key))) continue;
    if (makesSense(source, key, value)) settings[key] = value;
  }
  return settings;
}

/** Choices that only classes give a meaning. */
const NEED_CLASSES = ["cross-entropy", "hinge", "testAccuracy"];

/** Settings that belong to one table and to no other. */
const OF_ONE_TABLE = ["features", "target", "task", "read", "kinds", "clean", "augment", "axes"];

/** @param {import("./sources.js").Source} source @param {string} key @param {Settings[string]} value */
export function makesSense(source, key, value, task = source.task) {
  if (key === "corrupt")
    return (
      isRecord(value) &&
      Object.entries(value).every(([damage, share]) => {
        const field = FIELDS[`data.corrupt.${damage}`];
        return field !== undefined && fits(field, share);
      })
    );
  if (key === "points") return value === "" || (source === DRAWN && pointsOf(value) !== null);
  if (isTable(source.name)) {
    if (key === "features")
      return (
        value === null || (Array.isArray(value) && isListOfNames(value.map((feature) => feature?.formula ?? feature)))
      );
    if (key === "axes") return value === null || (isListOfNames(value) && value.length === 2);
    if (key === "kinds") return isRecord(value) && Object.values(value).every((kind) => COLUMN_KINDS.includes(kind));
    if (key === "read") return isRecord(value);
    if (key === "clean") return Array.isArray(value) && value.every(isRecord);
  } else if (key === "features")
    return Array.isArray(value) && value.every((name) => featuresOf(source).includes(name));
  else if (OF_ONE_TABLE.includes(key)) return JSON.stringify(value) === JSON.stringify(settingOf(key).default);
  return task !== "regression" || !NEED_CLASSES.includes(value);
}

const isRecord = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isListOfNames = (/** @type {unknown} */ value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((name) => typeof name === "string") &&
  new Set(value).size === value.length;

/** What a table's description depends on, and the run with it. */
const SEEN_BY = ["target", "task", "read", "kinds", "clean"];

/** Whether a table has to be looked at again before a run can have these settings. */
export const isSeenAnew = (/** @type {Settings} */ before, /** @type {Settings} */ after) =>
  isTable(after.source) && SEEN_BY.some((key) => before[key] !== after[key]);

/** What of the Spec is about the table. */
export const dataOf = (/** @type {Settings} */ settings) => specFrom(settings).data;

/** What was set by hand, without what another table would not understand. */
export const withoutTable = (/** @type {Settings} */ hand) =>
  Object.fromEntries(Object.entries(hand).filter(([key]) => !OF_ONE_TABLE.includes(key)));

/** The Spec of these settings: each at its path, if it means anything. Only the core knows whether it can be trained. @returns {WrittenSpec} */
export function specFrom(/** @type {Settings} */ settings) {
  /** any: put together path by path. @type {any} */
  const spec = { version: 1 };
  for (const row of SETTINGS) {
    if (!row.path) continue;
    const written = valueOf(row, settings);
    if (written !== undefined) put(spec, row.path.split("."), written);
  }
  spec.data.split.test = rounded(1 - settings.trainingShare);
  return spec;
}

/** What the Spec has of a setting; undefined: nothing. */
function valueOf(/** @type {import("./config.js").Setting} */ row, /** @type {Settings} */ settings) {
  if (!applies(row, settings)) return undefined;
  const value = effective(row, settings);
  return row.inSpec ? row.inSpec(value, settings) : value;
}

function put(
  /** @type {Record<string, any>} any: a document */ object,
  /** @type {string[]} */ [step, ...more],
  /** @type {unknown} */ value,
) {
  if (more.length) put((object[step] ??= {}), more, value);
  else object[step] = value;
}

/**
 * What a run of the settings `before` has to be told to become one of `after`: the values that may change
 * while it trains. Null when it has to start again.
 *
 * @param {Settings} before
 * @param {Settings} after
 * @returns {{learningRate?: number, maxEpochs?: number | null} | null}
 */
export function liveChanges(before, after) {
  /** @type {Record<string, unknown>} */
  const changes = {};
  for (const row of SETTINGS) {
    if (!row.path) continue;
    const [old, now] = [before, after].map((settings) => valueOf(row, settings));
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    if (!LIVE.includes(row.path)) return null;
    changes[row.path.slice(row.path.lastIndexOf(".") + 1)] = now;
  }
  return changes;
}

/**
 * The settings that differ from their source's defaults, as a link writes them, in the table's order.
 *
 * @param {Settings} settings
 * @param {boolean} [isWhole]   with as many points as there are
 * @returns {[string, string][]}
 */
export function changedSettings(settings, isWhole = false) {
  const defaults = defaultsFor(settings.source);
  const written = (/** @type {import("./config.js").Setting} */ row, /** @type {Settings} */ { [row.key]: value }) =>
    row.key === "features" && isTable(settings.source) ? JSON.stringify(value) : write(row, value);
  return SETTINGS.filter((row) =>
    row.key === "points" && !isWhole && settings.points.length > MOST_IN_LINK
      ? false
      : row.key === "source"
        ? settings.source !== row.default
        : written(row, settings) !== written(row, defaults),
  ).map((row) => [row.key, written(row, settings)]);
}

/** The folded settings of a panel that mean something and are not at their source's default. */
export function foldedChanges(/** @type {Settings} */ settings, /** @type {string} */ fold) {
  const defaults = defaultsFor(settings.source);
  return SETTINGS.filter(
    (row) =>
      row.fold === fold && applies(row, settings) && write(row, settings[row.key]) !== write(row, defaults[row.key]),
  );
}

/**
 * Reads one setting for a source; refuses what `parse` takes but this source has no use for.
 *
 * @param {string} name the source
 * @param {string} key
 * @param {string} text
 */
export function parseFor(name, key, text) {
  const row = settingOf(key);
  // Columns may have any names: a list of them is a document.
  const read = parse(key === "features" && isTable(name) ? { ...row, type: "json" } : row, text);
  if (read.problem === null && !makesSense(sourceOf(name), key, read.value)) {
    return {
      value: null,
      problem: t("settings.doesNotFitData", { label: settingOf(key).label, text, label2: sourceOf(name).label }),
    };
  }
  return read;
}

const withoutNulls = (/** @type {Settings} */ settings) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
