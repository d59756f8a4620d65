// @ts-check
/** The step as numbers: how long it is, and how steep the slope was that it took. */
import { html } from "lit";
import { formatRate } from "../../base/format.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class StepFigures extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ frame }) {
    return [frame?.learningRate, frame?.gradientNorm];
  }

  render() {
    const { frame } = this.state;
    const figure = (
      /** @type {string} */ label,
      /** @type {number | undefined} */ value,
      /** @type {string} */ help,
    ) => html`
      <span title=${help}>${label} <output aria-label=${label} aria-live="off">${formatRate(value)}</output></span>
    `;
    return html`
      ${figure(t("training.rateNow"), frame?.learningRate, t("training.learningRateNextStep"))}
      ${figure(t("training.gradientNorm"), frame?.gradientNorm, t("training.howSteepSlopeWas"))}
    `;
  }
}
