// @ts-check
/** What a schedule does to the learning rate, epoch by epoch, and where the run is on it. */
import { html } from "lit";
import { drawRates } from "./chart.js";
import { formatCount, formatRate } from "../../base/format.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { t } from "../../base/text.js";

export class RateChart extends CanvasPanel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ rates, settings }) {
    return [rates, settings.schedule, settings.warmUp];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ rates, frame }) {
    return [rates, frame?.epoch, frame?.learningRate];
  }

  render() {
    return html`<canvas role="img" aria-label=${this.#words()}></canvas><p class="note">${this.#words()}</p>`;
  }

  #words() {
    const { rates, settings } = this.state;
    if (!rates?.length) return "\u00a0";
    if (settings.schedule === "reduce-on-plateau")
      return t("advanced.untilTrainingLossStands", { rates: formatRate(rates[rates.length - 1]) });
    const [first, last, top] = [rates[0], rates[rates.length - 1], Math.max(...rates)];
    const up = settings.warmUp && top > first && top > last ? t("advanced.up", { top: formatRate(top) }) : "";
    return t("advanced.fromEpochs", {
      first: formatRate(first),
      up,
      last: last < first / 1000 ? t("advanced.almost0") : formatRate(last),
      rates: formatCount(rates.length),
    });
  }

  draw() {
    const { rates, frame } = this.state;
    const canvas = this.querySelector("canvas");
    if (!canvas || !this.theme || !rates) return;
    drawRates(canvas, { rates, now: frame ? { epoch: frame.epoch, rate: frame.learningRate } : null }, this.theme);
  }
}
