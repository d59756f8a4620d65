// @ts-check
/** Parallel coordinates: a line a trial over all that is varied, in the color of its score. Axes are brushed by the pointer. */
import { html, nothing } from "lit";
import { formatCount, shortenedName } from "../../base/format.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { labelFont, prepare } from "../../ui/charts/canvas.js";
import { css, diverging } from "../../ui/charts/color.js";
import { chosenBy, lanesOf } from "./lanes.js";
import { isLost } from "./result.js";
import { scoreRange } from "./scale.js";
import { t } from "../../base/text.js";

/** @typedef {import("./lanes.js").Brush} Brush */

/** Colors of the scores: a path each, however many trials there are. */
const SHADES = 12;

/** So many of the best are in color until somebody says otherwise, in percent. */
const BEST = 20;

/** From an axis, in pixels of the design: who presses there brushes it. */
const NEAR = 22;

/** A shorter brush is a click, which takes the axis' brush away. */
const CLICK = 0.015;

/** A letter is about so wide, in pixels of the design. */
const LETTER = 7.5;

export class ParallelPlot extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    search: { attribute: false },
    score: {},
    percent: { state: true },
    count: { state: true },
  };

  /** @type {Map<number, Brush>} */
  #brushes = new Map();
  /** The axis that is brushed just now, and where that began. @type {{axis: number, from: number} | null} */
  #drag = null;
  /** @type {{of: import("./model.js").Trial[], lanes: ReturnType<typeof lanesOf>, shades: Uint8Array} | null} */
  #seen = null;
  #box = { left: 0, right: 1, top: 0, bottom: 1 };

  constructor() {
    super();
    /** @type {import("./model.js").SearchState} set by whoever makes it */
    this.search = /** @type {never} */ (undefined);
    /** What the score is called. */
    this.score = "";
    this.percent = BEST;
    /** How many are chosen by brushes; null without any. @type {number | null} */
    this.count = null;
    /** Told the trials within the brushes; null without any. @type {(chosen: Set<number> | null) => void} */
    this.brushed = () => {};
  }

  render() {
    const { trials, varied } = this.search;
    const id = `${this.uid}-best`;
    const shown = `${this.percent}%`;
    return html`
      <div class="study-scroll">
        <canvas class="search-parallel" data-many=${varied.length > 3} role="img" aria-label=${t("search.parallelLabel", { trials: formatCount(trials.length), settings: varied.length })}
          @touchstart=${this.#touch} @pointerdown=${this.#press} @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${this.#release}></canvas>
      </div>
      <div class="search-handles">
        <div class="field"><label for=${id}>${t("search.bestShare")}</label>
          <span class="slider"><input type="range" id=${id} min="1" max="100" step="1" aria-valuetext=${shown} .value=${String(this.percent)} @input=${(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => this.#ask(Number(currentTarget.value))} /><span class="slider-value" aria-hidden="true">${shown}</span></span></div>
        <span class="note" role="status">${this.count === null ? t("search.brushHint") : t("search.brushed", { some: formatCount(this.count), all: formatCount(trials.length) })}</span>
        ${this.count === null ? nothing : html`<button type="button" class="search-more" @click=${() => this.#clear()}>${t("search.clearBrushes")}</button>`}
      </div>
    `;
  }

  willUpdate() {
    if (this.#seen && this.#seen.of.length === this.search.trials.length) return;
    this.#brushes.clear(); // another search
    this.count = null;
  }

  #ask(/** @type {number} */ percent) {
    this.percent = percent;
    this.#tell();
  }

  #clear() {
    this.#brushes.clear();
    this.#tell();
  }

  #tell() {
    const chosen = this.#brushes.size ? this.#chosen() : null;
    this.count = chosen?.size ?? null;
    this.brushed(chosen);
    this.draw();
  }

  #chosen() {
    return chosenBy(this.search, this.#read().lanes.crossings, this.#brushes, this.percent / 100);
  }

  /** Where the trials are, worked out once for each state. */
  #read() {
    const { trials, score } = this.search;
    if (this.#seen?.of !== trials) {
      const { share } = scoreRange(trials, score);
      const shades = Uint8Array.from(trials, ({ judged }) =>
        Number.isFinite(judged.mean) ? Math.round(share(judged.mean) * (SHADES - 1)) : 0,
      );
      const about = (this.#box.bottom - this.#box.top) / (48 * (this.theme?.unit ?? 1));
      this.#seen = { of: trials, lanes: lanesOf(this.search, this.score, about), shades };
    }
    return this.#seen;
  }

  #x(/** @type {number} */ axis) {
    const { left, right } = this.#box;
    return left + (axis / this.search.varied.length) * (right - left);
  }

  /** A height as a share of the axes'. */
  #share(/** @type {number} */ y) {
    const { top, bottom } = this.#box;
    return Math.min(Math.max((y - top) / (bottom - top), 0), 1);
  }

  /** The axis that a place across is near to. */
  #axisAt(/** @type {number} */ x) {
    const near = NEAR * (this.theme?.unit ?? 1);
    const axes = Array.from({ length: this.search.varied.length + 1 }, (_, axis) => axis);
    return axes.find((one) => Math.abs(x - this.#x(one)) <= near);
  }

  /** A finger on an axis brushes it; anywhere else it scrolls the page. */
  #touch(/** @type {EventOn<HTMLCanvasElement, TouchEvent>} */ event) {
    const x = event.touches[0].clientX - event.currentTarget.getBoundingClientRect().left;
    if (event.touches.length === 1 && this.#axisAt(x) !== undefined) event.preventDefault();
  }

  #press(/** @type {EventOn<HTMLCanvasElement, PointerEvent>} */ event) {
    const axis = this.#axisAt(event.offsetX);
    if (axis === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#drag = { axis, from: this.#share(event.offsetY) };
  }

  #move(/** @type {PointerEvent} */ { offsetY }) {
    if (!this.#drag) return;
    const { axis, from } = this.#drag;
    const to = this.#share(offsetY);
    this.#brushes.set(axis, [Math.min(from, to), Math.max(from, to)]);
    this.draw();
  }

  #release() {
    if (!this.#drag) return;
    const { axis } = this.#drag;
    const [from, to] = this.#brushes.get(axis) ?? [0, 0];
    if (to - from < CLICK) this.#brushes.delete(axis);
    this.#drag = null;
    this.#tell();
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector("canvas"));
    const { theme } = this;
    if (!canvas?.clientWidth || !theme) return;
    const { context, width, height } = prepare(canvas);
    const { unit } = theme;
    const box = { left: 30 * unit, right: width - 54 * unit, top: 34 * unit, bottom: height - 12 * unit };
    if (JSON.stringify(box) !== JSON.stringify(this.#box)) this.#seen = null;
    this.#box = box;
    const { lanes, shades } = this.#read();
    const { trials, best, simplest } = this.search;
    const chosen = this.#chosen();
    const across = lanes.axes.length;
    const xs = Array.from({ length: across }, (_, axis) => this.#x(axis));
    const y = (/** @type {number} */ at) => box.top + at * (box.bottom - box.top);
    const line = (/** @type {number} */ place) => {
      for (let axis = 0; axis < across; axis++) {
        const at = lanes.crossings[place * across + axis];
        if (!axis) context.moveTo(xs[0], y(at));
        else if (at === at) context.lineTo(xs[axis], y(at));
      }
    };
    const stroke = (
      /** @type {number[]} */ places,
      /** @type {string} */ color,
      /** @type {number} */ thick,
      dash = 0,
    ) => {
      if (!places.length) return;
      context.beginPath();
      places.forEach(line);
      context.strokeStyle = color;
      context.lineWidth = thick * unit;
      context.setLineDash(dash ? [dash * unit, dash * unit] : []);
      context.stroke();
    };
    const all = [...trials.keys()].filter((place) => trials[place].tried);
    const others = all.filter((place) => !chosen.has(place));
    const lost = (/** @type {number[]} */ places) => places.filter((place) => isLost(trials[place]));
    const told = (/** @type {number[]} */ places) => places.filter((place) => !isLost(trials[place]));
    context.lineJoin = "bevel";
    stroke(told(others), css(theme.muted, 0.16), 1);
    stroke(lost(others), css(theme.minus, 0.28), 1, 4);
    const shown = all.filter((place) => chosen.has(place));
    for (let shade = 0; shade < SHADES; shade++)
      stroke(
        told(shown).filter((place) => shades[place] === shade),
        css(diverging(theme, 0.25 + (0.75 * shade) / (SHADES - 1)), 0.85),
        1.5,
      );
    stroke(lost(shown), css(theme.minus, 0.9), 1.5, 4);
    if (simplest !== null) stroke([simplest], css(theme.ink), 2, 5);
    if (best !== null) stroke([best], css(theme.ink), 2.5);
    context.setLineDash([]);
    this.#axes(context, xs, y, width);
  }

  #axes(
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {number[]} */ xs,
    /** @type {(at: number) => number} */ y,
    /** @type {number} */ width,
  ) {
    const theme = /** @type {import("../../ui/charts/color.js").Theme} */ (this.theme);
    const { unit } = theme;
    const { axes, hasLane } = this.#read().lanes;
    const letters = Math.max(4, Math.floor((xs[1] - xs[0]) / (LETTER * unit)) - 1);
    const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ at) => {
      context.lineWidth = 3 * unit;
      context.strokeStyle = css(theme.surface, 0.85);
      context.strokeText(words, x, at);
      context.fillText(words, x, at);
    };
    context.lineJoin = "round";
    context.textBaseline = "middle";
    axes.forEach(({ name, marks }, axis) => {
      const x = xs[axis];
      context.strokeStyle = css(theme.muted);
      context.lineWidth = 1.25 * unit;
      context.beginPath();
      context.moveTo(x, y(0));
      context.lineTo(x, y(1));
      context.stroke();
      const brush = this.#brushes.get(axis);
      if (brush) {
        const [from, to] = brush.map(y);
        context.fillStyle = css(theme.accent, 0.28);
        context.fillRect(x - 8 * unit, from, 16 * unit, to - from);
        context.strokeStyle = css(theme.accent);
        context.strokeRect(x - 8 * unit, from, 16 * unit, to - from);
      }
      context.font = labelFont(unit);
      context.fillStyle = css(theme.muted);
      context.textAlign = "left";
      for (const { at, words } of marks) text(shortenedName(words, letters), x + 5 * unit, y(at));
      if (hasLane && axis === axes.length - 1)
        text(
          t("search.lane"),
          Math.min(x + 5 * unit, width - context.measureText(t("search.lane")).width - 1),
          y(0.98),
        );
      context.font = labelFont(unit, "600");
      context.fillStyle = css(theme.ink);
      context.textAlign = axis ? (axis === axes.length - 1 ? "right" : "center") : "left";
      const edge = axis ? (axis === axes.length - 1 ? width - 2 * unit : x) : 2 * unit;
      text(shortenedName(name, letters), edge, 12 * unit);
    });
  }
}
