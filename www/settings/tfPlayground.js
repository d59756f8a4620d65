// @ts-check
/**
 * Links of TensorFlow Playground, said in our own words: the same model (tanh at the output, half the squared error on ±1,
 * weights from ±0.5, biases from 0.1), the same data and rule. Its keys are those of its src/state.ts.
 *
 * Loaded with the first such link. It imports nothing, so that it can be.
 */
import { t } from "../base/text.js";

/** What is not as it is there, on purpose. */
export const NOTE = t("settings.linkTensorflowPlaygroundSame");

const SOURCES = { circle: "circle", xor: "xor", gauss: "gaussians", spiral: "spiral" };
const VALUES = { "reg-plane": "plane", "reg-gauss": "multi-gaussian" };
const FEATURES = { x: "x", y: "y", xSquared: "x2", ySquared: "y2", xTimesY: "xy", sinX: "sinx", sinY: "siny" };

/** It writes them into its links and has no such inputs. */
const NO_INPUTS = ["cosX", "cosY"];

/** Its controls that a link may hide, and what they are here. Of some there are none, or they can't be told from others. */
const CONTROLS = {
  showTestData: ["showTestData"],
  discretize: ["discretize"],
  playButton: ["play"],
  stepButton: ["step"],
  resetButton: ["reset"],
  learningRate: ["learningRate"],
  activation: ["activation"],
  regularization: ["more"],
  regularizationRate: ["more"],
  problem: ["source"],
  dataset: ["source"],
  percTrainData: ["trainingShare"],
  noise: ["noise"],
  batchSize: ["batchSize"],
  numHiddenLayers: ["layers"],
};

/** What a link without them means there. */
const DEFAULTS = {
  activation: "tanh",
  regularization: "none",
  batchSize: "10",
  dataset: "circle",
  regDataset: "reg-plane",
  learningRate: "0.03",
  regularizationRate: "0",
  noise: "0",
  networkShape: "4,2",
  showTestData: "false",
  discretize: "false",
  percTrainData: "50",
  problem: "classification",
  initZero: "false",
  hideText: "false",
  x: "true",
  y: "true",
};

/** Parts of the link that was read last which say nothing here, and what may stand there. @type {Map<string, string | undefined>} */
export const refused = new Map();

/** Keys that are about its own page. */
const WITHOUT_MEANING = ["collectStats", "tutorial", "numHiddenLayers", ""];

/**
 * A link of ours that opens the same experiment. What can't be understood stays in it as it is written, so that it is
 * reported as any unreadable part of a link is.
 *
 * @param {string} hash   with or without its "#"
 * @returns {string} without "#"
 */
