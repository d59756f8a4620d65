// Experiments to be exported: every layer, activation, loss, optimizer, schedule and step of preparation, trained for a while.
import fs from "node:fs";
import * as core from "../../www/pkg-full/trainyard.js";
import * as exports from "../../www/pkg-export/trainyard.js";

for (const [name, one] of [
  ["pkg-full", core],
  ["pkg-export", exports],
])
  one.initSync({ module: fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url)) });

const tableOf = (/** @type {any} */ one, /** @type {string | Uint8Array} */ text) => {
  const reader = new one.TableReader();
  reader.push(typeof text === "string" ? new TextEncoder().encode(text) : text);
  return reader.finish();
};

/**
 * Trains an experiment for some steps, and opens it to be exported.
 *
 * @param {{spec: any, table?: string | Uint8Array, rows?: any, steps?: number}} experiment
 */
export async function trained({ spec, table, rows, steps = 7 }) {
  const trainer = await core.Trainer.create(spec, table === undefined ? rows : tableOf(core, table));
  if (steps) trainer.advance(steps, 0);
  return { trainer, exporter: exporterOf({ spec, table, rows }, await trainer.checkpoint()) };
}

export const exporterOf = (/** @type {any} */ { spec, table, rows }, /** @type {Uint8Array} */ checkpoint) =>
  exports.Exporter.open(spec, table === undefined ? rows : tableOf(exports, table), checkpoint);

/** What of an exporter the files are written from. */
export const askedOf = (/** @type {any} */ exporter) => ({
  describe: exporter.describe(),
  safetensors: exporter.safetensors(),
  optimizerState: exporter.optimizerState(),
  rows: exporter.rows(),
});

const dense = (/** @type {number} */ units, activation = "tanh") => ({ type: "dense", units, activation });
const conv = (/** @type {number} */ filters, /** @type {number} */ kernel, more = {}) => ({
  type: "conv2d",
  filters,
  kernel,
  activation: "tanh",
  ...more,
});
const flatten = { type: "flatten" };

/** Rows drawn by a rule of its own: the same each time. */
function numbers(/** @type {number} */ count, seed = 1) {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 4 - 2;
  });
}

const FULL = { batchSize: 1_000_000, stop: { maxEpochs: null } };
const CIRCLE = { source: "circle", samples: 80, split: { train: 0.6, validation: 0.2 } };
const toy = (/** @type {any} */ training, layers = [dense(4)], data = CIRCLE) => ({
  spec: { data, model: { layers }, training: { ...FULL, ...training } },
});

