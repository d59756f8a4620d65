// @ts-check
/**
 * What one does with the graph: point at a neuron, a weight or a bias to see it large and read it, click it to set, zero
 * or lock it. It lies over the drawn network and marks what is pointed at, locked, dead or saturated. The keyboard has
 * one stop, from which arrow keys walk.
 */
import { html, nothing } from "lit";
import { placeAt, spotOf } from "./networkHits.js";
import { drawMarks } from "./networkMarks.js";
import { columnsOf } from "./networkChart.js";
import { drawLine } from "./unitCurve.js";
import { drawRibbon, drawWeights } from "./weightMap.js";
import { lockedIn } from "../../session/edits.js";
import { healthOf } from "../../session/health.js";
import { isIn, isSame, neighborOf, parametersOf, sentenceOf } from "../../session/places.js";
import { trainingSample } from "../../base/sample.js";
import { isWatched } from "../../ui/calm.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { t } from "../../base/text.js";

/** @typedef {import("../../session/places.js").Place} Place */

/** How often neurons are looked at for whether they still learn, in milliseconds, and on how many rows. */
const HEALTH_EVERY_MS = 700;
const HEALTH_ROWS = 250;
const HEALTH_NUMBERS = 60_000;

/** Where a link is hit from, in pixels. */
const MOUSE = 6;
const FINGER = 14;

