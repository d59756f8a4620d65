// @ts-check
/**
 * What the model says of some rows: what several small pictures are made from. It is asked once for all of them. Of locked
 * test rows nothing is asked: then they are training rows.
 *
 * @typedef {import("../../session/protocol.js").Description} Description
 * @typedef {{of: Description, targets: number[]} & import("../../session/protocol.js").Answers} Told
 */
import { isLocked } from "../../base/padlock.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { rowsOf } from "../../base/sample.js";
import { valuesOf } from "../../base/valuesOf.js";

/** The pictures that are made from it. */
export const TELLS = ["confusion", "threshold", "calibration", "residuals"];

/** Rows that are asked about, bars of a calibration, and for how long an answer does, in milliseconds. */
const MOST_ROWS = 400;
const BINS = 8;
const FRESH_MS = 300;

/** @typedef {import("../../session/playground.js").Playground} Playground */

/** @type {WeakMap<Playground, {at: number, answer: Promise<Told | null>}>} */
const known = new WeakMap();

/** Resolves to null where there is nothing to be had just now. @param {Playground} playground @returns {Promise<Told | null>} */
export function askSample(playground) {
  const before = known.get(playground);
  if (before && performance.now() - before.at < FRESH_MS) return before.answer;
  const answer = ask(playground).catch(() => null); // the worker was replaced, or the run: the next frame asks again
  known.set(playground, { at: performance.now(), answer });
  return answer;
}

async function ask(/** @type {Playground} */ playground) {
  const state = playground.store.get();
  const { description: of, points } = state;
  if (!of || !points) return null;
  const part = isLocked(state) || !of.rows.test ? 0 : 2;
  const all = rowsOf(points.part, part);
  const step = Math.max(1, Math.ceil(all.length / MOST_ROWS));
  const rows = all.filter((_, i) => i % step === 0);
  if (!rows.length) return null;
  const inputs = valuesOf(points, rows, points.inputs.length / points.targets.length);
  const answers = await playground.ask("classify", { inputs });
  return { of, ...answers, targets: rows.map((row) => points.targets[row]) };
}

/** A row for each class, a column for each that was predicted; none of another run. @param {Told | null} told @param {Description | null} description */
export function countsOf(told, description) {
  if (!told || told.of !== description) return [];
  const classes = description.classes ?? 0;
  if (!classes) return [];
  /** @type {number[][]} */
  const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
  told.targets.forEach((target, row) => (counts[target][told.classes[row]] += 1));
  return counts;
}

/** Of each row, what speaks for the class that the curves are about, and whether it is of that class: the second of two, the first of more. @param {Told | null} told @param {Description | null} description */
function votesOf(told, description) {
  if (!told || told.of !== description || !description.classes) return [];
  const { outputs: width } = description;
  const [column, one] = width === 1 ? [0, 1] : description.classes === 2 ? [1, 1] : [0, 0];
  return told.targets.map((target, row) => ({ score: told.outputs[row * width + column], is: target === one }));
}

/** The share of false alarms, and of hits, at each threshold. @param {Told | null} told @param {Description | null} description @returns {[number, number][]} */
export function rocOf(told, description) {
  const votes = votesOf(told, description).sort((a, b) => b.score - a.score);
  const hits = votes.filter(({ is }) => is).length;
  const others = votes.length - hits;
  if (!hits || !others) return [];
  /** @type {[number, number][]} */
  const line = [[0, 0]];
  let [right, wrong] = [0, 0];
  votes.forEach(({ score, is }, i) => {
    if (is) right += 1;
    else wrong += 1;
    if (score !== votes[i + 1]?.score) line.push([wrong / others, right / hits]); // rows of one score pass together
  });
  return line;
}

/** Mean probability and actual share, bin by bin. @param {Told | null} told @param {Description | null} description @returns {[number, number][]} */
export function calibrationOf(told, description) {
  if (!description || !hasProbabilities(description)) return [];
  const bins = Array.from({ length: BINS }, () => ({ count: 0, sum: 0, hits: 0 }));
  for (const { score, is } of votesOf(told, description)) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (!bin) continue;
    bin.count += 1;
    bin.sum += score;
    bin.hits += is ? 1 : 0;
  }
  return bins
    .filter(({ count }) => count)
    .map(({ count, sum, hits }) => /** @type {[number, number]} */ ([sum / count, hits / count]));
}

/** Actual less predicted. @param {Told | null} told @param {Description | null} description */
export function errorsOf(told, description) {
  if (!told || told.of !== description || description.classes) return [];
  return told.targets.map((target, row) => target - told.outputs[row * description.outputs]).filter(Number.isFinite);
}
