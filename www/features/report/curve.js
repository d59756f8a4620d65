// @ts-check
/** The loss by epoch as a drawing that needs nothing else: told apart by dashes as well as by color, and named at its end. */
import { escaped } from "../../base/escaped.js";
import { epochRange, lossRange, tickLabel } from "../../ui/charts/lossData.js";
import { linear } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";

/** In its own units; the page makes it as wide as there is room. */
const [WIDTH, HEIGHT] = [640, 260];
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 616, 12, 224];

/** More points than these no eye tells apart. */
const MOST_POINTS = 320;

/** @typedef {{name: string, kind: "training" | "validation" | "test", values: ArrayLike<number>}} Line */

/**
 * @param {ArrayLike<number>} epochs
 * @param {Line[]} lines
 * @param {{label: string, axis: string}} words   what it shows, and what lies along the axis
 */
export function curveOf(epochs, lines, { label, axis }) {
  const last = epochRange(epochs[epochs.length - 1])[1];
  const heights = lossRange(Math.max(...lines.map(({ values }) => highest(values))));
  const x = linear([0, last], [LEFT, RIGHT]);
  const y = linear(heights, [BOTTOM, TOP]);
  const place = (/** @type {number} */ value) => value.toFixed(1);
  const text = (
    /** @type {number} */ atX,
    /** @type {number} */ atY,
    /** @type {string} */ anchor,
    /** @type {string} */ words,
  ) => `<text x="${place(atX)}" y="${place(atY)}" text-anchor="${anchor}">${escaped(words)}</text>`;
  const rule = (/** @type {number[]} */ ...[x1, y1, x2, y2]) =>
    `<path class="grid" d="M${place(x1)} ${place(y1)}L${place(x2)} ${place(y2)}"/>`;
  const marks = [
    ...ticks(heights, 5).map(
      (tick) => rule(LEFT, y(tick), RIGHT, y(tick)) + text(LEFT - 6, y(tick) + 4, "end", tickLabel(tick)),
    ),
    ...ticks([0, last], 8)
      .filter(Number.isInteger)
      .map((tick) => rule(x(tick), TOP, x(tick), BOTTOM) + text(x(tick), BOTTOM + 16, "middle", tickLabel(tick))),
    text((LEFT + RIGHT) / 2, HEIGHT - 4, "middle", axis),
  ];
  const step = Math.max(1, Math.ceil(epochs.length / MOST_POINTS));
  const places = Array.from({ length: epochs.length }, (_, i) => i).filter(
    (i) => i % step === 0 || i === epochs.length - 1,
  );
  const path = (/** @type {ArrayLike<number>} */ values) => {
    let isDown = false;
    return places
      .map((i) => {
        const value = values[i];
        const isSeen = Number.isFinite(value) && Math.abs(value) <= 1e9;
        const move = isSeen ? `${isDown ? "L" : "M"}${place(x(epochs[i]))} ${place(y(value))}` : "";
        isDown = isSeen;
        return move;
      })
      .join("");
  };
  const drawn = lines.map(({ kind, values }) => `<path class="${kind}" d="${path(values)}"/>`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label)}">${marks.join("")}${drawn.join("")}</svg>`;
}

/** What is beyond a thousand millions has diverged. */
function highest(/** @type {ArrayLike<number>} */ values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > most && values[i] <= 1e9) most = values[i];
  return most;
}
