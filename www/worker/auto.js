// @ts-check
/**
 * The choice of "auto": the CPU trains from the first moment, its steps are timed, and where a GPU could be
 * worth it, a second trainer of the same Spec is timed there.
 *
 * @typedef {import("../core/protocol.js").Measurement} Measurement
 */
import { CURVE_POINTS, NO_LIMIT, SLICE_MS } from "./slice.js";

/** Below so many milliseconds a step no GPU is asked: handing over a step takes about as long. */
const WORTH_ASKING_MS = 0.1;

/** How much faster the GPU has to be: moving has its price, and the CPU's numbers are the same everywhere. */
const FASTER_BY = 1.2;

/** The CPU is known after so many milliseconds of its steps; or after so many steps, which took less each than is worth asking. */
const CPU_SAMPLE_MS = 40;
const CPU_SAMPLE_STEPS = CPU_SAMPLE_MS / WORTH_ASKING_MS;

/** The GPU is timed for so long, after so many steps that only warm it up. */
const GPU_SAMPLE_MS = 150;
const WARM_UP_STEPS = 20;

export class Auto {
  #spec;
  #engines;
  #clock;
  #measured;
  #key;
  #cpu = { ms: 0, steps: 0 };
  isDecided = false;

  /**
   * @param {object} parts
   * @param {any} parts.spec
   * @param {import("../core/protocol.js").Description} parts.description
   * @param {Record<string, Measurement>} parts.measured   what is known of this device; what is found out is put there too
   * @param {import("./engines.js").Engines} parts.engines
   * @param {import("./runner.js").Clock} parts.clock
   */
  constructor({ spec, description, measured, engines, clock }) {
    this.#spec = spec;
    this.#engines = engines;
    this.#clock = clock;
    this.#measured = measured;
    this.#key = keyOf(spec, description);
  }

  /** Steps that the CPU took, in so many milliseconds. */
  add(/** @type {number} */ steps, /** @type {number} */ ms) {
    this.#cpu.steps += steps;
    this.#cpu.ms += ms;
  }

  /** Whether the CPU is known well enough to decide. */
  get isDue() {
    const { ms, steps } = this.#cpu;
    const isKnown = ms >= CPU_SAMPLE_MS || steps >= CPU_SAMPLE_STEPS || Object.hasOwn(this.#measured, this.#key);
    return !this.isDecided && steps > 0 && isKnown;
  }

  /**
   * Decides, once. With a trainer, the run should move there; it is at the run's first step.
   *
   * @returns {Promise<{trainer: any, adapter: import("../core/protocol.js").Adapter | null, reason: string,
   *   measured: ({key: string} & Measurement) | null}>}
   */
  async decide() {
    this.isDecided = true;
    const known = Object.hasOwn(this.#measured, this.#key) ? this.#measured[this.#key] : null;
    const cpuMs = known?.cpuMs ?? this.#cpu.ms / this.#cpu.steps;
    const stays = (/** @type {string} */ why, adapter = null) => ({ trainer: null, adapter, reason: `CPU: ${why}`, measured: null });
    if (cpuMs < WORTH_ASKING_MS) {
      return stays(`${figure(cpuMs)} ms a step, and handing a step to a GPU takes about ${WORTH_ASKING_MS} ms`);
    }
    const adapter = await this.#engines.findAdapter();
    if (!adapter) return stays(`${figure(cpuMs)} ms a step; this browser offers no GPU to web pages`);
    if (adapter.isFallback) return stays(`${figure(cpuMs)} ms a step; the GPU here is software (${adapter.name})`);
    const remembered = known?.adapter === adapter.name ? known.gpuMs : null;
    if (remembered !== null && !isFaster(remembered, cpuMs)) {
      return stays(`${figure(cpuMs)} ms against ${figure(remembered)} ms a step on the GPU (${adapter.name})`);
    }
    return this.#probe(adapter, cpuMs, remembered);
  }

  /** @param {import("../core/protocol.js").Adapter} adapter @param {number} cpuMs @param {number | null} remembered */
  async #probe(adapter, cpuMs, remembered) {
    let trainer = null;
    try {
      ({ trainer } = await this.#engines.gpu(this.#spec, adapter));
      const gpuMs = remembered ?? (await this.#time(trainer));
      const measured = remembered === null ? { key: this.#key, cpuMs, gpuMs, adapter: adapter.name } : null;
      if (measured) this.#measured[this.#key] = { cpuMs, gpuMs, adapter: adapter.name };
      if (isFaster(gpuMs, cpuMs)) {
        const reason = `GPU: ${figure(gpuMs)} ms against ${figure(cpuMs)} ms a step on the CPU (${adapter.name})`;
        return { trainer, adapter, reason, measured };
      }
      trainer.free();
      const reason = `CPU: ${figure(cpuMs)} ms against ${figure(gpuMs)} ms a step on the GPU (${adapter.name})`;
      return { trainer: null, adapter: null, reason, measured };
    } catch (error) {
      trainer?.free();
      const reason = `CPU: ${figure(cpuMs)} ms a step; ${/** @type {any} */ (error)?.message ?? error}`;
      return { trainer: null, adapter: null, reason, measured: null };
    }
  }

  /** Milliseconds a step on the GPU. */
  async #time(/** @type {any} */ trainer) {
    trainer.setMaxEpochs(undefined);
    trainer.record(CURVE_POINTS); // what an epoch's end costs counts on both sides
    let [start, first] = [this.#clock.now(), 0];
    for (;;) {
      trainer.advance(NO_LIMIT, SLICE_MS);
      await trainer.idle();
      const { step, status } = trainer.progress();
      const elapsed = this.#clock.now() - start;
      if (trainer.engine().engine !== "gpu") throw new Error("the GPU was lost while it was timed");
      if (first === 0 && step >= WARM_UP_STEPS) [start, first] = [this.#clock.now(), step];
      else if (step > first && (status !== "training" || elapsed >= GPU_SAMPLE_MS)) return elapsed / (step - first);
      await this.#clock.turn();
    }
  }
}

const isFaster = (/** @type {number} */ gpuMs, /** @type {number} */ cpuMs) => gpuMs * FASTER_BY <= cpuMs;

/** Nets alike in this take alike long. */
function keyOf(/** @type {any} */ spec, /** @type {import("../core/protocol.js").Description} */ { parameterCount, layers }) {
  const kinds = layers.map(({ type, inputs, outputs }) => `${type} ${inputs}-${outputs}`).join(", ");
  return `${parameterCount} parameters, ${spec.training?.batchSize ?? 10} rows: ${kinds}`;
}

/** Two digits are enough to compare by. */
export const figure = (/** @type {number} */ ms) => String(Number(ms.toPrecision(2)));
