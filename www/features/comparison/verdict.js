// @ts-check
/**
 * What a comparison says in the end. A single epoch's loss is partly luck of its last batches: runs are judged by the mean
 * of their last epochs, and where these means lie closer than the losses vary there, no run is called better.
 *
 * @typedef {import("./model.js").Variant} Variant
 * @typedef {import("./model.js").VariantResult} VariantResult
 * @typedef {{name: string, mean: number, spread: number}} Ending   spread: the standard deviation in these epochs
 */
import { formatLoss } from "../../base/format.js";
import { t } from "../../base/text.js";

/** The share of a run that counts as its last epochs, and the least number of them. */
const LAST_SHARE = 0.1;
const LEAST_EPOCHS = 5;
/** Standard deviations of a difference that may be chance. */
const CHANCE = 2;
/** Nobody would choose one run over another for less than this share of the loss. */
const LEAST_SHARE = 0.01;

/** The losses that count: on the test rows, where there are any. */
const losses = (/** @type {VariantResult} */ { curve, test }) => (test ? curve.test : curve.training);

/** The epoch at which a run first came below that loss; null if it never did. */
export function firstBelow(/** @type {VariantResult} */ run, /** @type {number} */ loss) {
  const at = losses(run).findIndex((value) => value <= loss);
  return at < 0 ? null : run.curve.epoch[at];
}

/** How many epochs at the end of a run count. */
export const lastEpochs = (/** @type {number} */ epochs) =>
  Math.min(Math.max(LEAST_EPOCHS, Math.round(epochs * LAST_SHARE)), epochs);

/** Mean and spread of the losses after that epoch. @returns {{mean: number, spread: number}} */
export function endingOf(/** @type {VariantResult} */ run, /** @type {number} */ after) {
  const late = losses(run).filter((_, i) => run.curve.epoch[i] > after);
  const mean = late.reduce((sum, value) => sum + value, 0) / late.length;
  const variance = late.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(late.length - 1, 1);
  return { mean, spread: Math.sqrt(variance) };
}

/** Whether two endings differ by more than they vary. @param {Omit<Ending, "name">} a @param {Omit<Ending, "name">} b */
export const isRealDifference = (a, b) =>
  Math.abs(a.mean - b.mean) >
  Math.max(CHANCE * Math.hypot(a.spread, b.spread), LEAST_SHARE * Math.max(Math.abs(a.mean), Math.abs(b.mean)));

/** How well each did, in a few sentences. */
export function comparisonVerdict(/** @type {Variant[]} */ variants, /** @type {VariantResult[]} */ runs) {
  const named = runs.map((run, i) => ({ run, name: variants[i].name }));
  const sound = named.filter(({ run }) => run.status !== "diverged" && Number.isFinite(losses(run).at(-1)));
  const lost = named.filter(({ run }) => run.status === "diverged").map(({ name }) => name);
  const diverged = lost.length ? t("comparison.diverged", { lost: listed(lost) }) : "";
  if (sound.length === 0) return t("comparison.noRunLearnedAnything", { diverged });
  if (runs.length > 1 && runs.every((run) => isSame(losses(run), losses(runs[0]))))
    return t("comparison.sameSettingsGiveSame");
  const kind = t("comparison.loss2", { value: sound[0].run.test ? t("comparison.test2") : t("comparison.training2") });
  const counted = lastEpochs(Math.max(...sound.map(({ run }) => run.epoch)));
  const endings = sound
    .map(({ name, run }) => ({ name, ...endingOf(run, run.epoch - counted) }))
    .sort((a, b) => a.mean - b.mean);
  const over = t("comparison.meanLastEpochs", { kind, counted });
  const ending =
    sound.length === 1
      ? t("comparison.ends2", { name: endings[0].name, mean: formatLoss(endings[0].mean), over })
      : ranking(endings, over);
  return `${ending}${speed(sound)}${diverged}`;
}

/** @param {Ending[]} endings   the best first @param {string} over   what their means are */
function ranking(endings, over) {
  const [best, worst] = [endings[0], endings[endings.length - 1]];
  const means = t("comparison.ends3", {
    name: best.name,
    mean: formatLoss(best.mean),
    name2: worst.name,
    mean2: formatLoss(worst.mean),
  });
  if (!isRealDifference(best, worst)) return t("comparison.noRealDifference", { over, means });
  const equals = endings.slice(1, -1).filter((other) => !isRealDifference(best, other));
  const beside = equals.length
    ? t("comparison.showNoRealDifference", { value: listed([best, ...equals].map(({ name }) => name)) })
    : "";
  return t("comparison.best", { name: best.name, over, means, beside });
}

/** Who came first below what all reached at some time: there runs can be compared fairly. @param {{run: VariantResult, name: string}[]} sound */
function speed(sound) {
  const reached = Math.max(...sound.map(({ run }) => Math.min(...losses(run).filter(Number.isFinite))));
  const times = sound
    .map(({ name, run }) => ({ name, epoch: firstBelow(run, reached) ?? Infinity }))
    .sort((a, b) => a.epoch - b.epoch);
  const [first, slowest] = [times[0], times[times.length - 1]];
  return first.epoch < slowest.epoch
    ? t("comparison.wasFirstBelowAfter", {
        name: first.name,
        reached: formatLoss(reached),
        epoch: first.epoch,
        name2: slowest.name,
        epoch2: slowest.epoch,
      })
    : "";
}

const isSame = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
const listed = (/** @type {string[]} */ names) =>
  names.length > 1 ? t("comparison.and", { names: names.slice(0, -1).join(", "), names2: names.at(-1) }) : names[0];
