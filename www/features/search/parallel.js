// @ts-check
/** Parallel coordinates: a line a trial over all that is varied, in the color of its score. Axes are brushed by the pointer, or by sliders below. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { prepare } from "../../ui/charts/canvas.js";
import { css, diverging } from "../../ui/charts/color.js";
import { handles } from "./handles.js";
import { chosenBy, lanesOf } from "./lanes.js";
import { paintAxes, paintBrush, strokeLines } from "./paint.js";
import { isLost } from "./result.js";
import { scoreRange } from "./scale.js";
import { slider } from "../../ui/slider.js";
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

/** More lines than these are drawn thin, and in color once the brush rests: without a GPU they take longer than a frame. */
const MANY = 100;

export class ParallelPlot extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    search: { attribute: false },
    score: { attribute: false },
    percent: { state: true },
    count: { state: true },
  };

  /** @type {Map<number, Brush>} */
  #brushes = new Map();
  /** The axis that is brushed just now, and where that began. @type {{axis: number, from: number} | null} */
  #drag = null;
  /** @type {{of: import("./model.js").Trial[], lanes: ReturnType<typeof lanesOf>, shades: Uint8Array} | null} */
  #seen = null;
  /** @type {{of: unknown[], back: HTMLCanvasElement, front: HTMLCanvasElement} | null} */
  #layers = null;
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
    return html`
      <div class="study-scroll">
        <canvas class="search-parallel" data-many=${varied.length > 3} role="img" aria-label=${t("search.parallelLabel", { trials: formatCount(trials.length), settings: varied.length })}
          @touchstart=${this.#touch} @pointerdown=${this.#press} @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${this.#release}></canvas>
      </div>
      <div class="search-handles">
        ${slider({ id, label: t("search.bestShare"), min: 1, max: 100, value: this.percent, shown: `${this.percent}%`, enter: (percent) => this.#ask(Number(percent)) })}
        <span class="note" role="status">${this.count === null ? t("search.brushHint") : t("search.brushed", { some: formatCount(this.count), all: formatCount(trials.length) })}</span>
        ${this.count === null ? nothing : html`<button type="button" class="button" @click=${() => this.#clear()}>${t("search.clearBrushes")}</button>`}
      </div>
      ${handles(this.uid, this.#read().lanes.axes, this.#brushes, (axis, brush) => this.#put(axis, brush))}
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

  #put(/** @type {number} */ axis, /** @type {Brush | null} */ brush) {
    if (brush) this.#brushes.set(axis, brush);
    else this.#brushes.delete(axis);
    this.#tell();
  }

  #clear() {
    this.#brushes.clear();
    this.#tell();
  }

  #tell() {
    const chosen = this.#brushes.size ? this.#chosen() : null;
    this.count = chosen?.size ?? null;
    this.requestUpdate(); // the sliders stand where the brushes do
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
    const { trials } = this.search;
    const place = {
      context,
      lanes,
      xs: lanes.axes.map((_, axis) => this.#x(axis)),
      top: box.top,
      high: box.bottom - box.top,
    };
    const { back, front } = this.#still({ width, height }, place);
    context.drawImage(back, 0, 0, width, height);
    const chosen = [...this.#chosen()];
    const thick = this.#drag || chosen.length > MANY ? 1 : 1.5;
    const [all, lost] = partition(chosen, (one) => !isLost(trials[one]));
    // The best last, over the others.
    const told = all.sort((a, b) => shades[a] - shades[b]).slice(this.#drag ? -MANY : 0);
    for (let shade = 0; shade < SHADES; shade++)
      strokeLines(
        place,
        told.filter((one) => shades[one] === shade),
        { color: css(diverging(theme, 0.25 + (0.75 * shade) / (SHADES - 1)), 0.85), thick: thick * unit },
      );
    strokeLines(place, lost, { color: css(theme.minus, 0.9), thick: thick * unit, dash: 4 * unit });
    context.drawImage(front, 0, 0, width, height);
    for (const [axis, brush] of this.#brushes) paintBrush(place, theme, axis, brush);
  }

  /**
   * What no brush changes, drawn once: all lines, pale, and before them the axes with the best trial and the simplest.
   *
   * @param {import("../../ui/charts/canvas.js").Size} size
   * @param {import("./paint.js").Place} place
   */
  #still(size, place) {
    const theme = /** @type {import("../../ui/charts/color.js").Theme} */ (this.theme);
    const { trials, best, simplest } = this.search;
    const of = [this.#read(), theme, size.width, size.height, best, simplest];
    if (this.#layers && of.every((one, i) => one === this.#layers?.of[i])) return this.#layers;
    const [back, front] = [0, 1].map(() => document.createElement("canvas"));
    const [under, over] = [back, front].map((canvas) => ({ ...place, context: prepare(canvas, size).context }));
    const done = [...trials.keys()].filter((one) => trials[one].tried);
    const [told, lost] = partition(done, (one) => !isLost(trials[one]));
    strokeLines(under, told, { color: css(theme.muted, 0.16), thick: theme.unit });
    strokeLines(under, lost, { color: css(theme.minus, 0.28), thick: theme.unit, dash: 4 * theme.unit });
    if (simplest !== null)
      strokeLines(over, [simplest], { color: css(theme.ink), thick: 2 * theme.unit, dash: 5 * theme.unit });
    if (best !== null) strokeLines(over, [best], { color: css(theme.ink), thick: 2.5 * theme.unit });
    paintAxes(over, theme, size.width);
    return (this.#layers = { of, back, front });
  }
}

/** @template V @param {V[]} all @param {(one: V) => boolean} isFirst @returns {[V[], V[]]} */
const partition = (all, isFirst) => [all.filter(isFirst), all.filter((one) => !isFirst(one))];
