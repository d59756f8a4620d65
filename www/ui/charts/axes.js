// @ts-check
/** Axes with grid, ticks and names, drawn as SVG: where values lie across and upward. */
import { svg } from "lit";
import { linear } from "./scale.js";
import { ticks } from "./ticks.js";

/** @typedef {{range: [number, number], name: string, write: (value: number) => string}} Axis */

/** @param {{width: number, height: number, unit: number}} size @param {Axis} across @param {Axis} up */
export function axes({ width, height, unit }, across, up) {
  const box = { left: 48 * unit, right: width - 20 * unit, top: 22 * unit, bottom: height - 40 * unit };
  const x = linear(across.range, [box.left, box.right]);
  const y = linear(up.range, [box.bottom, box.top]);
  const drawn = svg`
    ${ticks(up.range, (box.bottom - box.top) / (42 * unit)).map(
      (value) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(value)} y2=${y(value)} />
      <text class="tick" x=${box.left - 6 * unit} y=${y(value)} text-anchor="end" dominant-baseline="central">${up.write(value)}</text>
    `,
    )}
    ${ticks(across.range, (box.right - box.left) / (64 * unit)).map(
      (value) => svg`
      <line class="grid" x1=${x(value)} x2=${x(value)} y1=${box.top} y2=${box.bottom} />
      <text class="tick" x=${x(value)} y=${box.bottom + 15 * unit} text-anchor="middle">${across.write(value)}</text>
    `,
    )}
    <text class="tick axis-name" x=${box.right} y=${height - 5 * unit} text-anchor="end">${across.name} →</text>
    <text class="tick axis-name" x=${2 * unit} y=${10 * unit}>↑ ${up.name}</text>
  `;
  return { x, y, box, drawn };
}

/** A line through points, as `<path d>` has it. @param {Iterable<[number, number]>} points   in pixels */
export function pathOf(points) {
  let path = "";
  for (const [x, y] of points) path += `${path ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  return path;
}
