// @ts-check
/** Losses of two runs by epoch. The clean one is solid, the dirty one dashed; what they learn from is thin, what they are tested on thick. */
import { svg } from "lit";
import { epochRange, lossRange, tickLabel } from "./lossData.js";
import { linear, ticks } from "./scale.js";

/** @typedef {import("../core/protocol.js").Curve} Curve */

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {{clean: Curve, dirty: Curve} | null} curves
 * @param {number} epochs   how far the axis goes
 */
export function twinCurves({ width, height, unit }, curves, epochs) {
  const box = { left: 44 * unit, right: width - 10 * unit, top: 10 * unit, bottom: height - 34 * unit };
  const all = curves ? [curves.clean, curves.dirty].flatMap(({ training, test }) => [...training, ...test]).filter((loss) => Number.isFinite(loss) && loss < 1e9) : [];
  const losses = lossRange(all.length ? Math.max(...all) : null);
  const range = epochRange(epochs);
  const [x, y] = [linear(range, [box.left, box.right]), linear(losses, [box.bottom, box.top])];
  const line = (/** @type {Curve} */ { epoch, ...curve }, /** @type {"training" | "test"} */ part, /** @type {string} */ name) => {
    let path = "";
    curve[part].forEach((loss, i) => {
      if (Number.isFinite(loss) && loss <= losses[1]) path += `${path ? "L" : "M"}${x(epoch[i]).toFixed(1)} ${y(loss).toFixed(1)}`;
    });
    return svg`<path class="twin twin-${name} twin-${part}" d=${path} />`;
  };
  return svg`
    ${ticks(losses, (box.bottom - box.top) / (34 * unit)).map((loss) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(loss)} y2=${y(loss)} />
      <text class="tick" x=${box.left - 6 * unit} y=${y(loss)} text-anchor="end" dominant-baseline="central">${tickLabel(loss)}</text>
    `)}
    ${ticks(range, (box.right - box.left) / (70 * unit)).map((epoch) => svg`<text class="tick" x=${x(epoch)} y=${box.bottom + 15 * unit} text-anchor="middle">${epoch.toLocaleString("en")}</text>`)}
    <text class="tick" x=${box.right} y=${height - 4 * unit} text-anchor="end">epochs</text>
    ${curves ? /** @type {const} */ (["training", "test"]).map((part) => [line(curves.clean, part, "clean"), line(curves.dirty, part, "dirty")]) : ""}
  `;
}
