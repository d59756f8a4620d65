// @ts-check
/**
 * The rounds of a cross-validation, for all who train in folds: their Spec, and what is made of their scores.
 *
 * @typedef {Record<string, number>} Figures   scores by name
 */
import { formatNumber, formatShare } from "../base/format.js";
import { formatValue } from "../base/columnFormat.js";
import { specFrom } from "../settings/spec.js";
import { t } from "../base/text.js";

/** Epochs of a round whose run has no end of its own. */
const EPOCHS = 500;

/** Scores by task: the first is what is shown unless another is chosen. */
export const SCORES = {
  classification: [
    { name: "accuracy", label: t("folds.accuracy") },
    { name: "balancedAccuracy", label: t("folds.balancedAccuracy") },
    { name: "f1", label: t("folds.f1") },
    { name: "auroc", label: "AUROC" },
    { name: "mcc", label: "MCC" },
    { name: "logLoss", label: t("folds.logLoss") },
    { name: "brier", label: t("folds.brier") },
  ],
  regression: [
    { name: "r2", label: "R²" },
    { name: "mae", label: "MAE" },
    { name: "rmse", label: "RMSE" },
    { name: "medianAbsoluteError", label: t("folds.medianError") },
  ],
};

/** Those of which less is better. */
const LESS = ["logLoss", "brier", "mae", "rmse", "medianAbsoluteError", "mse"];

/** A score as something of which more is better. */
export const asGain = (/** @type {string} */ name, /** @type {number} */ value) =>
  LESS.includes(name) ? -value : value;

const SHARES = ["accuracy", "balancedAccuracy", "f1"];
const ERRORS = ["mae", "rmse", "medianAbsoluteError", "mse"];

/** A score as people read it: errors in the target's unit. */
export const formatFigure = (/** @type {string} */ name, /** @type {number | undefined} */ value = NaN) =>
  !Number.isFinite(value)
    ? "–"
    : SHARES.includes(name)
      ? formatShare(value)
      : ERRORS.includes(name)
        ? formatValue(value)
        : formatNumber(value, 3);

/** A score as far as it is shown: so that a difference is that of the figures beside it. */
export const asShown = (/** @type {string} */ name, /** @type {number} */ value) =>
  SHARES.includes(name) ? Math.round(value * 1000) / 1000 : value;

/** A difference of two scores: of shares in points. */
export const formatGap = (/** @type {string} */ name, /** @type {number} */ value) =>
  SHARES.includes(name) ? t("folds.points", { points: (100 * value).toFixed(1) }) : formatFigure(name, value);

/** A score of the rounds that have it. */
export const valuesOf = (/** @type {(Figures | null | undefined)[]} */ all, /** @type {string} */ name) =>
  all.map((figures) => figures?.[name] ?? NaN).filter(Number.isFinite);

/** Mean and standard deviation (n − 1) of what is a number. */
export function meanOf(/** @type {number[]} */ all) {
  const values = all.filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN, count: values.length };
}

/** "95.3% ± 2.1%"; of one round the mean alone. */
export const spreadWords = (
  /** @type {string} */ name,
  /** @type {{mean: number, deviation: number}} */ { mean, deviation },
) => `${formatFigure(name, mean)}${Number.isFinite(deviation) ? ` ± ${formatFigure(name, deviation)}` : ""}`;

/** Of how many rows, without those of the test set. */
export const rowsDealt = (/** @type {import("../session/protocol.js").Description | null} */ description) =>
  description ? description.rows.train + description.rows.validation : 0;

/** The Spec of the rounds: they have to end. */
export function specOfRounds(/** @type {import("../settings/spec.js").Settings} */ settings, most = Infinity) {
  const epochs = Math.min(settings.epochs ?? EPOCHS, most);
  return { spec: specFrom({ ...settings, epochs, engine: "cpu" }), epochs };
}