export const OPTIMIZERS = {
  sgd: { type: "sgd", learningRate: 0.1 },
  momentum: { type: "sgd", learningRate: 0.05, momentum: 0.9 },
  nesterov: { type: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
  adam: { type: "adam", learningRate: 0.02 },
  adamw: { type: "adamw", learningRate: 0.02, weightDecay: 0.1, beta1: 0.8 },
  rmsprop: { type: "rmsprop", learningRate: 0.01, alpha: 0.9 },
  adagrad: { type: "adagrad", learningRate: 0.05 },
};

const SCHEDULES = {
  step: { type: "step", stepSize: 3, gamma: 0.5 },
  exponential: { type: "exponential", gamma: 0.9 },
  cosine: { type: "cosine", tMax: 5, etaMin: 0.001 },
  "warm-up": { type: "linear-warm-up", startFactor: 0.25, totalEpochs: 9 },
  plateau: { type: "reduce-on-plateau", factor: 0.5, patience: 1, threshold: 0.3 },
  "step after a warm-up": { type: "step", stepSize: 2, gamma: 0.5, warmUp: { startFactor: 0.1, totalEpochs: 4 } },
  "plateau after a warm-up": {
    type: "reduce-on-plateau",
    factor: 0.5,
    patience: 2,
    threshold: 0.2,
    warmUp: { startFactor: 0.1, totalEpochs: 4 },
  },
  "cosine after a warm-up": { type: "cosine", tMax: 8, warmUp: { totalEpochs: 3 } },
  "exponential after a warm-up": { type: "exponential", gamma: 0.8, warmUp: { totalEpochs: 3 } },
};

const ACTIVATIONS = [
  "tanh",
  "relu",
  "sigmoid",
  "linear",
  "leaky-relu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "softplus",
  "sin",
];

/** An image set of three classes, 6×5 pixels, two channels. */
const IMAGES = {
  inputs: numbers(40 * 60),
  targets: Float64Array.from({ length: 40 }, (_, i) => i % 3),
  shape: [2, 6, 5],
  classes: 3,
};
const image = (/** @type {any[]} */ layers, more = {}, data = {}) => ({
  spec: {
    data: { source: "rows", split: { train: 0.7, validation: 0.1 }, ...data },
    model: { layers },
    training: { ...FULL, optimizer: OPTIMIZERS.momentum, ...more },
  },
  rows: IMAGES,
});

/** Gaps, names that training rows lack, a constant, dates, and a header that has to be quoted. */
export const GAPS = [
  "size,kind,place,seen,same,part,weight",
  ...Array.from({ length: 60 }, (_, i) => {
    const kind = i % 7 === 3 ? "" : ["cat", "dog", 'a "quoted", owl'][i % 3];
    const size = i % 5 === 2 ? "" : (Math.sin(i) * 10).toFixed(3);
    return `${size},"${kind.replaceAll('"', '""')}",${["north", "south"][i % 2]},2024-0${1 + (i % 9)}-1${i % 10},5,${i % 4},${(i * 0.37 + (i % 3)).toFixed(2)}`;
  }),
].join("\n");

const impute = (/** @type {string} */ column, by = "median") => ({ fix: "impute", column, by });
const table = (/** @type {any} */ data, training = {}, layers = [dense(4)]) => ({
  spec: {
    data: { source: "table", target: "weight", split: { train: 0.6, validation: 0.2 }, ...data },
    model: { layers },
    training: { ...FULL, ...training },
  },
  table: GAPS,
});
const IMPUTED = [impute("size"), impute("kind", "mode")];

/** By name; `follows`: whether training goes on by the same numbers, as full batches do. @returns {Record<string, any>} */
export function experiments() {
  /** @type {Record<string, any>} */
  const all = {};
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) all[`optimizer ${name}`] = toy({ optimizer });
  for (const [name, schedule] of Object.entries(SCHEDULES))
    all[`schedule ${name}`] = { ...toy({ optimizer: OPTIMIZERS.momentum, schedule }), steps: 0 };
  for (const activation of ACTIVATIONS)
    all[`activation ${activation}`] = toy({ optimizer: OPTIMIZERS.adam }, [dense(4, activation), dense(3, activation)]);
  for (const loss of ["mse", "half-mse", "mae", "huber"])
    all[`loss ${loss}`] = toy({ loss }, [dense(4)], { ...CIRCLE, source: "plane" });
  for (const loss of ["hinge", "mse", "huber"]) all[`${loss} of two classes`] = toy({ loss });
  const three = {
    inputs: numbers(90),
    targets: Float64Array.from({ length: 45 }, (_, i) => i % 3),
    shape: [2],
    classes: 3,
  };
  const rows = (/** @type {any} */ training, given = three) => ({
    spec: {
      data: { source: "rows", split: { train: 0.8 } },
      model: { layers: [dense(4)] },
      training: { ...FULL, ...training },
    },
    rows: given,
  });
  for (const loss of ["hinge", "mse", "cross-entropy"]) all[`${loss} of three classes`] = rows({ loss });
  all["three targets"] = rows({}, { inputs: numbers(60), targets: numbers(90, 5), shape: [2], classes: undefined });
  all["class weights and smoothing"] = rows({ classWeights: [0.5, 1, 2], labelSmoothing: 0.1 });
  all["balanced classes"] = rows({ classWeights: "balanced" });
  all["two classes, balanced"] = toy({ classWeights: "balanced", labelSmoothing: 0.2 }, [dense(3)], {
    ...CIRCLE,
    imbalance: 0.2,
  });
  all["penalty l1"] = toy({ l1: 0.02 });
  all["penalty l1 by pruning"] = { ...toy({ l1: 0.05, l1Rule: "prune", optimizer: OPTIMIZERS.momentum }), steps: 30 };
  all["penalties and clipping"] = toy({ l1: 0.02, l2: 0.05, clip: { norm: 0.1 } }, [dense(3), { type: "layerNorm" }]);
  all["clipping by value"] = toy({ clip: { value: 0.01 } });
  all["no hidden layer"] = toy({}, []);
  all["output activation"] = {
    spec: {
      data: { ...CIRCLE, source: "plane" },
      model: { layers: [dense(3)], outputActivation: "tanh" },
      training: FULL,
    },
  };
  all["batches in order"] = toy({ batchSize: 7, shuffle: false });
  all["layer norm, batch norm"] = toy({}, [dense(5), { type: "layerNorm" }, dense(4), { type: "batchNorm" }]);
  all["residual blocks"] = toy({ optimizer: OPTIMIZERS.adam }, [
    dense(4),
    { type: "residual", layers: [dense(3), dense(4, "linear")] },
    { type: "residual", layers: [dense(3), dense(4, "linear")] },
    { type: "residual", layers: [dense(4, "gelu"), { type: "residual", layers: [{ type: "layerNorm" }, dense(4)] }] },
  ]);
  all["features, min-max"] = toy({}, [dense(4)], {
    ...CIRCLE,
    scale: "min-max",
    features: [
      "x",
      "y2",
      "xy",
      "sinx",
      "cosy",
      { formula: "sin(x) * -y ^ 2 + abs(x) / (1 + 2 ^ -exp(y)) - ln(9 + x)" },
    ],
  });
  all["convolution, max-pool"] = image([conv(3, 3, { padding: "same" }), { type: "maxPool2d", size: 2 }, flatten]);
  all["strides, padding, averages"] = image([
    conv(3, 3, { stride: 2, padding: "same" }),
    conv(2, 2, { padding: "same", activation: "relu" }),
    { type: "avgPool2d", size: 2, stride: 1 },
    { type: "batchNorm" },
    flatten,
    dense(4, "silu"),
  ]);
  all["images, min-max, norms"] = image(
    [
      conv(2, 2),
      { type: "layerNorm" },
      { type: "residual", layers: [conv(2, 3, { padding: "same" }), { type: "batchNorm" }] },
    ],
    { classWeights: "balanced" },
    { scale: "min-max" },
  );
  all["a table of values"] = table({ clean: IMPUTED });
  all["a table, unscaled, by mean"] = table(
    { clean: [impute("size", "mean"), impute("kind")], scale: "none" },
    {
      optimizer: { type: "sgd", learningRate: 0.001 },
    },
  );
  all["a table of names"] = table(
    {
      clean: [impute("size", "mode"), impute("kind", "mode")],
      target: "place",
      kinds: { part: "category" },
      scale: "min-max",
    },
    { optimizer: OPTIMIZERS.adam },
  );
  all["many columns"] = {
    spec: {
      data: { source: "table", target: "of", split: { train: 0.8 } },
      model: { layers: [dense(3)] },
      training: FULL,
    },
    table: [
      `${Array.from({ length: 45 }, (_, i) => `c${i}`).join(",")},of`,
      ...Array.from({ length: 40 }, (_, row) => `${numbers(45, row + 3).join(",")},${["yes", "no"][row % 2]}`),
    ].join("\n"),
  };
  all["some columns and a formula"] = table({
    clean: IMPUTED,
    features: ["kind", "size", { formula: "size / (2 + part) ^ 2" }, "seen"],
  });
  return all;
}

/** What doesn't go on by the same numbers: chance decides it. @returns {Record<string, any>} */
export const byChance = () => ({
  dropout: toy({}, [dense(8), { type: "dropout", rate: 0.25 }]),
  "batches in chance order": toy({ batchSize: 5 }, [dense(4), { type: "batchNorm" }]),
  "varied images": image([conv(2, 3), flatten], {}, { augment: { shift: 0.1, rotate: 10, scale: 0.1, noise: 0.05 } }),
  "patience and the best": toy({ batchSize: 8, stop: { maxEpochs: 40, patience: 3, restoreBest: true } }),
  "a goal": toy({ stop: { maxEpochs: 400, goal: { metric: "testAccuracy", value: 0.6 } } }),
  "a goal of the training loss": toy({ stop: { maxEpochs: 400, goal: { metric: "trainingLoss", value: 0.65 } } }),
  "spoiled rows": toy(
    {},
    [dense(4)],
    /** @type {any} */ ({ ...CIRCLE, corrupt: { labels: 0.1, missing: 0.1, duplicates: 0.1 } }),
  ),
});
