// @ts-check
/** A goal as an attribute has it: `test-loss<0.05`, or several of them between commas. */
import { t } from "../base/text.js";

/** What is read of a frame. @typedef {Pick<import("../session/protocol.js").Frame, "epoch" | "step" | "training" | "validation" | "test">} Told */
/** @typedef {{name: string, sign: string, limit: number, text: string}} Goal */
/** What a run says of itself: null where it has no such figure, or may not say it. @typedef {Record<string, number | null>} Figures */

/** What can be asked for, and where a run has it. */
export const FIGURES = [
  "epoch",
  "step",
  ...["loss", "accuracy", "mae"].flatMap((figure) =>
    ["training", "validation", "test"].map((part) => `${part}-${figure}`),
  ),
];

/** @type {Record<string, (value: number, limit: number) => boolean>} */
const SIGNS = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

/** Throws a sentence for what is no goal. @param {string} text @returns {Goal[]} */
export const readGoals = (text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map(readGoal);

function readGoal(/** @type {string} */ text) {
  const [, name, sign, number, percent] = /^([a-z-]+)\s*(<=|>=|<|>)\s*([\d.]+(?:e[+-]?\d+)?)\s*(%?)$/i.exec(text) ?? [];
  const full = name === "accuracy" ? "test-accuracy" : name;
  const limit = Number(number) / (percent ? 100 : 1);
  if (!full || !FIGURES.includes(full) || !Number.isFinite(limit))
    throw new Error(t("element.noGoal", { text, figures: FIGURES.join(", ") }));
  return { name: full, sign, limit, text };
}

/** Whether a run has reached it; a figure that it doesn't have reaches nothing. @param {Goal} goal @param {Figures} figures */
export function isReached({ name, sign, limit }, figures) {
  const value = figures[name] ?? NaN;
  return Number.isFinite(value) && SIGNS[sign](value, limit);
}

/**
 * The figures of a frame, by the names that goals have. Those of locked test rows are in no frame.
 *
 * @param {Told} frame
 * @returns {Figures}
 */
export function figuresOf(frame) {
  /** @type {Figures} */
  const figures = { epoch: frame.epoch, step: frame.step };
  for (const part of /** @type {const} */ (["training", "validation", "test"]))
    for (const figure of /** @type {const} */ (["loss", "accuracy", "mae"]))
      figures[`${part}-${figure}`] = frame[part]?.[figure] ?? null;
  return figures;
}
