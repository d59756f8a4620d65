// @ts-check
/**
 * What may be tried next, by one name and with one effect each. The coach offers it by its diagnosis, the answer by what
 * came out: none is written twice, so none is offered twice.
 *
 * @typedef {import("../settings/spec.js").Settings} Settings
 *
 * @typedef {object} Step
 * @property {string} label       of the button
 * @property {string} effect      what it does, in a sentence
 * @property {Settings} [changes] set, then it trains
 * @property {number} [from]      the epoch to go back to first
 * @property {string} [source]    a data set that is chosen, then it trains
 * @property {string} [place]     a part of the page that is opened
 *
 * @typedef {Step & {changes: Settings}} Change
 */
import { activationsOf } from "../settings/layerWords.js";
import { shortened } from "../settings/parse.js";
import { DRAWN, sourceOf } from "../settings/sources.js";
import { t } from "../base/text.js";

/** The rate most use with an adaptive optimizer, which moves every weight by about its rate per step; by more than `MUCH` is much. */
export const USUAL = 0.01;
export const MUCH = 0.03;

/** So many neurons tell most shapes on a plane apart. */
export const NEURONS = 8;

/** A stronger penalty leaves little to learn. */
const MOST_L2 = 0.1;

const REPLACED_BY_RELU = ["sigmoid", "tanh", "linear"];

/** Every layer gets another activation where it has one of these. @param {Settings} settings @param {string[]} old @param {string} name */
export function withActivation({ layers, activation }, old, name) {
  const swapped = (/** @type {string} */ one) => (old.includes(one) ? name : one);
  /** @type {(layer: number | import("../settings/layers.js").Layer) => number | import("../settings/layers.js").Layer} */
  const changed = (layer) =>
    typeof layer === "number"
      ? layer
      : {
          ...layer,
          ...(layer.activation && { activation: swapped(layer.activation) }),
          ...(layer.layers && { layers: layer.layers.map(changed) }),
        };
  return { activation: shortened(activation.map(swapped)), layers: layers.map(changed) };
}

/** A penalty, or a stronger one; null where it is strong already. @param {Settings} settings @returns {Change | null} */
export function strongerL2({ l2 }) {
  const next = l2 > 0 ? Number((3 * l2).toPrecision(2)) : 0.01;
  if (next > MOST_L2) return null;
  return {
    label: `${l2 > 0 ? t("session.raiseL2") : t("session.addL2")} ${next}`,
    effect: t("session.setsL2PenaltyWhich"),
    changes: { l2: next },
  };
}

/** @returns {Change} */
export const hiddenLayer = () => ({
  label: t("session.addHiddenLayer"),
  effect: t("session.addsNeuronsReluStarts", { NEURONS }),
  changes: { layers: [NEURONS], activation: ["relu"] },
});

/** Narrow layers get as many neurons as most shapes need; null where all have, or are of other kinds. @param {Settings} settings @returns {Change | null} */
export const wider = ({ layers }) =>
  layers.every((/** @type {unknown} */ layer) => typeof layer === "number") &&
  layers.some((/** @type {number} */ units) => units < NEURONS)
    ? {
        label: t("session.useNeuronsPerLayer", { NEURONS }),
        effect: t("session.widensNarrowLayersStarts"),
        changes: { layers: layers.map((/** @type {number} */ units) => Math.max(units, NEURONS)) },
      }
    : null;

/** @returns {Change} */
export const adam = () => ({
  label: t("session.useAdam"),
  effect: t("session.setsOptimizerLearningRate", { USUAL }),
  changes: { optimizer: "adam", learningRate: USUAL },
});

/** In place of what makes gradients vanish; with a rate that suits it. @param {Settings} settings @returns {Change} */
export function relu(settings) {
  const changes = withActivation(settings, REPLACED_BY_RELU, "relu");
  const label = t("session.useRelu");
  if (settings.learningRate <= MUCH) return { label, effect: t("session.setsActivationStartsAgain"), changes };
  const effect = t("session.setsActivationLearningRate", { MUCH });
  return { label, effect, changes: { ...changes, learningRate: MUCH } };
}

/** Whether that would change anything. */
export const mayUseRelu = (/** @type {Settings} */ settings) =>
  settings.layers.length > 0 && activationsOf(settings).some((name) => REPLACED_BY_RELU.includes(name));

/** @returns {Change} */
export const longer = (/** @type {number} */ epochs) => ({
  label: t("session.trainTwiceLong"),
  effect: t("session.setsEpochsTrains", { epochs: 2 * epochs }),
  changes: { epochs: 2 * epochs },
});

/** @returns {Change} */
export const someNoise = () => ({
  label: t("session.add20Noise"),
  effect: t("session.mixesChanceIntoData"),
  changes: { noise: 0.2 },
});

/** @returns {Change} */
export const noHiddenLayers = () => ({
  label: t("session.removeHiddenLayers"),
  effect: t("session.makesLinearModelStarts"),
  changes: { layers: [] },
});

/** From easy to hard. */
const LADDERS = [
  ["gaussians", "circle", "xor", "moons", "rings", "spiral", "checkerboard", "three-spiral"],
  ["plane", "product", "swiss-roll", "multi-gaussian"],
  ["line", "sine", "polynomial", "step"],
];

/** The next harder data set; null after the last. @param {string} source @returns {Step | null} */
export function harder(source) {
  const ladder = LADDERS.find((names) => names.includes(source));
  const next = source === DRAWN.name ? "spiral" : ladder?.[ladder.indexOf(source) + 1];
  return next
    ? {
        label: t("session.try", { label: sourceOf(next).label }),
        effect: t("session.opensHarderDataSet"),
        source: next,
      }
    : null;
}

/** @returns {Step} */
export const drawPoints = () => ({
  label: t("session.drawYourOwnPoints"),
  effect: t("session.opensDrawingBoard"),
  source: DRAWN.name,
});

/** @returns {Step} */
export const lookInside = () => ({
  label: t("session.lookInsideUpdate"),
  effect: t("session.opensMicroscope"),
  place: "ty-microscope-fold",
});

/** @returns {Step} */
export const wrongRows = () => ({
  label: t("session.seeWhichRowsWrong"),
  effect: t("session.opensConfusionMatrix"),
  place: "ty-confusion-fold",
});

/** @returns {Step} */
export const checkData = () => ({
  label: t("session.checkData"),
  effect: t("session.opensTableDataDoctor"),
  place: "ty-data-fold",
});

/** Whether two steps come to the same. @param {Step} a @param {Step} b */
export const isSameStep = (a, b) =>
  a.label === b.label ||
  (a.changes !== undefined && JSON.stringify(a.changes) === JSON.stringify(b.changes) && a.from === b.from);

/** What a link leaves out, a step does not bring in by another door. @param {Step} step @param {string[]} hidden */
export const isHidden = ({ changes = {}, source, place }, hidden) =>
  (source !== undefined && hidden.includes("source")) ||
  (place !== undefined && hidden.includes("folds")) ||
  Object.keys(changes).some((key) => hidden.includes(key));
