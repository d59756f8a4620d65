// The work that every engine is given: nets, data, initial weights, and the loss that proves it was done.
// Data and weights come from fixed seeds and must not change: the losses after three steps belong to them.

/**
 * `act` is the activation of hidden layers. `lossAfter3` is the loss over the first `checkRows` rows after exactly three
 * steps, on which several peers agree: engines that start from our weights and update once a batch must meet it.
 */
export const works = {
  W1: {
    title: "tiny MLP 2-8-8-1 tanh, half squared error, batch 10, SGD",
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
    title: "digits MLP 784-128-10 ReLU, cross-entropy, batch 64, Adam",
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
  W3: {
    title: "digits CNN, two 5×5 convolutions with pooling, batch 32, SGD",
    kind: "cnn",
    sizes: [784, 10],
    filters: [8, 16],
    kernel: 5,
    loss: "cross-entropy",
    rows: 2048,
    batch: 32,
    optimizer: "sgd",
    rate: 0.05,
    checkRows: 32,
    lossAfter3: 2.59906,
  },
  "W4-256": { title: "matrix product 256³", kind: "product", n: 256, batch: 1 },
  "W4-512": { title: "matrix product 512³", kind: "product", n: 512, batch: 1 },
  "W4-1024": { title: "matrix product 1024³", kind: "product", n: 1024, batch: 1 },
  W5: {
    title: "wide MLP 256-1024-1024-1024-10 ReLU, cross-entropy, batch 256, SGD",
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
  },
};

// The same for GPUs that are made of software, which the large batch would keep busy for minutes.
works.W5s = {
  ...works.W5,
  title: works.W5.title.replace("batch 256", "batch 16"),
  rows: 256,
  batch: 16,
  checkRows: 16,
  lossAfter3: 2.93761,
};

/** A small seeded generator (mulberry32) of numbers in [0, 1). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `{ inputs, targets }`: rows of features, and ±1 a row (half-mse) or a class index a row. */
export function makeData(work) {
  return work.loss === "half-mse" ? circle(work.rows) : noisyTemplates(work.rows, work.sizes[0], 10);
}

/** TensorFlow Playground's "circle": a disc of one class inside a ring of the other. */
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

/** A random template for each class under uniform noise. */
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

/** The targets as rows of outputs: ±1 itself, or one-hot classes. */
export function targetRows(work, targets) {
  if (work.loss === "half-mse") return targets;
  const rows = new Float32Array(targets.length * 10);
  targets.forEach((label, row) => (rows[row * 10 + label] = 1));
  return rows;
}

/** Initial weights of an MLP, layer by layer: `{ inputs, outputs, weight, bias }` with weight `[inputs][outputs]`. */
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
 */
export function convWeights(work) {
  const random = generator(778);
  const uniform = (count, bound) => Float32Array.from({ length: count }, () => (2 * random() - 1) * bound);
  const taps = work.kernel ** 2;
  const [first, second] = work.filters;
  const flat = 7 * 7 * second;
  return {
    conv1: uniform(taps * first, Math.sqrt(6 / taps)),
    conv2: uniform(taps * first * second, Math.sqrt(6 / (taps * first))),
    dense: uniform(flat * 10, 0.4 * Math.sqrt(6 / flat)),
    flat,
  };
}

/** `[y][x][in][out]` → `[out][in][y][x]`, PyTorch's order. */
export function outputsFirst(kernel, taps, inputs, outputs) {
  const turned = new Float32Array(kernel.length);
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        turned[(o * inputs + i) * taps + tap] = kernel[(tap * inputs + i) * outputs + o];
  return turned;
}

/** The rows of the dense layer from y, x, channel order to channel, y, x order. */
export function channelsFirst(dense, channels, outputs) {
  const pixels = dense.length / outputs / channels;
  const turned = new Float32Array(dense.length);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let c = 0; c < channels; c++)
      turned.set(
        dense.subarray((pixel * channels + c) * outputs, (pixel * channels + c + 1) * outputs),
        (c * pixels + pixel) * outputs,
      );
  return turned;
}

/** `[rows][columns]` → `[columns][rows]`. */
export function transpose(matrix, rows, columns) {
  const turned = new Float32Array(matrix.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[c * rows + r] = matrix[r * columns + c];
  return turned;
}

/** The two factors of the matrix product, and a check of one element of what an engine made of them. */
export function factors(work) {
  const random = generator(779);
  const uniform = () => Float32Array.from({ length: work.n ** 2 }, random);
  return { left: uniform(), right: uniform() };
}

export function productError(work, { left, right }, product) {
  const { n } = work;
  const [row, column] = [3, 5];
  let exact = 0;
  for (let k = 0; k < n; k++) exact += left[row * n + k] * right[k * n + column];
  return Math.abs(product[row * n + column] / exact - 1);
}

/** The mean loss of predictions (values, or probabilities of ten classes) over the first rows. */
export function meanLoss(work, predictions, targets) {
  let sum = 0;
  for (let row = 0; row < work.checkRows; row++) {
    sum +=
      work.loss === "half-mse"
        ? 0.5 * (predictions[row] - targets[row]) ** 2
        : -Math.log(predictions[row * 10 + targets[row]]);
  }
  return sum / work.checkRows;
}

/** Multiplications and additions of a training step on one sample, or of one product; activations are not counted. */
export function flopsPerSample(work) {
  if (work.kind === "product") return 2 * work.n ** 3;
  if (work.kind === "cnn") {
    const [first, second] = work.filters;
    const taps = work.kernel ** 2;
    return 4 * 784 * taps * first + 6 * 196 * taps * first * second + 6 * 49 * second * 10;
  }
  // Forward, weight gradient and input gradient are two each; the first layer needs no input gradient.
  return work.sizes.slice(1).reduce((sum, outputs, layer) => sum + (layer ? 6 : 4) * work.sizes[layer] * outputs, 0);
}
