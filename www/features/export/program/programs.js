// @ts-check
/**
 * All programs of an experiment, by the names of their files.
 *
 * @typedef {{name: string, about: string, code: string}} Program
 *
 * @typedef {object} Around   what the page knows beside the experiment
 * @property {import("../../../settings/spec.js").Settings} settings
 * @property {import("../../../session/varied.js").Choices} choices   what is marked for a search
 */
import { trainScript } from "./python/script.js";
import { t } from "../../../base/text.js";

/** @param {import("./python/facts.js").Facts} facts @param {Around} _around @returns {Program[]} */
export function programsOf(facts, _around) {
  return [{ name: "train.py", about: t("program.train"), code: trainScript(facts) }];
}
