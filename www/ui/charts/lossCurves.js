// @ts-check
/** Losses of several runs by epoch, as lines that differ in color and in dash, each with its sign at its end. */
import { svg } from "lit";
import { drawable, lossAxes } from "./lossAxes.js";

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {{epoch: ArrayLike<number>, losses: ArrayLike<number>, className: string, sign: string}[]} series
 * @param {number} epochs   how far the axis goes
 */
export function lossCurves(size, series, epochs) {
  const { unit } = size;
  const all = series.flatMap(({ losses }) => drawable(losses));
  // A few that go up can't hide what the others do: the axis ends a little above where most of them begin.
  const starts = series.map(({ losses }) => losses[0]).filter(Number.isFinite);
  const highest = all.length ? Math.min(Math.max(...all), 2 * Math.max(...starts, 1e-9)) : null;
  const { x, y, top, drawn } = lossAxes(size, { highest, epochs, right: 22 });
  const lines = series.map(({ epoch, losses, className, sign }) => {
    let [path, end] = ["", { x: 0, y: 0 }];
    for (let i = 0; i < losses.length; i++) {
      if (!Number.isFinite(losses[i])) break;
      end = { x: x(epoch[i]), y: y(Math.min(losses[i], top)) };
      path += `${path ? "L" : "M"}${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
    }
    return { path, end, className, sign };
  });
  const heights = apart(
    lines.map(({ end }) => end.y),
    12 * unit,
  );
  return svg`
    ${drawn}
    ${lines.map(({ path, end, className, sign }, i) => svg`<path class="series ${className}" d=${path} />${path ? svg`<text class="series-sign ${className}" x=${end.x + 4 * unit} y=${heights[i]} dominant-baseline="central">${sign}</text>` : ""}`)}
  `;
}

/** Heights that lie so far apart at least, in their order: those that are too near go up. */
export function apart(/** @type {number[]} */ heights, /** @type {number} */ least) {
  const moved = [...heights];
  let below = Infinity;
  for (const i of heights.map((_, i) => i).sort((a, b) => heights[b] - heights[a]))
    below = moved[i] = Math.min(heights[i], below - least);
  return moved;
}
