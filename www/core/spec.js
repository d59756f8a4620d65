// @ts-check
/**
 * From the settings on the page to the experiment as one document, the Spec. Settings are a flat
 * object by key, because some of them (the activation of a net without hidden layers, the momentum
 * while Adam is chosen) have no place in the Spec just now and must not be forgotten.
 *
 * @typedef {Record<string, any>} Settings
 */
import { SETTINGS, parse, settingOf, write } from "./config.js";
import { featuresOf, sourceOf } from "./sources.js";

/** What every setting is until somebody says otherwise, for one source. */
export function defaultsFor(/** @type {string} */ name) {
  const source = sourceOf(name);
  /** @type {Settings} */
  const settings = {};
  for (const row of SETTINGS) settings[row.key] = row.default;
  return { ...settings, samples: source.samples, features: source.columns, ...withoutNulls(source.recommended), source: source.name };
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

/** @param {import("./sources.js").Source} source @param {string} key @param {any} value */
function makesSense(source, key, value) {
  if (key === "features") return value.every((/** @type {string} */ name) => featuresOf(source).includes(name));
  if (key === "loss") return value !== "cross-entropy" || source.task === "classification";
  return true;
}

/** The Spec of these settings. Only the core knows whether it can be trained. */
export function specFrom(/** @type {Settings} */ settings) {
  const { activation, learningRate, momentum, optimizer, trainingShare } = settings;
  return {
    version: 1,
    seed: settings.seed,
    engine: "auto",
    data: {
      source: settings.source,
      samples: settings.samples,
      noise: settings.noise,
      features: settings.features,
      scale: settings.scale,
      // Rounded, so that 1 − 0.8 is 0.2 in the document as it is on paper.
      split: { train: trainingShare, validation: 0, test: Number((1 - trainingShare).toFixed(6)), stratify: true },
    },
    model: {
      layers: settings.layers.map((/** @type {number} */ units) => ({ type: "dense", units, activation })),
      init: "glorot-uniform",
    },
    training: {
      loss: settings.loss,
      optimizer: optimizer === "sgd" ? { type: "sgd", learningRate, momentum } : { type: optimizer, learningRate },
      batchSize: settings.batchSize,
      stop: { maxEpochs: settings.epochs },
    },
  };
}

/**
 * The settings that differ from their source's defaults, as a link writes them, in the table's order.
 *
 * @param {Settings} settings
 * @returns {[string, string][]}
 */
export function differences(settings) {
  const defaults = defaultsFor(settings.source);
  return SETTINGS.filter((row) =>
    row.key === "source" ? settings.source !== row.default : write(row, settings[row.key]) !== write(row, defaults[row.key]),
  ).map((row) => [row.key, write(row, settings[row.key])]);
}

/**
 * Reads one setting for a source; refuses what `parse` takes but this source has no use for.
 *
 * @param {string} name the source
 * @param {string} key
 * @param {string} text
 */
export function parseFor(name, key, text) {
  const read = parse(settingOf(key), text);
  if (read.problem === null && !makesSense(sourceOf(name), key, read.value)) {
    return { value: null, problem: `${settingOf(key).label} ${text} does not fit the data set ${sourceOf(name).label}.` };
  }
  return read;
}

const withoutNulls = (/** @type {Settings} */ settings) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
