// @ts-check
/** The element as the course uses it. */
import { formatLoss, formatShare } from "../base/format.js";

/**
 * @typedef {Record<string, number | null>} Figures
 * @typedef {{status: string, epoch: number, step: number, why: string | null, figures?: Figures}} YardState
 * @typedef {HTMLElement & {state: YardState, play: () => Promise<void>, pause: () => void, reset: () => Promise<void>}} TrainYard
 */

/** Hears what an element says. @param {TrainYard} yard @param {string} name @param {(detail: any) => void} hear   any: each event has its own */
export const on = (yard, name, hear) =>
  yard.addEventListener(`trainyard-${name}`, (event) => hear(/** @type {CustomEvent} */ (event).detail));

/** A figure as the page writes it. */
export const formatFigure = (/** @type {string} */ name, /** @type {number} */ value) =>
  name === "step" ? String(value) : name.endsWith("accuracy") ? formatShare(value) : formatLoss(value);
