// @ts-check
/** Which pixels the answer depends on, for the picture that is asked about: by the gradient, or by covering it bit by bit. */
import { html, nothing, svg } from "lit";
import { coverOf, endsOf, gazeWords, isShareOf, pixelWords, strengths } from "./model.js";
import { paintField, paintStrengths } from "./paint.js";
import { Inquiry } from "../../session/inquiry.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { segments } from "../../ui/segments.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Way} Way */
/** @typedef {import("./worker.js").Gazed} Gazed */

/** Keys that move the frame; with Shift four pixels at a time. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 4;

/** A pixel of the strength from which it gets a sign. */
const SIGNED = 0.35;

/** What the square is made of: the ink between blank and full, or none. */
const COVERS = { gray: 0.5, blank: 0 };

export class GazePanel extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    way: { state: true },
    wanted: { state: true },
    cover: { state: true },
    cursor: { state: true },
    gazed: { state: true },
    problem: { state: true },
  };

  #inquiry = new Inquiry(() => this.#ask());
  /** What is on the paper, 0…1. @type {{row: number, ink: Float64Array} | null} */
  #shown = null;
  #stop = new AbortController();

  constructor() {
    super();
    /** @type {Way} */
    this.way = "saliency";
    /** The class that is asked about; −1: the one predicted. */
    this.wanted = -1;
    /** @type {keyof typeof COVERS} */
    this.cover = "gray";
    /** The pixel that is read; null until one is. @type {number | null} */
    this.cursor = null;
    /** @type {(Gazed & {way: Way}) | null} */
    this.gazed = null;
    this.problem = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, ask }) {
    return [description, ask];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = new AbortController();
    this.follow(
      ({ frame, ask, description, lock }) => [frame, ask, description, lock],
      () => this.#inquiry.soon(),
    );
    this.atEnd(() => {
      this.#inquiry.stop();
      this.#stop.abort();
    });
    void this.#inquiry.now();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (["way", "wanted", "cover"].some((name) => changed.has(name)) && this.hasUpdated) void this.#inquiry.now();
  }

  async #ask() {
    const { description, ask, run } = this.state;
    const { way, wanted, cover } = this;
    if (!description?.image || !run || !this.isConnected) return;
    const [row] = ask;
    const course = {
      row,
      class: wanted,
      way,
      size: coverOf(description.image.width),
      ink: COVERS[cover],
    };
    try {
      const { pixels } = await this.playground.tables.pictures([row]);
      const gazed = await this.playground.client.job("gaze", course, () => {}, this.#stop.signal);
      if (!gazed || this.state.description !== description || this.state.ask[0] !== row) return;
      this.#shown = { row, ink: Float64Array.from(pixels, (ink) => ink / 255) };
      this.gazed = { .../** @type {Gazed} */ (gazed), way };
      this.problem = "";
    } catch (error) {
      const { code, message } = /** @type {import("../../session/protocol.js").Failure} */ (error);
      // The worker was replaced, or the run: the next frame asks again.
      if (code !== "locked") throw error;
      this.gazed = null;
      this.problem = message;
    }
  }

  /** What the words are about. */
  get #of() {
    const { description } = this.state;
    if (!description?.image || !this.gazed) return null;
    const one = this.gazed.class;
    return {
      width: description.image.width,
      name: description.classNames?.[one] ?? String(one),
      isShare: isShareOf(description),
    };
  }

  render() {
    const { description } = this.state;
    if (!description?.image) return nothing;
    const classes = Array.from({ length: description.classNames?.length ?? description.outputs }, (_, k) => ({
      value: String(k),
      label: description.classNames?.[k] ?? String(k),
    }));
    const choices = [{ value: "-1", label: t("sight.predicted") }, ...classes];
    const covers = [
      { value: "gray", label: t("sight.gray") },
      { value: "blank", label: t("sight.blank") },
    ];
    return html`
      <div class="study-top">
        ${segments({
          name: `${this.uid}-way`,
          label: t("sight.way"),
          choices: [
            { value: /** @type {Way} */ ("saliency"), label: t("sight.saliency") },
            { value: /** @type {Way} */ ("occlusion"), label: t("sight.occlusion") },
          ],
          value: this.way,
          choose: (way) => (this.way = way),
        })}
        ${select({ id: `${this.uid}-class`, label: t("sight.class"), choices, value: String(this.wanted), enter: (value) => (this.wanted = Number(value)) })}
        ${this.way === "occlusion" ? select({ id: `${this.uid}-cover`, label: t("sight.cover"), choices: covers, value: this.cover, enter: (value) => (this.cover = /** @type {keyof typeof COVERS} */ (value)) }) : nothing}
      </div>
      <p class="note">${this.way === "saliency" ? t("sight.saliencyWords") : t("sight.occlusionWords", { size: coverOf(description.image.width) })}</p>
      ${this.problem ? html`<p class="note" role="status">${this.problem}</p>` : nothing}
      ${this.#maps(description.image)}
    `;
  }

  /** @param {{height: number, width: number}} image */
  #maps({ height, width }) {
    const { gazed } = this;
    const of = this.#of;
    const words = gazed && of ? gazeWords(gazed, gazed.way, of) : t("sight.waiting");
    return html`
      <p class="sight-words" role="status">${words}</p>
      <div class="sight-pictures" ?hidden=${!gazed}>
        <figure>
          <figcaption>${t("sight.picture")}</figcaption>
          <canvas class="sight-pixels sight-ink" role="img" aria-label="${t("sight.picture")}" width="1" height="1"></canvas>
        </figure>
        <figure>
          <figcaption>${this.way === "saliency" ? t("sight.saliencyMap") : t("sight.occlusionMap")}</figcaption>
          <div class="sight-map" tabindex="0" role="group" aria-label="${t("sight.mapLabel")}" aria-describedby="${this.uid}-read"
            @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, width, height)}
            @pointerdown=${(/** @type {PointerEvent} */ event) => this.#point(event, width, height)}
            @pointermove=${(/** @type {PointerEvent} */ event) => this.#point(event, width, height)}>
            <canvas class="sight-pixels sight-strengths" role="img" aria-label=${words} width="1" height="1"></canvas>
            <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${gazed ? this.#signs(gazed, width) : nothing}</svg>
          </div>
        </figure>
      </div>
      <p class="sight-read" id="${this.uid}-read" aria-live="polite">${gazed && of && this.cursor !== null && this.cursor < gazed.values.length ? pixelWords(gazed, gazed.way, this.cursor, of) : t("sight.readHint")}</p>
      <ul class="sight-key" aria-hidden="true"><li data-key="minus">${t("sight.lowers")}</li><li data-key="plus">${t("sight.raises")}</li></ul>
    `;
  }

  /** A sign on the pixel that raises it most and on the one that lowers it most, and a frame around what is read. */
  #signs(/** @type {Gazed & {way: Way}} */ gazed, /** @type {number} */ width) {
    const strength = strengths(gazed, gazed.way);
    const { least, most } = endsOf(strength);
    const sign = (/** @type {number} */ at, /** @type {string} */ text) =>
      at >= 0 && Math.abs(strength[at]) >= SIGNED && strength[at] > 0 === (text === "+")
        ? svg`<text class="sight-sign" x=${(at % width) + 0.5} y=${Math.floor(at / width) + 0.5} text-anchor="middle" dominant-baseline="central" font-size="${width / 9}">${text}</text>`
        : nothing;
    const { cursor } = this;
    return svg`${sign(least, "−")}${sign(most, "+")}${
      cursor === null
        ? nothing
        : svg`<rect class="sight-cursor" x=${cursor % width} y=${Math.floor(cursor / width)} width="1" height="1" />`
    }`;
  }

  #key(/** @type {KeyboardEvent} */ event, /** @type {number} */ width, /** @type {number} */ height) {
    const by = ARROWS[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? FAR : 1;
    const at = this.cursor ?? Math.floor(height / 2) * width + Math.floor(width / 2);
    const held = (/** @type {number} */ value, /** @type {number} */ side) => Math.min(Math.max(value, 0), side - 1);
    const [x, y] = [held((at % width) + far * by[0], width), held(Math.floor(at / width) + far * by[1], height)];
    this.cursor = this.cursor === null ? at : y * width + x;
  }

  #point(/** @type {PointerEvent} */ event, /** @type {number} */ width, /** @type {number} */ height) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const [x, y] = [
      Math.floor(((event.clientX - box.left) / box.width) * width),
      Math.floor(((event.clientY - box.top) / box.height) * height),
    ];
    if (x >= 0 && x < width && y >= 0 && y < height) this.cursor = y * width + x;
  }

  draw() {
    const { theme, gazed } = this;
    const width = this.state.description?.image?.width;
    const [ink, map] = /** @type {NodeListOf<HTMLCanvasElement>} */ (this.querySelectorAll("canvas"));
    if (!ink || !theme || !width || !gazed || !this.#shown || this.#shown.ink.length !== gazed.values.length) return;
    paintField(ink, this.#shown.ink, width, [0, 0, this.#shown.ink.length / width, width], theme);
    paintStrengths(map, strengths(gazed, gazed.way), this.#shown.ink, width, theme);
  }
}
