// @ts-check
/** Where an axis has its ticks, and ticks inside a picture that has no margin: at its lower and its left edge, with a halo. */
import { labelFont } from "./canvas.js";
import { shortenedName } from "../../base/format.js";
import { css } from "./color.js";
import { linear } from "./scale.js";

/** Longer names of categories are shortened. */
const MOST_CHARACTERS = 14;

/**
 * @param {HTMLCanvasElement} canvas   drawn on already
 * @param {[number, number][]} view
 * @param {((value: number) => string)[]} write   for each axis; an empty text is no tick
 * @param {boolean[]} areWhole         axes with whole numbers only: those of categories
 * @param {import("./color.js").Theme} theme
 */
export function drawTicks(canvas, view, write, areWhole, theme) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const { unit } = theme;
  context.font = labelFont(unit);
  context.lineJoin = "round";
  const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y) => {
    context.lineWidth = 3 * unit;
    context.strokeStyle = css(theme.surface, 0.85);
    context.strokeText(words, x, y);
    context.fillStyle = css(theme.ink);
    context.fillText(words, x, y);
  };
  const marks = (/** @type {number} */ axis, /** @type {number} */ about) =>
    ticks(view[axis], about)
      .filter((tick) => !areWhole[axis] || Number.isInteger(tick))
      .map((tick) => ({ tick, words: shortenedName(write[axis](tick), MOST_CHARACTERS) }));

  const x = linear(view[0], [0, width]);
  context.textBaseline = "bottom";
  context.textAlign = "center";
  for (const { tick, words } of marks(0, width / (90 * unit))) {
    const half = context.measureText(words).width / 2 + 3 * unit;
    if (x(tick) > half + 30 * unit && x(tick) < width - half) text(words, x(tick), height - 3 * unit);
  }
  const y = linear(view[1], [height, 0]);
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const { tick, words } of marks(1, height / (70 * unit))) {
    if (y(tick) > 10 * unit && y(tick) < height - 22 * unit) text(words, 4 * unit, y(tick));
  }
}

/**
 * Round numbers inside a range: steps of 1, 2 or 5 times a power of ten.
 *
 * @param {[number, number]} range
 * @param {number} about   how many are wanted
 */
export function ticks([from, to], about) {
  const rough = (to - from) / Math.max(about, 1);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? power * 10;
  const marks = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
    marks.push(Number((i * step).toPrecision(12)));
  return marks;
}
