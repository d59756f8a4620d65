// @ts-check
/** Milliseconds a step against the width of the net, for CPU, several workers and GPU, on logarithmic axes. */
import { svg, nothing } from "lit";
import { placeNames } from "./names.js";
import { decades, logarithmic, powers, everyNth } from "./scale.js";
import { t } from "../../base/text.js";

/**
 * @typedef {object} Curves
 * @property {number[]} widths                 all that will be raced: the axis stands still
 * @property {{width: number, cpu: number, team?: number | null, gpu: number}[]} points   milliseconds; several workers don't share all
 * @property {string} [team]                   the name of their lane
 * @property {number} chosen                   which point the reader looks at
 * @property {{width: number, label: string} | null} breakEven
 * @property {number} paysFrom                 the width from which on the GPU is ahead; Infinity for none
 */

/** Where everything lies, in pixels; `unit` is 1 and grows with the reader's letters. */
export function curvesLayout(
  /** @type {{width: number, height: number, unit: number}} */ { width, height, unit },
  /** @type {Curves} */ { widths, points },
) {
  const box = { left: 52 * unit, right: width - 16 * unit, top: 34 * unit, bottom: height - 44 * unit };
  const times = points.flatMap(({ cpu, team, gpu }) => [cpu, team ?? cpu, gpu]);
  const [low, high] = decades(times);
  // A curve that begins near the bottom needs room below for its name.
  const range = /** @type {[number, number]} */ ([Math.min(...times) < 2.5 * low ? low / 2.5 : low, high]);
  return {
    box,
    range,
    x: logarithmic([widths[0], widths[widths.length - 1]], [box.left + 10 * unit, box.right - 10 * unit]),
    y: logarithmic(range, [box.bottom, box.top]),
  };
}

/** The point nearest to a place on the picture. */
export function nearest(
  /** @type {{width: number}[]} */ points,
  /** @type {(width: number) => number} */ x,
  /** @type {number} */ pixel,
) {
  const distances = points.map(({ width }) => Math.abs(x(width) - pixel));
  return distances.indexOf(Math.min(...distances));
}

/**
 * @param {{width: number, height: number, unit: number}} size
 * @param {Curves} curves
 */
