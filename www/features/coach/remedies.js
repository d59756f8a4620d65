// @ts-check
/**
 * What to try about what the coach says: in words, and as settings that one press changes. Both go by the diagnosis, so
 * neither advises against what the curvature, the optimizer or the model allows.
 *
 * @typedef {import("../../settings/spec.js").Settings} Settings
 * @typedef {import("./alerts.js").About} About
 * @typedef {import("./alerts.js").RunRecord} RunRecord
 *
 * @typedef {import("../../session/advice.js").Change} Remedy
 */
import { formatRate } from "../../base/format.js";
import {
  MUCH,
  NEURONS,
  USUAL,
  adam,
  hiddenLayer,
  relu,
  strongerL2,
  wider,
  withActivation,
} from "../../session/advice.js";
import { settingOf } from "../../settings/config.js";
import { activationsOf } from "../../settings/layerWords.js";
import { lowerRate, roundedDown } from "./divergence.js";
import { t } from "../../base/text.js";

/** So many layers of these in a row make a gradient vanish. */
const MOST_IN_A_ROW = { sigmoid: 1, tanh: 3 };

const isVanishing = (/** @type {string[]} */ names) =>
  Object.entries(MOST_IN_A_ROW).some(([one, most]) => names.filter((name) => name === one).length > most);

/** So many layers are enough on points of a plane. */
const MOST_LAYERS = 6;

/** Whether training did harm: steps are too long then, whatever else is wrong. @param {RunRecord} record */
export const isWorse = ({ points }) =>
  points.length > 0 && points[points.length - 1].training > 1.05 * points[0].training;

/** Whether neurons were dead from the start: no step killed them. @param {RunRecord} record */
const isBornDead = ({ looks }) => looks[0]?.units?.some(({ dead, of }) => dead >= of / 3) ?? false;

export const isRegularized = (/** @type {Settings} */ { l1, l2, dropout }) => l1 > 0 || l2 > 0 || dropout > 0;

/** Whether weighted classes would change anything. @param {About} about @param {RunRecord} record */
export const mayBalance = ({ settings }, { looks }) =>
  (looks.at(-1)?.share ?? 0) >= 0.6 &&
  settings.classWeights !== "balanced" &&
  settingOf("classWeights").when?.(settings) !== false;

const isPlain = (/** @type {Settings} */ { optimizer }) => optimizer === "sgd";

/** Whether plain descent steps further than the curvature allows. @param {About} about */
export const isTooLong = ({ settings, learningRate, allowed }) => isPlain(settings) && learningRate >= allowed;

/** Whether it could step much further. @param {About} about */
const isTooShort = ({ settings, learningRate, allowed }) => isPlain(settings) && learningRate < allowed / 4;

/** Which way the rate should go, where that is known: never against what the curvature allows. @param {About} about @param {boolean} wasHarmful */
export function rateAdvice(about, wasHarmful) {
  const { settings, allowed } = about;
  if (!settings.learningRate) return t("coach.largerLearningRate");
  if (isTooLong(about))
    return t("coach.learningRateBelowWhich", { toPrecision: formatRate(Number(allowed.toPrecision(2))) });
  if (wasHarmful) return t("coach.smallerLearningRate");
  if (!isPlain(settings)) return t("coach.differentLearningRate");
  return isTooShort(about) ? t("coach.largerLearningRate") : null;
}

/** What else the model could be. @param {Settings} settings */
export function modelAdvice(settings) {
  const { layers } = settings;
  if (isRegularized(settings)) return [t("coach.weakerRegularization")];
  if (!layers.length) return [t("coach.hiddenLayer"), t("coach.moreFeatures")];
  const isLinear = activationsOf(settings).every((name) => name === "linear");
  return isLinear ? [t("coach.nonlinearActivation")] : [t("coach.differentActivation"), t("coach.moreNeurons")];
}

/** "a", "a or b", "a, b, or c". @param {(string | null)[]} all */
export function anyOf(all) {
  const some = all.filter((one) => one !== null);
  return some.length < 3
    ? some.join(t("coach.or"))
    : t("coach.or2", { some: some.slice(0, -1).join(", "), some2: some.at(-1) });
}

/** @type {(learningRate: number) => Remedy} */
const useRate = (learningRate) => ({
  label: t("coach.useLearningRate", { learningRate: formatRate(learningRate) }),
  effect: t("coach.setsLearningRateTrains"),
  changes: { learningRate },
});

/** At a rate of 0 no weight moves, whatever else is changed: first one that is usual. @param {About} about @param {RunRecord} record @returns {Remedy} */
function started({ settings, allowed }, record) {
  const usual = isPlain(settings) ? MUCH : USUAL;
  const remedy = useRate(allowed > 0 ? roundedDown(Math.min(usual, allowed / 2)) : usual);
  return isWorse(record) ? { ...remedy, effect: t("coach.goesBackStartTrains"), from: 0 } : remedy;
}

