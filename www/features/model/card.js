// @ts-check
/**
 * The card beside a neuron, a weight or a bias: what it is, large, and, once it is chosen, what can be done with it: type
 * a value, zero it, lock it, undo.
 */
import { html, noChange, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { createField } from "../../ui/charts/field.js";
import { lockedIn, pastOf, setLocked, setWeights, undo } from "../../session/edits.js";
import { healthWords } from "../../session/health.js";
import { isIn, nameOf, parameterOf, parametersOf } from "../../session/places.js";
import { formatValue } from "../../base/columnFormat.js";
import { upper } from "../../base/format.js";
import { drawCurveOf } from "./unitCurve.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { closeIcon } from "../../ui/icons.js";
import { numberField, numberOf } from "../../ui/numberField.js";
import { nudge } from "../../ui/nudge.js";
import { parts, t } from "../../base/text.js";

/** Below this width of the graph, the card lies across it. */
const NARROW = 430;

/** From it to what it is of, in pixels. */
const GAP = 14;

/** Where a column of the graph begins. */
const startOf = (/** @type {import("./networkChart.js").Column} */ { nodes, box }) =>
  box ? box.x : nodes[0].x - nodes[0].radius;

export class NetworkCard extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    host: { attribute: false },
    overlay: { attribute: false },
    place: { attribute: false },
    isOpen: { attribute: false },
    health: { attribute: false },
    problem: { state: true },
  };

  /** @type {ReturnType<typeof createField> | null} */
  #field = null;
  /** Whether somebody is typing: then what training does to the number waits. */
  #isTyping = false;

  constructor() {
    super();
    /** @type {import("./modelPanel.js").ModelPanel} */
    this.host = /** @type {never} */ (undefined);
    /** @type {import("./networkOverlay.js").NetworkOverlay} */
    this.overlay = /** @type {never} */ (undefined);
    /** @type {import("../../session/places.js").Place} */
    this.place = { kind: "neuron", layer: 0, unit: 0 };
    this.isOpen = false;
    /** @type {import("../../session/health.js").Health | undefined} */
    this.health = undefined;
    this.problem = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ frame, edits, description }) {
    return [frame?.parameters, edits, description];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame }) {
    return [frame?.units];
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("place")) [this.problem, this.#isTyping] = ["", false];
  }

  render() {
    const { description, frame } = this.state;
    if (!description || !frame?.parameters || !isIn(description, this.place)) return nothing;
    const { place } = this;
    const name = nameOf(description, this.host.labels(), place);
    const hasPicture = place.kind === "neuron";
    return html`
      <div class="network-card-box" role=${this.isOpen ? "dialog" : nothing} aria-label=${this.isOpen ? name : nothing} @keydown=${this.#key}>
        <div class="network-card-head">
          <p class="network-card-name">${name}</p>
          ${this.isOpen ? nudge(closeIcon, t("model.close"), false, () => this.overlay.leave()) : nothing}
        </div>
        <div class="network-card-body">
          <canvas class="network-card-picture" role="img" aria-label="${t("model.whatGivesOverData")}" ?hidden=${!hasPicture}></canvas>
          <div class="network-card-words">${this.#facts(frame.parameters)}</div>
        </div>
        ${this.isOpen && parametersOf(description, place).length ? this.#editor(description, frame.parameters, name) : nothing}
      </div>
    `;
  }

  #facts(/** @type {Float32Array} */ parameters) {
    const { description } = this.state;
    if (!description) return nothing;
    const { place } = this;
    const index = parameterOf(description, place);
    const { gradient } = this.host.extras;
    const slope =
      gradient && index !== undefined
        ? html`<p>${t("model.gradient")} <b>${formatValue(gradient[index])}</b></p>`
        : nothing;
    if (place.kind === "layer")
      return html`<p>${parametersOf(description, place).length} ${t("model.parametersRowEachNeuron")}</p>`;
    if (place.kind !== "neuron") {
      const value = parameters[/** @type {number} */ (index)];
      return html`<p class="network-card-value ${value < 0 ? "minus" : "plus"}">${formatValue(value)}</p>${slope}${Object.is(value, -0) ? html`<p>${t("model.l1PrunedStays0")}</p>` : nothing}`;
    }
    if (!place.layer) return html`<p>${t("model.whatNetShownEach")}</p>`;
    const { activation, inputs } = description.layers[place.layer - 1];
    const { health } = this;
    const words = healthWords(health);
    return html`
      <p>${upper(activation)} ${parts("model.bias", { inputs: t("count.weights", { count: inputs }) })}</p>
      <p>${t("model.bias2")} <b>${formatValue(parameters[/** @type {number} */ (index)])}</b></p>
      ${slope}
      ${health ? html`<p>${t("model.output")} <b>${formatValue(health.low)}</b> ${t("model.to")} <b>${formatValue(health.high)}</b></p>` : nothing}
      ${words ? html`<p class="network-ill">${words}</p>` : nothing}
    `;
  }

  #editor(
    /** @type {import("../../session/protocol.js").Description} */ description,
    /** @type {Float32Array} */ parameters,
    /** @type {string} */ name,
  ) {
    const { place } = this;
    const own = parametersOf(description, place);
    const index = /** @type {number} */ (parameterOf(description, place));
    const locked = new Set(lockedIn(this.playground));
    const isLocked = own.every((i) => locked.has(i));
    const past = pastOf(this.playground);
    const hasNumber = place.kind !== "layer";
    const id = `${this.uid}-value`;
    const what =
      place.kind === "neuron" ? t("model.weightsBias") : place.kind === "layer" ? t("model.allParameters") : "it";
    return html`
      ${
        hasNumber
          ? numberField({
              id,
              label: html`<span class="learned">${place.kind === "neuron" ? t("model.bias2") : t("model.value")}</span>`,
              as: "beside",
              problem: this.problem,
              text: this.#isTyping ? noChange : live(String(Number(parameters[index].toPrecision(6)))),
              type: () => (this.#isTyping = true),
              enter: (text) => this.#enter(text, index, name),
            })
          : nothing
      }
      <div class="network-edit-acts">
        <button type="button" class="button" title="${t("model.sets0", { what })}" @click=${() =>
          this.#set(
            own.map((i) => [i, 0]),
            t("model.set0", { name }),
          )}>${t("model.zero")}</button>
        <button type="button" class="button" aria-pressed=${isLocked} title="${t("model.lockedParameterKeepsValue")}"
          @click=${() => setLocked(this.playground, own, !isLocked, isLocked ? t("model.isUnlocked", { name }) : t("model.isLocked", { name }))}>${isLocked ? t("model.unlock") : t("model.lock")}</button>
        <button type="button" class="button" ?disabled=${!past.length} title=${past.at(-1)?.what ?? nothing} @click=${() => undo(this.playground)}>${t("model.undo")}</button>
      </div>
      ${isLocked ? html`<p class="note">${parts("model.lockedTrainingLeavesAlone", { what: place.kind === "neuron" || place.kind === "layer" ? what : t("model.it") })}</p>` : nothing}
    `;
  }

  #enter(/** @type {string} */ text, /** @type {number} */ index, /** @type {string} */ name) {
    const value = numberOf(text);
    this.#isTyping = false;
    if (!text.trim() || !Number.isFinite(value) || Math.abs(value) > 1e6) {
      this.problem = t("model.typeNumberFrom1");
      this.#isTyping = true;
      return;
    }
    this.problem = "";
    this.#set([[index, value]], t("model.set", { name, value: formatValue(value) }));
  }

  #set(/** @type {[number, number][]} */ changes, /** @type {string} */ what) {
    setWeights(this.playground, changes, what);
  }

  #key(/** @type {KeyboardEvent} */ event) {
    event.stopPropagation(); // the page's keys mean other things here
    if (event.key === "Escape") this.overlay.leave();
  }

  updated(/** @type {Map<string, unknown>} */ changed = new Map()) {
    super.updated();
    if (this.isOpen && (changed.has("isOpen") || changed.has("place"))) {
      const first = ["input", ".network-edit-acts button", ".nudge"]
        .map((name) => /** @type {HTMLElement | null} */ (this.querySelector(name)))
        .find(Boolean);
      first?.focus({ preventScroll: true });
      if (first instanceof HTMLInputElement) first.select();
    }
    this.#place();
    // Where the run bar lies at the bottom, a card may reach under it.
    if (this.isOpen && (changed.has("isOpen") || changed.has("place")))
      this.querySelector(".network-card-box")?.scrollIntoView({ block: "nearest" });
  }

  /** Beside its place where it covers no other layer, else below the graph; across the panel where that is narrow. */
  #place() {
    const { overlay } = this;
    const spot = overlay.spotOf(this.place);
    const box = /** @type {HTMLElement | null} */ (this.querySelector(".network-card-box"));
    if (!spot || !box) return;
    const [across, down] = [overlay.clientWidth, overlay.clientHeight];
    const isNarrow = across < NARROW;
    box.classList.toggle("is-wide", isNarrow);
    const { offsetWidth: width, offsetHeight: height } = box;
    const right = spot.x + spot.radius + GAP;
    const next = Math.min(across + GAP, ...overlay.columns.map(startOf).filter((x) => x > spot.x));
    const [left, top] =
      right + width + GAP <= next
        ? [right, Math.min(Math.max(spot.y - height / 2, -40), Math.max(down - height + 50, -40))]
        : [isNarrow ? 0 : Math.max(0, Math.min(spot.x - width / 2, across - width)), down];
    Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
  }

  themed() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".network-card-picture"));
    if (canvas && this.theme) {
      this.#field ??= createField(canvas);
      this.#field.setTheme(this.theme);
    }
  }

  draw() {
    const { place } = this;
    const { description } = this.state;
    const fields = this.host.fields();
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".network-card-picture"));
    if (!canvas || !this.theme || !fields || !description || place.kind !== "neuron") return;
    const cells = fields.isLine ? fields.size : fields.size ** 2;
    const before = description.layers
      .slice(0, Math.max(place.layer - 1, 0))
      .reduce((sum, { outputs }) => sum + outputs, 0);
    const at = (place.layer ? before : 0) + place.unit;
    const values = (place.layer ? fields.layers : fields.inputs).subarray(at * cells, (at + 1) * cells);
    const most = values.reduce((size, value) => Math.max(size, Math.abs(value)), place.layer ? 1 : 1e-6);
    if (fields.isLine) return drawCurveOf(canvas, values, most, this.theme);
    if (!this.#field) this.themed();
    this.#field?.draw(values, fields.size, [-most, most]);
  }
}
