// @ts-check
/** What the run does, in sentences. */
import { formatCount, formatLeft, formatNumber, formatShare } from "../base/format.js";
import { hasProbabilities } from "../base/probabilities.js";
import { inputLabel } from "../settings/sources.js";
import { t } from "../base/text.js";

/**
 * The status line: where the run stands and what can be done about it.
 *
 * @param {import("./playground.js").RunInfo | null} run
 * @param {import("../settings/spec.js").Settings} settings
 */
export function statusText(run, settings) {
  if (!run) return t("session.gettingReady");
  switch (run.state) {
    case "ready":
      return t("session.readyPressPlayTrain");
    case "training":
      return t("session.training");
    case "paused":
      return t("session.pausedAfter", {
        epoch: t("count.epochs", { count: run.epoch }),
        step: t("count.steps", { count: run.step }),
      });
    case "finished":
      return doneWords(run, settings);
    case "diverged":
      return divergenceWords(run);
    default:
      return run.why ? t("session.couldNotTrained") : t("session.paintSomePointsPicture");
  }
}

/** How the rows are shared; `first`: what is said of those to train on. */
export const splitWords = (
  /** @type {{train: number, validation: number, test: number}} */ { train, validation, test },
  first = t("count.rows", { count: train }),
) =>
  t("session.trainTest", {
    first,
    value: validation ? t("session.validate", { validation: formatCount(validation) }) : "",
    test: formatCount(test),
  });

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
  const best = settings.restoreBest ? t("session.bestEpochsWeightsBack") : "";
  const isForEpochs = settings.epochs !== null && epoch >= settings.epochs;
  const cause = causeOf(why);
  if (isForEpochs)
    return t("session.doneAllTrainedRaise", {
      epoch: t("count.epochs", { count: epoch }),
      best,
      value: cause ? `${cause} ` : "",
    });
  return t("session.doneAfterPlayStarts", {
    epoch: t("count.epochs", { count: epoch }),
    value: why ? `: ${why}` : "",
    value2: cause ? "" : ".",
    best,
  });
}

/** What follows the clause: scales far from 1, named with their size. */
const causeOf = (/** @type {string | null} */ why) => (why?.includes(". ") ? why.slice(why.indexOf(". ") + 2) : "");

/** Short enough for the run bar; why, and what else to try, is the coach's to say. */
function divergenceWords(/** @type {{learningRate: number, why: string | null}} */ { learningRate, why }) {
  const cause = causeOf(why);
  return cause ? t("session.lossBlewUp", { cause }) : t("session.lossBlewUpTake", { learningRate });
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
  const input = scale === "none" ? name : t("session.scaled", { name });
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
        : t("session.class", {
            said: markOf(said),
            said2: said,
            description: certaintyWords(description, outputs, said),
          }),
  };
}

/** What an output about classes is at the ends of its colors. @returns {[number, number]} */
export const classRange = (/** @type {{loss?: string}} */ run) => [hasProbabilities(run) ? 0 : -1, 1];

/** The probability or the score of a class, and of more than two those that come next, by their signs or names. */
export function certaintyWords(
  /** @type {import("./protocol.js").Description} */ description,
  /** @type {ArrayLike<number>} */ outputs,
  /** @type {number} */ said,
  /** @type {(index: number) => string} */ nameOf = markOf,
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
  return `${isProbability ? t("session.wordProbability") : t("session.wordScore")} ${write(said)}${others.map((i) => ` · ${nameOf(i)} ${write(i)}`).join("")}`;
}

/**
 * The first clause of why an engine computes, without its name, which stands in the chip already; all of it is in the card. How long a step
 * takes is no clause: beside the speed at which steps are shown, it would contradict that.
 */
export const engineWords = (/** @type {string} */ reason) =>
  / ms /.test(reason)
    ? t("session.fastestAvailable")
    : reason.replace(/^[CG]PU( × \d+)?\W*/, "").split(/[,;()]|\. /)[0];
