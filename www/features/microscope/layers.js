// @ts-check
/** The layers as they are now: how their weights lie, and what their neurons give on training rows. */
import { html, nothing } from "lit";
import { histogramOf } from "../../ui/charts/bins.js";
import { bars, histogramBox } from "../../ui/charts/histogram.js";
import { healthOf } from "../../session/health.js";
import { trainingSample } from "../../base/sample.js";
import { formatValue } from "../../base/columnFormat.js";
import { isWatched } from "../../ui/calm.js";
import { Panel } from "../../ui/panel.js";
import { parts, t } from "../../base/text.js";

const WEIGHT_BINS = 24;
const EVERY_MS = 400;
const ROWS = 400;
const NUMBERS = 100_000;

export class LayerViews extends Panel {
  static properties = { ...Panel.properties, activity: { state: true } };

  #timer = 0;

  constructor() {
    super();
    /** @type {{values: Float32Array, rows: number, of: object} | null} */
    this.activity = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame }) => frame?.parameters,
      () => this.#soon(),
    );
    const details = this.closest("details");
    const toggled = () => this.#soon();
    details?.addEventListener("toggle", toggled);
    this.atEnd(() => {
      details?.removeEventListener("toggle", toggled);
      clearTimeout(this.#timer);
      this.#timer = 0;
    });
    this.#soon();
  }

  /** Now and then while the run moves, and once it stands. */
  #soon() {
    if (this.#timer || !(this.closest("details")?.open ?? true)) return;
    this.#timer = setTimeout(async () => {
      const { frame, description, points } = this.state;
      if (description && points) {
        const units = description.layers.reduce((sum, { outputs }) => sum + outputs, 0);
        const inputs = trainingSample(
          points,
          description.columns.length,
          Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / units))),
        );
        const values = await this.playground.ask("activations", { inputs }).catch(() => null);
        if (values && this.state.description === description)
          this.activity = { values, rows: values.length / units, of: description };
      }
      this.#timer = 0;
      if (this.isConnected && isWatched(this) && this.state.frame?.parameters !== frame?.parameters) this.#soon();
    }, EVERY_MS);
  }

  render() {
    const { description, frame } = this.state;
    if (!description || !frame?.parameters) return nothing;
    const { parameters } = frame;
    let first = 0;
    return html`
      <h3>${t("microscope.layersTheyNow")}</h3>
      <div class="scope-layers">
        ${description.layers.map((layer, i) => {
          const { outputs, activation, weight, bias } = layer;
          const from = first;
          first += outputs;
          const name =
            i === description.layers.length - 1 ? t("microscope.outputLayer") : t("microscope.layer", { i: i + 1 });
          // A convolution has a bias for each of its maps.
          const weights = parameters.subarray(weight.offset, bias.offset + bias.shape[0]);
          const own = this.activity?.of === description ? this.activity : null;
          const values = own?.values.subarray(from * own.rows, (from + outputs) * own.rows);
          return html`
            <section aria-label=${name}>
              <h4>${name}</h4>
              <p class="note">${t("count.neurons", { count: outputs })}, ${activation}; <span class="learned">${t("count.parameters", { count: weights.length })}</span></p>
              ${this.#histogram(t("microscope.weightsBiases"), weights)}
              ${values ? this.#histogram(t("microscope.activations"), values) : nothing}
              ${own && i < description.layers.length - 1 ? this.#health(own, from, outputs, activation) : html`<p class="note"> </p>`}
            </section>
          `;
        })}
      </div>
    `;
  }

  #histogram(/** @type {string} */ name, /** @type {Float32Array} */ values) {
    const [low, high] = values.reduce(
      ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
      [Infinity, -Infinity],
    );
    const size = Math.max(Math.abs(low), Math.abs(high), 1e-6);
    const counts = histogramOf(values, WEIGHT_BINS, [-size, size]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const words = t("microscope.meanSpread", {
      low: formatValue(low),
      high: formatValue(high),
      toPrecision: formatValue(Number(mean.toPrecision(3))),
      toPrecision2: formatValue(Number(spread.toPrecision(3))),
    });
    const most = Math.max(...counts);
    const half = (/** @type {boolean} */ isPlus) =>
      counts.map((count, i) => (i >= WEIGHT_BINS / 2 === isPlus ? count : 0));
    return html`
      <figure class="scope-histogram">
        <figcaption>${name}</figcaption>
        <svg viewBox=${histogramBox(WEIGHT_BINS)} preserveAspectRatio="none" role="img" aria-label="${name}: ${words}">${bars(half(false), most, "minus")}${bars(half(true), most, "plus")}</svg>
        <p class="scope-ends"><span>${formatValue(-size)}</span><span>0</span><span>${formatValue(size)}</span></p>
      </figure>
    `;
  }

  #health(
    /** @type {{values: Float32Array, rows: number}} */ { values, rows },
    /** @type {number} */ from,
    /** @type {number} */ outputs,
    /** @type {string} */ activation,
  ) {
    const all = Array.from(
      { length: outputs },
      (_, unit) => healthOf(values.subarray((from + unit) * rows, (from + unit + 1) * rows), activation).state,
    );
    const count = (/** @type {string} */ state) => all.filter((one) => one === state).length;
    const [dead, saturated] = [count("dead"), count("saturated")];
    return html`<p class="note">${dead || saturated ? html`<b>${dead} ${parts("microscope.deadSaturated", { saturated })}</b>` : t("microscope.allNeuronsLearn")}</p>`;
  }
}
