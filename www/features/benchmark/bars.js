// @ts-check
/** One step as a bar for one worker, several, and the GPU: the last is made of the work and of what it costs to ask for it. */
import { svg, nothing } from "lit";
import { formatMs } from "../../base/formatMs.js";
import { teamName } from "./model.js";
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
 * @param {{uid: string} & Pick<import("../../session/protocol.js").OwnLap, "cpu" | "team" | "gpu">} step
 */
export function raceBars({ width, unit }, { uid, cpu, team, gpu }) {
  const [left, high, gap] = [(team ? 64 : 40) * unit, 26 * unit, 10 * unit];
  const length = Math.max(width - left - 76 * unit, 40);
  const row = (/** @type {number} */ i) => i * (high + gap);
  const middle = (/** @type {number} */ i) => row(i) + high / 2;
  const name = (/** @type {string} */ text, /** @type {number} */ i) =>
    svg`<text class="name ${text.toLowerCase()}" x="0" y=${middle(i)} dominant-baseline="central">${text}</text>`;
  const sizes = gpu ? PARTS.map(({ key }) => gpu[key]) : [];
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const most = Math.max(cpu.msPerStep, team?.msPerStep ?? 0, whole);
  const value = (/** @type {number} */ ms, /** @type {number} */ x, /** @type {number} */ i) =>
    svg`<text class="value" x=${left + x + 8 * unit} y=${middle(i)} dominant-baseline="central">${formatMs(ms)}</text>`;
  const bar = (
    /** @type {string} */ kind,
    /** @type {string} */ said,
    /** @type {number} */ ms,
    /** @type {number} */ i,
  ) => {
    const [{ width: long }] = stacked([ms], most, length);
    return svg`
      ${name(said, i)} <rect class="part ${kind}" x=${left} y=${row(i)} width=${long} height=${high} /> ${value(ms, long, i)}
    `;
  };
  const last = team ? 2 : 1;
  const parts = stacked(sizes, most, length);
  const end = parts[parts.length - 1];
  return svg`
    ${bar("cpu", "CPU", cpu.msPerStep, 0)}
    ${team ? bar("team", teamName(team), team.msPerStep, 1) : nothing}
    ${gpu ? svg`${name("GPU", last)} ${value(gpu.msPerStep, end.x + end.width, last)}` : nothing}
    ${parts.map((part, i) => svg`<rect class="part ${PARTS[i].key}" fill=${fillOf(uid, PARTS[i].key)} x=${left + part.x} y=${row(last)} width=${part.width} height=${high} />`)}
  `;
}
