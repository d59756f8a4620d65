// @ts-check
/**
 * What a screen reader is told while a run goes on, beside the status line, which speaks at its start and its end: where it
 * is at each quarter of the agreed epochs, and the first thing that the coach finds. Not more, at whatever speed.
 *
 * @typedef {import("./state.js").State} State
 */
import { formatLoss } from "../base/format.js";
import { isLocked } from "../base/padlock.js";
import { t } from "../base/text.js";

const QUARTERS = 4;

export class Spoken {
  /** Of the run that is followed. */
  #run = -1;
  #step = -1;
  #quarter = 0;
  #hasAlerted = false;

  /**
   * What is new to say; null where there is nothing.
   *
   * @param {Pick<State, "run" | "frame" | "settings" | "shown" | "lock">} state
   * @param {string} [alert]   the title of what the coach says
   * @returns {string | null}
   */
  next(state, alert) {
    const { run, frame, settings, shown } = state;
    if (!frame || !run) return null;
    if (shown !== this.#run || frame.step < this.#step) this.#begin(shown, frame.epoch, settings.epochs);
    this.#step = frame.step;
    if (run.state !== "training") return null;
    if (alert && !this.#hasAlerted) {
      this.#hasAlerted = true;
      return alert;
    }
    const quarter = quarterOf(frame.epoch, settings.epochs);
    if (quarter <= this.#quarter) return null;
    this.#quarter = quarter;
    const share = `${(100 / QUARTERS) * quarter}%`;
    const training = formatLoss(frame.training.loss);
    return frame.test && !isLocked(state)
      ? t("session.spokenQuarterTest", { share, training, test: formatLoss(frame.test.loss) })
      : t("session.spokenQuarter", { share, training });
  }

  #begin(/** @type {number} */ shown, /** @type {number} */ epoch, /** @type {number | null} */ epochs) {
    this.#run = shown;
    this.#hasAlerted = false;
    this.#quarter = quarterOf(epoch, epochs);
  }
}

/** Quarters that are over, but for the last: the end speaks for itself. */
const quarterOf = (/** @type {number} */ epoch, /** @type {number | null} */ epochs) =>
  epochs ? Math.min(QUARTERS - 1, Math.floor((QUARTERS * epoch) / epochs)) : 0;
