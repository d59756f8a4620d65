// @ts-check
/** One step as a bar a processor: the GPU's is made of the work and of what it costs to ask for it. */
import { svg, nothing } from "lit";
import { stacked } from "./scale.js";
import { t } from "../../base/text.js";

/** The parts of a GPU step, in the order in which they happen; told apart by pattern as well as by tone. */
/** @type {{key: "upload" | "compute" | "readBack" | "overhead", label: string}[]} */
export const PARTS = [
  { key: "upload", label: t("benchmark.upload") },
  { key: "compute", label: t("benchmark.compute") },
  { key: "readBack", label: t("benchmark.readBack") },
  { key: "overhead", label: t("benchmark.overhead") },
];

/** The patterns, once a panel; `uid` keeps their names apart. */
export const patterns = (/** @type {string} */ uid) => svg`
  <defs>
    <pattern id="${uid}-upload" class="pattern" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" /><line x1="0" x2="0" y1="0" y2="6" stroke-width="4" />
    </pattern>
    <pattern id="${uid}-readBack" class="pattern" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <rect width="6" height="6" /><line x1="0" x2="0" y1="0" y2="6" stroke-width="4" />
    </pattern>
    <pattern id="${uid}-overhead" class="pattern" width="5" height="5" patternUnits="userSpaceOnUse">
      <rect width="5" height="5" /><circle cx="2.5" cy="2.5" r="1.1" />
    </pattern>
  </defs>
`;

const fillOf = (/** @type {string} */ uid, /** @type {string} */ key) =>
  key === "compute" ? nothing : `url(#${uid}-${key})`;

/** A small field of the same look as a part of the bar, for the table beside it. */
export const swatch = (/** @type {string} */ uid, /** @type {string} */ key) =>
  svg`<rect class="part ${key}" fill=${fillOf(uid, key)} x="0.5" y="0.5" width="15" height="11" />`;

/**
 * @param {{width: number, unit: number}} size
 * @param {{uid: string, cpu: number, gpu: import("../../session/protocol.js").BenchmarkPoint["gpu"], labels: {cpu: string, gpu: string}}} step   milliseconds
 */
export function raceBars({ width, unit }, step) {
  const [left, high, gap] = [40 * unit, 26 * unit, 10 * unit];
  const length = Math.max(width - left - 76 * unit, 40);
  const row = (/** @type {number} */ i) => i * (high + gap);
  const middle = (/** @type {number} */ i) => row(i) + high / 2;
  const name = (/** @type {string} */ text, /** @type {number} */ i) =>
    svg`<text class="name ${text.toLowerCase()}" x="0" y=${middle(i)} dominant-baseline="central">${text}</text>`;
  const sizes = PARTS.map(({ key }) => step.gpu[key]);
  const most = Math.max(
    step.cpu,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const parts = stacked(sizes, most, length);
  const [cpu] = stacked([step.cpu], most, length);
  const end = parts[parts.length - 1];
  const value = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ i) =>
    svg`<text class="value" x=${left + x + 8 * unit} y=${middle(i)} dominant-baseline="central">${text}</text>`;
  return svg`
    ${name("CPU", 0)} ${name("GPU", 1)}
    <rect class="part cpu" x=${left} y=${row(0)} width=${cpu.width} height=${high} />
    ${PARTS.map(({ key }, i) => svg`<rect class="part ${key}" fill=${fillOf(step.uid, key)} x=${left + parts[i].x} y=${row(1)} width=${parts[i].width} height=${high} />`)}
    ${value(step.labels.cpu, cpu.width, 0)} ${value(step.labels.gpu, end.x + end.width, 1)}
  `;
}
