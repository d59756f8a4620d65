// @ts-check
/** A data set as a small picture of its points. */
import { drawPoints } from "./points.js";
import { linear, rangeOf } from "./scale.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./canvas.js").Size} size
 * @param {import("../../session/protocol.js").Preview} preview
 * @param {import("./color.js").Theme} theme
 */
export function drawThumbnail(canvas, size, { inputs, targets, columns, task }, theme) {
  if (columns.length === 1) {
    // One input: the target is the height, and all points are of one kind.
    const pairs = Float32Array.from({ length: 2 * targets.length }, (_, i) =>
      i % 2 ? targets[i >> 1] : inputs[i >> 1],
    );
    const view = [rangeOf(inputs, 0.15), rangeOf(targets, 0.2)];
    const values = new Float32Array(targets.length).fill(1);
    drawPoints(canvas, { inputs: pairs, values }, view, theme, {
      radius: targets.length > 20 ? 1.5 : 3,
      outline: false,
      size,
    });
    return;
  }
  const [low, high] = rangeOf(targets);
  const isClasses = task === "classification";
  const values = isClasses ? targets : targets.map(linear([-Math.max(-low, high), Math.max(-low, high)], [-1, 1]));
  const reach = rangeOf(inputs, 0.08);
  drawPoints(canvas, { inputs, values, isClasses }, [reach, reach], theme, { radius: 1.6, outline: false, size });
}
