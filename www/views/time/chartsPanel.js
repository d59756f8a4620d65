// @ts-check
/** Everything by epoch: losses, accuracy, gradient, learning rate; and how weights are spread over time, layer by layer. */
import { html, nothing } from "lit";
import { css } from "../../charts/colour.js";
import { drawHeat } from "../../charts/heat.js";
import { epochRange } from "../../charts/lossData.js";
import { BINS, columnsOf, csvOf, hasValues, spreadOf } from "../../core/series.js";
import { formatLoss, formatRate, formatShare } from "../../core/format.js";
import { Panel } from "../panel.js";
import { readTheme, watchTheme } from "../theme.js";
import { downloadPicture, downloadText } from "./download.js";

/** Moments in a picture of weights: more columns than that can't be told apart. */
const MOST_COLUMNS = 120;

/** Parameters that are fetched in all: a picture needs no more. */
const MOST_NUMBERS = 2_000_000;

export class ChartsPanel extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false }, mark: { state: true } };

  /** Parameters by step, as they were fetched. @type {Map<number, Float32Array>} */
  #weights = new Map();
  #isFetching = false;

  constructor() {
    super();
    /** @type {any} */
    this.parts = null;
    /** @type {number | null} */
    this.mark = null;
  }

  /** @param {import("../../core/playground.js").State} state */
  picks({ description, run }) {
    return [description, run?.state];
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(this.parts.travel.store.subscribe(() => this.requestUpdate()));
    this.atEnd(watchTheme(() => this.requestUpdate()));
    this.follow(({ description }) => description, () => this.#weights.clear());
    void this.parts.travel.refresh();
  }

  get #moments() {
    return /** @type {import("../../core/timeTravel.js").Moment[]} */ (this.parts.travel.store.get().moments);
  }

  render() {
    const { description } = this.state;
    const { tooLarge } = this.parts.travel.store.get();
    if (tooLarge) return html`<p class="note">This network is too large for moments of it to be kept; these charts are made of them.</p>`;
    if (!description || this.#moments.length < 2) return html`<p class="note" role="status">Nothing is trained yet: press Play, and the charts fill.</p>`;
    const columns = columnsOf(this.#moments, description.stepsPerEpoch);
    return html`
      <div class="boxes" @ty-mark=${(/** @type {CustomEvent} */ event) => (this.mark = event.detail)}>
        ${this.#box("Loss", "loss", columns, ["training", "validation", "test"], { hasLog: true, write: formatLoss })}
        ${this.#box("Accuracy", "accuracy", columns, ["trainingAccuracy", "validationAccuracy", "testAccuracy"], { range: [0, 1], write: formatShare })}
        ${this.#box("Gradient norm", "gradient-norm", columns, ["gradientNorm"], { hasLog: true, write: formatRate })}
        ${this.#box("Learning rate", "learning-rate", columns, ["learningRate"], { hasLog: true, write: formatRate })}
      </div>
      <h3 class="boxes-head">Weights over time</h3>
      <p class="note">Each column is a moment: the darker, the more weights of the layer lie there.</p>
      <div class="boxes">
        ${description.layers.map((layer, i) => html`
          <div class="heat-box">
            <div class="box-head">
              <h4>${i + 1 < description.layers.length ? `Hidden layer ${i + 1}` : "Output layer"}</h4>
              <button type="button" class="small-button" aria-label="Weights of layer ${i + 1} as PNG" @click=${() => this.#png(i)}>PNG</button>
              <button type="button" class="small-button" aria-label="Weights of layer ${i + 1} as CSV" @click=${() => this.#csv(i)}>CSV</button>
            </div>
            <canvas class="heat" role="img" aria-label=${this.#words(i)}></canvas>
          </div>`)}
      </div>
    `;
  }

  /**
   * @param {string} heading @param {string} file @param {Record<string, import("../../core/series.js").Column>} columns
   * @param {string[]} names @param {{hasLog?: boolean, range?: [number, number], write: (value: any) => string}} options
   */
  #box(heading, file, columns, names, { hasLog = false, range, write }) {
    const strokes = /** @type {const} */ (["training", "validation", "test"]);
    const lines = names.map((name, i) => ({ name, as: names.length > 1 ? strokes[i] : "test" })).filter(({ name }) => hasValues(columns[name])).map(({ name, as }) => ({
      label: columns[name].label, key: names.length > 1 ? as : heading.toLowerCase(), x: columns.epoch.values, y: columns[name].values,
      stroke: (/** @type {any} */ theme) => css(as === "training" ? theme.muted : as === "test" ? theme.accent : theme.ink),
      dash: as === "training" ? [5, 3] : as === "validation" ? [2, 3] : [], swatch: `key-${as}`,
    }));
    if (!lines.length) return nothing;
    return html`<ty-chart-box class="chart-box" .playground=${this.playground} .heading=${heading} .file=${`trainyard-${file}`} .lines=${lines} .mark=${this.mark}
      .hasLog=${hasLog} .range=${range} .write=${write}></ty-chart-box>`;
  }

  /** The steps whose weights are drawn. */
  get #steps() {
    const moments = this.#moments;
    const { parameterCount = 1 } = this.state.description ?? {};
    const most = Math.max(2, Math.min(MOST_COLUMNS, Math.floor(MOST_NUMBERS / parameterCount)));
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
    const { description } = this.state;
    const steps = this.#steps.filter((step) => !this.#weights.has(step));
    if (!steps.length || this.#isFetching || !description || this.parts.travel.store.get().tooLarge) return;
    this.#isFetching = true;
    const all = await this.playground.client.ask("weights", { steps }).catch(() => null);
    this.#isFetching = false;
    if (!all || description !== this.state.description) return;
    const count = description.parameterCount;
    steps.forEach((step, i) => this.#weights.set(step, all.subarray(i * count, (i + 1) * count)));
    this.#draw();
  }

  #spread(/** @type {number} */ index) {
    const { description } = this.state;
    const layer = description?.layers[index];
    const steps = this.#steps.filter((step) => this.#weights.has(step));
    if (!layer || !description || !steps.length) return null;
    const from = layer.weight.offset;
    const to = from + layer.weight.shape.reduce((a, b) => a * b, 1);
    const weights = steps.map((step) => /** @type {Float32Array} */ (this.#weights.get(step)));
    return { epochs: steps.map((step) => step / description.stepsPerEpoch), ...spreadOf(weights, { from, to }) };
  }

  #words(/** @type {number} */ index) {
    const spread = this.#spread(index);
    return `Weights of layer ${index + 1} over time${spread ? `, between ${spread.low} and ${spread.high}` : ""}`;
  }

  #draw() {
    const theme = readTheme(this, this.playground);
    this.querySelectorAll("canvas.heat").forEach((canvas, i) => {
      const spread = this.#spread(i);
      if (spread) drawHeat(/** @type {HTMLCanvasElement} */ (canvas), { ...spread, last: epochRange(spread.epochs.at(-1) ?? 0)[1] }, theme);
    });
  }

  #png(/** @type {number} */ index) {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelectorAll("canvas.heat")[index]);
    downloadPicture(canvas, css(readTheme(this, this.playground).surface), `trainyard-weights-${index + 1}.png`);
  }

  /** A column for each moment's counts would be wide: a line a moment, a column a bin. */
  #csv(/** @type {number} */ index) {
    const spread = this.#spread(index);
    if (!spread) return;
    const edge = (/** @type {number} */ bin) => Number((spread.low + ((spread.high - spread.low) * bin) / BINS).toPrecision(4));
    const bins = Array.from({ length: BINS }, (_, bin) => ({ label: `${edge(bin)} to ${edge(bin + 1)}`, values: spread.counts.map((counts) => counts[bin]) }));
    downloadText(csvOf([{ label: "epoch", values: spread.epochs }, ...bins]), `trainyard-weights-${index + 1}.csv`);
  }
}
