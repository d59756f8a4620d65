// @ts-check
/**
 * Which of two classes is the positive one. The engine has one column of outputs for both, that of the second class; where
 * the first is the positive one, all of it is read from the other side.
 *
 * @typedef {import("./protocol.js").Description} Description
 */
import { hasProbabilities } from "../base/probabilities.js";

/** As the setting has them. */
const NAMES = ["first", "second"];

/** The index of the class; of more than two each is one in turn. @param {import("../settings/spec.js").Settings} settings */
export const positiveOf = ({ positive }) => NAMES.indexOf(positive);

/** Makes one of two classes the positive one. @param {import("./playground.js").Playground} playground @param {number} index */
export const choosePositive = (playground, index) => playground.set("positive", NAMES[index]);

/** The first class's output, by the second's, and the other way. @param {Pick<Description, "loss">} description @returns {(output: number) => number} */
export const otherOutput = (description) =>
  hasProbabilities(description) ? (output) => 1 - output : (output) => (output ? -output : 0);
