// @ts-check
/**
 * A link's goal. It is a sentence of somebody's own; where the whole sentence names a figure of the page and a bound, the
 * page says when it is reached. Any other stays a sentence: half of one must not be called reached.
 *
 * @typedef {import("../../session/playground.js").State} State
 * @typedef {{metric: "accuracy" | "loss", part: "training" | "validation" | "test" | null, bound: number}} Goal
 */
import { isLocked } from "../../base/padlock.js";
import { judgedBy } from "../../session/judgedRows.js";

const VERB = String.raw`(?:please\s+)?(?:reach|get|achieve)?\s*(?:an?\s+)?(?:at\s+least\s+)?`;
const PERCENT = String.raw`(\d{1,3}(?:[.,]\d+)?)\s?%`;
const PART = String.raw`(?:\s+on\s+the\s+(training|validation|test)\s+(?:set|data|rows|points))?\s*[.!]?`;
const PATTERNS = [
  new RegExp(`^${VERB}${PERCENT}\\s+(?:of\\s+)?accuracy${PART}$`, "i"),
  new RegExp(`^${VERB}accuracy\\s+of\\s+(?:at\\s+least\\s+)?${PERCENT}${PART}$`, "i"),
];
const LOSS =
  /^(?:please\s+)?(?:reach|get|bring|achieve)?\s*(?:the\s+|an?\s+)?(?:(training|validation|test)\s+)?loss\s+(?:below|under)\s+(\d+(?:[.,]\d+)?)\s*[.!]?$/i;

/** Longer sentences are no threshold, and take no time. */
const MOST_LETTERS = 120;

const number = (/** @type {string} */ text) => Number(text.replace(",", "."));
const partOf = (/** @type {string | undefined} */ text) =>
  /** @type {Goal["part"]} */ (text ? text.toLowerCase() : null);

/** @param {string} text @returns {Goal | null} */
export function goalOf(text) {
  const written = text.trim();
  if (written.length > MOST_LETTERS) return null;
  const accuracy = PATTERNS.map((pattern) => pattern.exec(written)).find(Boolean);
  if (accuracy) {
    const bound = number(accuracy[1]) / 100;
    return bound <= 1 ? { metric: "accuracy", part: partOf(accuracy[2]), bound } : null;
  }
  const loss = LOSS.exec(written);
  return loss && { metric: "loss", part: partOf(loss[1]), bound: number(loss[2]) };
}

/** Whether the goal holds for the model as it is now; null where that can't be told: no threshold, no such rows, locked ones. @param {State} state */
export function isReached(state) {
  const { settings, frame } = state;
  const goal = settings.aim ? goalOf(settings.aim) : null;
  const part = goal?.part ?? judgedBy(state);
  if (!goal || !part || (part === "test" && isLocked(state))) return null;
  const value = frame?.[part]?.[goal.metric];
  if (value === undefined || !Number.isFinite(value)) return null;
  return goal.metric === "accuracy" ? value >= goal.bound : value < goal.bound;
}
