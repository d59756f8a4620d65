// @ts-check
/** Losses of two runs by epoch. The clean one is solid, the dirty one dashed; what they learn from is thin, what they are tested on thick. */
import { svg } from "lit";
import { drawable, lossAxes } from "../../ui/charts/lossAxes.js";

/** @typedef {import("../../session/protocol.js").Curve} Curve */

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {{clean: Curve, dirty: Curve} | null} curves
 * @param {number} epochs   how far the axis goes
 */
export function twinCurves(size, curves, epochs) {
  const all = curves
    ? [curves.clean, curves.dirty].flatMap(({ training, test }) => [...drawable(training), ...drawable(test)])
    : [];
  const { x, y, top, drawn } = lossAxes(size, { highest: all.length ? Math.max(...all) : null, epochs, right: 10 });
  const line = (
    /** @type {Curve} */ { epoch, ...curve },
    /** @type {"training" | "test"} */ part,
    /** @type {string} */ name,
  ) => {
    let path = "";
    curve[part].forEach((loss, i) => {
      if (Number.isFinite(loss) && loss <= top)
        path += `${path ? "L" : "M"}${x(epoch[i]).toFixed(1)} ${y(loss).toFixed(1)}`;
    });
    return svg`<path class="twin twin-${name} twin-${part}" d=${path} />`;
  };
  return svg`
    ${drawn}
    ${curves ? /** @type {const} */ (["training", "test"]).map((part) => [line(curves.clean, part, "clean"), line(curves.dirty, part, "dirty")]) : ""}
  `;
}
