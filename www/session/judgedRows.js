// @ts-check
/** The rows that a run is judged by: test rows where they may be seen, then validation rows, then those it learned from. */
import { isLocked } from "../base/padlock.js";

/** As points number them. @type {("training" | "validation" | "test")[]} */
export const PARTS = ["training", "validation", "test"];

/** @param {Pick<import("./state.js").State, "frame" | "lock">} state @returns {"training" | "validation" | "test" | null} */
export function judgedBy({ frame, lock }) {
  if (!frame) return null;
  if (frame.test && !isLocked({ lock })) return "test";
  return frame.validation ? "validation" : "training";
}
