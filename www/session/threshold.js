// @ts-check
/**
 * A threshold of somebody's own: above it a row is decided to be of a class, whatever the engine decides. It belongs to
 * one run, and every picture of that run's decisions follows it.
 *
 * @typedef {object} Threshold
 * @property {number} run     the number of the run
 * @property {number} class   that is decided for above it
 * @property {number} at      a probability, or a raw score
 *
 * @typedef {import("./protocol.js").Description} Description
 * @typedef {import("./protocol.js").Frame} Frame
 */
import { decidedAbove } from "../base/decidedAbove.js";
import { hasProbabilities } from "../base/probabilities.js";

/** Where it stands by itself: there the engine decides so of two classes. */
export const usualThreshold = (/** @type {{loss?: string}} */ description) => (hasProbabilities(description) ? 0.5 : 0);

/** The shown run's; null where nobody moved one. @param {Pick<import("./state.js").State, "threshold" | "shown">} state */
export const thresholdOf = ({ threshold, shown }) => (threshold && threshold.run === shown ? threshold : null);

/** What the engine decided, by the outputs. @type {WeakMap<object, Frame["classes"]>} */
const engines = new WeakMap();

/** @param {Frame} frame @param {Threshold | null | undefined} threshold @param {number} width @returns {Frame} */
function decided(frame, threshold, width) {
  const { outputs, classes } = frame;
  if (!outputs || !classes) return frame;
  if (!engines.has(outputs)) engines.set(outputs, classes);
  return {
    ...frame,
    classes: threshold?.run === frame.run ? decidedAbove(outputs, width, threshold) : engines.get(outputs),
  };
}

/**
 * Moves the threshold of the run that is shown; null puts it back.
 *
 * @param {import("./playground.js").Playground} playground
 * @param {Pick<Threshold, "class" | "at"> | null} to
 */
export function moveThreshold(playground, to) {
  const { store } = playground;
  const width = () => store.get().description?.outputs ?? 1;
  playground.decide = (frame) => decided(frame, store.get().threshold, width());
  store.set(({ frame, shown }) => {
    const threshold = to && { ...to, run: shown };
    return { threshold, frame: frame && decided(frame, threshold, width()) };
  });
}
