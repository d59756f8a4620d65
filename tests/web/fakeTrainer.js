// @ts-check
/**
 * A double of the WebAssembly package: the same interface, and numbers that are plainly made up
 * but behave — the loss falls, the outputs grow from flat to what is to be learned — so that the
 * runner can be tested, and the page drawn, without the core.
 */
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const STEPS_PER_EPOCH = 40;

const refuse = (/** @type {string} */ code, /** @type {string} */ message, /** @type {string | undefined} */ where) =>
  Object.assign(new Error(message), { code, ...(where && { where }) });

export class FakeTrainer {
  static created = 0;

  /** @param {any} spec */
  static async create(spec) {
    FakeTrainer.created += 1;
    if (!spec.training) return new FakeTrainer(specFrom(defaultsFor("circle")));
    if (spec.training.batchSize < 1) {
      const path = "training.batchSize";
      throw refuse("spec", `${path}: ${spec.training.batchSize} is outside 1…10000`, path);
    }
    return new FakeTrainer(spec);
  }

  /** @param {any} spec */
  constructor(spec) {
    this.spec = structuredClone(spec); // as if it had crossed into WebAssembly
    this.steps = 0;
    this.freed = false;
    /** Whether the last step's gradient is at hand: not after going elsewhere, until the next step. */
    this.hasGradient = true;
    this.rate = spec.training.optimizer.learningRate;
    /** Set by hand or kept from moving, by their index. @type {Map<number, number>} */
    this.held = new Map();
    /** @type {number[]} */
    this.frozen = [];
    /** Called in each advance: a test's clock ticks here. @type {(steps: number) => void} */
    this.onAdvance = () => {};
    /** The most steps of one slice, as if the time were up then. */
    this.sliceSteps = Infinity;
    /** @type {[number, number, number][]} */
    this.points_ = [[0, this.#loss(0), this.#loss(0) * 1.1]];
    this.sample = preview(spec.data, spec.seed ?? 7);
  }

  advance(/** @type {number} */ most, /** @type {number} */ _budget) {
    this.#alive();
    const end = (this.spec.training.stop.maxEpochs ?? Infinity) * STEPS_PER_EPOCH;
    const steps = Math.min(most, this.sliceSteps, end - this.steps);
    for (let i = 0; i < steps; i++) {
      this.steps += 1;
      if (this.steps % STEPS_PER_EPOCH === 0 && this.epoch > this.points_.at(-1)[0])
        this.points_.push([this.epoch, this.#loss(this.steps), this.#loss(this.steps) * 1.1]);
    }
    if (steps > 0) this.hasGradient = true;
    this.onAdvance(steps);
    return this.progress();
  }

  progress() {
    const end = (this.spec.training.stop.maxEpochs ?? Infinity) * STEPS_PER_EPOCH;
    const diverged = this.rate > 5 && this.steps > 0;
    const status = diverged ? "diverged" : this.steps >= end ? "finished" : this.steps ? "training" : "ready";
    return {
      step: this.steps,
      epoch: this.epoch,
      status,
      trainingLoss: diverged ? NaN : this.#loss(this.steps),
      reason: diverged
        ? "the loss is not a finite number"
        : status === "finished"
          ? "the agreed number of epochs is done"
          : "",
    };
  }

  get epoch() {
    return Math.floor(this.steps / STEPS_PER_EPOCH);
  }

  describe() {
    const { columns, task } = this.sample;
    const { reason: engineReason, ...engine } = this.engine();
    const features = this.spec.data.features ?? columns;
    let offset = 0;
    let inputs = features.length;
    const layers = [...this.spec.model.layers, { type: "dense", units: 1, activation: "linear" }].map(
      ({ type, units, activation }) => {
        const layer = {
          type,
          inputs,
          outputs: units,
          activation,
          weight: { offset, shape: [units, inputs] },
          bias: { offset: offset + units * inputs, shape: [units] },
        };
        offset += units * (inputs + 1);
        inputs = units;
        return layer;
      },
    );
    const rows = this.sample.targets.length;
    const train = Math.round(rows * this.spec.data.split.train);
    return {
      task,
      classes: task === "classification" ? 2 : null,
      columns,
      columnKinds: columns.map(() => "number"),
      categories: columns.map(() => null),
      target: null,
      classNames: null,
      features,
      inputNames: features,
      outputs: 1,
      layers,
      domain: domainOf(columns),
      parameterCount: offset,
      stepsPerEpoch: STEPS_PER_EPOCH,
      rows: { train, validation: 0, test: rows - train },
      loss: task === "classification" ? "cross-entropy" : "mse",
      ...engine,
      engineReason,
      spec: structuredClone(this.spec),
    };
  }

  points() {
    const { inputs, targets } = this.sample;
    const part = Uint8Array.from(targets, (_, i) => (i / targets.length < this.spec.data.split.train ? 0 : 2));
    return { inputs: inputs.slice(), targets: targets.slice(), part };
  }

  engine() {
    return {
      engine: "cpu",
      reason: "CPU: a double, no engine at all",
      adapter: null,
      deviceBytes: 0,
      dispatchesPerStep: 0,
    };
  }

  async idle() {}

  async sync() {}

  setLearningRate(/** @type {number} */ rate) {
    const path = "training.optimizer.learningRate";
    if (!(rate >= 0 && rate <= 1000)) throw refuse("spec", `${path}: ${rate} is outside 0…1000`, path);
    this.rate = rate;
  }

  setMaxEpochs(/** @type {number | undefined} */ most) {
    this.spec.training.stop.maxEpochs = most ?? null;
  }

  learningRate() {
    return this.rate;
  }

  learningRates(/** @type {number} */ epochs) {
    return new Float32Array(epochs).fill(this.rate);
  }

  gradientNorm() {
    return this.hasGradient ? (this.steps ? this.#loss(this.steps) : 0) : undefined;
  }

  async predict(/** @type {Float64Array} */ rows) {
    this.#alive();
    const { columns, task } = this.sample;
    const strength = 1 - this.#loss(this.steps);
    return Float64Array.from({ length: rows.length / columns.length }, (_, i) => {
      if (columns.length === 1) return strength * (2 * rows[i] - 1);
      const value = Math.tanh(strength * (3 - Math.hypot(rows[2 * i], rows[2 * i + 1])));
      return task === "classification" ? (value + 1) / 2 : value;
    });
  }

  async classify(/** @type {Float64Array} */ rows) {
    const outputs = await this.predict(rows);
    return {
      outputs,
      classes:
        this.sample.task === "classification"
          ? Uint32Array.from(outputs, (value) => Number(value > 0.5))
          : new Uint32Array(),
    };
  }

  async evaluate(/** @type {string} */ part) {
    this.#alive();
    if (part === "validation") return undefined; // it has no such rows
    const loss = this.#loss(this.steps) * (part === "test" ? 1.1 : 1);
    return {
      loss,
      ...(this.sample.task === "classification" ? { accuracy: 1 - loss / 2 } : { mae: loss, rmse: loss * 1.3 }),
      rows: 10,
    };
  }

  async parameters() {
    this.#alive();
    const { parameterCount } = this.describe();
    const strength = 1 - this.#loss(this.steps);
    return Float32Array.from(
      { length: parameterCount },
      (_, i) => this.held.get(i) ?? Math.sin(i * 2.1 + this.spec.seed) * (0.4 + 2 * strength),
    );
  }

  setParameter(/** @type {number} */ index, /** @type {number} */ value) {
    this.#known(index);
    this.held.set(index, value);
  }

  freeze(/** @type {Uint32Array} */ indices) {
    indices.forEach((index) => this.#known(index));
    this.frozen = [...indices];
  }

  async activations(/** @type {Float64Array} */ rows) {
    this.#alive();
    const { columns } = this.sample;
    const count = rows.length / columns.length;
    const { layers } = this.describe();
    const units = layers.reduce((sum, { outputs }) => sum + outputs, layers[0].inputs);
    return Float32Array.from({ length: units * count }, (_, i) =>
      Math.tanh(Math.cos(Math.floor(i / count)) * rows[(i % count) * columns.length]),
    );
  }

  async gradient(/** @type {string} */ _part) {
    return (await this.parameters()).map((value) => value / 10);
  }

  async look() {
    const before = await this.parameters();
    const [gradient, fullGradient] = [before.map((value) => value / 8), before.map((value) => value / 10)];
    const rows = Uint32Array.from({ length: 10 }, (_, i) => i);
    const { inputs, targets, columns } = this.sample;
    const values = (await this.activations(inputs.slice(0, 10 * columns.length))).slice(
      10 * this.describe().layers[0].inputs,
    );
    return {
      rows,
      inputs: Float32Array.from(inputs.slice(0, 10 * columns.length)),
      targets: Float32Array.from(targets.slice(0, 10)),
      loss: this.#loss(this.steps),
      losses: new Float32Array(10).fill(this.#loss(this.steps)),
      values,
      deltas: values.map((value) => value / 100),
      slopes: values.map((value) => 1 - value * value),
      gradient,
      stepGradient: gradient.slice(),
      fullGradient,
      before,
      after: before.map((value, i) => value - this.rate * gradient[i]),
      state: new Float32Array(),
      stateAfter: new Float32Array(),
      learningRate: this.rate,
    };
  }

  record() {}

  curve() {
    const column = (/** @type {number} */ i) => Float32Array.from(this.points_, (point) => point[i]);
    return { epoch: column(0), training: column(1), test: column(2) };
  }

  /** There is no figure of test rows in its bytes. */
  checkpointWithoutTest() {
    return this.checkpoint();
  }

  async checkpoint() {
    this.#alive();
    return new Uint8Array(Float64Array.from([this.steps, ...[...this.held].flat()]).buffer);
  }

  async restore(/** @type {Uint8Array} */ bytes) {
    if (!bytes.length || bytes.length % 8) throw refuse("checkpoint", "This is no checkpoint of the double.");
    this.hasGradient = false;
    const [steps, ...held] = new Float64Array(bytes.slice().buffer);
    this.steps = steps;
    this.held = new Map(Array.from({ length: held.length / 2 }, (_, i) => [held[2 * i], held[2 * i + 1]]));
  }

  async branch(/** @type {Uint8Array} */ bytes) {
    await this.restore(bytes);
  }

  /** A header, as the package's moments have one, and the parameters: the step among them, so that they tell moments apart. */
  moment() {
    return this.momentOf(this.steps, this.epoch);
  }

  momentOf(/** @type {number} */ step, /** @type {number} */ epoch) {
    this.#alive();
    const { parameterCount } = this.describe();
    const header = new TextEncoder().encode(JSON.stringify({ book: [1, step, epoch] }));
    const bytes = new Uint8Array(13 + header.length + 4 * parameterCount);
    new DataView(bytes.buffer).setUint32(9, header.length, true);
    bytes.set(header, 13);
    bytes.set(new Uint8Array(new Float32Array(parameterCount).fill(step).buffer), 13 + header.length);
    return bytes;
  }

  seek(/** @type {Uint8Array} */ bytes, /** @type {boolean} */ forgetsLater) {
    const length = new DataView(bytes.buffer).getUint32(9, true);
    const [, step, epoch] = JSON.parse(new TextDecoder().decode(bytes.subarray(13, 13 + length))).book;
    this.steps = step;
    this.hasGradient = false;
    if (forgetsLater) this.points_ = this.points_.filter(([at]) => at <= epoch);
  }

  async curvature() {
    return 2 + this.steps;
  }

  free() {
    this.#alive();
    this.freed = true;
  }

  #loss(/** @type {number} */ step) {
    return 0.05 + 0.65 * Math.exp((-step * this.spec.training.optimizer.learningRate) / 40);
  }

  #known(/** @type {number} */ index) {
    const { parameterCount } = this.describe();
    if (index >= parameterCount)
      throw refuse("data", `There is no parameter ${index}: the model has ${parameterCount}.`);
  }

  #alive() {
    if (this.freed) throw new Error("null pointer passed to rust");
  }
}

/** @returns {[number, number][]} */
const domainOf = (/** @type {string[]} */ columns) => (columns.length === 1 ? [[-1, 4]] : columns.map(() => [-6, 6]));

/** Points of a made-up source: a ring around a disc, or a line. */
export function preview(/** @type {any} */ { source, samples }, /** @type {number} */ seed) {
  const isLine = source === "line" || source === "sine";
  const count = samples ?? 200;
  const columns = isLine ? ["x"] : ["x", "y"];
  const chance = (/** @type {number} */ i) => (((Math.sin(i * 12.9898 + seed * 78.233) * 43758.5453) % 1) + 1) % 1;
  const inputs = new Float64Array(count * columns.length);
  const targets = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (isLine) {
      inputs[i] = -1 + (5 * i) / (count - 1);
      targets[i] = 2 * inputs[i] - 1;
    } else {
      const radius = i % 2 ? 2.5 * chance(i) : 3.5 + 1.5 * chance(i);
      const angle = 2 * Math.PI * chance(i + 0.5);
      inputs.set([radius * Math.sin(angle), radius * Math.cos(angle)], 2 * i);
      targets[i] = i % 2;
    }
  }
  const isRegression = isLine || source === "plane" || source === "multi-gaussian";
  return {
    inputs,
    targets: isRegression && !isLine ? targets.map((value) => 2 * value - 1) : targets,
    columns,
    task: isRegression ? "regression" : "classification",
    domain: domainOf(columns),
  };
}
