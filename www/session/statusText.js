// @ts-check
/** What the run does, in sentences. */
import { counted, formatCount, formatLeft, formatNumber, formatShare } from "../base/format.js";
import { inputLabel } from "../settings/sources.js";

/**
 * The status line: where the run stands and what can be done about it.
 *
 * @param {import("./playground.js").RunInfo | null} run
 * @param {import("../settings/spec.js").Settings} settings
 */
export function statusText(run, settings) {
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
      return divergenceWords(run);
    default:
      return run.why ? "This could not be trained." : "Paint some points on the picture, then press Play.";
  }
}

/** How the rows are shared; `first`: what is said of those to train on. */
export const splitWords = (
  /** @type {{train: number, validation: number, test: number}} */ { train, validation, test },
  first = counted(train, "row"),
) =>
  `${first} to train on, ${validation ? `${formatCount(validation)} to validate, ` : ""}${formatCount(test)} to test`;

/** How long the agreed epochs still take at the present pace; empty where there is no end, or none in sight. */
export function leftWords(
  /** @type {Pick<import("./state.js").State, "run" | "frame" | "description" | "settings">} */ {
    run,
    frame,
    description,
    settings,
  },
) {
  if (run?.state !== "training" || !frame?.stepsPerSecond || !description || settings.epochs === null) return "";
  return formatLeft((settings.epochs * description.stepsPerEpoch - frame.step) / frame.stepsPerSecond);
}

/** Which clause of the stop contract ended the run, and how to go on. */
function doneWords(
  /** @type {import("./playground.js").RunInfo} */ { epoch, why },
  /** @type {import("../settings/spec.js").Settings} */ settings,
) {
  const best = settings.restoreBest ? " The best epoch's weights are back." : "";
  const isForEpochs = settings.epochs !== null && epoch >= settings.epochs;
  const cause = causeOf(why);
  if (isForEpochs)
    return `Done: all ${counted(epoch, "epoch")} are trained.${best} ${cause ? `${cause} ` : ""}Raise Epochs to go on; Play starts again.`;
  return `Done after ${counted(epoch, "epoch")}${why ? `: ${why}` : ""}${cause ? "" : "."}${best} Play starts again.`;
}

/** What follows the clause: scales far from 1, named with their size. */
const causeOf = (/** @type {string | null} */ why) => (why?.includes(". ") ? why.slice(why.indexOf(". ") + 2) : "");

/** Short enough for the run bar; why, and what else to try, is the coach's to say. */
function divergenceWords(/** @type {{learningRate: number, why: string | null}} */ { learningRate, why }) {
  const cause = causeOf(why);
  return cause ? `The loss blew up. ${cause}` : `The loss blew up: take a smaller learning rate than ${learningRate}.`;
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
  if (!parameters || more.length || layer.inputs !== 1 || layer.outputs !== 1 || description.task !== "regression")
    return null;
  const weight = parameters[layer.weight.offset];
  const bias = parameters[layer.bias.offset];
  const name = inputLabel(description.features[0]);
  const input = scale === "none" ? name : `scaled ${name}`;
  const formula = `y = ${formatNumber(weight)}·${input} ${bias < 0 ? "−" : "+"} ${formatNumber(Math.abs(bias))}`;
  return { formula, weight, bias };
}

/** The signs of classes, as the points have them. */
const MARKS = "▲●■◆▼";

export const markOf = (/** @type {number} */ index) => MARKS[index % MARKS.length];

/** What a prediction says: a number, or the class that the engine decided on. Of two classes the output is the second one's. */
export function predictionWords(
  /** @type {import("./protocol.js").Description} */ description,
  /** @type {ArrayLike<number>} */ outputs = [],
  said = 0,
) {
  const value = outputs[outputs.length > 1 ? said : 0];
  if (!Number.isFinite(value)) return { value: "–", meaning: "" };
  return {
    value: formatNumber(value),
    meaning:
      description.task === "regression"
        ? ""
        : `${markOf(said)} class ${said}, ${certaintyWords(description, outputs, said)}`,
  };
}

/** Whether outputs about classes are probabilities. Other losses give scores: 1 for a class, −1 against it, and beyond. */
export const hasProbabilities = (/** @type {{loss?: string}} */ { loss }) => loss === "cross-entropy";

/** What an output about classes is at the ends of its colors. @returns {[number, number]} */
export const classRange = (/** @type {{loss?: string}} */ run) => [hasProbabilities(run) ? 0 : -1, 1];

/** The probability or the score of a class, and of more than two those that come next. */
export function certaintyWords(
  /** @type {import("./protocol.js").Description} */ description,
  /** @type {ArrayLike<number>} */ outputs,
  /** @type {number} */ said,
) {
  const isProbability = hasProbabilities(description);
  const values = Array.from(outputs);
  if (values.length === 1) values.splice(0, 1, isProbability ? 1 - values[0] : values[0], values[0]);
  const write = (/** @type {number} */ i) => (isProbability ? formatShare(values[i]) : formatNumber(values[i]));
  const others =
    outputs.length > 1
      ? [...values.keys()]
          .filter((i) => i !== said)
          .sort((a, b) => values[b] - values[a])
          .slice(0, 3)
      : [];
  return `${isProbability ? "probability" : "score"} ${write(said)}${others.map((i) => ` · ${markOf(i)} ${write(i)}`).join("")}`;
}
