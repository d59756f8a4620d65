// @ts-check
/** The loss by epoch, for the training and the test rows (uPlot). */
import uPlot from "uplot";
import { css } from "./colour.js";

/**
 * @param {HTMLElement} root
 * @param {(at: {epoch: number, training: number, test: number} | null) => void} onHover
 */
export function createLossChart(root, onHover) {
  /** @type {uPlot | null} */
  let plot = null;
  /** @type {import("../core/protocol.js").Curve} */
  let curve = { epoch: new Float32Array(), training: new Float32Array(), test: new Float32Array() };

  const build = (/** @type {import("./colour.js").Theme} */ theme) => {
    plot?.destroy();
    plot = new uPlot(options(theme, root.clientWidth, root.clientHeight, hovered), columns(curve), root);
  };
  const hovered = (/** @type {uPlot} */ { cursor }) => {
    const i = cursor.idx;
    const has = i !== null && i !== undefined && i < curve.epoch.length;
    onHover(has ? { epoch: curve.epoch[i], training: curve.training[i], test: curve.test[i] } : null);
  };

  return {
    setTheme: build,
    draw(/** @type {import("../core/protocol.js").Curve} */ next) {
      curve = next;
      plot?.setData(columns(next));
    },
    resize() {
      const [width, height] = [root.clientWidth, root.clientHeight];
      // Setting a size, even the same, builds the whole chart anew.
      if (plot && width && (plot.width !== width || plot.height !== height)) plot.setSize({ width, height });
    },
    dispose: () => plot?.destroy(),
  };
}

/** As uPlot takes them: x ascending, null for a gap. */
export function columns(/** @type {import("../core/protocol.js").Curve} */ { epoch, training, test }) {
  const gaps = (/** @type {Float32Array} */ values) => Array.from(values, (value) => (Number.isFinite(value) ? value : null));
  return /** @type {uPlot.AlignedData} */ ([Array.from(epoch), gaps(training), gaps(test)]);
}

/** The axis of epochs is never empty, and always begins at 0. */
export const epochRange = (/** @type {number | null} */ last) => /** @type {[number, number]} */ ([0, Math.max(last ?? 0, 10)]);

/** The axis of losses begins at 0, so that heights compare, and stands still for tiny changes. */
export function lossRange(/** @type {number | null} */ highest) {
  if (!highest || !(highest > 0)) return /** @type {[number, number]} */ ([0, 1]);
  const power = 10 ** Math.floor(Math.log10(highest));
  const top = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= highest * 1.02) ?? 15;
  return /** @type {[number, number]} */ ([0, top * power]);
}

function options(
  /** @type {import("./colour.js").Theme} */ theme,
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {(plot: uPlot) => void} */ setCursor,
) {
  const { unit } = theme;
  const font = `${11 * unit}px system-ui, sans-serif`;
  const axis = { stroke: css(theme.muted), font, grid: { stroke: css(theme.line), width: 1 }, ticks: { show: false } };
  return /** @type {uPlot.Options} */ ({
    width: width || 300,
    height: height || 150,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: (_, __, last) => epochRange(last) },
      y: { range: (_, __, highest) => lossRange(highest) },
    },
    axes: [
      { ...axis, size: 26 * unit, gap: 4 * unit },
      { ...axis, size: 44 * unit, gap: 4 * unit },
    ],
    series: [
      {},
      // Told apart by their strokes as well: training is dashed, test is solid.
      { label: "Training loss", stroke: css(theme.muted), width: 1.75 * unit, dash: [5, 3], points: { show: false } },
      { label: "Test loss", stroke: css(theme.accent), width: 2.25 * unit, points: { show: false } },
    ],
    hooks: { setCursor: [setCursor] },
  });
}
