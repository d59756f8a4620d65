// @ts-check
/** Everything by epoch: losses, accuracy, gradient, learning rate; and how weights are spread over time, layer by layer. */
import { html, nothing } from "lit";
import { css } from "../../ui/charts/color.js";
import { drawHeat } from "./heat.js";
import { epochRange } from "../../ui/charts/lossData.js";
import { trainingRows } from "../../base/sample.js";
import { valuesOf } from "../../base/valuesOf.js";
import { SERIES_BINS, columnsOf, csvOf, hasValues, spreadOf } from "./series.js";
import { formatLoss, formatNumber, formatRate, formatShare } from "../../base/format.js";
import { isWatched } from "../../ui/calm.js";
import { Panel } from "../../ui/panel.js";
import { readTheme, watchTheme } from "../../ui/theme.js";
import { downloadPicture, downloadText } from "../../ui/download.js";
import { StoreController } from "../../ui/storeController.js";
import { t } from "../../base/text.js";

/** Moments in a picture of weights: more columns than that can't be told apart. */
const MOST_COLUMNS = 120;

/** Numbers that are fetched in all: a picture needs no more. */
const MOST_NUMBERS = 2_000_000;

/** Rows that units are asked about. */
const MOST_ROWS = 100;

/**
 * @typedef {object} HeatSet
 * @property {string} name
 * @property {string} heading
 * @property {string} about
 * @property {{name: string, from: number, to: number}[]} layers   where in the numbers of a moment
 * @property {number} numbers                    of a moment
 * @property {Map<number, Float32Array>} known   by step, as they were fetched
 */

