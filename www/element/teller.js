// @ts-check
/** What a run tells its host: each epoch, its goal, and that it stopped. */
import { figuresOf, isReached, readGoals } from "./goal.js";

/**
 * @typedef {object} Shown   what is told from of a run's state
 * @property {number} shown
 * @property {Pick<import("../session/state.js").RunInfo, "state" | "epoch" | "step" | "why"> | null} run
 * @property {import("./goal.js").Told | null} frame
 *
 * @typedef {object} YardState
 * @property {"waiting" | "loading" | "ready" | "training" | "paused" | "finished" | "diverged" | "failed"} status
 * @property {number} epoch
 * @property {number} step
 * @property {string | null} why              why it is over
 * @property {import("./goal.js").Figures} [figures]   by the names that goals have; null while they are locked, or there are none
 */

export class Teller {
  #tell;
  #goal = "";
  /** @type {import("./goal.js").Goal[]} */
  #goals = [];
  #run = -1;
  #epoch = 0;
  #hasReached = false;
  /** It stopped, and its last figures are still on their way. */
  #isStopDue = false;

  /** @param {(name: "epoch" | "goal" | "stop", detail: object) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Throws a sentence for what is no goal. */
  set goal(/** @type {string} */ text) {
    this.#hasReached = false;
    this.#goals = [];
    this.#goal = text;
    this.#goals = readGoals(text);
  }

  /** @param {Shown} now @param {Shown} before @param {boolean} wants   whether it is to go on */
  hear(now, before, wants) {
    const { frame, run, shown } = now;
    if (frame && frame !== before.frame) {
      if (shown !== this.#run && frame.step === 0) [this.#run, this.#epoch, this.#hasReached] = [shown, 0, false];
      this.#report(frame);
    }
    const isNews = run?.state !== before.run?.state;
    if (isNews)
      this.#isStopDue = before.run?.state === "training" && (isOver(now) || (run?.state === "paused" && !wants));
    if (!this.#isStopDue || isBehind(now)) return;
    this.#isStopDue = false;
    this.#tell("stop", toldOf(now, wants));
  }

  #report(/** @type {import("./goal.js").Told} */ frame) {
    const figures = figuresOf(frame);
    const detail = { epoch: frame.epoch, step: frame.step, figures };
    if (frame.epoch > this.#epoch) {
      this.#epoch = frame.epoch;
      this.#tell("epoch", detail);
    }
    if (this.#hasReached || !frame.step || !this.#goals.length) return;
    if (!this.#goals.every((goal) => isReached(goal, figures))) return;
    this.#hasReached = true;
    this.#tell("goal", { ...detail, goal: this.#goal });
  }
}

const isOver = (/** @type {Partial<Shown>} */ { run }) => run?.state === "finished" || run?.state === "diverged";

/** Whether the news that it stands came before its last frame. */
const isBehind = (/** @type {Partial<Shown>} */ { run, frame }) =>
  Boolean(run && run.state !== "diverged" && (frame?.step ?? 0) < run.step);

/** @param {Partial<Shown>} state @param {boolean} wants @returns {YardState} */
export function toldOf(state, wants) {
  const { run = null, frame = null } = state;
  const isLate = run && run.state !== "failed" && isBehind(state);
  const waits = run?.state === "paused" && wants;
  return {
    status: run ? (waits ? "waiting" : isLate ? "training" : run.state) : "loading",
    epoch: run?.epoch ?? 0,
    step: run?.step ?? 0,
    why: run?.why ?? null,
    ...(frame && { figures: figuresOf(frame) }),
  };
}
