// @ts-check
/** What one setting or two come to: the score along an axis, and a heat map over both. A mark's shape says what its color does. */
import { svg } from "lit";
import { formatFigure } from "../../session/rounds.js";
import { wordOf } from "../../session/variables.js";
import { linear } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";
import { isLost, lostWord, scoreWords, settingWords } from "./result.js";
import { FAR_REACH, axisScale, bands, scoreRange } from "./scale.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").SearchState} SearchState */
/** @typedef {{width: number, height: number, unit: number}} Size */
/** @typedef {{state: SearchState, label: string, loaded: number | null, load: (place: number) => void}} Drawn */

/** More values than these along a grid's axis are drawn as points. */
const MOST_CELLS = 24;

/** A letter is about so wide, in pixels of the design. */
const LETTER = 7.5;

/** @param {Size} size @param {string[]} words   along the upright axis */
const boxOf = ({ width, height, unit }, words) => ({
  left: Math.min(Math.max(60, Math.max(...words.map(({ length }) => length)) * LETTER + 12), 120) * unit,
  right: width - 16 * unit,
  top: 22 * unit,
  bottom: height - 40 * unit,
});

/** A narrower cell has room for its mark or its figure, not for both. */
const MARKED = 84;

/** From pale to full: the page's own ramp. */
const shadeOf = (/** @type {number} */ share) => ({ fill: "var(--plus)", alpha: 0.08 + 0.92 * share });

const ACCENT = { fill: "var(--accent)", alpha: 1 };
const PLAIN = { fill: "var(--surface)", alpha: 1 };

/** On stronger colors figures are written in the color of the surface. */
const STRONG = 0.8;

/** @typedef {{fill: string, alpha: number}} Paint */

/** A star for the best, a diamond for the simplest, a cross for what has no score, a wedge for what is off the axis; others are dots. */
function shape(
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ r,
  /** @type {"best" | "simplest" | "lost" | "below" | ""} */ kind,
  /** @type {Paint} */ { fill, alpha },
) {
  if (kind === "lost")
    return svg`<path class="search-lost" d="M${x - r} ${y - r}l${2 * r} ${2 * r}M${x + r} ${y - r}l${-2 * r} ${2 * r}" />`;
  if (kind === "simplest")
    return svg`<path class="search-point" fill=${fill} fill-opacity=${alpha} d="M${x} ${y - 1.6 * r}L${x + 1.6 * r} ${y}L${x} ${y + 1.6 * r}L${x - 1.6 * r} ${y}Z" />`;
  if (kind === "below")
    return svg`<path class="search-point" fill=${fill} fill-opacity=${alpha} d="M${x - r} ${y - 1.5 * r}h${2 * r}L${x} ${y}Z" />`;
  if (kind !== "best")
    return svg`<circle class="search-point" fill=${fill} fill-opacity=${alpha} cx=${x} cy=${y} r=${r} />`;
  const points = Array.from({ length: 10 }, (_, i) => {
    const reach = (i % 2 ? 0.8 : 1.9) * r;
    const turn = (i * Math.PI) / 5;
    return `${(x + reach * Math.sin(turn)).toFixed(1)},${(y - reach * Math.cos(turn)).toFixed(1)}`;
  });
  return svg`<polygon class="search-point" fill=${fill} fill-opacity=${alpha} points=${points.join(" ")} />`;
}

const kindOf = (/** @type {SearchState} */ { trials, best, simplest }, /** @type {number} */ place) =>
  place === best ? "best" : place === simplest ? "simplest" : isLost(trials[place]) ? "lost" : "";

/** What a mark is, for who points at it. */
function told(/** @type {SearchState} */ state, /** @type {number} */ place) {
  const trial = state.trials[place];
  const score = isLost(trial) ? lostWord(trial) : scoreWords(state.score, trial.judged);
  return t("search.trialTold", { trial: place + 1, settings: settingWords(state, trial), score });
}

/** The score against one setting, with one standard error to both sides. @param {Size} size @param {Drawn} drawn */
export function scoreLine(size, { state, label, loaded, load }) {
  const { unit } = size;
  const { trials, varied, score } = state;
  const { left, right, top, bottom } = boxOf(size, [formatFigure(score, -100)]);
  const [one] = varied;
  const lost = [...trials.keys()].filter((place) => isLost(trials[place]));
  const floor = bottom - (lost.length ? 26 * unit : 0);
  const { best, low } = scoreRange(trials, score, FAR_REACH);
  const ends = trials
    .flatMap(({ judged }) => [judged.mean, judged.low, judged.high])
    .filter((value) => Number.isFinite(value) && (value - low) * (best - low) >= 0);
  const [least, most] = [Math.min(low, best, ...ends), Math.max(low, best, ...ends)];
  const margin = (most - least || Math.abs(most) || 1) * 0.06;
  const heights = /** @type {[number, number]} */ ([least - margin, most + margin]);
  const y = linear(heights, [floor, top]);
  const across = axisScale(one, [left + 12 * unit, right - 12 * unit], (right - left) / (76 * unit));
  const inside = (/** @type {number} */ value) => Math.min(Math.max(y(value), top), floor);
  return svg`
    ${ticks(heights, (floor - top) / (42 * unit)).map(
      (tick) =>
        svg`<line class="grid" x1=${left} x2=${right} y1=${y(tick)} y2=${y(tick)} /><text class="tick" x=${left - 6 * unit} y=${y(tick)} text-anchor="end" dominant-baseline="central">${formatFigure(score, tick)}</text>`,
    )}
    ${marksAcross(across.marks, [top, bottom], unit)}
    ${names(size, one.variable.label, label)}
    ${lost.length ? svg`<line class="grid" x1=${left} x2=${right} y1=${floor + 6 * unit} y2=${floor + 6 * unit} stroke-dasharray="3 3" /><text class="tick" x=${left - 6 * unit} y=${floor + 17 * unit} text-anchor="end" dominant-baseline="central">${t("search.lane")}</text>` : ""}
    ${trials.map(({ values, judged, tried }, place) => {
      if (!tried) return "";
      const x = across.at(values[0]);
      const isBelow = judged.mean < heights[0] || judged.mean > heights[1];
      const kind = kindOf(state, place) || (isBelow ? "below" : "");
      const height = kind === "lost" ? floor + 17 * unit : inside(judged.mean);
      return svg`<g class="search-trial" data-trial=${place} data-loaded=${place === loaded} @click=${() => load(place)}><title>${told(state, place)}</title>
        ${Number.isFinite(judged.error) && kind !== "lost" ? svg`<line class="search-error" x1=${x} x2=${x} y1=${inside(judged.low)} y2=${inside(judged.high)} />` : ""}
        ${shape(x, height, 5 * unit, kind, ACCENT)}</g>`;
    })}
  `;
}