export function raceCurves(size, curves) {
  const { box, range, x, y } = curvesLayout(size, curves);
  const { unit } = size;
  const { points, chosen, breakEven } = curves;
  const at = points[chosen];
  const shared = points.flatMap(({ width, team }, i) => (team ? [{ at: i, x: x(width), y: y(team) }] : []));
  return svg`
    ${pays(curves, box, x)}
    ${powers(range, (box.bottom - box.top) / (26 * unit)).map(
      (ms) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(ms)} y2=${y(ms)} />
      <text class="tick" x=${box.left - 8 * unit} y=${y(ms)} text-anchor="end" dominant-baseline="central">${ms < 1 ? ms : ms.toLocaleString("en")}</text>
    `,
    )}
    ${everyNth(curves.widths, (box.right - box.left) / (44 * unit)).map(
      (width) => svg`
      <text class="tick" x=${x(width)} y=${box.bottom + 17 * unit} text-anchor="middle">${width.toLocaleString("en")}</text>
    `,
    )}
    <text class="tick" x=${box.left - 8 * unit} y=${14 * unit} text-anchor="start" dx=${-40 * unit}>${t("benchmark.msPerStep")}</text>
    <text class="tick" x=${box.right} y=${size.height - 6 * unit} text-anchor="end">${t("benchmark.neuronsEachHiddenLayer")}</text>
    ${at ? svg`<line class="chosen" x1=${x(at.width)} x2=${x(at.width)} y1=${box.top} y2=${box.bottom} />` : nothing}
    ${breakEven ? mark(breakEven, box, x, unit) : nothing}
    ${line(
      "cpu",
      points.map(({ width, cpu }) => [x(width), y(cpu)]),
    )}
    ${line(
      "team",
      shared.map(({ x, y }) => [x, y]),
    )}
    ${line(
      "gpu",
      points.map(({ width, gpu }) => [x(width), y(gpu)]),
    )}
    ${points.map(({ width, cpu }, i) => square(x(width), y(cpu), (i === chosen ? 5.5 : 4) * unit))}
    ${shared.map((place) => diamond(place.x, place.y, (place.at === chosen ? 7 : 5.5) * unit))}
    ${points.map(({ width, gpu }, i) => svg`<circle class="gpu" cx=${x(width)} cy=${y(gpu)} r=${(i === chosen ? 6.5 : 4.75) * unit} />`)}
    ${namesOf(size, curves).map(({ text, kind, x, y, anchor }) => svg`<text class="name ${kind}" x=${x} y=${y} text-anchor=${anchor}>${text}</text>`)}
  `;
}

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** Where the GPU is ahead, the ground is tinted. */
function pays(
  /** @type {Curves} */ { paysFrom, points },
  /** @type {Box} */ box,
  /** @type {(width: number) => number} */ x,
) {
  if (!Number.isFinite(paysFrom) || !points.length) return nothing;
  const left = Math.max(Math.min(x(paysFrom), box.right), box.left);
  return svg`<rect class="pays" x=${left} y=${box.top} width=${box.right - left} height=${box.bottom - box.top} />`;
}

function mark(
  /** @type {{width: number, label: string}} */ { width, label },
  /** @type {Box} */ box,
  /** @type {(width: number) => number} */ x,
  /** @type {number} */ unit,
) {
  // Near an edge its words go to the other side.
  const isLate = x(width) > (box.left + box.right) / 2;
  return svg`
    <line class="break-even" x1=${x(width)} x2=${x(width)} y1=${box.top - 8 * unit} y2=${box.bottom} />
    <text class="mark" x=${x(width) + (isLate ? -6 : 6) * unit} y=${box.top - 9 * unit} text-anchor=${isLate ? "end" : "start"}>${label}</text>
  `;
}

const line = (/** @type {string} */ name, /** @type {number[][]} */ places) =>
  svg`<polyline class="curve ${name}" points=${places.map((place) => place.map((pixel) => pixel.toFixed(1)).join(",")).join(" ")} />`;

const square = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ half) =>
  svg`<rect class="cpu" x=${x - half} y=${y - half} width=${2 * half} height=${2 * half} />`;

const diamond = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ half) =>
  svg`<path class="team" d="M${x} ${y - half}L${x + half} ${y}L${x} ${y + half}L${x - half} ${y}Z" />`;

/**
 * Each curve's name: one worker's and the GPU's at their beginning, away from each other, several workers' at their end.
 *
 * @param {{width: number, height: number, unit: number}} size
 * @param {Curves} curves
 */
export function namesOf(size, curves) {
  const { points, team = "" } = curves;
  if (!points.length) return [];
  const { box, x, y } = curvesLayout(size, curves);
  const course = (/** @type {"cpu" | "team" | "gpu"} */ lane) =>
    points.flatMap((point) => (point[lane] ? [{ x: x(point.width), y: y(point[lane]) }] : []));
  const [{ cpu, gpu }] = points;
  const along = points.map((_, i) => i);
  const shared = course("team");
  const wanted = [
    { kind: "cpu", text: "CPU", curve: course("cpu"), at: along, isAbove: cpu > gpu },
    { kind: "gpu", text: "GPU", curve: course("gpu"), at: along, isAbove: gpu >= cpu },
    ...(shared.length
      ? [{ kind: "team", text: team, curve: shared, at: shared.map((_, i) => i).reverse(), isBeside: true }]
      : []),
  ];
  const within = { left: box.left, right: size.width, top: box.top - 8 * size.unit, bottom: box.bottom };
  return placeNames(wanted, within, size.unit).map((name, i) => ({ ...name, kind: wanted[i].kind }));
}
