// @ts-check
/**
 * The choice of "auto": the CPU trains from the first moment, its steps are timed, and where a GPU could be
 * worth it, it is timed as well (probe.js, which is loaded then).
 *
 * @typedef {import("../core/protocol.js").Measurement} Measurement
 *
 * @typedef {object} Decision
 * @property {any} trainer
 * @property {import("../core/protocol.js").Adapter | null} adapter
 * @property {string} reason
 * @property {({key: string} & Measurement) | null} measured
 */

/** Below so many milliseconds a step no GPU is asked: handing over a step takes about as long. */
const WORTH_ASKING_MS = 0.1;

/** The CPU is known after so many milliseconds of its steps; or after so many steps, which took less each than is worth asking. */
const CPU_SAMPLE_MS = 40;
const CPU_SAMPLE_STEPS = CPU_SAMPLE_MS / WORTH_ASKING_MS;

export class Auto {
  #spec;
  #engines;
  #clock;
  #loadProbe;
  #measured;
  #key;
  #cpu = { ms: 0, steps: 0 };
  /** The browser compiles what runs first while it runs: those steps say nothing. */
  #isWarm = false;
  isDecided = false;

  /**
   * @param {object} parts
   * @param {any} parts.spec
   * @param {import("../core/protocol.js").Description} parts.description
   * @param {Record<string, Measurement>} parts.measured   what is known of this device; what is found out is put there too
   * @param {import("./engines.js").Engines} parts.engines
   * @param {import("./runner.js").Clock} parts.clock
   * @param {import("./engines.js").Modules["loadProbe"]} parts.loadProbe
   */
  constructor({ spec, description, measured, engines, clock, loadProbe }) {
    this.#spec = spec;
    this.#engines = engines;
    this.#clock = clock;
    this.#loadProbe = loadProbe;
    this.#measured = measured;
    this.#key = keyOf(spec, description);
  }

  /** Steps that the CPU took, in so many milliseconds; the first lot is not counted. */
  add(/** @type {number} */ steps, /** @type {number} */ ms) {
    if (this.#isWarm) {
      this.#cpu.steps += steps;
      this.#cpu.ms += ms;
    }
    this.#isWarm = true;
  }

  /** Whether the CPU is known well enough to decide. */
  get isDue() {
    const { ms, steps } = this.#cpu;
    const isTimed = steps > 0 && (ms >= CPU_SAMPLE_MS || steps >= CPU_SAMPLE_STEPS);
    return !this.isDecided && (isTimed || (this.#isWarm && Object.hasOwn(this.#measured, this.#key)));
  }

  /** Decides, once. With a trainer, the run should move there; it is at the run's first step. @returns {Promise<Decision>} */
  async decide() {
    this.isDecided = true;
    const known = Object.hasOwn(this.#measured, this.#key) ? this.#measured[this.#key] : null;
    const cpuMs = known?.cpuMs ?? this.#cpu.ms / this.#cpu.steps;
    const stays = (/** @type {string} */ why) => ({ trainer: null, adapter: null, reason: `CPU: ${figure(cpuMs)} ms a step${why}`, measured: null });
    if (cpuMs < WORTH_ASKING_MS) return stays(`, and handing a step to a GPU takes about ${WORTH_ASKING_MS} ms`);
    let part;
    try {
      part = await this.#loadProbe();
    } catch (error) {
      return stays(`; what times a GPU could not be loaded (${/** @type {any} */ (error)?.message ?? error})`);
    }
    const decision = await part.probe({ spec: this.#spec, cpuMs, known, engines: this.#engines, clock: this.#clock });
    if (decision.measured) this.#measured[this.#key] = decision.measured;
    return { ...decision, measured: decision.measured && { key: this.#key, ...decision.measured } };
  }
}

/** Nets alike in this take alike long. */
function keyOf(/** @type {any} */ spec, /** @type {import("../core/protocol.js").Description} */ { parameterCount, layers }) {
  const kinds = layers.map(({ type, inputs, outputs }) => `${type} ${inputs}-${outputs}`).join(", ");
  return `${parameterCount} parameters, ${spec.training?.batchSize ?? 10} rows: ${kinds}`;
}

/** Two digits are enough to compare by. */
export const figure = (/** @type {number} */ ms) => String(Number(ms.toPrecision(2)));