/** Where training did harm, there is nothing to go on from but what was before. @param {About} about @param {RunRecord} record @returns {Remedy} */
function slower(about, record, wasHarmful = isWorse(record)) {
  const { learningRate: base } = about.settings;
  // Single batches are steeper than the whole.
  const margin = isTooLong(about) && about.batchSize < about.trainingRows / 2 ? 3 : 1;
  const { momentum = 0 } = about.settings;
  // From the start the loss may get steeper, and momentum makes each step count for several.
  const most = wasHarmful && about.allowed > 0 ? (about.allowed / 2) * ((1 - momentum) / (1 + momentum)) : Infinity;
  const rate = isPlain(about.settings) || base <= MUCH ? roundedDown(Math.min(lowerRate(about) / margin, most)) : USUAL;
  const remedy = useRate(Math.max(rate, 0.000001));
  if (!wasHarmful) return remedy;
  return { ...remedy, effect: t("coach.goesBackStartTrains"), from: 0 };
}

/** What would let a loss fall that stands still. @param {About} about @param {RunRecord} record @returns {Remedy} */
function moving(about, record) {
  const { settings } = about;
  const { layers, learningRate } = settings;
  if (isWorse(record) || isTooLong(about)) return slower(about, record);
  if (isRegularized(settings))
    return {
      label: t("coach.trainWithoutRegularization"),
      effect: t("coach.setsL1L2Dropout"),
      changes: { l1: 0, l2: 0, dropout: 0 },
    };
  if (!layers.length) return hiddenLayer();
  if (settings.init === "zeros")
    return {
      label: t("coach.useGlorotInitialization"),
      effect: t("coach.drawsDifferentWeightsEach"),
      changes: { init: "glorot-uniform" },
    };
  const names = activationsOf(settings);
  if (isVanishing(names) || names.every((name) => name === "linear")) return relu(settings);
  if (isPlain(settings)) return adam();
  if (learningRate > MUCH || learningRate < USUAL / 10) return useRate(USUAL);
  if (!layers.every((/** @type {unknown} */ layer) => typeof layer === "number")) return slower(about, record);
  const widened = wider(settings);
  if (widened) return widened;
  return layers.length < MOST_LAYERS
    ? {
        label: t("coach.addHiddenLayer"),
        effect: t("coach.addsNeuronsStartsAgain", { NEURONS }),
        changes: { layers: [...layers, NEURONS] },
      }
    : slower(about, record);
}

/** @type {Remedy} */
const BALANCED = {
  label: t("coach.useBalancedClassWeights"),
  effect: t("coach.letsRareClassesCount"),
  changes: { classWeights: "balanced" },
};

/** Whether the model and its steps could part the classes, so that only their weights keep it from that. @param {About} about */
const mayPart = ({ settings }) =>
  settings.layers.length > 0 &&
  settings.init !== "zeros" &&
  !isVanishing(activationsOf(settings)) &&
  !(isPlain(settings) && settings.learningRate < USUAL);

/** Neurons that died on the way were killed by steps that were too long. @param {About} about @param {RunRecord} record @returns {Remedy} */
function leaky(about, record) {
  if (about.settings.init === "zeros") return moving(about, record);
  const changes = withActivation(about.settings, ["relu"], "leaky-relu");
  const label = t("coach.useLeakyRelu");
  if (isBornDead(record))
    return about.settings.biasInit < 0
      ? {
          label,
          effect: t("coach.setsActivationWhichNo"),
          changes: { ...changes, biasInit: 0 },
        }
      : { label, effect: t("coach.setsActivationWhichNo2"), changes };
  const { learningRate } = slower(about, record, false).changes;
  const effect = t("coach.setsActivationWhichNo3", { learningRate: formatRate(learningRate) });
  return { label, effect, changes: { ...changes, learningRate } };
}

/**
 * What one press can do about it, what fits the diagnosis best first.
 *
 * @param {import("./alerts.js").Alert["kind"]} kind
 * @param {About} about
 * @param {RunRecord} record
 * @returns {Remedy[]}
 */
export function remediesFor(kind, about, record) {
  const { settings } = about;
  if (!settings.learningRate && kind !== "overfitting") return [started(about, record)];
  switch (kind) {
    case "overfitting":
      return [strongerL2(settings)].filter((remedy) => remedy !== null);
    case "noisy":
      return [slower(about, record)];
    case "overshooting":
      return [slower(about, record, true)];
    case "dying":
      return [leaky(about, record)];
    case "collapse":
      return [mayBalance(about, record) && mayPart(about) ? BALANCED : moving(about, record)];
    default:
      return [moving(about, record)];
  }
}
