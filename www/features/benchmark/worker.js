// @ts-check
/**
 * The race: dense nets of growing width, trained on both engines from one seed on the same batches, and
 * where a step's time goes on the GPU.
 *
 * @typedef {import("../../session/protocol.js").BenchmarkPoint} BenchmarkPoint
 * @typedef {import("../../session/protocol.js").JobCourse<"race">} Request
 * @typedef {import("../../session/protocol.js").Spec} Spec
 * @typedef {import("../../pkg-full/trainyard.js").LayerSpec} LayerSpec
 * @typedef {import("../../worker/engines.js").Trainer} Trainer
 * @typedef {import("../../pkg-full/trainyard.js").Timings} Timings
 */
import { commandError } from "../../worker/commandError.js";
import { couldBeCut } from "../../worker/shardSums.js";
import { NO_LIMIT, SLICE_MS } from "../../worker/timeSlice.js";
import { loadPart } from "../../base/loadPart.js";
import { t } from "../../base/text.js";

/** Both take so many steps first: that warms them up, and then their losses can be compared. */
const COMMON_STEPS = 20;

/** How often the shortest trip to the GPU and back is tried. */
const TRIPS = 5;

/** The part that several workers take; null where there can be none. @returns {Promise<typeof import("../../worker/team.js") | null>} */
const loadTeamPart = async () =>
  typeof Worker === "function" && navigator.hardwareConcurrency > 1 ? loadPart("worker/team.js") : null;

/** @typedef {Pick<import("../../worker/jobs.js").JobParts, "engines" | "clock" | "signal">} Parts */

/** @param {Parts} parts @param {Request} course @param {(lap: BenchmarkPoint) => void} onProgress @param {typeof loadTeamPart} [loadTeam] */
export const runBenchmark = (parts, course, onProgress, loadTeam = loadTeamPart) =>
  new Benchmark(parts, loadTeam).run(course, onProgress);

/** @param {Parts} parts @param {import("../../session/protocol.js").JobCourse<"lap">} course @param {typeof loadTeamPart} [loadTeam] */
export const runLap = (parts, course, loadTeam = loadTeamPart) => new Benchmark(parts, loadTeam).own(course);

class Benchmark {
  #engines;
  #clock;
  #signal;
  #loadTeam;

  /** @param {Parts} parts @param {typeof loadTeamPart} loadTeam */
  constructor({ engines, clock, signal }, loadTeam) {
    this.#engines = engines;
    this.#clock = clock;
    this.#signal = signal;
    this.#loadTeam = loadTeam;
  }

