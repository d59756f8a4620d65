// @ts-check
/** The loss by epoch, for the training, validation and test rows. */
import { formatLoss } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { css } from "../../ui/charts/color.js";
import { createPlot, valueAt } from "../../ui/charts/plot.js";
import { t } from "../../base/text.js";

/**
 * What is drawn besides the curve.
 *
 * @typedef {object} DeferredAssets
 * @property {boolean} log
 * @property {import("../../session/protocol.js").Curve | null} ghost   of the run that this one branched off
 * @property {number} [at]     where the run went back to
 *
 * @typedef {{epoch: number, training: number, validation?: number, test: number}} Hovered   the losses there
 */

/**
 * @param {HTMLElement} root
 * @param {(at: Hovered | null) => void} onHover
 */
export function createLossChart(root, onHover) {
  /** @type {import("../../ui/charts/plot.js").Series[]} */
  let own = [];
  const plot = createPlot(root, (epoch) => {
    if (epoch === null) return onHover(null);
    const [test, training, validation] = own.map((series) => valueAt(series, epoch) ?? NaN);
    onHover({ epoch, training, validation, test });
  });
  /** @type {import("../../ui/charts/color.js").Theme | null} */
  let theme = null;

  return {
    plot,
    setTheme(/** @type {import("../../ui/charts/color.js").Theme} */ next) {
      theme = next;
      plot.setTheme(next);
    },
    draw(
      /** @type {import("../../session/protocol.js").Curve} */ curve,
      /** @type {DeferredAssets} */ { log, ghost, at } = { log: false, ghost: null },
    ) {
      if (!theme) return;
      const line = (
        /** @type {string} */ label,
        /** @type {Float32Array} */ y,
        /** @type {string} */ stroke,
        dash = /** @type {number[]} */ ([]),
        width = 2.25,
        x = curve.epoch,
      ) => ({ label, x, y, stroke, dash, width });
      // Told apart by their strokes as well: training is dashed, validation dotted, test is solid.
      own = [
        line(t("training.testLoss"), curve.test, css(theme.accent)),
        line(t("training.trainingLoss"), curve.training, css(theme.muted), [5, 3], 1.75),
        ...(curve.validation ? [line(t("training.validationLoss"), curve.validation, css(theme.ink), [2, 3])] : []),
      ];
      const faint = css(theme.muted, 0.4);
      const old = ghost
        ? [
            line("", ghost.test, faint, [], 1.25, ghost.epoch),
            line("", ghost.training, faint, [3, 3], 1.25, ghost.epoch),
            ...(ghost.validation ? [line("", ghost.validation, faint, [1, 3], 1.25, ghost.epoch)] : []),
          ].map((series) => ({ ...series, isFaint: true }))
        : [];
      // Before the first step there is a point, and no curve: what comes is said in its place.
      if (curve.epoch.length > 1 || ghost) delete root.dataset.empty;
      else root.dataset.empty = t("training.lossComesHere");
      plot.draw({ series: [...old, ...own.toReversed()], log, at });
    },
    words,
    dispose: plot.dispose,
  };
}

/** What it shows, for those who don't see it. @param {import("../../session/state.js").State} state */
function words(state) {
  const curve = state.frame?.curve;
  const last = curve ? curve.epoch.length - 1 : -1;
  if (!curve || last < 1) return t("training.lossChartNothingTrained");
  const change = (/** @type {Float32Array} */ values) =>
    t("training.to", { values: formatLoss(values[0]), values2: formatLoss(values[last]) });
  return t("training.lossChartOverEpochs", {
    epoch: curve.epoch[last],
    training: change(curve.training),
    validation: curve.validation ? t("training.validationFrom", { validation: change(curve.validation) }) : "",
    value: isLocked(state) ? t("training.locked2") : t("training.from", { test: change(curve.test) }),
  });
}
