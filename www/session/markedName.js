// @ts-check
import { classWord } from "../base/columnFormat.js";
import { markOf } from "./statusText.js";

/** @typedef {import("./protocol.js").Description | null} Run */

/** So many classes have a sign of their own: with more, a sign would stand for several. */
const SIGNS = 5;

const hasSigns = (/** @type {Run} */ run) => !run || run.outputs <= SIGNS;

/** What a class is called, behind its sign where it has one of its own. @param {Run} run @param {number} index */
export const markedName = (run, index) => `${hasSigns(run) ? `${markOf(index)} ` : ""}${classWord(run, index)}`;

/** The sign of a class alone, or its name where it has none. @param {Run} run @param {number} index */
export const shortName = (run, index) => (hasSigns(run) ? markOf(index) : classWord(run, index));
