// @ts-check
/** The loss by epoch, for the training and the test rows. */
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
 */

/**
 * @param {HTMLElement} root
 * @param {(at: {epoch: number, training: number, test: number} | null) => void} onHover
 */
export function createLossChart(root, onHover) {
  /** @type {import("../../ui/charts/plot.js").Series[]} */
  let own = [];
  const plot = createPlot(root, (epoch) => {
    if (epoch === null) return onHover(null);
    const [test, training] = own.map((series) => valueAt(series, epoch) ?? NaN);
    onHover({ epoch, training, test });
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
      // Told apart by their strokes as well: training is dashed, test is solid.
      own = [
        line(t("training.testLoss"), curve.test, css(theme.accent)),
        line(t("training.trainingLoss"), curve.training, css(theme.muted), [5, 3], 1.75),
      ];
      const faint = css(theme.muted, 0.4);
      const old = ghost
        ? [
            line("", ghost.test, faint, [], 1.25, ghost.epoch),
            line("", ghost.training, faint, [3, 3], 1.25, ghost.epoch),
          ].map((series) => ({ ...series, isFaint: true }))
        : [];
      plot.draw({ series: [...old, ...own.toReversed()], log, at });
    },
    resize: plot.resize,
    dispose: plot.dispose,
  };
}
