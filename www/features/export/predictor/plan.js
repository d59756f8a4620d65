// @ts-check
/**
 * What a predictor without dependencies is written from, in whatever language: raw columns, the network's inputs, dense
 * layers, and training rows with the page's own predictions, by which it checks itself.
 *
 * @typedef {import("../../../pkg-export/trainyard.js").ExportDescription} Description
 * @typedef {import("../../../pkg-export/trainyard.js").ExportLayer} Layer
 * @typedef {import("../../../pkg-export/trainyard.js").ExportRows} Rows
 * @typedef {import("../../../pkg-export/trainyard.js").FormulaTree} FormulaTree
 *
 * @typedef {object} Column
 * @property {string} name
 * @property {"number" | "date" | "category"} kind
 * @property {number | string | null} fill
 * @property {string[]} names                  none of numbers
 * @property {[string, string][]} aliases
 *
 * @typedef {object} Feature
 * @property {Description["features"][number]["type"]} type
 * @property {string} name
 * @property {number[]} columns
 * @property {number} [category]               its place among the column's names
 * @property {FormulaTree} [formula]
 * @property {number} offset
 * @property {number} spread
 *
 * @typedef {{weights: number[][], bias: number[], activation: string}} Dense
 * @typedef {{row: (number | string | null)[], output: number[]}} Check
 *
 * @typedef {object} Plan
 * @property {string} version
 * @property {number} epoch
 * @property {Column[]} columns
 * @property {Feature[]} features
 * @property {Dense[]} layers
 * @property {"probability" | "probabilities" | "score" | "scores" | "value"} answer   of two classes in one output, or of each class; or a number
 * @property {string[]} classes
 * @property {string} unit
 * @property {number} offset                   value = output · spread + offset
 * @property {number} spread
 * @property {Check[]} checks
 */
import { t } from "../../../base/text.js";

/** How far arithmetic in 64 bits may be from the page's in 32. */
export const TOLERANCE = 1e-5;

/** Checked with so many rows. */
export const MOST_CHECKS = 3;

/** What stands in a file of text: more parameters make one of several megabytes, which no editor likes. */
const MOST_PARAMETERS = 200_000;

/** What it can't be written for, said so that one knows what to take; empty where it can. @param {Description} described */
export function lackOf({ image, layers }) {
  if (image) return t("export.predictorImages");
  const other = layers.find(({ type }) => type !== "dense" && type !== "dropout");
  if (other) return t("export.predictorLayers", { type: other.type });
  const count = layers.flatMap(({ parameters }) => parameters).reduce((sum, { from, to }) => sum + to - from, 0);
  return count > MOST_PARAMETERS
    ? t("export.predictorLarge", { count: count.toLocaleString("en"), most: MOST_PARAMETERS.toLocaleString("en") })
    : "";
}

/** Training rows to check with: the first, and one with a gap, one with each further name, as far as there are any. @param {Description} described @param {Rows} rows */
export function checkedRows({ split }, { columns }) {
  const all = [...split.train];
  const hasGap = (/** @type {number} */ row) =>
    columns.some((column) => column[row] === "" || Number.isNaN(column[row]));
  const first = all.filter((row) => !hasGap(row)).slice(0, MOST_CHECKS - 1);
  return [...first, ...all.filter((row) => !first.includes(row) && hasGap(row)), ...all]
    .filter((row, i, list) => list.indexOf(row) === i)
    .slice(0, MOST_CHECKS);
}

/**
 * @param {Description} described
 * @param {Float32Array} parameters
 * @param {Rows} rows
 * @param {number[]} checked           as `checkedRows` has them
 * @param {ArrayLike<number>} outputs  the page's predictions for those
 * @returns {Plan}
 */
export function planOf(described, parameters, rows, checked, outputs) {
  const { target, loss } = described;
  const width = outputs.length / checked.length;
  const tensors = (/** @type {Layer} */ { parameters: [weight, bias] }) => ({
    weights: Array.from({ length: weight.shape[0] }, (_, i) =>
      numbers(parameters, weight.from + i * weight.shape[1], weight.shape[1]),
    ),
    bias: numbers(parameters, bias.from, bias.shape[0]),
  });
  const isOne = described.outputs === 1;
  const isSure = loss === "binary-cross-entropy" || loss === "cross-entropy";
  return {
    version: described.trainyard,
    epoch: described.epoch,
    columns: described.columns.map(({ name, kind, fill, categories, aliases }) => ({
      name,
      kind: categories ? "category" : kind === "date" ? "date" : "number",
      fill,
      names: categories ?? [],
      aliases: Object.entries(aliases),
    })),
    features: described.features.map(({ category, ...feature }) => ({
      ...feature,
      ...(category === undefined
        ? {}
        : { category: described.columns[feature.columns[0]].categories?.indexOf(category) ?? -1 }),
    })),
    layers: described.layers
      .filter(({ type }) => type === "dense")
      .map((layer) => ({ ...tensors(layer), activation: layer.activation ?? "linear" })),
    answer:
      target.task === "regression"
        ? "value"
        : isSure
          ? isOne
            ? "probability"
            : "probabilities"
          : isOne
            ? "score"
            : "scores",
    classes: target.classes ?? [],
    unit: target.unit ?? "",
    offset: target.offset,
    spread: target.spread,
    checks: checked.map((row, i) => ({
      row: rows.columns.map((column) => given(column[row])),
      output: Array.from({ length: width }, (_, j) => outputs[i * width + j]),
    })),
  };
}

/** A gap is nothing. */
const given = (/** @type {number | string} */ value) => (value === "" || Number.isNaN(value) ? null : value);

/** As few digits as give the same float of 32 bits. */
function numbers(/** @type {Float32Array} */ parameters, /** @type {number} */ from, /** @type {number} */ count) {
  return Array.from({ length: count }, (_, i) => {
    const value = parameters[from + i];
    for (let digits = 6; digits < 10; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) return short;
    }
    return value;
  });
}

/** A text in quotes, as JavaScript and Python both read it: what is not seen, or turns the order of letters around, is written by its number. */
export const quoted = (/** @type {string} */ text) =>
  JSON.stringify(text).replace(
    /[\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
