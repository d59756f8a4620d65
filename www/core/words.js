// @ts-check
/** What the run does, in sentences. */
import { counted, formatCount, formatLeft, formatNumber } from "./format.js";
import { FEATURE_LABELS } from "./sources.js";

/**
 * The status line: where the run stands and what can be done about it.
 *
 * @param {import("./playground.js").RunInfo | null} run
 * @param {import("./spec.js").Settings} settings
 */
export function statusWords(run, settings) {
  if (!run) return "Getting ready …";
  switch (run.state) {
    case "ready":
      return "Ready: press Play to train.";
    case "training":
      return "Training …";
    case "paused":
      return `Paused after ${counted(run.epoch, "epoch")} and ${counted(run.step, "step")}.`;
    case "finished":
      return doneWords(run, settings);
    case "diverged":
      return divergenceWords(run.learningRate);
    default:
      return run.why ? "This could not be trained." : "Paint some points on the picture, then press Play.";
  }
}

/** How the rows are shared; `first`: what is said of those to train on. */
export const splitWords = (/** @type {{train: number, validation: number, test: number}} */ { train, validation, test }, first = counted(train, "row")) =>
  `${first} to train on, ${validation ? `${formatCount(validation)} to validate, ` : ""}${formatCount(test)} to test`;

/** How long the agreed epochs still take at the present pace; empty where there is no end, or none in sight. */
export function leftWords(/** @type {Pick<import("./state.js").State, "run" | "frame" | "description" | "settings">} */ { run, frame, description, settings }) {
  if (run?.state !== "training" || !frame?.stepsPerSecond || !description || settings.epochs === null) return "";
  return formatLeft((settings.epochs * description.stepsPerEpoch - frame.step) / frame.stepsPerSecond);
}

/** Which clause of the stop contract ended the run, and how to go on. */
function doneWords(/** @type {import("./playground.js").RunInfo} */ { epoch, why }, /** @type {import("./spec.js").Settings} */ settings) {
  const best = settings.restoreBest ? " The best epoch's weights are back." : "";
  const isForEpochs = settings.epochs !== null && epoch >= settings.epochs;
  if (isForEpochs) return `Done: all ${counted(epoch, "epoch")} are trained.${best} Raise Epochs to go on; Play starts again.`;
  return `Done after ${counted(epoch, "epoch")}${why ? `: ${why}` : ""}.${best} Play starts again.`;
}

/** Short enough for the run bar; why, and what else to try, is the coach's to say. */
function divergenceWords(/** @type {number} */ learningRate) {
  return `The loss blew up: take a smaller learning rate than ${learningRate}.`;
}

/**
 * A model of one weight as a formula: "y = 1.99·x − 0.98". Null for any other model.
 *
 * @param {import("./protocol.js").Description} description
 * @param {Float32Array | undefined} parameters
 * @param {string} scale
 */
export function lineWords(description, parameters, scale) {
  const [layer, ...more] = description.layers;
  if (!parameters || more.length || layer.inputs !== 1 || layer.outputs !== 1 || description.task !== "regression") return null;
  const weight = parameters[layer.weight.offset];
  const bias = parameters[layer.bias.offset];
  const name = FEATURE_LABELS[/** @type {"x"} */ (description.features[0])] ?? description.features[0];
  const input = scale === "none" ? name : `scaled ${name}`;
  const formula = `y = ${formatNumber(weight)}·${input} ${bias < 0 ? "−" : "+"} ${formatNumber(Math.abs(bias))}`;
  return { formula, weight, bias };
}

/** The signs of classes, as the points have them. */
const MARKS = "▲●■◆▼";

export const markOf = (/** @type {number} */ index) => MARKS[index % MARKS.length];

/** What a prediction says: a number, or a class with its probability. Of two classes the output is the second one's. */
export function predictionWords(/** @type {import("./protocol.js").Description} */ { task }, /** @type {ArrayLike<number> | undefined} */ outputs) {
  const [output] = Array.from(outputs ?? []);
  if (!Number.isFinite(output)) return { value: "–", meaning: "" };
  if (task === "regression") return { value: formatNumber(output), meaning: "" };
  const shares = outputs.length > 1 ? Array.from(outputs) : [1 - output, output];
  // The last of equals: 0.5 is class 1.
  const index = shares.lastIndexOf(Math.max(...shares));
  return { value: formatNumber(outputs.length > 1 ? shares[index] : output), meaning: `${markOf(index)} class ${index}, ${sureWords(shares, index)}` };
}

/** How sure the net is of a class, and of more than two what it gives the next ones. */
export function sureWords(/** @type {number[]} */ shares, /** @type {number} */ index) {
  // A net is never certain: nothing is rounded to all or to none.
  const percent = (/** @type {number} */ i) => `${shares[i] >= 0.995 ? "over 99" : shares[i] < 0.005 ? "under 1" : Math.round(shares[i] * 100)} %`;
  const others = shares.length > 2 ? shares.map((_, i) => i).filter((i) => i !== index).sort((a, b) => shares[b] - shares[a]).slice(0, 3) : [];
  return `${percent(index)} sure${others.map((i) => ` · ${markOf(i)} ${percent(i)}`).join("")}`;
}
