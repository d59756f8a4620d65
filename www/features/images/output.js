// @ts-check
/** What the model makes of one picture, of the set or drawn: its probabilities, live; and of many, side by side. */
import { html, nothing } from "lit";
import { formatCount, formatNumber, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { rowsOf } from "../../base/sample.js";
import { Inquiry } from "../../session/inquiry.js";
import { turnLock } from "../../session/locks.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { rowsChooser, rowsLocked } from "../../ui/rowsChooser.js";
import { paintInk } from "./paint.js";
import { iconButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

/** Pictures in sight at once. */
const PAGE = 24;

/** @typedef {import("./tiles.js").Tile} Tile */

export class ImageOutput extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    isDrawing: { state: true },
    counted: { state: true },
    page: { state: true },
    tiles: { state: true },
    shown: { state: true },
  };

  #inquiry = new Inquiry(() => this.#ask());
  /** What stands directly under the picture: the loss strip, which outlives this element. @type {HTMLElement | null} */
  under = null;
  /** The run that stands until the first of another set does. @type {object | null} */
  #gone = null;

  constructor() {
    super();
    /** Whether one draws a picture; else it is one of the set. */
    this.isDrawing = false;
    /** The rows whose pictures are side by side: 2: test rows, 1: validation rows, 0: training rows. */
    this.counted = 0;
    this.page = 0;
    /** @type {Tile[]} */
    this.tiles = [];
    /** The picture that is asked about. @type {{row: number, is: number, pixels: Uint8Array} | null} */
    this.shown = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, ask, frame, lock, points }) {
    return [description, ask, frame?.outputs, lock, points];
  }

  connectedCallback() {
    super.connectedCallback();
    // Numbers of one set are of other pictures in the next.
    this.follow(
      ({ settings }) => [settings.source],
      () => {
        this.shown = null;
        this.#gone = this.state.description;
      },
    );
    this.follow(
      ({ frame, description, points }) => [frame, description, points],
      () => this.#inquiry.soon(),
    );
    this.follow(
      ({ ask, description }) => [ask, description],
      () => void this.#look(),
    );
    this.follow(
      ({ settings, lock }) => [settings.showTestData && !isLocked({ lock })],
      ([isOfTest]) => this.#turn(isOfTest ? 2 : 0),
    );
    // What each layer gives for that picture comes with the frames.
    this.follow(
      ({ ask, description, view }) => [ask, description, view],
      () => this.#watchUnits(),
    );
    this.#watchUnits();
    this.atEnd(() => this.#inquiry.stop());
    void this.#inquiry.now();
    void this.#look();
  }

  #watchUnits() {
    const { ask, description } = this.state;
    if (description?.image) this.playground.client.remember("watchUnits", { inputs: Float64Array.from(ask) });
  }

  /** The numbers of the pictures of the part, as far as they may be seen. */
  get #numbers() {
    const { points } = this.state;
    return points ? rowsOf(points.part, this.counted).map((place) => points.inputs[place]) : [];
  }

  get #pages() {
    return Math.max(1, Math.ceil(this.#numbers.length / PAGE));
  }

  /** What is asked about, large. */
  async #look() {
    const { ask, description, settings } = this.state;
    const [row] = ask;
    if (!description?.image || row === undefined || description === this.#gone) return;
    if (row < 0) return void (this.isDrawing = true);
    this.isDrawing = false;
    const found = await this.playground.tables.pictures([row]).catch(() => null); // the worker was replaced: the run that comes asks again
    const isLate = description === this.#gone || this.state.settings.source !== settings.source;
    if (!found || isLate || this.state.ask[0] !== row) return;
    // Its label may be corrected by hand: the run has that one.
    const { points } = this.state;
    const at = points?.inputs.indexOf(row) ?? -1;
    this.shown = { row, is: points && at >= 0 ? points.targets[at] : found.labels[0], pixels: found.pixels };
  }

  /** What is predicted of the pictures in sight. */
  async #ask() {
    const { description, points } = this.state;
    if (!description?.image || !points || (this.counted === 2 && isLocked(this.state))) return void (this.tiles = []);
    const numbers = this.#numbers.slice(this.page * PAGE, (this.page + 1) * PAGE);
    if (!numbers.length) return void (this.tiles = []);
    const { classes } = await this.playground.ask("classify", { inputs: Float64Array.from(numbers) });
    if (this.state.description !== description || this.state.points !== points) return;
    this.tiles = numbers.map((row, i) => ({
      row,
      is: points.targets[points.inputs.indexOf(row)],
      said: classes[i],
      value: null,
    }));
  }

  #turn(/** @type {number} */ part, page = 0) {
    this.counted = part;
    this.page = page;
    void this.#inquiry.now();
  }

  render() {
    const { description } = this.state;
    if (!description?.image) return nothing;
    const { isOfSounds } = description.image;
    const way = (/** @type {boolean} */ isDrawing, /** @type {string} */ words) =>
      html`<button type="button" aria-pressed=${this.isDrawing === isDrawing} @click=${() => this.#choose(isDrawing)}>${words}</button>`;
    return html`
      <div class="segments picture-ways" role="group" aria-label="${isOfSounds ? t("audio.whichSound") : t("images.whichPicture")}">
        ${way(false, t("images.fromSet"))}${way(true, isOfSounds ? t("audio.ownOne") : description.target === t("images.digit") ? t("images.drawOne") : t("images.draw"))}
      </div>
      <div class="picture">
        ${this.isDrawing ? nothing : this.#picture()}
        ${
          isOfSounds
            ? html`<ty-own-sound .playground=${this.playground} .isShown=${this.isDrawing} ?hidden=${!this.isDrawing}></ty-own-sound>`
            : this.isDrawing
              ? html`<ty-digit-pad .playground=${this.playground}></ty-digit-pad>`
              : nothing
        }
        ${this.#bars(description)}
      </div>
      ${this.under}
      ${this.#wall(description)}
      ${isOfSounds ? html`<ty-unseen-voices .playground=${this.playground}></ty-unseen-voices>` : nothing}
    `;
  }

  #choose(/** @type {boolean} */ isDrawing) {
    if (isDrawing === this.isDrawing) return;
    this.isDrawing = isDrawing;
    if (!isDrawing) this.playground.askAbout([this.shown?.row ?? this.#numbers[0] ?? 0]);
  }

  /** One of the set. Arrow keys go on to the next. */
  #picture() {
    const { shown } = this;
    const { description } = this.state;
    const isOfSounds = Boolean(description?.image?.isOfSounds);
    const number = shown ? formatCount(shown.row + 1) : "";
    const is = shown ? (description?.classNames?.[shown.is] ?? shown.is) : "";
    const words = isOfSounds
      ? shown
        ? t("audio.recordingOf", { number, is })
        : t("audio.recording")
      : shown
        ? t("images.pictureOf", { number, is })
        : t("images.picture");
    const keys = (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#go(by);
    };
    return html`
      <div class="picture-one" @keydown=${keys}>
        <canvas class="pixels" data-sound=${isOfSounds} role="img" aria-label=${words} width="1" height="1"></canvas>
        ${isOfSounds && shown ? html`<ty-sound-player .playground=${this.playground} .row=${shown.row}></ty-sound-player>` : nothing}
        <div class="picture-steps">
          ${iconButton(isOfSounds ? t("audio.previous") : t("images.previous"), "‹", () => this.#go(-1))}
          <span class="picture-words" aria-live="polite">${words}</span>
          ${iconButton(isOfSounds ? t("audio.next") : t("images.next"), "›", () => this.#go(1))}
        </div>
      </div>
    `;
  }

  /** Among the pictures that may be seen. */
  #go(/** @type {number} */ by) {
    const all = this.#numbers;
    if (!all.length) return;
    const at = all.indexOf(this.state.ask[0]);
    this.playground.askAbout([all[(at + by + all.length) % all.length]]);
  }

  /** @param {import("../../session/protocol.js").Description} description */
  #bars(description) {
    const { ask, frame } = this.state;
    // Beside an empty place for one's own there are no probabilities of the picture before.
    const isOfThis = this.isDrawing === ask[0] < 0;
    const outputs = isOfThis && frame?.outputs?.length === description.outputs ? frame.outputs : null;
    const isProbability = hasProbabilities(description);
    const said = outputs ? outputs.indexOf(Math.max(...outputs)) : -1;
    const is = this.isDrawing ? -1 : (this.shown?.is ?? -1);
    const value = (/** @type {number} */ k) =>
      outputs ? (isProbability ? formatShare(outputs[k]) : formatNumber(outputs[k])) : "–";
    return html`
      <table class="answer-bars" data-said=${said}>
        <caption>${isProbability ? t("images.probabilities") : t("images.scores")}</caption>
        <tbody>
          ${Array.from(
            { length: description.outputs },
            (_, k) => html`
            <tr data-said=${k === said} data-is=${k === is}>
              <th scope="row">${description.classNames?.[k] ?? k}</th>
              <td class="answer-bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-whole" width="100" height="10"></rect><rect class="bar-part" width=${outputs && isProbability ? 100 * outputs[k] : 0} height="10"></rect></svg></td>
              <td class="answer-value">${value(k)}</td>
              <td class="answer-sign">${k === is ? html`<span role="img" aria-label="${t("images.actual")}" title="${t("images.actual")}">✓</span>` : nothing}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  /** @param {import("../../session/protocol.js").Description} description */
  #wall(description) {
    const isHidden = this.counted === 2 && isLocked(this.state);
    const pages = this.#pages;
    const page = Math.min(this.page, pages - 1);
    const turn = (/** @type {number} */ by) => () => this.#turn(this.counted, (page + by + pages) % pages);
    return html`
      <section class="wall" aria-label="${description.image?.isOfSounds ? t("audio.wall") : t("images.wall")}">
        <div class="wall-head">
          ${rowsChooser(description.rows, this.counted, (part) => this.#turn(part))}
          ${
            isHidden || pages < 2
              ? nothing
              : html`<div class="picture-steps">
                  ${iconButton(t("images.previousPage"), "‹", turn(-1))}
                  <span>${t("images.page", { page: formatCount(page + 1), pages: formatCount(pages) })}</span>
                  ${iconButton(t("images.nextPage"), "›", turn(1))}
                </div>`
          }
        </div>
        ${isHidden ? rowsLocked(() => turnLock(this.playground.store)) : html`<ty-picture-tiles .playground=${this.playground} .tiles=${this.tiles}></ty-picture-tiles>`}
        <ty-picture-edits .playground=${this.playground}></ty-picture-edits>
      </section>
    `;
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".picture-one canvas"));
    const width = this.state.description?.image?.width;
    if (canvas && this.theme && width && this.shown && this.shown.pixels.length % width === 0)
      paintInk(canvas, this.shown.pixels, width, this.theme);
  }
}
