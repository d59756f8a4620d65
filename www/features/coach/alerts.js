// @ts-check
/**
 * What is worth saying about a run: rules over its record, each with its evidence in numbers and what to try. The record
 * is the loss curve and looks at fixed epochs, so a verdict depends on how far the run is and on nothing else: not on
 * its speed, nor on when anybody looked. A rule says something once it has held over several looks.
 *
 * @typedef {object} Point    a point of the loss curve
 * @property {number} epoch
 * @property {number} training
 * @property {number} test    NaN where there is none, or none may be seen
 *
 * @typedef {object} Look     what predictions and units were like
 * @property {number} step
 * @property {number} epoch
 * @property {number | null} only   the one class that was predicted, if there was only one
 * @property {number} share         of the rows, that are of the commonest target
 * @property {number} rows          that were asked about
 * @property {{layer: number, dead: number, of: number}[]} [units]   of layers whose units can die
 * @property {import("../../session/protocol.js").Metrics} training
 * @property {import("../../session/protocol.js").Metrics | null} validation
 * @property {number} [gradientNorm]  of the step before
 *
 * @typedef {{points: Point[], looks: Look[]}} RunRecord
 *
 * @typedef {object} About    how the run is trained
 * @property {number} batchSize
 * @property {number} trainingRows
 * @property {"test" | "validation" | null} watches   what overfitting is judged by
 * @property {import("../../settings/spec.js").Settings} settings
 * @property {number} learningRate   as the schedule has it now
 * @property {number} allowed        the rate that the curvature allows at `curvatureEpoch`; NaN where that isn't known
 * @property {string[] | null} [classNames]
 *
 * @typedef {object} Alert
 * @property {"dying" | "overshooting" | "collapse" | "overfitting" | "noisy" | "plateau"} kind
 * @property {number} since         the epoch
 * @property {string} title         one line, with a number
 * @property {string} evidence
 * @property {string} advice
 * @property {import("./remedies.js").Remedy[]} [remedies]   what can be done about it with one press
 * @property {number} [best]        the epoch to go back to, where that helps
 */
import { formatCount, formatLoss, formatRate } from "../../base/format.js";
import { percent } from "./percent.js";
import {
  anyOf,
  isRegularized,
  isTooLong,
  isWorse,
  mayBalance,
  modelAdvice,
  rateAdvice,
  remediesFor,
} from "./remedies.js";
import { t } from "../../base/text.js";

/** So many epochs, and this share of the run, a rule has to hold; and at so many looks, the last among them. */
const LEAST_EPOCHS = 8;
const LEAST_SHARE = 0.1;
const LOOKS = 3;

/** A loss so much above the start is worse than it: penalties and noise lift it less. */
const ABOVE = 1.5;

/** A loss below this share of the start has come far: jumps do little harm there. */
const FAR_DOWN = 0.2;

/** So many epochs a network may take before it tells classes apart. */
const SLOW_START = 30;

const epochs = (/** @type {number} */ count) => t("count.epochs", { count: count });
const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What causes others comes first: dead neurons make a loss noisy, a network that predicts one class has a plateau. */
const RULES = [dying, overshooting, collapse, overfitting, noisy, plateau];

/**
 * All that holds, what matters most first.
 *
 * @param {RunRecord} record
 * @param {About} about
 * @returns {Alert[]}
 */
export function alertsOf(record, about) {
  const { looks } = record;
  if (looks.length < LOOKS) return [];
  const sound = { looks, points: record.points.filter(({ training }) => Number.isFinite(training)) };
  const [now, ...earlier] = Array.from({ length: LOOKS }, (_, i) => until(sound, looks.length - i));
  return RULES.flatMap((rule) => {
    const alert = rule(now, about);
    if (!alert || !earlier.every((part) => rule(part, about))) return [];
    return [{ ...alert, remedies: remediesFor(alert.kind, about, now) }];
  });
}

/** The record as it was after so many looks. @param {RunRecord} record @param {number} count */
function until({ points, looks }, count) {
  const seen = looks.slice(0, count);
  return { looks: seen, points: points.filter(({ epoch }) => epoch <= seen[count - 1].epoch) };
}

/** Whether something has held long enough. */
const holds = (/** @type {number} */ since, /** @type {number} */ now) =>
  now - since >= Math.max(LEAST_EPOCHS, LEAST_SHARE * now);

/** Each value is the middle one of itself and its neighbors: a single outlier says nothing. The ends have one neighbor. */
const calmed = (/** @type {number[]} */ values) =>
  values.map((value, i) => (i === 0 || i === values.length - 1 ? value : median(values.slice(i - 1, i + 2))));

const lowest = (/** @type {number[]} */ values) => values.indexOf(Math.min(...values));

