// @ts-check
/**
 * How far each step of the process is: what the strip of steps shows beside its name.
 *
 * @typedef {object} StepState
 * @property {"none" | "open" | "done" | "attention" | "locked"} is   none: there is nothing to be done
 * @property {number} [count]    what asks for attention
 * @property {string} words      the same for those who listen
 *
 * @typedef {object} Known
 * @property {import("../session/state.js").State} state
 * @property {{alert: {title: string} | null, rescue: object | null}} watch   what the coach sees
 * @property {number} runs                  that are kept
 * @property {number | null} findings       the data doctor's, of a table; null where nobody looked
 */
import { isLocked } from "../base/padlock.js";
import { t } from "../base/text.js";

const OPEN = /** @type {StepState} */ ({ is: "open", words: "" });
const done = (/** @type {string} */ words) => /** @type {StepState} */ ({ is: "done", words });
const attention = (/** @type {number} */ count, /** @type {string} */ words) =>
  /** @type {StepState} */ ({ is: "attention", count, words });

/** So many runs can be compared. */
const FEW = 2;

/** By the step's id. @param {Known} known @returns {Record<string, StepState>} */
export function stepStates({ state, watch, runs, findings }) {
  const { run, description } = state;
  const hasRows = description !== null;
  const isBroken = run?.state === "failed" || run?.state === "diverged";
  const isFinished = run?.state === "finished";
  const ready = t("app.stepReady");
  return {
    data: findings ? attention(findings, t("count.findings", { count: findings })) : hasRows ? done(ready) : OPEN,
    model: hasRows && run?.state !== "failed" ? done(ready) : OPEN,
    training:
      isBroken || watch.rescue
        ? attention(1, t("app.trainingStopped"))
        : watch.alert
          ? attention(1, watch.alert.title)
          : isFinished
            ? done(t("app.stepDone"))
            : OPEN,
    evaluation: isLocked(state) ? { is: "locked", words: t("app.testSetLocked") } : isFinished ? done(ready) : OPEN,
    selection: runs >= FEW ? done(t("app.runsKept", { count: runs })) : OPEN,
    export: { is: "none", words: "" },
  };
}