export class NetworkOverlay extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    host: { attribute: false },
    pointed: { state: true },
    opened: { state: true },
    cursor: { state: true },
    hasFocus: { state: true },
  };

  /** @type {{values: Float32Array, rows: number, of: object} | null} */
  #activity = null;
  #healthAt = -Infinity;
  #timer = 0;
  /** @type {import("../../session/health.js").Health[]} */
  health = [];
  spoken = "";

  constructor() {
    super();
    /** @type {import("./modelPanel.js").ModelPanel} */
    this.host = /** @type {never} */ (undefined);
    /** @type {Place | null} */
    this.pointed = null;
    /** Whose card is open to work with. @type {Place | null} */
    this.opened = null;
    /** Where the keyboard stands. @type {Place} */
    this.cursor = { kind: "neuron", layer: 1, unit: 0 };
    this.hasFocus = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, edits, picked }) {
    return [description, edits, picked];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ description, edits, picked }) {
    return [description, edits, picked];
  }

  connectedCallback() {
    super.connectedCallback();
    Object.assign(this.host.extras, { drawLine, drawRibbon });
    this.host.extras.drawWide = (...given) => this.#drawWide(...given);
    this.follow(
      ({ frame }) => frame,
      () => this.#lookAtHealth(),
    );
    this.follow(
      ({ description }) => description,
      () => this.#started(),
    );
    this.host.drawSeen();
    this.#lookAtHealth();
    this.atEnd(() => clearTimeout(this.#timer));
  }

  /** A new run: what was pointed at may not be there any more. */
  #started() {
    this.pointed = null;
    this.#activity = null;
    this.#healthAt = -Infinity;
    this.health = [];
    const { description, picked } = this.state;
    const isThere = (/** @type {Place} */ place) => description && isIn(description, place) && this.spotOf(place);
    if (picked && !isThere(picked)) this.playground.store.set({ picked: null });
    if (this.opened && !isThere(this.opened)) this.opened = null;
    if (!isThere(this.cursor)) this.cursor = { kind: "neuron", layer: 0, unit: 0 };
  }

  /** What is worked with, pointed at, or reached by the keyboard. */
  get shown() {
    return this.opened ?? this.pointed ?? (this.hasFocus ? this.cursor : null);
  }

  render() {
    const { opened } = this;
    const { description, frame } = this.state;
    if (description?.image) return html`<ty-image-network .playground=${this.playground}></ty-image-network>`;
    const name =
      description && frame?.parameters && isIn(description, this.cursor)
        ? sentenceOf(description, this.host.labels(), this.cursor, frame.parameters)
        : t("model.network3");
    const { shown } = this;
    return html`
      <canvas class="network-marks" aria-hidden="true"
        @pointermove=${this.#moved} @pointerleave=${() => (this.pointed = null)} @click=${this.#clicked}></canvas>
      <div role="application" aria-label=${t("model.networkGraph")}>
      <button type="button" class="network-cursor" aria-label="${t("model.arrowKeysWalkThrough", { name })}"
        aria-expanded=${opened !== null && isSame(opened, this.cursor)}
        @keydown=${this.#key} @click=${() => this.pick(this.cursor)}
        @focus=${(/** @type {EventOn<HTMLButtonElement>} */ event) => (this.hasFocus = event.currentTarget.matches(":focus-visible"))} @blur=${() => (this.hasFocus = false)}></button>
      </div>
      <p class="network-spoken" role="status">${this.spoken}</p>
      ${shown ? html`<ty-network-card class=${opened ? "is-open" : ""} .playground=${this.playground} .host=${this.host} .overlay=${this} .place=${shown} .isOpen=${opened !== null} .health=${shown.kind === "neuron" ? this.healthAt(shown.layer, shown.unit) : undefined}></ty-network-card>` : nothing}
    `;
  }

  updated() {
    super.updated();
    this.#placeCursor();
  }

  /** Whenever it is drawn: the graph may have been out of sight when it was rendered. */
  #placeCursor() {
    // By the object model: a style attribute would be against the page's policy.
    const spot = this.spotOf(this.cursor);
    if (!spot && this.columns.length) this.cursor = { kind: "neuron", layer: 0, unit: 0 }; // the first layer may be too wide for single neurons
    const cursor = /** @type {HTMLElement} */ (this.querySelector(".network-cursor"));
    if (!spot || !cursor) return;
    const size = Math.max(spot.radius + 4, matchMedia("(pointer: coarse)").matches ? 22 : 10);
    Object.assign(cursor.style, {
      left: `${spot.x - size}px`,
      top: `${spot.y - size}px`,
      width: `${2 * size}px`,
      height: `${2 * size}px`,
    });
  }

  /** @returns {import("./networkChart.js").Column[]} */
  get columns() {
    const { description } = this.state;
    const { clientWidth, clientHeight } = this;
    return description && clientWidth ? columnsOf(description, clientWidth, clientHeight, this.theme?.unit ?? 1) : [];
  }

  /** Where a place stands. */
  spotOf(/** @type {Place} */ place) {
    return spotOf(this.columns, place);
  }

  #at(/** @type {PointerEvent | MouseEvent} */ event) {
    const box = this.getBoundingClientRect();
    const isFinger =
      /** @type {PointerEvent} */ (event).pointerType === "touch" || matchMedia("(pointer: coarse)").matches;
    return placeAt(this.columns, event.clientX - box.left, event.clientY - box.top, isFinger ? FINGER : MOUSE);
  }

  #moved(/** @type {PointerEvent} */ event) {
    if (event.pointerType === "touch") return;
    const place = this.#at(event);
    if (isSame(place, this.pointed)) return;
    this.pointed = place;
    /** @type {HTMLElement} */ (event.currentTarget).style.cursor = place ? "pointer" : "";
    this.draw();
  }

  #clicked(/** @type {MouseEvent} */ event) {
    const place = this.#at(event);
    if (place) this.cursor = place;
    this.pick(isSame(place, this.opened) ? null : place);
  }

  /** Chooses a place, for its card to stay and be worked with; null lets go. */
  pick(/** @type {Place | null} */ place) {
    this.pointed = null;
    this.opened = place;
    this.playground.store.set({ picked: place });
    this.draw();
  }

  /** Back from the card to where the keyboard was. */
  leave() {
    this.pick(null);
    /** @type {HTMLElement} */ (this.querySelector(".network-cursor")).focus();
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const { description, frame } = this.state;
    if (!description || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.pick(null);
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const { columns } = this;
    this.cursor = neighborOf(description, this.cursor, event.key, (layer) => Boolean(columns[layer]?.box));
    this.hasFocus = true;
    if (frame?.parameters) this.spoken = sentenceOf(description, this.host.labels(), this.cursor, frame.parameters);
    if (this.opened) this.pick(this.cursor);
    this.draw();
  }

  /** Soon, and again while the run moves. */
  #lookAtHealth() {
    if (this.#timer) return;
    const wait = Math.max(0, this.#healthAt + HEALTH_EVERY_MS - performance.now());
    this.#timer = setTimeout(async () => {
      const { frame } = this.state;
      this.#healthAt = performance.now();
      await this.#measure();
      this.#timer = 0;
      if (this.isConnected && isWatched(this) && this.state.frame !== frame) this.#lookAtHealth();
    }, wait);
  }

  /** Whether neurons still learn: from what they give on training rows. */
  async #measure() {
    const { description, points } = this.state;
    if (!description || !points || description.layers.some(({ type }) => type !== "dense")) return;
    const units = description.layers.reduce((sum, { outputs }) => sum + outputs, 0);
    const inputs = trainingSample(
      points,
      description.columns.length,
      Math.min(HEALTH_ROWS, Math.floor(HEALTH_NUMBERS / units)),
    );
    const values = await this.playground.ask("activations", { inputs }).catch(() => null);
    if (!values || this.state.description !== description) return;
    const rows = values.length / units;
    this.#activity = { values, rows, of: description };
    let at = 0;
    this.health = description.layers.flatMap(({ outputs, activation }) =>
      Array.from({ length: outputs }, () => healthOf(values.subarray(at * rows, ++at * rows), activation)),
    );
    this.draw();
    if (this.columns.some(({ box }) => box)) this.host.drawSeen();
    this.requestUpdate();
  }

  /** Whether a neuron of a hidden layer still learns. @returns {import("../../session/health.js").Health | undefined} */
  healthAt(/** @type {number} */ layer, /** @type {number} */ unit) {
    const { description } = this.state;
    if (!description || layer < 1 || layer >= description.layers.length) return undefined;
    return this.health[description.layers.slice(0, layer - 1).reduce((sum, { outputs }) => sum + outputs, 0) + unit];
  }

  #drawWide(
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {number} */ index,
    /** @type {Parameters<typeof drawWeights>[1]} */ box,
    /** @type {import("../../ui/charts/color.js").Theme} */ theme,
  ) {
    const { description, frame } = this.state;
    if (!description || !frame?.parameters) return;
    const layer = description.layers[index];
    const before = description.layers.slice(0, index).reduce((sum, { outputs }) => sum + outputs, 0);
    const activity =
      this.#activity?.of === description
        ? this.#activity.values.subarray(before * this.#activity.rows, (before + layer.outputs) * this.#activity.rows)
        : null;
    const ill = this.health.slice(before, before + layer.outputs).filter(({ state }) => state !== "well").length;
    drawWeights(context, box, { layer, values: this.host.extras.values ?? frame.parameters, activity, ill }, theme);
  }

  draw() {
    this.#placeCursor();
    const { description } = this.state;
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".network-marks"));
    if (!canvas || !this.theme || !description) return;
    const locked = new Set(lockedIn(this.playground));
    const isLocked = (/** @type {Place} */ place) => {
      const own = parametersOf(description, place);
      return own.length > 0 && own.every((index) => locked.has(index));
    };
    drawMarks(
      canvas,
      this.columns,
      {
        shown: this.shown ?? this.state.picked ?? null,
        isLocked: locked.size ? isLocked : null,
        healthAt: (layer, unit) => this.healthAt(layer, unit)?.state,
      },
      this.theme,
    );
  }
}
