// @ts-check
/**
 * Times the works on this device, one after the other: on one core, on all of them, each with a run of its own, on two that
 * share each batch, and on the GPU. No two places are busy at once.
 *
 * @typedef {"core" | "fast" | "cores" | "team" | "gpu"} Lane
 * @typedef {{median: number, least: number, most: number, isDone: boolean}} Figure   samples per second
 * @typedef {{work: import("./worker.js").Order["work"], lane: Lane}} Cell
 *
 * @typedef {"pkg" | "pkg-full" | "pkg-fast"} Core
 *
 * @typedef {object} Device
 * @property {number} cores
 * @property {() => Worker} createWorker
 * @property {(name: Core) => Promise<WebAssembly.Module>} core   the compiled package
 */
import { hasRelaxedMadd } from "../base/relaxed.js";
import { WORKS } from "./works.js";
import { t } from "../base/text.js";

/** The works in their order. @type {Cell["work"][]} */
export const TIMED = ["W1", "W2", "W3", "W3b", "W5"];
/** @type {Lane[]} */
export const LANES = ["core", "fast", "cores", "team", "gpu"];

/** So many workers share each batch: of those that are cut, into two. @type {Cell["work"][]} */
const SHARED = ["W3b", "W5"];
export const TEAM = 2;

/** Each cell is warmed up, and measured so often. */
export const ROUNDS = 3;
const LIMITS = { warmMs: 500, runMs: 600, chunkMs: 20, limitMs: 20000 };

/** What can be timed: one core has no others, small batches aren't shared, and a GPU made of software would take minutes for the widest net. */
export const cellsOf = (
  /** @type {number} */ cores,
  /** @type {{isSoftware: boolean} | null} */ gpu,
  hasFast = hasRelaxedMadd(),
) =>
  LANES.flatMap((lane) => TIMED.map((work) => ({ lane, work }))).filter(({ lane, work }) => {
    if (lane === "gpu") return gpu !== null && !(gpu.isSoftware && work === "W5");
    if (lane === "fast") return hasFast;
    return lane === "core" || (cores > 1 && (lane === "cores" || SHARED.includes(work)));
  });

/**
 * @param {Device} device
 * @param {Cell} cell
 * @param {AbortSignal} signal
 * @param {import("./measure.js").Limits} [limits]
 * @returns {Promise<Figure>}
 */
export async function timeCell(device, { work, lane }, signal, limits = LIMITS) {
  const isFull = (lane !== "core" && lane !== "cores") || WORKS[work].kind === "cnn";
  const order = {
    work,
    place: lane === "gpu" ? "gpu" : "cpu",
    team: lane === "team" ? TEAM : 1,
    isFull,
    core: await device.core(lane === "fast" ? "pkg-fast" : isFull ? "pkg-full" : "pkg"),
    limits,
  };
  signal.throwIfAborted();
  const workers = Array.from({ length: lane === "cores" ? device.cores : 1 }, device.createWorker);
  try {
    await Promise.all(workers.map((worker) => asked(worker, order, signal)));
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all(workers.map((worker) => asked(worker, "run", signal)));
      const steps = answers.reduce((sum, answer) => sum + answer.stepsPerSecond, 0);
      rounds.push({ rate: steps * WORKS[work].batch, isDone: answers.every((answer) => answer.isDone) });
    }
    const rates = rounds.map(({ rate }) => rate).sort((a, b) => a - b);
    const [least, median, most] = [rates[0], rates[rates.length >> 1], rates[rates.length - 1]];
    return { median, least, most, isDone: rounds.every((round) => round.isDone) };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** What a worker answers next. @param {Worker} worker @param {unknown} message @param {AbortSignal} signal @returns {Promise<any>} any: what was asked decides it */
function asked(worker, message, signal) {
  return new Promise((resolve, reject) => {
    const end = (/** @type {() => void} */ then) => {
      worker.onmessage = worker.onerror = null;
      signal.removeEventListener("abort", abort);
      then();
    };
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    worker.onmessage = ({ data }) => end(() => (data.failed ? reject(new Error(data.failed)) : resolve(data)));
    worker.onerror = (event) => {
      event.preventDefault();
      end(() => reject(new Error(event.message || t("bench.workerFailed"))));
    };
    worker.postMessage(message);
  });
}
