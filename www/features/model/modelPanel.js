// @ts-check
/** Model: layers and neurons, and the network they make, drawn with its weights as they are now. */
import { html, nothing } from "lit";
import { drawNetwork } from "./networkChart.js";
import { BUTTONS, activationOf, settingOf } from "../../settings/config.js";
import { formatCount } from "../../base/format.js";
import { unitsOf, weightLayersIn } from "../../settings/layers.js";
import { inputLabel } from "../../settings/sources.js";
import { tellLack } from "../../session/pending.js";
import { fieldsOf, unitGrid } from "./unitFields.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { markOf } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { field } from "../../ui/field.js";
import { minusIcon, plusIcon } from "../../ui/icons.js";
import { More } from "../../ui/more.js";
import { nudge } from "../../ui/nudge.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

export class ModelPanel extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    loadMore: { attribute: false },
    loadOverlay: { attribute: false },
    overlay: { state: true },
  };

  /** @type {import("./unitFields.js").UnitGrid | null} */
  #grid = null;
  /** @type {import("./networkChart.js").Fields | null} */
  #fields = null;
  /** What the overlay would have drawn otherwise. @type {{values?: Float32Array, gradient?: Float32Array} & Pick<Parameters<typeof drawNetwork>[4], "drawLine" | "drawRibbon" | "drawWide">} */
  extras = {};

  /** What it says for those who don't see it, once that is there. @type {typeof import("./part.js").networkWords | undefined} */
  words;

  constructor() {
    super();
    /** Gets what is folded, and its style into this element. @type {(place: HTMLElement) => Promise<unknown>} */
    this.loadMore = async () => {};
    /** Gets what one does with the graph: looking closer, editing. @type {(place: HTMLElement) => Promise<{networkWords?: ModelPanel["words"]}>} */
    this.loadOverlay = async () => ({});
    /** @type {"absent" | "loading" | "there"} */
    this.overlay = "absent";
    this.more = new More(this, "model");
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, description }) {
    return [settings, problems, description];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, description }) {
    return [frame?.parameters, frame?.units, description];
  }

  connectedCallback() {
    super.connectedCallback();
    // Over a plane of two columns the question has no part in the picture.
    this.follow(
      ({ description, view, settings, ask }) => [description, view, settings.axes, ask.length > 2 ? ask : null],
      () => this.#watchUnits(),
    );
    this.follow(
      ({ frame }) => Boolean(frame?.units),
      () => setTimeout(() => this.#getOverlay(), 200),
    );
  }

  #watchUnits() {
    this.#grid = unitGrid(this.state);
    this.playground.client.remember("watchUnits", { inputs: this.#grid?.rows ?? new Float64Array() });
  }

  /** Once there is something to see. */
  async #getOverlay() {
    if (this.overlay !== "absent") return;
    this.overlay = "loading";
    try {
      this.words = (await this.loadOverlay(this)).networkWords;
      this.overlay = "there";
    } catch (error) {
      this.overlay = "absent";
      tellLack(
        this.playground.store,
        t("model.whatEditsNetworkCould", { message: /** @type {Error} */ (error).message }),
        () => void this.#getOverlay(),
      );
    }
  }

  render() {
    const { settings, description } = this.state;
    const { layers } = settings;
    // What the links show is chosen in sight of the graph, also on a phone.
    const tools = html`<div class="network-tools">${this.overlay === "there" ? html`<ty-network-tools .playground=${this.playground} .host=${this}></ty-network-tools>` : nothing}</div>`;
    return html`
      <div class="panel-head">
        <h2 tabindex="-1">${t("model.model")}</h2>
        <div class="stepper" role="group" aria-label="${t("model.hiddenLayers")}">
          ${nudge(minusIcon, t("model.removeLayer"), layers.length === 0, () => this.playground.removeLayer())}
          <span data-about="layers"><b>${layers.length}</b> <span class="roomy">${t("model.hidden")}</span> ${t("model.layerWord", { count: layers.length })}</span>
          ${nudge(plusIcon, t("model.addLayer"), layers.length >= BUTTONS.layers, () => this.playground.addLayer())}
        </div>
        ${field(this, "activation")}
        ${this.more.button()}
        ${this.more.chips()}
      </div>
      ${this.more.settings()}
      <div class="network">
        <div class="columns">
          <div class="column"><div class="controls"><span>${t("model.features")}</span></div></div>
          ${layers.map((/** @type {number | import("../../settings/layers.js").Layer} */ layer, /** @type {number} */ i) => this.#column(layer, i))}
          <div class="column"><div class="controls"><span>${t("model.output")}</span></div></div>
        </div>
        ${this.isNarrow ? tools : nothing}
        <div class="graph" @pointerenter=${() => this.#getOverlay()}>
          <canvas role="img" aria-label=${(description && this.words?.(description)) ?? t("model.network")}></canvas>
          ${this.overlay === "there" ? html`<ty-network-overlay .playground=${this.playground} .host=${this}></ty-network-overlay>` : nothing}
        </div>
      </div>
      <div class="network-note">
        ${this.isNarrow ? nothing : tools}
        <p class="note"><span class="plus">${t("model.blue")}</span> ${t("model.adds")} <span class="minus">${t("model.orange")}</span> ${t("model.subtracts")}</p>
        <p class="count learned" title="${t("model.numbersTrainingAdjustsEvery")}">
          <b>${description ? formatCount(description.parameterCount) : "–"}</b> ${t("model.parameters")}
        </p>
      </div>
    `;
  }

  /** Above each column of neurons of the graph; layers without weights have none. @returns {unknown} */
  #column(/** @type {number | import("../../settings/layers.js").Layer} */ layer, /** @type {number} */ i) {
    const units = unitsOf(layer);
    if (units === null)
      return weightLayersIn(layer).map(
        (name) => html`<div class="column"><div class="controls"><span>${name}</span></div></div>`,
      );
    const { min } = settingOf("layers");
    const set = (/** @type {number} */ count) => () => this.playground.setUnits(i, count);
    return html`
      <div class="column" role="group" aria-label="${t("model.layer", { i: i + 1 })}">
        <div class="controls">
          ${nudge(minusIcon, t("model.removeNeuronFromLayer", { i: i + 1 }), units === min, set(units - 1))}
          <span><b>${units}</b><span class="unit"> ${t("model.neuronWord", { count: units })}</span></span>
          ${nudge(plusIcon, t("model.addNeuronLayer", { i: i + 1 }), units >= BUTTONS.units, set(units + 1))}
        </div>
        ${select({ name: t("model.activationLayer", { i: i + 1 }), choices: settingOf("activation").choices, value: typeof layer === "number" ? activationOf(this.state.settings.activation, i) : layer.activation, enter: (name) => this.playground.setActivation(i, name) })}
      </div>
    `;
  }

  draw() {
    const { frame, description } = this.state;
    const canvas = this.querySelector("canvas");
    if (!canvas || !this.theme || !description || description.image || !frame?.parameters) return;
    drawNetwork(canvas, description, this.extras.values ?? frame.parameters, this.theme, {
      ...this.labels(),
      fields: this.fields(),
      ...this.extras,
    });
  }

  /** What the units give, where that is known. @returns {import("./networkChart.js").Fields | null} */
  fields() {
    const { frame, description } = this.state;
    const fields = fieldsOf(this.#grid, description, frame?.units);
    // The same as before is the same object, so that it is painted once.
    if (fields?.layers.buffer !== this.#fields?.layers.buffer) this.#fields = fields;
    return this.#fields;
  }

  /** What inputs and outputs are called. */
  labels() {
    const { description } = this.state;
    if (!description) return { inputs: [], outputs: [] };
    const inputs = (description.inputNames ?? description.features).map(inputLabel);
    const { task, classes, outputs: count, target, classNames } = description;
    const nameOf = (/** @type {number} */ i) => (classNames ? `${markOf(i)} ${classNames[i]}` : markOf(i));
    const own = classNames?.[1] ?? "●";
    const outputs =
      task === "regression"
        ? [target ?? "y"]
        : count === 1
          ? [hasProbabilities(description) ? `P(${own})` : own]
          : Array.from({ length: classes ?? 0 }, (_, i) => nameOf(i));
    return { inputs, outputs };
  }
}
