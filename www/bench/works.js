// @ts-check
/**
 * What a device is timed on: nets, data, and initial weights, the same here and in the bench beside other engines
 * (tests/bench). Data and weights come from fixed seeds and must not change: the losses after three steps belong to them.
 *
 * @typedef {object} Work
 * @property {"mlp" | "cnn"} kind
 * @property {number[]} sizes           inputs, hidden units, outputs; of a CNN inputs and outputs
 * @property {"tanh" | "relu"} act      of hidden layers
 * @property {"half-mse" | "cross-entropy"} loss
 * @property {number} rows
 * @property {number} batch
 * @property {"sgd" | "adam"} optimizer
 * @property {number} rate              the learning rate
 * @property {number} checkRows         rows at the beginning whose loss proves that the work was done
 * @property {number} lossAfter3        that loss after exactly three steps, on which several engines agree
 * @property {number[]} [filters]
 * @property {number} [kernel]
 *
 * @typedef {{inputs: Float32Array, targets: Float32Array}} Data
 */

/** @type {Work} */
const W3 = {
  kind: "cnn",
  sizes: [784, 10],
  filters: [8, 16],
  kernel: 5,
  act: "relu",
  loss: "cross-entropy",
  rows: 2048,
  batch: 32,
  optimizer: "sgd",
  rate: 0.05,
  checkRows: 32,
  lossAfter3: 2.59906,
};

/** @type {Work} */
const W5 = {
  kind: "mlp",
  sizes: [256, 1024, 1024, 1024, 10],
  act: "relu",
  loss: "cross-entropy",
  rows: 2048,
  batch: 256,
  optimizer: "sgd",
  rate: 0.05,
  checkRows: 256,
  lossAfter3: 2.39589,
};

/** @type {Record<"W1" | "W2" | "W3" | "W3b" | "W5" | "W5s", Work>} */
export const WORKS = {
  W1: {
    kind: "mlp",
    sizes: [2, 8, 8, 1],
    act: "tanh",
    loss: "half-mse",
    rows: 500,
    batch: 10,
    optimizer: "sgd",
    rate: 0.03,
    checkRows: 500,
    lossAfter3: 0.52375,
  },
  W2: {
    kind: "mlp",
    sizes: [784, 128, 10],
    act: "relu",
    loss: "cross-entropy",
    rows: 8192,
    batch: 64,
    optimizer: "adam",
    rate: 0.001,
    checkRows: 256,
    lossAfter3: 2.16394,
  },
  W3,
  // The same in batches that several workers can share.
  W3b: { ...W3, batch: 128, checkRows: 128, lossAfter3: 2.31083 },
  W5,
  // The same for GPUs that are made of software, which the large batch would keep busy for minutes.
  W5s: { ...W5, rows: 256, batch: 16, checkRows: 16, lossAfter3: 2.93761 },
};

/** A small seeded generator (mulberry32) of numbers in [0, 1). @param {number} seed */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Rows of features, and ±1 a row (half-mse) or a class index a row. @param {Work} work @returns {Data} */
export function makeData(work) {
  return work.loss === "half-mse" ? circle(work.rows) : noisyTemplates(work.rows, work.sizes[0], 10);
}

/** TensorFlow Playground's "circle": a disc of one class inside a ring of the other. @param {number} rows */
function circle(rows) {
  const random = generator(12345);
  const inputs = new Float32Array(rows * 2);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const inside = random() < 0.5;
    const radius = inside ? random() * 2.5 : 3.5 + random() * 1.5;
    const angle = random() * 2 * Math.PI;
    inputs[2 * row] = radius * Math.sin(angle);
    inputs[2 * row + 1] = radius * Math.cos(angle);
    targets[row] = inside ? 1 : -1;
  }
  return { inputs, targets };
}

/** A random template for each class under uniform noise. @param {number} rows @param {number} features @param {number} classes */
function noisyTemplates(rows, features, classes) {
  const random = generator(12345);
  const templates = Float32Array.from({ length: classes * features }, random);
  const inputs = new Float32Array(rows * features);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = Math.floor(random() * classes);
    targets[row] = label;
    for (let k = 0; k < features; k++) {
      inputs[row * features + k] = 0.3 * templates[label * features + k] + 0.7 * random();
    }
  }
  return { inputs, targets };
}

/** Initial weights of an MLP, layer by layer: weight `[inputs][outputs]`. @param {Work} work */
export function denseWeights(work) {
  const random = generator(777);
  return work.sizes.slice(1).map((outputs, layer) => {
    const inputs = work.sizes[layer];
    const last = layer === work.sizes.length - 2;
    const weight = new Float32Array(inputs * outputs);
    if (work.loss === "half-mse") {
      weight.forEach((_, k) => (weight[k] = random() - 0.5)); // as TensorFlow Playground
      return { inputs, outputs, weight, bias: new Float32Array(outputs).fill(0.1) };
    }
    const bound = Math.sqrt(6 / inputs);
    weight.forEach((_, k) => (weight[k] = (2 * random() - 1) * bound * (last ? 0.4 : 1)));
    return { inputs, outputs, weight, bias: new Float32Array(outputs) };
  });
}

/**
 * Initial weights of the CNN, with channels innermost: convolutions `[y][x][in][out]`, then the dense layer
 * `[7·7·filters, y-major, channel innermost][10]`. All biases are zero.
 *
 * @param {Work} work
 */
export function convWeights({ kernel = 5, filters = [] }) {
  const random = generator(778);
  const uniform = (/** @type {number} */ count, /** @type {number} */ bound) =>
    Float32Array.from({ length: count }, () => (2 * random() - 1) * bound);
  const taps = kernel ** 2;
  const [first, second] = filters;
  const flat = 7 * 7 * second;
  return {
    conv1: uniform(taps * first, Math.sqrt(6 / taps)),
    conv2: uniform(taps * first * second, Math.sqrt(6 / (taps * first))),
    dense: uniform(flat * 10, 0.4 * Math.sqrt(6 / flat)),
    flat,
  };
}

/** The mean loss of predictions (values, or probabilities of ten classes) over the first rows. */
export function meanLoss(
  /** @type {Work} */ work,
  /** @type {ArrayLike<number>} */ predictions,
  /** @type {ArrayLike<number>} */ targets,
) {
  let sum = 0;
  for (let row = 0; row < work.checkRows; row++) {
    sum +=
      work.loss === "half-mse"
        ? 0.5 * (predictions[row] - targets[row]) ** 2
        : -Math.log(predictions[row * 10 + targets[row]]);
  }
  return sum / work.checkRows;
}

/** Multiplications and additions of a training step on one sample; activations are not counted. @param {Work} work */
export function flopsPerSample({ kind, sizes, kernel = 5, filters = [] }) {
  if (kind === "cnn") {
    const [first, second] = filters;
    const taps = kernel ** 2;
    return 4 * 784 * taps * first + 6 * 196 * taps * first * second + 6 * 49 * second * 10;
  }
  // Forward, weight gradient and input gradient are two each; the first layer needs no input gradient.
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + (layer ? 6 : 4) * sizes[layer] * outputs, 0);
}

/** Whether so much is left of the loss that several engines agree on. @param {Work} work @param {number | null} loss3 */
export const isDone = (work, loss3) => loss3 !== null && Math.abs(loss3 - work.lossAfter3) < 1e-3;
