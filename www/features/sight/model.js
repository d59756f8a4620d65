// @ts-check
/**
 * What a network of images sees, without a page: what its layers are called, and what is said of pixels, probes and filters.
 *
 * @typedef {import("./worker.js").Gazed} Gazed
 * @typedef {import("./worker.js").Probed} Probed
 * @typedef {import("./worker.js").Found} Found
 * @typedef {import("../../session/protocol.js").Description} Description
 * @typedef {"saliency" | "occlusion"} Way
 */
import { formatCount, formatNumber, formatShare } from "../../base/format.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { t } from "../../base/text.js";

/** A step of ink, of which the gradient says what it does. */
export const INK_STEP = 0.1;

/** The square that is laid over a picture: a fifth of its side, at least 3, and odd, so that it has a middle. */
export const coverOf = (/** @type {number} */ side) => Math.max(3, 2 * Math.floor(side / 10) + 1);

/** Of the layers with weights, by their kind and place. @returns {string[]} */
export function layerNames(/** @type {Pick<Description, "layers">} */ { layers }) {
  const counts = { conv2d: 0, dense: 0 };
  return layers.map(({ type }, i) => {
    if (i === layers.length - 1) return t("sight.output");
    const kind = type === "conv2d" ? "conv2d" : "dense";
    const number = ++counts[kind];
    return kind === "conv2d" ? t("sight.convolution", { number }) : t("sight.dense", { number });
  });
}

/** How many filters or units a layer has; of the output layer, classes. */
export function unitsOf(/** @type {Description} */ { layers, classNames, outputs }, /** @type {number} */ layer) {
  if (layer === layers.length - 1) return classNames?.length ?? outputs;
  const { type, weight, outputs: all } = layers[layer];
  return type === "conv2d" ? weight.shape[0] : all;
}

/** What always the most frequent class of the training rows gets among these. @param {Pick<import("../../session/protocol.js").Points, "targets" | "part">} points */
export function guessOf({ targets, part }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  let rows = 0;
  targets.forEach((target, row) => {
    if (part[row] !== 0) return;
    rows += 1;
    counts.set(target, (counts.get(target) ?? 0) + 1);
  });
  return rows ? Math.max(...counts.values()) / rows : NaN;
}

/** The places of the least and the most of some numbers; −1 where none is a number. @param {ArrayLike<number>} values */
export function endsOf(values) {
  let [least, most] = [-1, -1];
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue;
    if (least < 0 || values[at] < values[least]) least = at;
    if (most < 0 || values[at] > values[most]) most = at;
  }
  return { least, most };
}

/** What is drawn of each pixel, from −1 to 1: the gradient over its largest, or by how much of all the output moved. @param {Gazed} gazed @param {Way} way @returns {Float64Array} */
export function strengths({ values, whole }, way) {
  const moved = way === "saliency" ? values : values.map((value) => value - whole);
  const largest = moved.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  return moved.map((one) => (largest > 0 ? one / largest : 0));
}

/** A change with its sign. */
export const signed = (/** @type {number} */ value, decimals = 3) =>
  `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value), decimals)}`;

/** What one pixel says. @param {Gazed} gazed @param {Way} way @param {number} at @param {{width: number, name: string, isShare: boolean}} of */
export function pixelWords({ values, whole }, way, at, { width, name, isShare }) {
  const [row, column] = [formatCount(Math.floor(at / width) + 1), formatCount((at % width) + 1)];
  if (way === "saliency") return t("sight.pixelSaliency", { row, column, name, change: signed(INK_STEP * values[at]) });
  const write = (/** @type {number} */ value) => (isShare ? formatShare(value) : formatNumber(value));
  const [before, after] = [write(whole), write(values[at])];
  return isShare
    ? t("sight.pixelOcclusion", { row, column, name, before, after })
    : t("sight.pixelOcclusionScore", { row, column, name, before, after });
}

/** The sentence over the map: the pixel on which most depends. @param {Gazed} gazed @param {Way} way @param {{width: number, name: string, isShare: boolean}} of */
export function gazeWords(gazed, way, of) {
  const strength = strengths(gazed, way);
  const { least, most } = endsOf(strength);
  if (!gazed.values.every(Number.isFinite)) return t("sight.noNumbers");
  if (least < 0 || (strength[least] === 0 && strength[most] === 0)) return t("sight.nothingMoves", { name: of.name });
  // What a cover takes away is the question; the gradient goes both ways.
  const at = way === "occlusion" ? least : Math.abs(strength[least]) > Math.abs(strength[most]) ? least : most;
  return way === "occlusion" && strength[least] >= 0
    ? t("sight.noCoverHarms", { name: of.name })
    : `${pixelWords(gazed, way, at, of)} ${t("sight.strongest")}`;
}

/** What the probes say together. A layer falls where its interval lies under an earlier one's. @param {Probed[]} probed @param {string[]} names   of the pixels and the layers */
export function probeWords(probed, names) {
  const [first] = probed;
  const last = probed.at(-1);
  if (!first || !last || probed.length < 2) return "";
  const falls = probed.findIndex(({ high }, i) => probed.slice(0, i).some(({ low }) => high < low));
  const best = probed.reduce((most, one) => (one.accuracy > most.accuracy ? one : most));
  const write = (/** @type {Probed} */ { accuracy }) => formatShare(accuracy);
  const [from, to, layer] = [write(first), write(best), names[probed.indexOf(best)]];
  if (falls > 0) return t("sight.probesFall", { from, to, layer, fallen: names[falls], low: write(probed[falls]) });
  return best.low > first.high
    ? t("sight.probesRise", { from, to, layer })
    : t("sight.probesLevel", { from, to, layer });
}

/** What is said of a filter's patches and of the picture made for it. @param {Found} found @param {string} name */
export function filterWords({ patches, mean, dream }, name) {
  const [best] = patches;
  if (!best) return t("sight.noPatches", { name });
  // What a rectifier gives of nothing is 0, and the image made for it is noise.
  if (best.value === 0) return t("sight.silent", { name });
  const words = t("sight.filterWords", {
    name,
    number: formatCount(best.row + 1),
    value: formatNumber(best.value),
    mean: formatNumber(mean),
  });
  return dream ? `${words} ${t("sight.dreamWords", { value: formatNumber(dream.value) })}` : words;
}

/** Whether probabilities are meant, in which a score is a share. */
export const isShareOf = (/** @type {Description} */ description) => hasProbabilities(description);
