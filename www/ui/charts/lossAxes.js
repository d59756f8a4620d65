// @ts-check
/** The axes of losses by epoch, drawn as SVG: where a loss and an epoch lie, with grid and ticks. */
import { svg } from "lit";
import { epochRange, lossRange, tickLabel } from "./lossData.js";
import { linear } from "./scale.js";
import { ticks } from "./ticks.js";
import { t } from "../../base/text.js";

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {{highest: number | null, epochs: number, right: number}} reach   the loss and the epoch to reach, and the room at the right
 */
export function lossAxes({ width, height, unit }, { highest, epochs, right }) {
  const box = { left: 50 * unit, right: width - right * unit, top: 10 * unit, bottom: height - 34 * unit };
  const [losses, range] = [lossRange(highest), epochRange(epochs)];
  const [x, y] = [linear(range, [box.left, box.right]), linear(losses, [box.bottom, box.top])];
  const drawn = svg`
    ${ticks(losses, (box.bottom - box.top) / (34 * unit)).map(
      (loss) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(loss)} y2=${y(loss)} />
      <text class="tick" x=${box.left - 6 * unit} y=${y(loss)} text-anchor="end" dominant-baseline="central">${tickLabel(loss)}</text>
    `,
    )}
    ${ticks(range, (box.right - box.left) / (70 * unit)).map((epoch) => svg`<text class="tick" x=${x(epoch)} y=${box.bottom + 15 * unit} text-anchor="middle">${epoch.toLocaleString("en")}</text>`)}
    <text class="tick" x=${box.right} y=${height - 4 * unit} text-anchor="end">${t("ui.epochs")}</text>
  `;
  return { x, y, top: losses[1], drawn };
}

/** Losses that a picture can show. */
export const drawable = (/** @type {ArrayLike<number>} */ losses) =>
  Array.from(losses).filter((loss) => Number.isFinite(loss) && loss < 1e9);