/** The loss on rows that are held out rises while the training loss falls. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function overfitting({ points, looks }, { watches, settings }) {
  if (!watches) return null;
  const all =
    watches === "test"
      ? points.map(({ epoch, training, test }) => ({ epoch, training, held: test }))
      : looks.map(({ epoch, training, validation }) => ({
          epoch,
          training: training.loss,
          held: validation?.loss ?? NaN,
        }));
  const series = all.filter(({ training, held }) => Number.isFinite(training) && Number.isFinite(held));
  if (series.length < 6) return null;
  const losses = series.map(({ held }) => held);
  const [held, training] = [calmed(losses), calmed(series.map((point) => point.training))];
  const [best, last] = [lowest(held), series.length - 1];
  // What is said names the chart's own lowest point and its last one.
  const [from, now] = [series[lowest(losses)], series[last]];
  const [rise, fall] = [held[last] / held[best] - 1, 1 - training[last] / training[best]];
  // Most of the way up, so that a loss that only wobbles is none.
  const up = held.slice(best + 1).filter((loss) => loss > held[best] * 1.02).length / Math.max(1, last - best);
  if (!holds(Math.max(series[best].epoch, from.epoch), now.epoch) || rise < 0.08 || fall < 0.03 || up < 0.7)
    return null;
  // Rows that are told better than those one learns from are not what suffers; nor is a loss that is next to nothing.
  if (!(now.held > now.training) || now.held - from.held < 0.02 * held[0] || !(now.training < from.training))
    return null;
  const simpler = settings.layers.length ? t("coach.addL2RegularizationDropout") : t("coach.addL2RegularizationUse");
  const name = watches === "test" ? t("coach.test") : t("coach.validation");
  return {
    kind: "overfitting",
    since: from.epoch,
    title: t("coach.overfittingSinceEpoch", { epoch: formatCount(from.epoch) }),
    evidence: t("coach.lossHasRisenFrom", {
      name,
      held: formatLoss(from.held),
      held2: formatLoss(now.held),
      epoch: formatCount(from.epoch),
      training: formatLoss(from.training),
      training2: formatLoss(now.training),
    }),
    advice: t("coach.stopEpochGetMore", { epoch: formatCount(from.epoch), simpler }),
    best: from.epoch,
  };
}

/** Whether little is left to learn. @param {number} loss @param {RunRecord} record */
const isGood = (loss, { points, looks }) =>
  loss < 0.1 * points[0].training || (looks.at(-1)?.training.accuracy ?? 0) > 0.98;

