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
    /** @type {import("./chart.js").Hovered | null} */
    this.hovered = null;
    /** What to do, where the chart could not be loaded. @type {string | null} */
    this.lack = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ run, lock, description, frame }) {
    // Its words are those of the run as it stands.
    return [run?.state, lock, description, run?.state === "training" || frame?.curve];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame }) {
    return [frame?.curve];
  }

  render() {
    const { hovered } = this;
    const value = (/** @type {number | undefined} */ loss) => html`<b>${hovered ? formatLoss(loss) : ""}</b>`;
    const hasValidation = Boolean(this.state.description?.rows.validation);
    return html`
      <p class="chart-legend" aria-hidden="true">
        <span>${hasValidation ? (hovered ? t("training.epoch") : t("training.loss")) : t("training.lossEpoch")}${hovered ? ` ${formatCount(hovered.epoch)}` : ""}</span>
        <span class="key key-training">${t("training.training")} ${value(hovered?.training)}</span>
        ${hasValidation ? html`<span class="key key-validation">${t("training.validation")} ${value(hovered?.validation)}</span>` : nothing}
        <span class="key key-test">${t("training.test")} ${isLocked(this.state) ? t("training.locked") : value(hovered?.test)}</span>
      </p>
      <div class="plot" role="img" aria-label=${this.chart?.words(this.state) ?? t("training.lossChart")}></div>
      ${this.lack === null ? nothing : lacks(t("training.lossChart"), this.lack, () => void this.#load())}
    `;
  }

  themed() {
    if (this.theme) this.chart?.setTheme(this.theme);
  }

  draw() {
    const curve = this.state.frame?.curve;
    if (!curve) return;
    // Its library is asked for with the first picture: before that there is nothing to plot, and training waits.
    if (!this.#isAsked) void this.#load();
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
    this.requestUpdate(); // it has words for it, too
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.chart?.dispose();
    this.chart = null;
    this.#isAsked = false;
  }
}
