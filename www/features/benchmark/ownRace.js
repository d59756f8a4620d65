// @ts-check
/**
 * The page's own model, timed on CPU and GPU; what is moved there, and whether the whole run gains by it. No DOM.
 *
 * @typedef {import("../../session/protocol.js").OwnLap} OwnLap
 * @typedef {object} OwnState
 * @property {"ready" | "running" | "stopping" | "done"} phase
 * @property {string} problem       what ended it before its time
 * @property {OwnLap | null} lap
 * @property {number} batchSize     of the lap
 * @property {number | null} epochs   of the run; null where it has no end
 * @property {string} about         the experiment it is about, as JSON
 */
import { formatBytes, formatCount } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { Job } from "../../session/job.js";
import { aboutOf } from "../../session/poolJob.js";
import { specFrom } from "../../settings/spec.js";
import { costOfAsking } from "./model.js";
import { t } from "../../base/text.js";

/** How long each engine trains: long enough for steps of some milliseconds. */
const MILLISECONDS = 1000;

/** Bytes of a number, and of what says what a batch is for (src/engine/gpu/record.rs). */
const NUMBER = 4;
const RECORD = 256;

/** What there is to move: all rows once, and of each step the numbers of its rows instead of the rows. @param {OwnLap} lap @param {number} batchSize */
export const volumeOf = ({ rows, numbers }, batchSize) => ({
  all: rows * (numbers + 1) * NUMBER,
  batch: batchSize * (numbers + 1) * NUMBER,
  step: RECORD + batchSize * NUMBER,
});

/** Milliseconds of the whole run on each engine; null where it has no end. @param {OwnLap} lap @param {number} batchSize @param {number | null} epochs */
export function wholeRun({ cpu, gpu, setup, trainingRows }, batchSize, epochs) {
  if (!gpu || !epochs) return null;
  const steps = epochs * Math.ceil(trainingRows / batchSize);
  return { steps, cpu: steps * cpu.msPerStep, gpu: setup + steps * gpu.msPerStep };
}

/** How much there is, and what of it moves. @param {OwnLap} lap @param {number} batchSize */
export function volumeWords(lap, batchSize) {
  const { all, batch, step } = volumeOf(lap, batchSize);
  const rows = t("count.rows", { count: lap.rows });
  const [set, each, sent] = [all, batch, step].map(formatBytes);
  return lap.gpu
    ? t("benchmark.ownMoved", { rows, numbers: formatCount(lap.numbers), set, step: sent, batch: each })
    : t("benchmark.ownVolume", { rows, numbers: formatCount(lap.numbers), set, batch: each });
}

/** A step on each engine, and what asking costs. */
export function stepWords(/** @type {OwnLap} */ { cpu, gpu, parameters, reason }) {
  const onCpu = formatMs(cpu.msPerStep);
  if (!gpu) return t("benchmark.ownAlone", { parameters: formatCount(parameters), cpu: onCpu, reason });
  const onGpu = formatMs(gpu.msPerStep);
  const asking = formatMs(costOfAsking(gpu));
  return t("benchmark.ownStep", { parameters: formatCount(parameters), cpu: onCpu, gpu: onGpu, asking });
}

/** The answer for the run as it is set. @param {OwnLap} lap @param {number} batchSize @param {number | null} epochs */
export function answerWords(lap, batchSize, epochs) {
  const { cpu, gpu } = lap;
  if (!gpu) return "";
  const setup = secondsWords(lap.setup);
  const whole = wholeRun(lap, batchSize, epochs);
  if (!whole)
    return gpu.msPerStep < cpu.msPerStep
      ? t("benchmark.ownPaysAfter", {
          setup,
          steps: formatCount(Math.ceil(lap.setup / (cpu.msPerStep - gpu.msPerStep))),
        })
      : t("benchmark.ownNeverPays", { setup });
  const [onCpu, onGpu] = [whole.cpu, whole.gpu].map(secondsWords);
  const steps = formatCount(whole.steps);
  return whole.gpu < whole.cpu
    ? t("benchmark.ownGpuFirst", { setup, steps, cpu: onCpu, gpu: onGpu })
    : t("benchmark.ownCpuFirst", { setup, steps, cpu: onCpu, gpu: onGpu });
}

const secondsWords = (/** @type {number} */ ms) =>
  t("benchmark.seconds", { seconds: ms < 10_000 ? Number((ms / 1000).toPrecision(2)) : formatCount(ms / 1000) });

/** @extends {Job<OwnState>} */
export class OwnRace extends Job {
  #playground;

  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    super("lap", playground, { phase: "ready", problem: "", lap: null, batchSize: 0, epochs: null, about: "" });
    this.#playground = playground;
  }

  /** Whether the settings are others than those that were timed. */
  get isStale() {
    const { about } = this.store.get();
    return about !== "" && about !== aboutOf(this.#playground.store.get());
  }

  async start() {
    const state = this.#playground.store.get();
    const { batchSize, epochs } = state.settings;
    const spec = specFrom(state.settings);
    const endless = { ...spec, training: { ...spec.training, stop: { maxEpochs: null } } };
    await this.run(
      { spec: endless, milliseconds: MILLISECONDS },
      { lap: null, batchSize, epochs, about: aboutOf(state) },
      () => {},
      (/** @type {OwnLap | null} */ lap) => ({ lap }),
    );
  }
}