  get #isStopped() {
    return this.#signal.aborted;
  }

  /**
   * @param {Request} course
   * @param {(lap: BenchmarkPoint) => void} onLap
   * @returns {Promise<import("../../session/protocol.js").BenchmarkResult>}
   */
  async run({ spec, widths, layers, milliseconds }, onLap) {
    const adapter = await this.#engines.findAdapter();
    if (!adapter) throw commandError("no-gpu", t("benchmark.browserOffersNoGpu"));
    /** @type {BenchmarkPoint[]} */
    const laps = [];
    for (const width of widths) {
      const lap = await this.#lap(raceSpec(spec, width, layers), adapter, milliseconds);
      if (!lap) break; // stopped on the way
      laps.push({ width, ...lap });
      onLap(laps[laps.length - 1]);
    }
    return { adapter, laps };
  }

  /** @param {Spec} spec @param {import("../../session/protocol.js").Adapter} adapter @param {number} milliseconds */
  async #lap(spec, adapter, milliseconds) {
    const cpu = await this.#engines.cpu(spec);
    let gpu = null;
    try {
      ({ trainer: gpu } = await this.#engines.gpu(spec, adapter));
      return await this.#both(spec, cpu, gpu, milliseconds);
    } finally {
      cpu.free();
      gpu?.free();
    }
  }

  /**
   * The Spec's own model: on the CPU, and on the GPU where there is one that can take it.
   *
   * @param {import("../../session/protocol.js").JobCourse<"lap">} course
   * @returns {Promise<import("../../session/protocol.js").OwnLap | null>}   null where it was stopped
   */
  async own({ spec, milliseconds }) {
    const adapter = await this.#engines.findAdapter();
    const cpu = await this.#engines.cpu(spec);
    let gpu = null;
    try {
      const { parameterCount, rows, image, inputNames } =
        /** @type {import("../../session/protocol.js").Description} */ (cpu.describe());
      let reason = adapter ? "" : t("benchmark.browserOffersNoGpu");
      let setup = 0;
      if (adapter) {
        const start = this.#clock.now();
        try {
          ({ trainer: gpu } = await this.#engines.gpu(spec, adapter));
          // The shortest trip ends when all that was sent before is there.
          await gpu.predict(rowOf(gpu));
          setup = this.#clock.now() - start;
        } catch (error) {
          const { code, message } = /** @type {import("../../session/protocol.js").Failure} */ (error);
          if (code !== "no-gpu") throw error;
          reason = message;
        }
      }
      const timed = gpu ? await this.#both(spec, cpu, gpu, milliseconds) : await this.#alone(spec, cpu, milliseconds);
      return (
        timed && {
          ...timed,
          reason,
          adapter,
          setup,
          deviceBytes: gpu?.engine().deviceBytes ?? 0,
          parameters: parameterCount,
          rows: rows.train + rows.validation + rows.test,
          trainingRows: rows.train,
          numbers: image ? image.height * image.width : inputNames.length,
        }
      );
    } finally {
      cpu.free();
      gpu?.free();
    }
  }

  /** @param {Spec} spec @param {Trainer} cpu @param {number} milliseconds */
  async #alone(spec, cpu, milliseconds) {
    const loss = await this.#lossAfter(cpu);
    const { ms, steps } = await this.#time(cpu, milliseconds);
    const team = await this.#team(spec, loss, milliseconds);
    if (this.#isStopped || !steps) return null;
    return { cpu: { msPerStep: ms / steps }, team, gpu: null, lossDifference: NaN };
  }

  /**
   * The same by several workers; null where they can't share it. @param {Spec} spec @param {number} loss   of one, after the
   * common steps
   * @param {number} milliseconds
   * @returns {Promise<import("../../session/protocol.js").TeamTime | null>}
   */
  async #team(spec, loss, milliseconds) {
    if (this.#isStopped || !couldBeCut(spec)) return null;
    const { part, team } = await this.#formed(spec).catch(() => ({ part: null, team: null }));
    if (!team || !part) return null;
    try {
      const isSame = (await this.#lossAfter(team.trainer)) === loss;
      team.took = part.noTime();
      const { ms, steps } = await this.#time(team.trainer, milliseconds);
      const { all, arithmetic } = team.took;
      const isOver = this.#isStopped || !steps || !team.members.length;
      return isOver ? null : { workers: team.size, msPerStep: ms / steps, talkMs: (all - arithmetic) / steps, isSame };
    } finally {
      team.trainer.free();
    }
  }

  async #formed(/** @type {Spec} */ spec) {
    const part = await this.#loadTeam();
    const shared = part && (await part.share({ spec, engines: this.#engines }));
    return { part, team: shared && (await part.form({ shared, clock: this.#clock })) };
  }

  /** @param {Spec} spec @param {Trainer} cpu @param {import("../../worker/engines.js").FullTrainer} gpu @param {number} milliseconds */
  async #both(spec, cpu, gpu, milliseconds) {
    const losses = [await this.#lossAfter(cpu), await this.#lossAfter(gpu)];
    checkGpu(gpu);
    if (this.#isStopped) return null;
    const onCpu = await this.#time(cpu, milliseconds);
    const roundTrip = await this.#roundTrip(gpu);
    const before = /** @type {Timings} */ (gpu.timings());
    const onGpu = await this.#time(gpu, milliseconds);
    checkGpu(gpu);
    const team = await this.#team(spec, losses[0], milliseconds);
    if (this.#isStopped || !onCpu.steps || !onGpu.steps) return null;
    return {
      parameters: cpu.describe().parameterCount,
      cpu: { msPerStep: onCpu.ms / onCpu.steps },
      team,
      gpu: shares(onGpu, difference(/** @type {Timings} */ (gpu.timings()), before), roundTrip),
      lossDifference: Math.abs(losses[1] - losses[0]) / Math.abs(losses[0]),
    };
  }

  /** Takes exactly the common steps. */
  async #lossAfter(/** @type {Trainer} */ trainer) {
    for (let step = 0; step < COMMON_STEPS && !this.#isStopped;) {
      await trainer.advance(COMMON_STEPS - step, SLICE_MS); // awaited for the sake of a team
      await trainer.idle();
      const progress = trainer.progress();
      if (progress.status === "diverged") break;
      step = progress.step;
      await this.#clock.turn();
    }
    return /** @type {import("../../session/protocol.js").Metrics} */ (await trainer.evaluate("train")).loss;
  }

  /** Trains for a while; the turns between slices, in which messages are read, don't count. */
  async #time(/** @type {Trainer} */ trainer, /** @type {number} */ milliseconds) {
    const first = trainer.progress().step;
    let [ms, steps] = [0, 0];
    while (ms < milliseconds && !this.#isStopped) {
      const start = this.#clock.now();
      await trainer.advance(NO_LIMIT, SLICE_MS);
      await trainer.idle();
      ms += this.#clock.now() - start;
      const progress = trainer.progress();
      steps = progress.step - first;
      if (progress.status !== "training") break;
      await this.#clock.turn();
    }
    return { ms, steps };
  }

  /** The shortest of a few trips that carry next to nothing: one row there, its prediction back. */
  async #roundTrip(/** @type {Trainer} */ trainer) {
    const row = rowOf(trainer);
    let shortest = Infinity;
    for (let i = 0; i < TRIPS; i++) {
      const start = this.#clock.now();
      await trainer.predict(row);
      shortest = Math.min(shortest, this.#clock.now() - start);
    }
    return shortest;
  }
}

/** One row of nothing. */
const rowOf = (/** @type {Trainer} */ trainer) => new Float32Array(trainer.describe().columns.length);

/** A trainer whose device is lost, or refuses the net, goes on on the CPU: that is no race. */
function checkGpu(/** @type {Trainer} */ trainer) {
  const { engine, reason } = trainer.engine();
  if (engine !== "gpu") throw commandError("gpu", reason);
}

/** The same experiment with dense layers of one width, that ends only when we say so. @returns {Spec} */
function raceSpec(/** @type {Spec} */ spec, /** @type {number} */ width, /** @type {number} */ count) {
  const activation =
    /** @type {{activation?: string}[] | undefined} */ (spec.model?.layers)?.find((layer) => layer.activation)
      ?.activation ?? "relu";
  const layers = Array.from(
    { length: count },
    () => /** @type {LayerSpec} */ ({ type: "dense", units: width, activation }),
  );
  return {
    ...spec,
    model: { ...spec.model, layers },
    training: { ...spec.training, schedule: null, stop: { maxEpochs: null } },
  };
}

/** @param {Timings} after @param {Timings} before @returns {Timings} */
function difference(after, before) {
  const parts = /** @type {[keyof Timings, number | undefined][]} */ (Object.entries(after));
  return /** @type {any} any: its keys are those of `after` */ (
    Object.fromEntries(parts.map(([key, value]) => [key, value === undefined ? undefined : value - (before[key] ?? 0)]))
  );
}

/**
 * A step's time by what it is spent on. Without timestamps of the GPU's own, the way back is taken to be the
 * shortest trip, and computing what is left of the time in flight.
 *
 * @param {{ms: number, steps: number}} wall
 * @param {Timings} spent
 * @param {number} roundTrip
 */
export function shares(wall, spent, roundTrip) {
  const { steps } = wall;
  const isTimestamped = spent.compute !== undefined;
  const compute = isTimestamped
    ? Math.min(/** @type {number} */ (spent.compute), spent.inFlight)
    : Math.max(0, spent.inFlight - roundTrip * spent.submissions);
  const [msPerStep, upload] = [wall.ms / steps, spent.upload / steps];
  const readBack = (spent.inFlight - compute) / steps;
  // What is left: recording, and the browser's own turns.
  const overhead = Math.max(0, msPerStep - upload - spent.inFlight / steps);
  return {
    msPerStep: upload + spent.inFlight / steps + overhead,
    upload,
    compute: compute / steps,
    readBack,
    overhead,
    isTimestamped,
  };
}
