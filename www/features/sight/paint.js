// @ts-check
/** What a network looks at as small pictures; the style enlarges them without smoothing. */
import { diverging, mix } from "../../ui/charts/color.js";
import { put } from "../../ui/charts/pixels.js";

/** @typedef {import("../../ui/charts/color.js").Theme} Theme */

/** Numbers from −1 to 1 in their colors, with a trace of the picture under them. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} strengths @param {ArrayLike<number> | null} ink   0…1 @param {number} width @param {Theme} theme */
export function paintStrengths(canvas, strengths, ink, width, theme) {
  put(canvas, width, strengths.length / width, (at) =>
    mix(diverging(theme, strengths[at]), theme.ink, 0.3 * (ink?.[at] ?? 0)),
  );
}

/** A part of a picture of ink from 0 to 1; what lies outside it is shaded. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} ink @param {number} side   the picture's width @param {number[]} field   top, left, height, width @param {Theme} theme */
export function paintField(canvas, ink, side, [top, left, height, width], theme) {
  const rows = ink.length / side;
  put(canvas, width, height, (at) => {
    const [y, x] = [top + Math.floor(at / width), left + (at % width)];
    return y >= 0 && y < rows && x >= 0 && x < side
      ? mix(theme.surface, theme.ink, ink[y * side + x])
      : mix(theme.surface, theme.line, 0.8);
  });
}
