// @ts-check
/** The folds as textbooks draw them, a row a round and a column a block; and the rounds' losses. */
import { svg } from "lit";
import { drawable, lossAxes } from "../../ui/charts/lossAxes.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Round} Round */
/** @typedef {{width: number, height: number, unit: number}} Size */

/** More folds than these are drawn as one row of cells. */
const MOST_ROUNDS = 20;

/** How high the picture is, in pixels of the design. */
export const foldsHeight = (/** @type {number} */ folds, /** @type {number} */ repeats) =>
  folds > MOST_ROUNDS ? 84 : Math.min(repeats * (folds * 20 + 10) + 30, 640);

/**
 * @param {Size} size
 * @param {object} drawn
 * @param {Round[]} drawn.rounds   repeat by repeat
 * @param {number} drawn.folds
 * @param {number} drawn.test      share of all rows that are test rows
 * @param {(round: Round) => string} drawn.words   what stands in a block that has validated
 */
export function foldsPicture({ width, height, unit }, { rounds, folds, test, words }) {
  if (folds > MOST_ROUNDS) return manyFolds({ width, height, unit }, rounds);
  const repeats = Math.max(1, Math.round(rounds.length / folds));
  const left = 62 * unit;
  const top = 24 * unit;
  const sealed = test > 0 ? Math.max(test * (width - left), 34 * unit) : 0;
  const right = width - sealed - (sealed ? 8 * unit : 0);
  const between = repeats > 1 ? 8 * unit : 0;
  const line = (height - top - between * (repeats - 1)) / (folds * repeats);
  const wide = (right - left) / folds;
  const y = (/** @type {number} */ round) => top + round * line + Math.floor(round / folds) * between;
  const hasWords = wide >= 48 * unit && line >= 15 * unit;
  return svg`
    <text class="tick" x=${left} y=${14 * unit}>${t("folds.blocksOfRows")}</text>
    ${sealed ? svg`<rect class="fold-sealed" x=${right + 8 * unit} y=${top} width=${sealed} height=${height - top - 2} rx="3" /><text class="tick" x=${width} y=${14 * unit} text-anchor="end">${t("folds.testSet")}</text>` : ""}
    ${rounds.map((round, i) => {
      const state = stateOf(round);
      return svg`
      <text class="tick" x="0" y=${y(i) + line / 2} dominant-baseline="central">${line >= 13 * unit || i % folds === 0 ? t("folds.round", { round: (i % folds) + 1 }) : ""}</text>
      ${Array.from({ length: folds }, (_, block) => {
        const validates = block === i % folds;
        return svg`<rect class="fold-block" data-validates=${validates} data-state=${state} x=${left + block * wide + 1} y=${y(i) + 1} width=${Math.max(wide - 2, 1)} height=${Math.max(line - 2, 1)} rx="2" />
          ${validates && hasWords && state === "done" ? svg`<text class="fold-score" x=${left + (block + 0.5) * wide} y=${y(i) + line / 2} text-anchor="middle" dominant-baseline="central">${words(round)}</text>` : ""}`;
      })}`;
    })}
  `;
}

/** One cell a round. */
function manyFolds(/** @type {Size} */ { width, height, unit }, /** @type {Round[]} */ rounds) {
  const top = 24 * unit;
  const wide = width / rounds.length;
  return svg`
    <text class="tick" x="0" y=${14 * unit}>${t("folds.oneRowEach")}</text>
    ${rounds.map((round, i) => svg`<rect class="fold-block" data-validates="true" data-state=${stateOf(round)} x=${i * wide} y=${top} width=${Math.max(wide - (wide > 4 ? 1 : 0), 0.5)} height=${height - top - 8 * unit} />`)}
  `;
}

const stateOf = (/** @type {Round} */ { result, problem, isUnderWay }) =>
  problem || (result && !result.scores) ? "failed" : result ? "done" : isUnderWay ? "now" : "waiting";

/**
 * The loss on validation rows, a thin line a round; where all have one, their mean is thick.
 *
 * @param {Size} size
 * @param {Round[]} rounds
 * @param {number} epochs
 */
export function foldCurves(size, rounds, epochs) {
  const curves = rounds.flatMap(({ curve }) =>
    curve?.validation && curve.epoch.length > 1 ? [{ epoch: curve.epoch, losses: curve.validation }] : [],
  );
  const all = curves.flatMap(({ losses }) => drawable(losses));
  const starts = curves.map(({ losses }) => losses[0]).filter(Number.isFinite);
  const highest = all.length ? Math.min(Math.max(...all), 2 * Math.max(...starts, 1e-9)) : null;
  const { x, y, top, drawn } = lossAxes(size, { highest, epochs, right: 12 });
  const path = (/** @type {ArrayLike<number>} */ epoch, /** @type {ArrayLike<number>} */ losses) => {
    let d = "";
    for (let i = 0; i < losses.length; i++)
      if (Number.isFinite(losses[i]))
        d += `${d ? "L" : "M"}${x(epoch[i]).toFixed(1)} ${y(Math.min(losses[i], top)).toFixed(1)}`;
    return d;
  };
  return svg`${drawn}${curves.map(({ epoch, losses }) => svg`<path class="fold-curve" d=${path(epoch, losses)} />`)}${meanPath(curves, path)}`;
}

/** The mean over the rounds, at the epochs that every one has. */
function meanPath(
  /** @type {{epoch: ArrayLike<number>, losses: ArrayLike<number>}[]} */ curves,
  /** @type {(epoch: ArrayLike<number>, losses: ArrayLike<number>) => string} */ path,
) {
  if (curves.length < 2) return "";
  const maps = curves.map(({ epoch, losses }) => new Map(Array.from(epoch, (at, i) => [at, losses[i]])));
  const shared = Array.from(curves[0].epoch).filter((epoch) => maps.every((map) => map.has(epoch)));
  const means = shared.map((epoch) => maps.reduce((sum, map) => sum + (map.get(epoch) ?? NaN), 0) / maps.length);
  return svg`<path class="fold-mean" d=${path(shared, means)} />`;
}