const marksAcross = (
  /** @type {{at: number, words: string}[]} */ marks,
  /** @type {[number, number]} */ [top, bottom],
  /** @type {number} */ unit,
) =>
  marks.map(
    ({ at, words }) =>
      svg`<line class="grid" x1=${at} x2=${at} y1=${top} y2=${bottom} /><text class="tick" x=${at} y=${bottom + 15 * unit} text-anchor="middle">${words}</text>`,
  );

const names = (
  /** @type {Size} */ { width, height, unit },
  /** @type {string} */ across,
  /** @type {string} */ up,
) => svg`
  <text class="tick axis-name" x=${width - 16 * unit} y=${height - 5 * unit} text-anchor="end">${across} →</text>
  <text class="tick axis-name" x=${2 * unit} y=${11 * unit}>↑ ${up}</text>`;

/** The score over two settings: a cell for each pair of a grid, else a mark where each trial is. @param {Size} size @param {Drawn} drawn */
export function heatMap(size, { state, loaded, load }) {
  const { unit } = size;
  const { trials, varied, score } = state;
  const { left, right, top, bottom } = boxOf(
    size,
    trials.map(({ values }) => wordOf(varied[1].variable, values[1])),
  );
  const { share } = scoreRange(trials, score);
  const all = varied.map(({ variable }, i) => {
    const own = [...new Set(trials.map(({ values }) => values[i]))];
    return variable.choices ? varied[i].axis.values.filter((value) => own.includes(value)) : own.sort((a, b) => a - b);
  });
  const isGrid = all[0].length * all[1].length === trials.length && all.every(({ length }) => length <= MOST_CELLS);
  const scale = (/** @type {number} */ i, /** @type {[number, number]} */ pixels, /** @type {number} */ about) =>
    isGrid ? bands(all[i], (value) => wordOf(varied[i].variable, value), pixels) : axisScale(varied[i], pixels, about);
  const inset = isGrid ? 0 : 12 * unit;
  const x = scale(0, [left + inset, right - inset], (right - left) / (76 * unit));
  const y = scale(1, [bottom - inset, top + inset], (bottom - top) / (36 * unit));
  const [wide, high] = [(right - left) / all[0].length, (bottom - top) / all[1].length];
  const every = Math.ceil((58 * unit) / wide);
  const across = isGrid ? x.marks.filter((_, i) => i % every === 0) : x.marks;
  return svg`
    ${isGrid ? across.map(({ at, words }) => svg`<text class="tick" x=${at} y=${bottom + 15 * unit} text-anchor="middle">${words}</text>`) : marksAcross(across, [top, bottom], unit)}
    ${y.marks.map(({ at, words }) => svg`${isGrid ? "" : svg`<line class="grid" x1=${left} x2=${right} y1=${at} y2=${at} />`}<text class="tick" x=${left - 6 * unit} y=${at} text-anchor="end" dominant-baseline="central">${words}</text>`)}
    ${names(size, varied[0].variable.label, varied[1].variable.label)}
    ${trials.map(({ values, judged, tried }, place) => {
      const [cx, cy] = [x.at(values[0]), y.at(values[1])];
      const kind = kindOf(state, place);
      if (!tried && !isGrid) return "";
      const paint = Number.isFinite(judged.mean) ? shadeOf(share(judged.mean)) : PLAIN;
      const marked = kind === "best" || kind === "simplest" || kind === "lost";
      const text =
        isGrid &&
        !(marked && wide < MARKED * unit) &&
        wide >= 48 * unit &&
        high >= 20 * unit &&
        Number.isFinite(judged.mean);
      const at = text && marked ? cx - 24 * unit : cx;
      return svg`<g class="search-trial" data-trial=${place} data-loaded=${place === loaded} @click=${() => tried && load(place)}><title>${tried ? told(state, place) : ""}</title>
        ${isGrid ? svg`<rect class="search-cell" fill=${paint.fill} fill-opacity=${paint.alpha} x=${cx - wide / 2 + 1} y=${cy - high / 2 + 1} width=${Math.max(wide - 2, 1)} height=${Math.max(high - 2, 1)} rx="3" />` : ""}
        ${isGrid ? (marked ? shape(at - (text ? 8 * unit : 0), cy, 4 * unit, kind, PLAIN) : "") : shape(cx, cy, 6 * unit, kind, paint)}
        ${text ? svg`<text class="search-figure" data-strong=${paint.alpha > STRONG} x=${cx} y=${cy} text-anchor="middle" dominant-baseline="central">${formatFigure(score, judged.mean)}</text>` : ""}</g>`;
    })}
  `;
}