export class ChartsPanel extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false }, mark: { state: true } };

  follows = new StoreController(this, () => this.parts.travel.store);

  /** By step, as they were fetched. @type {Map<number, Float32Array>} */
  #weights = new Map();
  /** @type {Map<number, Float32Array>} */
  #units = new Map();
  #isFetching = false;

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** @type {number | null} */
    this.mark = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, run }) {
    return [description, run?.state];
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(watchTheme(() => this.requestUpdate()));
    this.follow(
      ({ description }) => description,
      () => {
        this.#weights.clear();
        this.#units.clear();
      },
    );
    void this.parts.travel.refresh();
  }

  /** What comes while it is out of sight is drawn when it is back. */
  shouldUpdate() {
    return isWatched(this) || !this.hasUpdated;
  }

  turned(/** @type {boolean} */ isNear) {
    if (isNear) this.requestUpdate();
  }

  get #moments() {
    return /** @type {import("../time-travel/model.js").Moment[]} */ (this.parts.travel.store.get().moments);
  }

  render() {
    const { description } = this.state;
    const { tooLarge } = this.parts.travel.store.get();
    if (tooLarge) return html`<p class="note">${t("runs.networkTooLargeMoments")}</p>`;
    if (!description || this.#moments.length < 2)
      return html`<p class="note" role="status">${t("runs.nothingTrainedYetPress")}</p>`;
    const columns = columnsOf(this.#moments, description.stepsPerEpoch);
    return html`
      <div class="boxes" @ty-mark=${(/** @type {CustomEvent} */ event) => (this.mark = event.detail)}>
        ${this.#box(t("runs.loss"), "loss", columns, ["training", "validation", "test"], { hasLog: true, write: formatLoss })}
        ${this.#box(t("runs.accuracy"), "accuracy", columns, ["trainingAccuracy", "validationAccuracy", "testAccuracy"], { range: [0, 1], write: (value) => formatShare(value) })}
        ${this.#box(t("runs.gradientNorm"), "gradient-norm", columns, ["gradientNorm"], { hasLog: true, write: formatRate })}
        ${this.#box(t("runs.learningRate"), "learning-rate", columns, ["learningRate"], { hasLog: true, write: formatRate })}
      </div>
      ${this.#sets().map(
        (set) => html`
        <h3 class="boxes-head">${set.heading}</h3>
        <p class="note">${set.about}</p>
        <div class="boxes">${set.layers.map((layer, i) => this.#heatBox(set, layer, i))}</div>`,
      )}
    `;
  }

  /**
   * @param {string} heading @param {string} file @param {Record<string, import("./series.js").Column>} columns
   * @param {string[]} names @param {{hasLog?: boolean, range?: [number, number], write: (value: number) => string}} options
   */
  #box(heading, file, columns, names, { hasLog = false, range, write }) {
    const strokes = /** @type {const} */ (["training", "validation", "test"]);
    const lines = names
      .map((name, i) => ({ name, as: names.length > 1 ? strokes[i] : "test" }))
      .filter(({ name }) => hasValues(columns[name]))
      .map(({ name, as }) => ({
        label: columns[name].label,
        key: names.length > 1 ? as : heading.toLowerCase(),
        x: columns.epoch.values,
        y: columns[name].values,
        stroke: (/** @type {import("../../ui/charts/color.js").Theme} */ theme) =>
          css(as === "training" ? theme.muted : as === "test" ? theme.accent : theme.ink),
        dash: as === "training" ? [5, 3] : as === "validation" ? [2, 3] : [],
        swatch: `key-${as}`,
      }));
    if (!lines.length) return nothing;
    return html`<ty-chart-box class="chart-box" .playground=${this.playground} .heading=${heading} .file=${`trainyard-${file}`} .lines=${lines} .mark=${this.mark}
      .hasLog=${hasLog} .range=${range} .write=${write}></ty-chart-box>`;
  }

  #heatBox(/** @type {HeatSet} */ set, /** @type {{name: string}} */ { name }, /** @type {number} */ i) {
    const spread = this.#spread(set, i);
    const title = t("runs.layer", { name: set.name, i: i + 1 });
    return html`
      <div class="heat-box">
        <div class="box-head">
          <h4>${name}</h4>
          <button type="button" class="small-button" aria-label="${t("runs.png2", { title })}" @click=${(/** @type {EventOn<HTMLButtonElement>} */ event) => this.#png(event.currentTarget, set, i)}>PNG</button>
          <button type="button" class="small-button" aria-label="${t("runs.csv2", { title })}" @click=${() => this.#csv(set, i)}>CSV</button>
        </div>
        <canvas class="heat" role="img" aria-label="${t("runs.overTime", { title, value: spread ? t("runs.between", { low: formatNumber(spread.low), high: formatNumber(spread.high) }) : "" })}"></canvas>
      </div>
    `;
  }

  /** What is drawn as spread over time: weights, and what hidden units gave where the worker can say that. @returns {HeatSet[]} */
  #sets() {
    const { description, engine } = this.state;
    if (!description) return [];
    const name = (/** @type {number} */ i) =>
      i + 1 < description.layers.length ? t("runs.hiddenLayer", { i: i + 1 }) : t("runs.outputLayer");
    const weights = description.layers.map(({ weight }, i) => ({
      name: name(i),
      from: weight.offset,
      to: weight.offset + weight.shape.reduce((a, b) => a * b, 1),
    }));
    const sets = [
      {
        name: t("runs.weights"),
        heading: t("runs.weightsOverTime"),
        about: t("runs.weightsLayerLieThere"),
        layers: weights,
        numbers: description.parameterCount,
        known: this.#weights,
      },
    ];
    const hidden = description.layers.slice(0, -1);
    if (!hidden.length || engine?.engine === "gpu") return sets;
    let unit = 0;
    const rows = this.#rows().length;
    const units = hidden.map(({ outputs }, i) => ({ name: name(i), from: unit * rows, to: (unit += outputs) * rows }));
    const numbers = rows * description.layers.reduce((sum, { outputs }) => sum + outputs, 0);
    return [
      ...sets,
      {
        name: t("runs.activations"),
        heading: t("runs.activationsOverTime"),
        about: t("runs.oftenUnitLayerGave", { rows }),
        layers: units,
        numbers,
        known: this.#units,
      },
    ];
  }

  /** Training rows that units are asked about. */
  #rows() {
    const { points } = this.state;
    return points ? trainingRows(points.part, MOST_ROWS) : [];
  }

  /** The steps that are drawn. */
  #steps(/** @type {HeatSet} */ { numbers }) {
    const moments = this.#moments;
    const most = Math.max(2, Math.min(MOST_COLUMNS, Math.floor(MOST_NUMBERS / numbers)));
    const stride = Math.ceil(moments.length / most);
    return moments.filter((_, i) => i % stride === 0 || i === moments.length - 1).map(({ step }) => step);
  }

  updated() {
    super.updated();
    void this.#fetch();
    this.#draw();
  }

  /** Only what is new is asked for. */
  async #fetch() {
    const { description, points } = this.state;
    if (this.#isFetching || !description || !points || this.parts.travel.store.get().tooLarge) return;
    this.#isFetching = true;
    let isNew = false;
    for (const set of this.#sets()) {
      const steps = this.#steps(set).filter((step) => !set.known.has(step));
      if (!steps.length) continue;
      const width = points.inputs.length / points.targets.length;
      const inputs = () => valuesOf(points, this.#rows(), width);
      const ask =
        set.known === this.#weights
          ? this.playground.ask("weights", { steps })
          : this.playground.ask("units", { steps, inputs: inputs() });
      const all = await ask.catch(() => null);
      if (!all || description !== this.state.description) break;
      const count = all.length / steps.length;
      steps.forEach((step, i) => set.known.set(step, all.subarray(i * count, (i + 1) * count)));
      isNew = true;
    }
    this.#isFetching = false;
    if (isNew) this.requestUpdate();
  }

  #spread(/** @type {HeatSet} */ set, /** @type {number} */ index) {
    const { description } = this.state;
    const steps = this.#steps(set).filter((step) => set.known.has(step));
    if (!description || !steps.length) return null;
    const numbers = steps.map((step) => /** @type {Float32Array} */ (set.known.get(step)));
    // What stands before a moment's own numbers, such as the inputs of units, is not of a layer.
    const before = numbers[0].length - set.numbers;
    const { from, to } = set.layers[index];
    return {
      epochs: steps.map((step) => step / description.stepsPerEpoch),
      ...spreadOf(numbers, { from: from + before, to: to + before }),
    };
  }

  #draw() {
    const theme = readTheme(this, this.playground);
    const canvases = /** @type {NodeListOf<HTMLCanvasElement>} */ (this.querySelectorAll("canvas.heat"));
    this.#sets()
      .flatMap((set) => set.layers.map((_, i) => this.#spread(set, i)))
      .forEach((spread, i) => {
        if (spread && canvases[i])
          drawHeat(canvases[i], { ...spread, last: epochRange(spread.epochs.at(-1) ?? 0)[1] }, theme);
      });
  }

  #png(/** @type {HTMLElement} */ button, /** @type {HeatSet} */ { name }, /** @type {number} */ index) {
    const canvas = /** @type {HTMLCanvasElement} */ (button.closest(".heat-box")?.querySelector("canvas"));
    downloadPicture(
      canvas,
      css(readTheme(this, this.playground).surface),
      `trainyard-${name.toLowerCase()}-${index + 1}.png`,
    );
  }

  /** A line a moment, a column a bin. */
  #csv(/** @type {HeatSet} */ set, /** @type {number} */ index) {
    const spread = this.#spread(set, index);
    if (!spread) return;
    const edge = (/** @type {number} */ bin) =>
      Number((spread.low + ((spread.high - spread.low) * bin) / SERIES_BINS).toPrecision(4));
    const bins = Array.from({ length: SERIES_BINS }, (_, bin) => ({
      label: t("runs.from", { bin: edge(bin), bin2: edge(bin + 1) }),
      values: spread.counts.map((counts) => counts[bin]),
    }));
    downloadText(
      csvOf([{ label: "epoch", values: spread.epochs }, ...bins]),
      `trainyard-${set.name.toLowerCase()}-${index + 1}.csv`,
    );
  }
}
