// @ts-check
/**
 * The groups of the Export step. To add one: its name in session/ways.js, its file here, and its line below.
 *
 * @typedef {object} Action
 * @property {string} id
 * @property {string} name
 * @property {string} [act]      what the menu does (menu/part.js)
 * @property {(place: Place, file?: File) => Promise<string | void> | string | void} [run]   does it, and says what was done; what it throws is said as a problem
 * @property {string} [accept]   it takes a file of these kinds, as `<input accept>` has them
 *
 * @typedef {object} Place   what an action has
 * @property {import("../../../session/playground.js").Playground} playground
 * @property {HTMLElement} panel
 * @property {(ending: string) => string} fileName   of a download
 * @property {(name: string) => Promise<any>} load   a part that is loaded when it is asked for; any: the caller says which module it is
 *
 * @typedef {object} Way
 * @property {string} id         as in session/ways.js
 * @property {string} about      what it holds, and who reads it
 * @property {Action[]} actions
 * @property {(state: import("../../../session/state.js").State) => string} [lack]   why it can't be had just now; nothing where it can
 * @property {(panel: import("../../../ui/panel.js").Panel) => unknown} [contents]   what stands below the actions
 */
import { file } from "./file.js";
import { link } from "./link.js";
import { onnx } from "./onnx.js";
import { predictor } from "./predictor.js";
import { program } from "./program.js";
import { report } from "./report.js";
import { rows } from "./rows.js";
import { spec } from "./spec.js";
import { weights } from "./weights.js";

/** @type {Way[]} */
export const ALL = [link, file, weights, onnx, program, predictor, rows, report, spec];
