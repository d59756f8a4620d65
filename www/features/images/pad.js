// @ts-check
/** Where one draws a digit, with mouse, finger, pen or keys. What the network sees of it stands beside it, stroke by stroke. */
import { html } from "lit";
import { css } from "../../ui/charts/color.js";
import { prepare } from "../../ui/charts/canvas.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { paintInk } from "./paint.js";
import { pixelsOf } from "./strokes.js";
import { t } from "../../base/text.js";

/** @typedef {import("./strokes.js").Point} Point */

/** Keys that move the pen. @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 1 / 28;

/** A pen's width, as a share of the pad's side. */
const PEN = 0.075;

export class DigitPad extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    strokes: { state: true },
    center: { state: true },
    cursor: { state: true },
    isDown: { state: true },
  };

  /** The pointer that draws just now. @type {number | null} */
  #pointer = null;
  /** What the network sees. */
  #pixels = new Uint8Array();
  #isDue = false;
  /** What it saw after each stroke. @type {Uint8Array[]} */
  #pictures = [];
  /** What those were made from. @type {{strokes: import("./strokes.js").Stroke[], width: number, isCentered: boolean}} */
  #pictured = { strokes: [], width: 0, isCentered: false };

  constructor() {
    super();
    /** @type {import("./strokes.js").Stroke[]} */
    this.strokes = [];
    /** Whether it is treated as MNIST's digits were; other pictures fill their frame. @type {boolean | null} null: by what the set is of */
    this.center = null;
    /** Where the keyboard's pen is, as long as it draws. @type {Point | null} */
    this.cursor = null;
    /** Whether that pen leaves ink. */
    this.isDown = false;
  }

  get #isOfDigits() {
    return this.state.description?.target === t("images.digit");
  }

  get #isCentered() {
    return this.center ?? this.#isOfDigits;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description];
  }

  connectedCallback() {
    super.connectedCallback();
    // A run on other pictures, or by another worker, knows of no drawing yet.
    this.follow(
      ({ description }) => description,
      () => this.#tell(),
    );
    this.#tell();
  }

  render() {
    return html`
      <div class="pad">
        <div class="pad-board" role="application" tabindex="0" aria-label="${t("images.pad")}" aria-describedby="${this.uid}-hint"
          @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}
          @keydown=${this.#key} @blur=${this.#leave}>
          <canvas class="pad-ink" aria-hidden="true"></canvas>
          ${this.strokes.length ? "" : html`<p class="pad-empty" aria-hidden="true">${this.#isOfDigits ? t("images.drawHere") : t("images.drawHereAny")}</p>`}
        </div>
        <div class="pad-tools">
          <canvas class="pixels pad-seen" role="img" aria-label="${t("images.seen")}" title="${t("images.seen")}" width="1" height="1"></canvas>
          <label class="check"><input type="checkbox" .checked=${this.#isCentered} @change=${this.#switch} /> ${t("images.center")}</label>
          <div class="pad-buttons">
            <button type="button" class="button" ?disabled=${!this.strokes.length} @click=${() => this.#take(this.strokes.slice(0, -1))}>${t("images.undo")}</button>
            <button type="button" class="button" ?disabled=${!this.strokes.length} @click=${() => this.#take([])}>${t("images.clear")}</button>
          </div>
        </div>
        <p class="note" id="${this.uid}-hint">${t("images.padKeys")}</p>
        <ty-stroke-history .playground=${this.playground} .pictures=${this.#pictures}></ty-stroke-history>
      </div>
    `;
  }

  #switch(/** @type {EventOn<HTMLInputElement>} */ event) {
    this.center = event.currentTarget.checked;
    this.#tell();
  }

  #take(/** @type {import("./strokes.js").Stroke[]} */ strokes) {
    this.strokes = strokes;
    this.#tell();
  }

  /** The run is told what is drawn, once a picture of the page. */
  #tell() {
    const width = this.state.description?.image?.width;
    if (!width) return;
    this.#pixels = pixelsOf(this.strokes, width, this.#isCentered);
    this.#remember(width);
    if (this.theme) this.draw();
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(async () => {
      this.#isDue = false;
      if (!this.isConnected) return;
      await this.playground.tables.drawn(this.#pixels.slice()).catch(() => {}); // the worker was replaced: the next run is told
      if (this.isConnected) this.playground.askAbout([-1]);
    });
  }

  /** Strokes of before leave what was seen before: while one is drawn, its own picture alone is new. */
  #remember(/** @type {number} */ width) {
    const { strokes } = this;
    const isCentered = this.#isCentered;
    const { strokes: before, ...how } = this.#pictured;
    const isSame = how.width === width && how.isCentered === isCentered;
    const kept = isSame ? strokes.findIndex((stroke, i) => stroke !== before[i]) : 0;
    const standing = kept < 0 ? strokes.length : kept;
    this.#pictures = strokes.map((_, i) =>
      i < standing
        ? this.#pictures[i]
        : i === strokes.length - 1
          ? this.#pixels
          : pixelsOf(strokes.slice(0, i + 1), width, isCentered),
    );
    this.#pictured = { strokes, width, isCentered };
    this.requestUpdate();
  }

  /** @returns {Point} */
  #place(/** @type {PointerEvent} */ event) {
    const box = /** @type {Element} */ (this.querySelector(".pad-board")).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #down(/** @type {PointerEvent} */ event) {
    if (this.#pointer !== null || (event.pointerType === "mouse" && event.button !== 0)) return;
    this.#pointer = event.pointerId;
    this.#leave();
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.#take([...this.strokes, [this.#place(event)]]);
  }

  #move(/** @type {PointerEvent} */ event) {
    if (event.pointerId !== this.#pointer) return;
    // A fast hand makes several moves between two pictures.
    const moves = event.getCoalescedEvents?.() ?? [];
    this.#draw((moves.length ? moves : [event]).map((one) => this.#place(one)));
  }

  #up(/** @type {PointerEvent} */ event) {
    if (event.pointerId === this.#pointer) this.#pointer = null;
  }

  /** On with the last stroke. */
  #draw(/** @type {Point[]} */ points) {
    const last = this.strokes.at(-1) ?? [];
    this.#take([...this.strokes.slice(0, -1), [...last, ...points]]);
  }

  #leave() {
    this.cursor = null;
    this.isDown = false;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") this.#take(this.strokes.slice(0, -1));
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (ARROWS[key]) this.#go(ARROWS[key], event.shiftKey ? 4 : 1);
    else if (key === " " || key === "Enter") this.#press();
    else if (key === "Delete" || key === "Backspace") this.#take([]);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has plans for some of these keys too
  }

  #press() {
    this.cursor ??= [0.5, 0.5];
    this.isDown = !this.isDown;
    if (this.isDown) this.#take([...this.strokes, [this.cursor]]);
  }

  #go(/** @type {Point} */ [dx, dy], /** @type {number} */ by) {
    const [x, y] = this.cursor ?? [0.5, 0.5];
    const held = (/** @type {number} */ value) => Math.min(Math.max(value, 0), 1);
    this.cursor = [held(x + dx * by * STEP), held(y + dy * by * STEP)];
    if (this.isDown) this.#draw([this.cursor]);
  }

  draw() {
    const { theme } = this;
    const [ink, seen] = /** @type {NodeListOf<HTMLCanvasElement>} */ (this.querySelectorAll("canvas"));
    if (!ink || !theme) return;
    const { context, width, height } = prepare(ink);
    context.strokeStyle = css(theme.ink);
    context.lineWidth = PEN * width;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of this.strokes) {
      context.beginPath();
      stroke.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x * width, y * height));
      if (stroke.length === 1) context.lineTo(stroke[0][0] * width, stroke[0][1] * height);
      context.stroke();
    }
    if (this.cursor) this.#drawCursor(context, width, height, theme);
    const side = this.state.description?.image?.width;
    if (side && this.#pixels.length) paintInk(seen, this.#pixels, side, theme);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {import("../../ui/charts/color.js").Theme} theme */
  #drawCursor(context, width, height, theme) {
    const [x, y] = /** @type {Point} */ (this.cursor);
    context.beginPath();
    context.arc(x * width, y * height, (PEN / 2) * width, 0, 2 * Math.PI);
    context.lineWidth = 2 * theme.unit;
    context.strokeStyle = css(theme.accent);
    if (this.isDown) {
      context.fillStyle = css(theme.accent);
      context.fill();
    }
    context.stroke();
  }
}
