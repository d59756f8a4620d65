// @ts-check
/** The loss by epoch, for the training and the test rows (uPlot). */
import uPlot from "uplot";
import { columns, epochRange, lossRange, tickLabel } from "./lossData.js";

/**
 * @param {HTMLElement} root
 * @param {(at: {epoch: number, training: number, test: number} | null) => void} onHover
 * @param {typeof import("./colour.js").css} css   handed in: this file is loaded late and alone, and what it shared
 *                                                 with the page would be one more file to wait for
 */
export function createLossChart(root, onHover, css) {
  /** @type {uPlot | null} */
  let plot = null;
  /** @type {import("../core/protocol.js").Curve} */
  let curve = { epoch: new Float32Array(), training: new Float32Array(), test: new Float32Array() };

  const build = (/** @type {import("./colour.js").Theme} */ theme) => {
    plot?.destroy();
    plot = new uPlot(options(theme, css, root.clientWidth, root.clientHeight, hovered), columns(curve), root);
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

function options(
  /** @type {import("./colour.js").Theme} */ theme,
  /** @type {typeof import("./colour.js").css} */ css,
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
      { ...axis, size: 26 * unit, gap: 4 * unit, space: 60 * unit },
      { ...axis, size: 44 * unit, gap: 4 * unit, space: 34 * unit, values: (_, ticks) => ticks.map(tickLabel) },
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
