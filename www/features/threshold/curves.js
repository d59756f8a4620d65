// @ts-check
/** The two curves as pictures, each with the point where the threshold stands; one goes along them with the pointer. */
import { html, svg } from "lit";
import { formatNumber } from "../../base/format.js";
import { axes, pathOf } from "../../ui/charts/axes.js";
import { nearestPoint, pointsOf } from "./model.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Sweep} Sweep */
/** @typedef {{width: number, height: number, unit: number}} Size */

/** @type {[number, number]} */
const UNIT = [0, 1];

const write = (/** @type {number} */ value) => String(Number(value.toFixed(2)));

export class Curves {
  /** What stands as long as rows and size do: the handle alone moves. @type {{sweep: Sweep["thresholds"] | null, size: Size | null, plots: ReturnType<typeof plotsOf> | null}} */
  #drawn = { sweep: null, size: null, plots: null };

  /** @param {Sweep} sweep @param {number} place @param {Size} size @param {(place: number) => void} drag */
  draw(sweep, place, size, drag) {
    if (this.#drawn.sweep !== sweep.thresholds || this.#drawn.size !== size)
      this.#drawn = { sweep: sweep.thresholds, size, plots: plotsOf(sweep, size) };
    const plots = /** @type {ReturnType<typeof plotsOf>} */ (this.#drawn.plots);
    return plots.map(({ title, xs, ys, x, y, picture }) => {
      const at = (/** @type {PointerEvent} */ event) => {
        const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
        drag(nearestPoint(xs, ys, [x.invert(event.clientX - box.left), y.invert(event.clientY - box.top)]));
      };
      const down = (/** @type {PointerEvent} */ event) => {
        if (event.button) return;
        /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
        at(event);
      };
      const moved = (/** @type {PointerEvent} */ event) =>
        /** @type {Element} */ (event.currentTarget).hasPointerCapture(event.pointerId) && at(event);
      const words = t("threshold.pointAt", { title, x: formatNumber(xs[place], 3), y: formatNumber(ys[place], 3) });
      return html`
        <figure class="unit-figure">
          <figcaption>${title}</figcaption>
          <svg class="unit-plot" role="img" aria-label=${words} @pointerdown=${down} @pointermove=${moved}>
            ${picture}
            ${svg`<circle class="curve-handle" cx=${x(xs[place])} cy=${y(ys[place])} r=${7 * size.unit} />`}
          </svg>
        </figure>
      `;
    });
  }
}

function plotsOf(/** @type {Sweep} */ sweep, /** @type {Size} */ size) {
  const { truePositiveRate, falsePositiveRate, precision, positives, negatives } = sweep;
  const share = positives / (positives + negatives);
  return [
    {
      title: t("threshold.rocCurve"),
      xs: falsePositiveRate,
      ys: truePositiveRate,
      across: t("threshold.falsePositiveRate"),
      up: t("threshold.truePositiveRate"),
      /** Guessing. @type {[number, number]} */
      guess: [0, 1],
      isStepped: false,
    },
    {
      title: t("threshold.precisionRecallCurve"),
      xs: truePositiveRate,
      ys: precision,
      across: t("threshold.recall"),
      up: t("threshold.precision"),
      guess: /** @type {[number, number]} */ ([share, share]),
      isStepped: true,
    },
  ].map(({ across, up, guess, isStepped, ...plot }) => {
    const { x, y, drawn } = axes(size, { range: UNIT, name: across, write }, { range: UNIT, name: up, write });
    const path = pathOf(pointsOf(plot.xs, plot.ys, { x, y }, isStepped));
    const picture = svg`${drawn}
      <line class="guess-line" x1=${x(0)} x2=${x(1)} y1=${y(guess[0])} y2=${y(guess[1])} />
      <path class="curve-line" d=${path} />`;
    return { ...plot, x, y, picture };
  });
}
