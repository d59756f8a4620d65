// @ts-check
/** The plane to draw on: points of one's own over what the net makes of them, with brushes and an eraser. */
import { html, nothing } from "lit";
import { css } from "../../ui/charts/color.js";
import { createField } from "../../ui/charts/field.js";
import { drawPoints } from "../../ui/charts/points.js";
import { linear } from "../../ui/charts/scale.js";
import { Board, REACH, VIEW } from "./board.js";
import { formatShare } from "../../base/format.js";
import { FIELD_SIZE, splitAnswers } from "../../base/grid.js";
import { BRUSHES, MOST_POINTS } from "../../settings/sources.js";
import { MOST_IN_LINK } from "../../settings/spec.js";
import { thresholdOf } from "../../session/threshold.js";
import { classRange, markOf } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { slider } from "../../ui/slider.js";
import { t } from "../../base/text.js";

/** The brush that takes away. */
const ERASER = -1;

/** Keys that move the cursor. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEP = 0.25;

export class DrawnOutput extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    brush: { state: true },
    size: { state: true },
    cursor: { state: true },
  };

  #board = new Board();
  /** The setting that the board was last made of, or became. @type {string | null} */
  #known = null;
  /** @type {ReturnType<typeof createField> | null} */
  #field = null;
  /** The pointer that draws just now. @type {number | null} */
  #pointer = null;
  /** What stands directly under the board: the loss strip, which outlives this element. @type {HTMLElement | null} */
  under = null;

  constructor() {
    super();
    this.brush = 0;
    this.size = 0;
    /** Where the keyboard draws, as long as it does. @type {{x: number, y: number} | null} */
    this.cursor = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, frame, threshold, shown }) {
    return [settings.points, description, frame?.training, frame?.test, threshold, shown];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, points, settings }) {
    return [frame, points, settings.points];
  }

  render() {
    this.#follow(this.state.settings.points);
    const { size } = this;
    const { points, isFull } = this.#board;
    return html`
      <div class="brushes">
        <fieldset class="brush-set">
          <legend>${t("drawing.brush")}</legend>
          ${Array.from({ length: BRUSHES }, (_, kind) => this.#brush(kind, html`<span class="class-${kind}">${markOf(kind)} ${kind}</span>`, t("drawing.class", { kind })))}
          ${this.#brush(ERASER, html`<span>${t("drawing.eraser")}</span>`, t("drawing.eraser"))}
        </fieldset>
        ${slider({ id: `${this.uid}-size`, label: t("drawing.size"), as: "brush-size", max: 2, step: 0.1, value: size, shown: size ? t("drawing.eachSide", { size }) : t("drawing.onePoint"), enter: (text) => (this.size = Number(text)) })}
        <div class="brush-buttons">
          <button type="button" class="button" ?disabled=${!this.#board.canUndo} @click=${() => this.#undo()}>${t("drawing.undo")}</button>
          <button type="button" class="button" ?disabled=${!points.length} @click=${() => this.#clear()}>${t("drawing.clear")}</button>
        </div>
      </div>
      <div class="stage board" data-view="plane" tabindex="0" role="application" aria-label="${t("drawing.drawingBoard")}" aria-describedby="${this.uid}-hint"
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}
        @keydown=${this.#key} @blur=${() => (this.cursor = null)}>
        <canvas class="stage-field" aria-hidden="true"></canvas>
        <canvas class="stage-points" role="img" aria-label=${this.#words()}></canvas>
        ${thresholdOf(this.state) ? html`<ty-boundary .playground=${this.playground}></ty-boundary>` : nothing}
        ${points.length ? nothing : html`<p class="board-empty" aria-hidden="true">${t("drawing.paintHereFirstOne")}</p>`}
      </div>
      ${this.under}
      <p class="note board-told" role="status">${this.cursor ? t("drawing.at", { x: this.cursor.x, y: this.cursor.y }) : ""}${this.#told(isFull)}</p>
      <details class="note">
        <summary>${t("drawing.howDrawingWorks")}</summary>
        <p>${t("drawing.filledPointsLearnedFrom")}</p>
        <p id="${this.uid}-hint">${t("drawing.n14ChooseBrush")}</p>
      </details>
    `;
  }

  /** The setting may change elsewhere: by a link. A stroke under way is not in it yet. */
  #follow(/** @type {string} */ points) {
    if (points === this.#known) return;
    this.#known = points;
    this.#board.load(points);
  }

  #brush(/** @type {number} */ kind, /** @type {unknown} */ sign, /** @type {string} */ name) {
    return html`
      <label class="toggle" title=${name}>
        <input type="radio" name="${this.uid}-brush" aria-label=${name} .checked=${this.brush === kind} @change=${() => (this.brush = kind)} />
        ${sign}
      </label>
    `;
  }

  /** How many points there are, and whether a link can carry them. */
  #told(/** @type {boolean} */ isFull) {
    const { points, counts, text } = this.#board;
    if (!points.length) return t("drawing.nothingDrawnYet");
    const parts = counts
      .map((count, kind) => (count ? `${count} ${markOf(kind)}` : ""))
      .filter(Boolean)
      .join(", ");
    if (text.length > MOST_IN_LINK)
      return t("drawing.linkHoldsAbout400", {
        points: t("count.points", { count: points.length }),
        parts,
        value: isFull ? t("drawing.mostCanDrawn", { MOST_POINTS }) : "",
      });
    return t("drawing.linkHasThem", { points: t("count.points", { count: points.length }), parts });
  }

  #words() {
    const { description, frame } = this.state;
    if (!this.#board.points.length) return t("drawing.emptyPlane");
    const drawn = t("drawing.plane", { points: t("count.drawnPoints", { count: this.#board.points.length }) });
    if (!description || !frame) return drawn;
    return t("drawing.outputFieldAfterEpochs", {
      epoch: frame.epoch,
      drawn,
      accuracy: formatShare(frame.training.accuracy),
    });
  }

  // Drawing

  #commit() {
    this.#board.end();
    this.playground.set("points", this.#board.text);
    const { points } = this.state.settings; // as they were, where they are locked
    this.#known = points;
    this.#board.load(points);
    this.requestUpdate();
    this.draw();
  }

  #undo() {
    this.#board.undo();
    this.#commit();
  }

  #clear() {
    this.#board.clear();
    this.#commit();
  }

  #use(/** @type {number} */ x, /** @type {number} */ y, brush = this.brush) {
    if (brush === ERASER) this.#board.erase(x, y, this.size);
    else this.#board.paint(brush, x, y, this.size);
  }

  /** @returns {[number, number]} */
  #place(/** @type {PointerEvent} */ event) {
    const box = /** @type {Element} */ (this.querySelector(".board")).getBoundingClientRect();
    return [
      linear(VIEW[0], [box.left, box.right]).invert(event.clientX),
      linear(VIEW[1], [box.bottom, box.top]).invert(event.clientY),
    ];
  }

  #down(/** @type {PointerEvent} */ event) {
    if (event.button !== 0 || this.#pointer !== null) return;
    this.#pointer = event.pointerId;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.cursor = null;
    this.#board.begin();
    this.#use(...this.#place(event));
    this.draw();
  }

  #move(/** @type {PointerEvent} */ event) {
    if (event.pointerId !== this.#pointer) return;
    // A fast hand makes several moves between two pictures.
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const one of moves.length ? moves : [event]) this.#use(...this.#place(one));
    this.draw();
  }

  #up(/** @type {PointerEvent} */ event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.#commit();
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") this.#undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (key >= "1" && key <= String(BRUSHES)) this.brush = Number(key) - 1;
    else if (key === "0") this.brush = ERASER;
    else if (ARROWS[key]) this.#go(ARROWS[key], event.shiftKey ? 4 * STEP : STEP);
    else if (key === "Enter" || key === " ") this.#atCursor(this.brush);
    else if (key === "Delete" || key === "Backspace") this.#atCursor(ERASER);
    else return;
    event.preventDefault(); // the page has plans for some of these keys too
  }

  #go(/** @type {[number, number]} */ [dx, dy], /** @type {number} */ by) {
    const { x, y } = this.cursor ?? { x: 0, y: 0 };
    const held = (/** @type {number} */ value) => Math.min(Math.max(value, -REACH), REACH);
    this.cursor = { x: held(x + dx * by), y: held(y + dy * by) };
    this.draw();
  }

  #atCursor(/** @type {number} */ brush) {
    this.cursor ??= { x: 0, y: 0 };
    this.#board.begin();
    this.#use(this.cursor.x, this.cursor.y, brush);
    this.#commit();
  }

  // The picture

  themed() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".stage-field"));
    this.#field ??= createField(canvas);
    if (this.theme) this.#field.setTheme(this.theme);
  }

  updated() {
    super.updated();
    if (this.theme) this.draw();
  }

  draw() {
    const { description, frame, points: split } = this.state;
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".stage-points"));
    if (!canvas || !this.theme) return;
    const { points } = this.#board;
    const field = /** @type {HTMLElement} */ (this.querySelector(".stage-field"));
    const outputs = points.length && description ? frame?.outputs : null;
    field.hidden = !outputs;
    if (outputs && description)
      this.#field?.draw(
        splitAnswers(outputs, description.outputs).field,
        FIELD_SIZE,
        classRange(description),
        description.outputs,
        frame?.classes,
      );
    // The run has the points class by class; while a stroke is under way it doesn't know the newest.
    const sorted = [...points].sort((a, b) => a.kind - b.kind);
    const part = split?.part.length === sorted.length ? split.part : undefined;
    const inputs = Float32Array.from(sorted.flatMap(({ x, y }) => [x, y]));
    drawPoints(canvas, { inputs, values: sorted.map(({ kind }) => kind), isClasses: true, part }, VIEW, this.theme, {
      showTest: true,
    });
    if (this.cursor) this.#drawCursor(canvas, this.cursor, this.theme);
  }

  #drawCursor(
    /** @type {HTMLCanvasElement} */ canvas,
    /** @type {{x: number, y: number}} */ { x, y },
    /** @type {import("../../ui/charts/color.js").Theme} */ theme,
  ) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const { clientWidth: width, clientHeight: height } = canvas;
    const radius = Math.max((this.size / (2 * REACH)) * width, 7 * theme.unit);
    context.beginPath();
    context.arc(linear(VIEW[0], [0, width])(x), linear(VIEW[1], [height, 0])(y), radius, 0, 2 * Math.PI);
    for (const [color, line] of /** @type {const} */ ([
      [theme.surface, 5],
      [theme.ink, 2],
    ])) {
      context.strokeStyle = css(color);
      context.lineWidth = line * theme.unit;
      context.stroke();
    }
  }
}