export function translate(hash) {
  /** @type {Record<string, string>} */
  const given = {};
  refused.clear();
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [key, value = ""] = part.split("=");
    const hidden = key.endsWith("_hide") ? key.slice(0, -5) : "";
    const isKnown =
      Object.hasOwn(DEFAULTS, key) ||
      isInput(key) ||
      key === "seed" ||
      WITHOUT_MEANING.includes(key) ||
      Object.hasOwn(CONTROLS, hidden) ||
      isInput(hidden);
    if (NO_INPUTS.includes(key) && !isFlag(value)) continue;
    if (!isKnown) refused.set(part, undefined);
    // A blank value is none, but for the one list.
    else if (value.trim() || key === "networkShape") given[key] = decoded(value);
  }
  const read = reader({ ...DEFAULTS, ...given });
  const isHidden = (/** @type {string} */ key) => given[key] === "true";
  const isRegression = read.one("problem", { classification: false, regression: true }) ?? false;
  const source = isRegression
    ? (read.one("regDataset", VALUES) ?? "plane")
    : (read.one("dataset", SOURCES) ?? "circle");
  const layers = given.networkShape === "" ? "none" : read.text("networkShape");
  // A hidden input is none.
  const features = Object.entries(FEATURES)
    .filter(([key]) => read.flag(key) && !isHidden(`${key}_hide`))
    .map(([, name]) => name);
  if (!features.length)
    for (const key of ["x", "y"])
      refused.set(key in given ? `${key}=${given[key]}` : `${key}_hide=true`, t("settings.oneInputLeast"));
  const penalty = read.one("regularization", { none: null, L1: "l1", L2: "l2" }) ?? null;
  const isZero = read.flag("initZero");
  const hidden = Object.keys(given)
    .filter((key) => Object.hasOwn(CONTROLS, key.slice(0, -5)) && isHidden(key))
    .flatMap((key) => CONTROLS[/** @type {"noise"} */ (key.slice(0, -5))]);
  if (read.flag("hideText")) hidden.unshift("text");

  const ours = {
    source,
    noise: read.noise(),
    trainingShare: read.share(),
    features: features.join(",") || "x,y",
    scale: "none",
    batchSize: read.text("batchSize"),
    layers,
    activation: read.one("activation", { tanh: "tanh", relu: "relu", sigmoid: "sigmoid", linear: "linear" }) ?? "tanh",
    optimizer: "sgd",
    momentum: "0",
    learningRate: read.text("learningRate"),
    loss: "half-mse",
    epochs: "unlimited",
    outputActivation: isRegression ? "linear" : "tanh",
    ...(isZero ? { init: "zeros" } : { init: "uniform", initRange: "0.5", biasInit: "0.1" }),
    ...(penalty ? { [penalty]: read.text("regularizationRate") } : {}),
    ...(penalty === "l1" ? { l1Rule: "prune" } : {}),
    ...(given.seed ? { seed: String(seedOf(given.seed)) } : {}),
    showTestData: String(read.flag("showTestData")),
    discretize: String(read.flag("discretize")),
    ...(hidden.length ? { hide: [...new Set(hidden)].join(",") } : {}),
  };
  return [...Object.entries(ours).map(([key, value]) => `${key}=${value}`), ...refused.keys()].join("&");
}

const isInput = (/** @type {string} */ key) => Object.hasOwn(FEATURES, key);

/** Any text but "false" is true there; a blank one is not looked at. */
const isFlag = (/** @type {string | undefined} */ text) => Boolean(text?.trim()) && text !== "false";

function decoded(/** @type {string} */ text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken escape: no value of ours, and reported as such
  }
}

/** Reads values by key, and puts what is not one of them among the refused, as it was written. */
function reader(/** @type {Record<string, string>} */ texts) {
  const refuse = (/** @type {string} */ key, /** @type {string} */ what) =>
    void refused.set(`${key}=${texts[key]}`, `${key} ${what}.`);
  /** The value; the default for what is no number, or out of range where that doesn't pass. */
  const number = (/** @type {string} */ key, /** @type {number} */ min, /** @type {number} */ max, passes = false) => {
    const value = Number(texts[key]);
    const fits = passes || (value >= min && value <= max);
    if (texts[key] !== "" && Number.isFinite(value) && fits) return value;
    refuse(key, t("settings.mustNumberFrom", { value: "", min, max }));
    return Number(DEFAULTS[/** @type {"noise"} */ (key)]);
  };
  return {
    text: (/** @type {string} */ key) => texts[key],
    flag: (/** @type {string} */ key) => isFlag(texts[key]),
    /** @template V @param {string} key @param {Record<string, V>} choices @returns {V | undefined} */
    one(key, choices) {
      if (Object.hasOwn(choices, texts[key])) return choices[texts[key]];
      return refuse(key, t("settings.mustOne", { choices: Object.keys(choices).join(", ") }));
    },
    /** Its slider ends at 50; a link may say up to 80, what is above is 50 and what is below 0 is 0. */
    noise() {
      const noise = number("noise", 0, 80, true);
      return String((noise > 80 ? 50 : Math.max(noise, 0)) / 100);
    },
    /** Its slider goes from 10 to 90; a link may say more. */
    share() {
      return String(number("percTrainData", 10, 99) / 100);
    },
  };
}

/** Its seeds are any text, mostly "0.59704": its digits, where they make a number that we have, else a hash of the letters. */
function seedOf(/** @type {string} */ text) {
  const digits = Number(text.replace(/^0\./, "") || "0");
  if (Number.isInteger(digits) && digits >= 0 && digits <= 4294967295) return digits;
  let hash = 2166136261; // FNV-1a
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
