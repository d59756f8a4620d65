// @ts-check
/**
 * The choice of "auto": the CPU trains from the first moment, its steps are timed, and where a GPU could be
 * worth it, it is made ready meanwhile and then timed as well (probe.js, which is loaded then).
 *
 * @typedef {import("../session/protocol.js").Measurement} Measurement
 *
 * @typedef {object} Decision
 * @property {import("./engines.js").Trainer | null} trainer
 * @property {import("../session/protocol.js").Adapter | null} adapter
 * @property {string} reason
 * @property {Measurement | null} measured
 *
 * @typedef {object} Candidate   a GPU that is ready to be timed, or the reason why there is none
 * @property {() => Promise<Decision>} decide
 * @property {() => void} free
 */
import { t } from "../base/text.js";

/** Below so many milliseconds a step no GPU is asked: handing over a step takes about as long. */
const WORTH_ASKING_MS = 0.1;

/** The CPU is known after so many milliseconds of its steps; or after so many steps, which took less each than is worth asking. */
const CPU_SAMPLE_MS = 40;
const CPU_SAMPLE_STEPS = CPU_SAMPLE_MS / WORTH_ASKING_MS;

export class EngineSelector {
  #spec;
  #engines;
  #clock;
  #loadProbe;
  #measured;
  #key;
  #cpu = { ms: 0, steps: 0 };
  /** The browser compiles what runs first while it runs: those steps say nothing. */
  #isWarm = false;
  #isAsked = false;
  #isFreed = false;
  /** @type {Candidate | null} */
  #candidate = null;

  /**
   * @param {object} parts
   * @param {import("../session/protocol.js").Spec} parts.spec
   * @param {import("../session/protocol.js").Description} parts.description
   * @param {boolean} [parts.isFast]   whether the core is the fast one
   * @param {Record<string, Measurement>} parts.measured   what is known of this device; what is found out is put there too
   * @param {import("./engines.js").Engines} parts.engines
   * @param {import("./runner.js").Clock} parts.clock
   * @param {import("./engines.js").Modules["loadProbe"]} parts.loadProbe
   */
  constructor({ spec, description, isFast, measured, engines, clock, loadProbe }) {
    this.#spec = spec;
    this.#engines = engines;
    this.#clock = clock;
    this.#loadProbe = loadProbe;
    this.#measured = measured;
    this.#key = keyOf(spec, description) + (isFast ? "/fast" : "");
  }

  /** Steps that the CPU took, in so many milliseconds; the first lot is not counted. Once it is known well enough, the GPU is asked. */
  add(/** @type {number} */ steps, /** @type {number} */ ms) {
    if (this.#isAsked) return;
    const cpu = this.#cpu;
    if (this.#isWarm) {
      cpu.steps += steps;
      cpu.ms += ms;
    }
    this.#isWarm = true;
    const isTimed = cpu.steps > 0 && (cpu.ms >= CPU_SAMPLE_MS || cpu.steps >= CPU_SAMPLE_STEPS);
    if (isTimed || Object.hasOwn(this.#measured, this.#key)) void this.#ask();
  }

  async #ask() {
    this.#isAsked = true;
    const candidate = await this.#prepare();
    if (this.#isFreed) candidate.free();
    else this.#candidate = candidate;
  }

  /** Never fails. @returns {Promise<Candidate>} */
  async #prepare() {
    const known = Object.hasOwn(this.#measured, this.#key) ? this.#measured[this.#key] : null;
    const cpuMs = known?.cpuMs ?? this.#cpu.ms / this.#cpu.steps;
    const stays = (/** @type {string} */ why) =>
      resolved({
        trainer: null,
        adapter: null,
        reason: t("worker.cpuMsStep", { cpuMs: figure(cpuMs), why }),
        measured: null,
      });
    if (cpuMs < WORTH_ASKING_MS) return stays(t("worker.handingStepGpuTakes", { WORTH_ASKING_MS }));
    try {
      const { prepare } = await this.#loadProbe();
      return await prepare({ spec: this.#spec, cpuMs, known, engines: this.#engines, clock: this.#clock });
    } catch (error) {
      return stays(t("worker.whatTimesGpuCould", { message: /** @type {Thrown} */ (error)?.message ?? error }));
    }
  }

  /** Whether the CPU is known, and the GPU ready or out of the question. */
  get isDue() {
    return this.#candidate !== null;
  }

  /** Decides, once. With a trainer, the run should move there; it is some steps into the same run. */
  async decide() {
    const decision = await /** @type {Candidate} */ (this.#candidate).decide();
    const { measured } = decision;
    if (measured) this.#measured[this.#key] = measured;
    return { ...decision, measured: measured && { key: this.#key, ...measured } };
  }

  /** Nobody will ask any more. */
  free() {
    this.#isFreed = true;
    this.#candidate?.free();
  }
}

/** A decision that needs no timing. @returns {Candidate} */
export const resolved = (/** @type {Decision} */ decision) => ({ decide: async () => decision, free() {} });

/** Nets alike in this take alike long. */
function keyOf(
  /** @type {import("../session/protocol.js").Spec} */ spec,
  /** @type {import("../session/protocol.js").Description} */ { parameterCount, layers },
) {
  const kinds = layers.map(({ type, inputs, outputs }) => `${type} ${inputs}-${outputs}`).join(", ");
  return t("worker.parametersRows", { parameterCount, batchSize: spec.training?.batchSize ?? 10, kinds });
}

/** Two digits are enough to compare by. */
export const figure = (/** @type {number} */ ms) => String(Number(ms.toPrecision(2)));
