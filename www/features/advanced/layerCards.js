// @ts-check
/** The hidden layers, a card each: of every type that suits the inputs, in any order. */
import { html, nothing } from "lit";
import { imageSetOf } from "../../data/imageSets.js";
import { shapeWords, stepsOf } from "../../session/shapes.js";
import { checkLayers, freshLayer, layersOf, readLayers, withLayer, writeLayers } from "../../settings/layers.js";
import { formatCount, upper } from "../../base/format.js";
import { ACTIVATION_LABELS, choicesOf, isChoice } from "../../settings/schema.js";
import { LAYERS } from "../../settings/schema.static.js";
import { Panel } from "../../ui/panel.js";
import { typed } from "../../ui/typed.js";
import { select } from "../../ui/select.js";
import { numberField } from "../../ui/numberField.js";
import { nudge } from "../../ui/nudge.js";
import { t } from "../../base/text.js";

/** @typedef {import("../../settings/layers.js").Layer} Layer */
/** @typedef {import("../../settings/schema.static.js").Field} Field */

/** What types are called, where that is not their name in words. @type {Record<string, string>} */
const NAMES = {
  residual: t("advanced.residualBlock"),
  conv2d: t("advanced.convolution"),
  maxPool2d: t("advanced.maxPooling"),
  avgPool2d: t("advanced.averagePooling"),
};
const nameOf = (/** @type {string} */ type) =>
  NAMES[type] ?? upper(type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const TYPES = ["dense", ...Object.keys(LAYERS).filter((type) => type !== "dense")];

/** Types that take pixels. */
const OF_IMAGES = ["conv2d", "maxPool2d", "avgPool2d", "flatten"];

/** What fields are labeled with, beside their own names. */
const LABELS = { units: t("advanced.neurons"), layers: t("advanced.layersBlock") };

/** Of the sets of pictures, until there is a run. */
const CLASSES = 10;

/** @param {import("../../session/shapes.js").Step} step */
const stepWords = ({ from, to, parameters, multiplications }) =>
  [
    `${shapeWords(from)} → ${shapeWords(to)}`,
    ...(parameters ? [t("advanced.parameters", { count: formatCount(parameters) })] : []),
    ...(multiplications ? [t("advanced.multiplications", { count: formatCount(multiplications) })] : []),
  ].join(" · ");

export class LayerCards extends Panel {
  static properties = { ...Panel.properties, type: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.type = "dense";
    this.problem = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, table }) {
    return [settings, description, table.description];
  }

  get #layers() {
    return /** @type {(number | Layer)[]} */ (this.state.settings.layers);
  }

  /** What the model is shown, where that is a picture. */
  get #input() {
    const set = imageSetOf(this.state.settings.source);
    const { table, settings } = this.state;
    const own = table.source === settings.source && table.description?.image;
    if (set) return [1, ...("side" in set ? [set.side, set.side] : [set.height, set.width])];
    return own ? [1, own.height, own.width] : null;
  }

  /** What each layer makes of a picture, and at last the output. */
  get #steps() {
    const input = this.#input;
    if (!input) return [];
    const output = { type: "dense", units: this.state.description?.outputs ?? CLASSES };
    return stepsOf([...layersOf({ ...this.state.settings, dropout: 0 }), output], input).steps;
  }

  /** The types that may be added: those of images where there are some, or where a Spec brought one. */
  get #types() {
    const hasImages =
      this.#input !== null || this.#layers.some((layer) => typeof layer !== "number" && OF_IMAGES.includes(layer.type));
    return TYPES.filter((type) => hasImages || !OF_IMAGES.includes(type));
  }

  render() {
    const layers = this.#layers;
    const steps = this.#steps;
    return html`
      <fieldset class="layer-cards">
        <legend>${t("advanced.layers")}</legend>
        <ol>${layers.map((layer, i) => this.#card(layer, i, steps[i]))}</ol>
        ${steps.length > layers.length ? html`<p class="layer-output"><b>${t("advanced.output")}</b> ${stepWords(steps[layers.length])}</p>` : nothing}
        ${layers.length ? nothing : html`<p class="note">${t("advanced.noHiddenLayerModel")}</p>`}
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <div class="layer-new">
          ${select({ name: t("advanced.typeNewLayer"), choices: this.#types.map((value) => ({ value, label: nameOf(value) })), value: this.type, enter: (type) => (this.type = type) })}
          <button type="button" class="button" @click=${() => this.#take([...layers, this.#fresh()])}>${t("advanced.addLayer")}</button>
        </div>
      </fieldset>
    `;
  }

  /** A dense layer as the model has them; any other with its defaults. */
  #fresh() {
    if (this.type === "dense") return 4;
    return this.type === "residual"
      ? { type: "residual", layers: [{ type: "dense", units: this.#width, activation: "tanh" }] }
      : freshLayer(this.type);
  }

  /** Numbers that a block at the end is given, and has to give back. */
  get #width() {
    const dense = layersOf(this.state.settings).findLast(({ type }) => type === "dense");
    return dense?.units ?? this.state.description?.layers[0]?.inputs ?? 2;
  }

  /** @param {number | Layer} layer @param {number} i @param {import("../../session/shapes.js").Step | undefined} step */
  #card(layer, i, step) {
    const own =
      typeof layer === "number" ? layersOf({ ...this.state.settings, layers: this.#layers, dropout: 0 })[i] : layer;
    const { type } = own;
    const move = (/** @type {number} */ by) => () => {
      const others = this.#layers.filter((_, at) => at !== i);
      this.#take([...others.slice(0, i + by), layer, ...others.slice(i + by)]);
    };
    return html`
      <li>
        <div class="layer-head">
          <b>${nameOf(type)}</b>
          ${nudge("↑", t("advanced.moveLayerUp", { i: i + 1 }), i === 0, move(-1))}
          ${nudge("↓", t("advanced.moveLayerDown", { i: i + 1 }), i === this.#layers.length - 1, move(1))}
          ${nudge("×", t("advanced.removeLayer", { i: i + 1 }), false, () => this.#take(this.#layers.filter((_, at) => at !== i)))}
        </div>
        ${step ? html`<p class="layer-shape">${stepWords(step)}</p>` : nothing}
        ${LAYERS[type].map(([name, field]) => this.#field(layer, own, i, name, field))}
      </li>
    `;
  }

  /** @param {number | Layer} layer @param {Layer} own   the same as the Spec has it @param {number} i @param {string} name @param {Field | null} field */
  #field(layer, own, i, name, field) {
    const where = t("advanced.layer", { i: i + 1 });
    const label = LABELS[/** @type {"units"} */ (name)] ?? upper(name);
    const id = `${this.uid}-${i}-${name}`;
    const how = {
      id,
      label,
      name: `${where}: ${label}`,
      enter: (/** @type {string} */ text) => this.#enter(layer, i, name, field, text),
    };
    return field && isChoice(field)
      ? select({
          ...how,
          choices: choicesOf(`model.layers.${own.type}.${name}`, ACTIVATION_LABELS),
          value: own[name],
        })
      : numberField({
          ...how,
          mode: field ? "decimal" : "text",
          text: typed(field ? String(own[name] ?? "") : writeLayers(own[name])),
        });
  }

  /** @param {number | Layer} layer @param {number} i @param {string} name @param {Field | null} field @param {string} text */
  #enter(layer, i, name, field, text) {
    if (typeof layer === "number" && name === "activation") return this.playground.setActivation(i, text);
    const written = field ? `${text}`.trim() : `residual(${text})`;
    const value = !field
      ? /** @type {Layer | undefined} */ (readLayers(written)?.[0])?.layers
      : isChoice(field)
        ? text
        : written === ""
          ? null
          : Number(written);
    if (!field && !value) return void (this.problem = t("advanced.layerNoListSuch", { i: i + 1, text }));
    this.#take(withLayer(this.#layers, i, typeof layer === "number" ? value : { ...layer, [name]: value }));
  }

  /** Layers that may be; others leave everything as it is, with a sentence. */
  #take(/** @type {(number | Layer)[]} */ layers) {
    try {
      const all = checkLayers(layersOf({ ...this.state.settings, layers, dropout: 0 }));
      const problem = this.#input && stepsOf(all, this.#input).problem;
      if (problem) throw new Error(problem);
      this.problem = "";
      this.playground.set("layers", layers);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.problem = message.endsWith(".") ? message : `${message}.`;
      this.requestUpdate();
    }
  }
}
