// @ts-check
/** The loss chart with its legend, which also reads out the place under the pointer. */
import { html, nothing } from "lit";
import { formatCount, formatLoss } from "../../base/format.js";
import { loadPart } from "../../base/loadPart.js";
import { isLocked } from "../../base/padlock.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { lacks } from "../../ui/lacks.js";
import { t } from "../../base/text.js";

export class LossChart extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, hovered: { state: true }, lack: { state: true } };

  /** @type {ReturnType<typeof import("./chart.js").createLossChart> | null} */
  chart = null;
  /** What is drawn besides the curve. @type {import("./chart.js").DeferredAssets} */
  extras = { log: false, ghost: null };
  #isAsked = false;

  constructor() {
    super();
    /** @type {{epoch: number, training: number, test: number} | null} */
    this.hovered = null;
    /** What to do, where the chart could not be loaded. @type {string | null} */
    this.lack = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ run, lock }) {
    return [run?.state, lock];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame }) {
    return [frame?.curve];
  }

  render() {
    const { hovered } = this;
    const value = (/** @type {number | undefined} */ loss) => html`<b>${hovered ? formatLoss(loss) : ""}</b>`;
    return html`
      <p class="chart-legend" aria-hidden="true">
        <span>${t("training.lossEpoch")}${hovered ? ` ${formatCount(hovered.epoch)}` : ""}</span>
        <span class="key key-training">${t("training.training")} ${value(hovered?.training)}</span>
        <span class="key key-test">${t("training.test")} ${isLocked(this.state) ? t("training.locked") : value(hovered?.test)}</span>
      </p>
      <div class="plot" role="img" aria-label=${this.#words()}></div>
      ${this.lack === null ? nothing : lacks(t("training.lossChart"), this.lack, () => void this.#load())}
    `;
  }

  #words() {
    const curve = this.state.frame?.curve;
    const last = curve ? curve.epoch.length - 1 : -1;
    if (!curve || last < 1) return t("training.lossChartNothingTrained");
    const change = (/** @type {Float32Array} */ values) =>
      t("training.to", { values: formatLoss(values[0]), values2: formatLoss(values[last]) });
    return t("training.lossChartOverEpochs", {
      epoch: curve.epoch[last],
      training: change(curve.training),
      value: isLocked(this.state) ? t("training.locked2") : t("training.from", { test: change(curve.test) }),
    });
  }

  themed() {
    if (this.theme) this.chart?.setTheme(this.theme);
  }

  draw() {
    const curve = this.state.frame?.curve;
    if (!curve) return;
    // Its library is asked for with the first picture: before that there is nothing to plot, and training waits.
    if (!this.#isAsked) void this.#load();
    this.chart?.resize();
    this.chart?.draw(curve, this.extras);
  }

  async #load() {
    this.#isAsked = true;
    this.lack = null;
    const part = await loadPart("features/training/chart.js").catch((error) => void (this.lack = error.message));
    const root = /** @type {HTMLElement | null} */ (this.querySelector(".plot"));
    if (!part || this.chart || !root || !this.isConnected) return;
    this.chart = part.createLossChart(root, (/** @type {LossChart["hovered"]} */ at) => (this.hovered = at));
    this.themed();
    this.draw();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.chart?.dispose();
    this.chart = null;
    this.#isAsked = false;
  }
}
