// @ts-check
/** Losses of several runs by epoch, as lines that differ in colour and in dash, each with its sign at its end. */
import { svg } from "lit";
import { epochRange, lossRange, tickLabel } from "./lossData.js";
import { linear, ticks } from "./scale.js";

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {{epoch: ArrayLike<number>, losses: ArrayLike<number>, className: string, sign: string}[]} series
 * @param {number} epochs   how far the axis goes
 */
export function lossCurves({ width, height, unit }, series, epochs) {
  const box = { left: 44 * unit, right: width - 22 * unit, top: 10 * unit, bottom: height - 34 * unit };
  const all = series.flatMap(({ losses }) => Array.from(losses)).filter((loss) => Number.isFinite(loss) && loss < 1e9);
  // A few that go up can't hide what the others do: the axis ends a little above where most of them begin.
  const starts = series.map(({ losses }) => losses[0]).filter(Number.isFinite);
  const top = all.length ? Math.min(Math.max(...all), 2 * Math.max(...starts, 1e-9)) : null;
  const range = lossRange(top);
  const across = epochRange(epochs);
  const [x, y] = [linear(across, [box.left, box.right]), linear(range, [box.bottom, box.top])];
  return svg`
    ${ticks(range, (box.bottom - box.top) / (34 * unit)).map((loss) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(loss)} y2=${y(loss)} />
      <text class="tick" x=${box.left - 6 * unit} y=${y(loss)} text-anchor="end" dominant-baseline="central">${tickLabel(loss)}</text>
    `)}
    ${ticks(across, (box.right - box.left) / (70 * unit)).map((epoch) => svg`<text class="tick" x=${x(epoch)} y=${box.bottom + 15 * unit} text-anchor="middle">${epoch.toLocaleString("en")}</text>`)}
    <text class="tick" x=${box.right} y=${height - 4 * unit} text-anchor="end">epochs</text>
    ${series.map(({ epoch, losses, className, sign }) => {
      let [path, end] = ["", { x: 0, y: 0 }];
      for (let i = 0; i < losses.length; i++) {
        if (!Number.isFinite(losses[i])) break;
        end = { x: x(epoch[i]), y: y(Math.min(losses[i], range[1])) };
        path += `${path ? "L" : "M"}${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
      }
      return svg`<path class="series ${className}" d=${path} />${path ? svg`<text class="series-sign ${className}" x=${end.x + 4 * unit} y=${end.y} dominant-baseline="central">${sign}</text>` : ""}`;
    })}
  `;
}