/** The training loss stands still though it is not low. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function plateau(record, about) {
  const { points } = record;
  if (points.length < 12) return null;
  const now = points[points.length - 1];
  const from = now.epoch - Math.max(30, 0.3 * now.epoch);
  const recent = points.filter(({ epoch }) => epoch >= from);
  if (from < 5 || recent.length < 6) return null;
  const cut = Math.floor(recent.length / 3);
  const [before, after] = [recent.slice(0, cut), recent.slice(-cut)].map((part) =>
    mean(part.map(({ training }) => training)),
  );
  if (!(Math.abs(1 - after / before) <= 0.005) || isGood(after, record)) return null;
  // A penalty is meant to hold the loss up, once it has come down.
  if (isRegularized(about.settings) && after < 0.7 * points[0].training) return null;
  return {
    kind: "plateau",
    since: recent[0].epoch,
    title: t("coach.plateau", { epoch: epochs(now.epoch - recent[0].epoch) }),
    evidence: t("coach.trainingLossHasStayed", {
      training: formatLoss(now.training),
      epoch: epochs(now.epoch - recent[0].epoch),
      training2: formatLoss(points[0].training),
    }),
    advice: t("coach.try", {
      value: anyOf([rateAdvice(about, isWorse(record)), ...modelAdvice(about.settings)]),
      value2: isWorse(record) ? "" : t("coach.ifLossLowEnough"),
    }),
  };
}

/** Losses jump from look to look, up as often as down. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function noisy(record, { batchSize, trainingRows, settings }) {
  if (batchSize >= trainingRows / 2 || !record.points.length) return null;
  const recent = record.looks.slice(-24);
  if (recent.length < 16) return null;
  const since = recent[0].epoch;
  if (!holds(since, recent[recent.length - 1].epoch)) return null;
  const losses = recent.map(({ training }) => training.loss);
  if (isGood(mean(losses), record) || mean(losses) < FAR_DOWN * record.points[0].training) return null;
  const jumps = losses.slice(1).map((loss, i) => loss / losses[i] - 1);
  const ups = jumps.filter((jump) => jump > 0).length;
  const size = median(jumps.map(Math.abs));
  const norms = recent.flatMap(({ gradientNorm }) => gradientNorm ?? []);
  const scatter = Math.sqrt(mean(norms.map((norm) => (norm - mean(norms)) ** 2))) / mean(norms);
  const third = Math.floor(losses.length / 3);
  const trend = Math.abs(mean(losses.slice(-third)) / mean(losses.slice(0, third)) - 1);
  if (!(size >= 0.12) || ups < 0.3 * jumps.length || ups > 0.7 * jumps.length || trend > 3 * size || !(scatter > 0.4))
    return null;
  const schedule = settings.schedule && settings.schedule !== "constant" ? [] : [t("coach.learningRateSchedule")];
  return {
    kind: "noisy",
    since,
    title: t("coach.noisyLossJumps", { size: percent(size) }),
    evidence: t("coach.trainingLossJumpsAbout", {
      size: percent(size),
      ups,
      jumps: jumps.length,
      scatter: percent(scatter),
      batchSize: formatCount(batchSize),
      trainingRows: formatCount(trainingRows),
    }),
    advice: t("coach.use", { value: anyOf([t("coach.largerBatchSize"), t("coach.smallerLearningRate"), ...schedule]) }),
  };
}

/** Every row gets the same answer. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function collapse(record, about) {
  const { looks } = record;
  const last = looks.at(-1);
  if (!last || last.only === null) return null;
  const first = looks.slice(looks.findLastIndex((look) => look.only !== last.only) + 1)[0];
  // Initial weights may well predict one class, for a while.
  if (!holds(first.epoch, last.epoch) || last.epoch - first.epoch < (first === looks[0] ? SLOW_START : 0)) return null;
  const { settings, trainingRows, classNames } = about;
  const name = classNames?.[last.only] ?? t("coach.class", { only: last.only });
  const rows =
    last.rows < trainingRows
      ? t("coach.trainingRowsWereChecked", { rows: formatCount(last.rows) })
      : t("coach.trainingRows", { rows: formatCount(last.rows) });
  const remedies = [
    rateAdvice(about, isWorse(record)),
    ...(mayBalance(about, record) ? [t("coach.balancedClassWeightsTraining")] : []),
    ...modelAdvice(settings),
  ];
  return {
    kind: "collapse",
    since: first.epoch,
    title: t("coach.oneClass", { epoch: epochs(last.epoch - first.epoch) }),
    evidence: t("coach.hasPredictedAll", {
      epoch: epochs(last.epoch - first.epoch),
      name,
      rows,
      value: last.share >= 0.6 ? t("coach.themOneClass", { share: percent(last.share) }) : "",
    }),
    advice: t("coach.try2", { remedies: anyOf(remedies) }),
  };
}

/** Training does harm: the loss stays above where it started. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function overshooting({ points, looks }, about) {
  if (!points.length || !looks.length) return null;
  const start = points[0].training;
  const isAbove = (/** @type {Look} */ { training }) => training.loss > ABOVE * start;
  const [first, last] = [looks[looks.findLastIndex((look) => !isAbove(look)) + 1], looks[looks.length - 1]];
  if (!first || !holds(first.epoch, last.epoch)) return null;
  const ratio = last.training.loss / start;
  const times =
    ratio > 1000 ? t("coach.over1000") : ratio > 2 ? percent(ratio) : t("coach.of", { ratio: percent(ratio) });
  return {
    kind: "overshooting",
    since: first.epoch,
    title: t("coach.lossStart", { times }),
    evidence: t("coach.trainingLossStartedHas", {
      loss: formatLoss(last.training.loss),
      start: formatLoss(start),
      epoch: formatCount(first.epoch),
    }),
    advice: t("coach.use2", {
      about:
        isTooLong(about) || !about.settings.learningRate
          ? rateAdvice(about, true)
          : t("coach.learningRateWellBelow", { learningRate: formatRate(about.settings.learningRate) }),
    }),
  };
}

/** Units that give 0 on every row can't learn any more. @param {RunRecord} record @param {About} about @returns {Alert | null} */
export function dying(record, { settings }) {
  const { looks } = record;
  const last = looks.at(-1);
  const worst = last?.units
    ?.filter(({ dead, of }) => of > 1 && dead >= of / 3)
    .sort((a, b) => b.dead / b.of - a.dead / a.of)[0];
  if (!last || !worst || (record.points.length && isGood(last.training.loss, record))) return null;
  const deadAt = (/** @type {Look} */ { units = [] }) => units.find(({ layer }) => layer === worst.layer)?.dead ?? 0;
  // So many have been dead from here on; a third of them for some epochs.
  const since = (/** @type {number} */ count) => looks[looks.findLastIndex((look) => deadAt(look) < count) + 1].epoch;
  if (last.epoch - since(worst.of / 3) < LEAST_EPOCHS) return null;
  return {
    kind: "dying",
    since: since(worst.dead),
    title: t("coach.neuronsDead", { dead: worst.dead, of: worst.of }),
    evidence: t("coach.hiddenLayerNeuronsHave", {
      layer: worst.layer,
      dead: worst.dead,
      of: worst.of,
      dead2: percent(worst.dead / worst.of),
      dead3: formatCount(since(worst.dead)),
    }),
    advice: t("coach.try3", {
      value: anyOf([
        t("coach.leakyReluTanh"),
        t("coach.smallerLearningRate"),
        ...(/^he/.test(settings.init ?? "") ? [] : [t("coach.heInitialization")]),
      ]),
    }),
  };
}

/** The epoch whose curvature says by which rate to go on: where steps were too long, the start. @param {Alert} alert @param {RunRecord} record */
export const curvatureEpoch = ({ kind }, record) =>
  ["dying", "overshooting"].includes(kind) || isWorse(record) ? 0 : (record.looks.at(-1)?.epoch ?? 0);
