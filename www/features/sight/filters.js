// @ts-check
/** What a filter looks for: the patches of training images that excite it most, and an image made for it. */
import { html, nothing } from "lit";
import { filterWords, layerNames, unitsOf } from "./model.js";
import { paintField, paintStrengths } from "./paint.js";
import { formatCount, formatNumber } from "../../base/format.js";
import { Job } from "../../session/job.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { select } from "../../ui/select.js";
import { StoreController } from "../../ui/storeController.js";
import { jobControls } from "./controls.js";
import { t } from "../../base/text.js";

/** @typedef {import("./worker.js").Found} Found */
/** @typedef {import("../../session/protocol.js").Description} Description */
/** @typedef {import("../../session/job.js").JobState & {share: number, found: Found | null, layer: number, unit: number, of: unknown}} FilterState */

/** As many filters stand side by side; of more, one is chosen from a list. */
const MOST_BUTTONS = 64;
const SEED = 7;

export class FilterPanel extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, layer: { state: true }, unit: { state: true } };

  /** @type {Job<FilterState>} set before it is drawn */
  job = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.job.store);

  /** Ink of 0…1 of the pictures that patches are of. @type {Map<number, Float64Array>} */
  #ink = new Map();
  #source = "";
  #isFetching = false;
  /** What is to come when what is under way has ended. */
  #isDue = false;

  constructor() {
    super();
    this.layer = 0;
    this.unit = 0;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, run }) {
    return [description, run?.step];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame }) {
    return [frame?.parameters];
  }

  connectedCallback() {
    /** @type {FilterState} */
    const none = { phase: "ready", problem: "", share: 0, found: null, layer: 0, unit: 0, of: null };
    this.job ??= new Job("filter", this.playground, none);
    super.connectedCallback();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.job.stop();
  }

  async #start() {
    // Another filter: what is under way is given up for it.
    this.#isDue = this.job.isRunning;
    if (this.#isDue) return this.job.stop();
    const { description } = this.state;
    const { layer, unit } = this;
    await this.job.run(
      { layer, unit, seed: SEED },
      { share: 0, found: null, layer, unit, of: description },
      (progress) => {
        const { share, ...found } = /** @type {{share: number} & Found} */ (/** @type {unknown} */ (progress));
        this.job.store.set({ share, found: found.patches.length ? found : null });
      },
      (found) => (found ? { found } : {}),
    );
    if (this.#isDue && this.isConnected) void this.#start();
  }

  #choose(/** @type {number} */ layer, /** @type {number} */ unit) {
    this.layer = layer;
    this.unit = unit;
    void this.#start();
  }

  render() {
    const { description, run } = this.state;
    if (!description?.image) return nothing;
    const names = layerNames(description);
    const layer = Math.min(this.layer, names.length - 1);
    const count = unitsOf(description, layer);
    const isOutput = layer === names.length - 1;
    const name = (/** @type {number} */ unit) =>
      isOutput ? (description.classNames?.[unit] ?? String(unit)) : formatCount(unit + 1);
    const what = isOutput
      ? t("sight.classes")
      : description.layers[layer].type === "conv2d"
        ? t("sight.filterList")
        : t("sight.unitList");
    const choices = names.map((label, i) => ({ value: String(i), label }));
    const choose = (/** @type {string} */ value) => {
      this.layer = Number(value);
      this.unit = 0;
    };
    return html`
      <p class="note">${t("sight.filtersAbout")}</p>
      <div class="study-top">
        ${select({ id: `${this.uid}-layer`, label: t("sight.layer"), choices, value: String(layer), enter: choose })}
        ${count > MOST_BUTTONS ? this.#list(what, layer, count, name) : nothing}
        ${jobControls(this.job, { label: t("sight.show"), start: () => void this.#start(), cannot: !run })}
      </div>
      ${count > MOST_BUTTONS ? nothing : this.#buttons(what, layer, count, name)}
      ${this.#outcome(description, names)}
    `;
  }

  #list(
    /** @type {string} */ what,
    /** @type {number} */ layer,
    /** @type {number} */ count,
    /** @type {(unit: number) => string} */ name,
  ) {
    const choices = Array.from({ length: count }, (_, unit) => ({ value: String(unit), label: name(unit) }));
    const choose = (/** @type {string} */ value) => this.#choose(layer, Number(value));
    return select({ id: `${this.uid}-unit`, label: what, choices, value: String(this.unit), enter: choose });
  }

  #buttons(
    /** @type {string} */ what,
    /** @type {number} */ layer,
    /** @type {number} */ count,
    /** @type {(unit: number) => string} */ name,
  ) {
    const isConv = this.state.description?.layers[layer].type === "conv2d";
    return html`
      <div class="sight-filters" role="group" aria-label=${what}>${Array.from(
        { length: count },
        (_, unit) => html`
        <button type="button" class="sight-filter" aria-pressed=${unit === this.unit} @click=${() => this.#choose(layer, unit)}>
          ${isConv ? html`<canvas class="sight-kernel" data-unit=${unit} width="1" height="1" aria-hidden="true"></canvas>` : nothing}${name(unit)}
        </button>`,
      )}</div>
    `;
  }

  /** @param {Description} description @param {string[]} names */
  #outcome(description, names) {
    const { found, layer, unit, of, phase } = this.job.store.get();
    if (!found || of !== description) return nothing;
    const isOutput = layer === names.length - 1;
    const name = isOutput
      ? t("sight.classNamed", { name: description.classNames?.[unit] ?? String(unit) })
      : description.layers[layer].type === "conv2d"
        ? t("sight.filterNamed", { layer: names[layer], number: formatCount(unit + 1) })
        : t("sight.unitNamed", { layer: names[layer], number: formatCount(unit + 1) });
    const words = filterWords(found, name);
    return html`
      <p class="sight-words" role="status">${phase === "running" ? t("sight.underWay", { name }) : words}</p>
      <div class="sight-pictures">
        <figure>
          <figcaption>${t("sight.looksFor")}</figcaption>
          <ol class="sight-patches">${found.patches.map(({ row, value }, i) => {
            const said = t("sight.patch", { number: formatCount(row + 1), value: formatNumber(value) });
            return html`
              <li><button type="button" class="sight-patch" aria-label=${said} title=${said} @click=${() => this.playground.askAbout([row])}>
                <canvas class="sight-pixels" data-patch=${i} width="1" height="1"></canvas><span aria-hidden="true">${formatNumber(value)}</span>
              </button></li>`;
          })}</ol>
        </figure>
        <figure>
          <figcaption>${t("sight.wouldLike")}</figcaption>
          <canvas class="sight-pixels sight-dream" role="img" aria-label="${t("sight.wouldLike")}" data-dream width="1" height="1"></canvas>
          <p class="note">${found.dream ? t("sight.dreamValue", { value: formatNumber(found.dream.value) }) : nothing}</p>
        </figure>
      </div>
    `;
  }

  updated() {
    super.updated();
    void this.#fetch();
  }

  /** The pictures that patches are of. */
  async #fetch() {
    const { source } = this.state.settings;
    if (source !== this.#source) this.#ink.clear();
    this.#source = source;
    const missing = (this.job.store.get().found?.patches ?? [])
      .map(({ row }) => row)
      .filter((row) => !this.#ink.has(row));
    if (!missing.length || this.#isFetching) return;
    this.#isFetching = true;
    const got = await this.playground.tables.pictures(missing).catch(() => null); // the worker was replaced: asked again later
    this.#isFetching = false;
    if (!got || source !== this.#source) return;
    const size = got.pixels.length / missing.length;
    missing.forEach((row, i) =>
      this.#ink.set(
        row,
        Float64Array.from(got.pixels.subarray(i * size, (i + 1) * size), (ink) => ink / 255),
      ),
    );
    this.requestUpdate();
  }

  draw() {
    const { theme } = this;
    const { description, frame } = this.state;
    const { found } = this.job.store.get();
    if (!theme || !description?.image) return;
    const { width } = description.image;
    for (const canvas of this.querySelectorAll("canvas")) {
      const { unit, patch, dream } = canvas.dataset;
      if (unit !== undefined) this.#drawKernel(canvas, Number(unit), frame?.parameters, theme);
      const one = patch === undefined ? undefined : found?.patches[Number(patch)];
      const ink = one && this.#ink.get(one.row);
      if (one && ink) paintField(canvas, ink, width, one.field, theme);
      if (dream !== undefined && found?.dream) paintField(canvas, found.dream.pixels, width, found.dream.field, theme);
    }
  }

  /** The kernel of a filter, the mean over what it reads. @param {HTMLCanvasElement} canvas @param {number} unit @param {Float32Array | undefined} parameters @param {import("./paint.js").Theme} theme */
  #drawKernel(canvas, unit, parameters, theme) {
    const { description } = this.state;
    const weight = description?.layers[Math.min(this.layer, description.layers.length - 1)].weight;
    if (!parameters || weight?.shape.length !== 4) return;
    const [, channels, height, width] = weight.shape;
    const size = height * width;
    const mean = new Float32Array(size);
    for (let channel = 0; channel < channels; channel++)
      for (let at = 0; at < size; at++)
        mean[at] += parameters[weight.offset + (unit * channels + channel) * size + at] / channels;
    const most = mean.reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
    paintStrengths(canvas, most ? mean.map((one) => one / most) : mean, null, width, theme);
  }
}
