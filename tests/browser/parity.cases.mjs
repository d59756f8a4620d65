// What is trained on both engines: the five models of tests/it/gpu/models.rs for a hundred steps, and every op, loss
// and rule for one.
import fs from "node:fs";

const dense = (units, activation) => ({ type: "dense", units, activation });
const conv = (filters, kernel, more = {}) => ({
  type: "conv2d",
  filters,
  kernel,
  padding: "same",
  activation: "relu",
  ...more,
});
const pool = (type, size, stride = size) => ({ type, size, stride });
const flatten = { type: "flatten" };

export const models = {
  "a tiny tanh net": {
    layers: [dense(8, "tanh"), dense(8, "tanh")],
    training: { loss: "cross-entropy", optimizer: { type: "sgd", learningRate: 0.03 } },
    shape: [2],
    classes: 2,
    rows: 100,
    batch: 10,
  },
  "a digits net by Adam": {
    layers: [dense(64, "relu")],
    training: { loss: "cross-entropy", optimizer: { type: "adam", learningRate: 0.001 } },
    shape: [784],
    classes: 10,
    rows: 96,
    batch: 32,
  },
  "a convolutional net by gradient descent": {
    layers: [conv(4, 5), pool("maxPool2d", 2), conv(6, 3), pool("maxPool2d", 2), flatten],
    training: { loss: "cross-entropy", optimizer: { type: "sgd", learningRate: 0.05 } },
    shape: [1, 12, 12],
    classes: 10,
    rows: 40,
    batch: 10,
  },
  "a residual net by AdamW": {
    layers: [
      dense(12, "gelu"),
      { type: "residual", layers: [{ type: "layerNorm" }, dense(24, "gelu"), dense(12, "linear")] },
      { type: "residual", layers: [{ type: "layerNorm" }, dense(24, "gelu"), dense(12, "linear")] },
    ],
    training: { loss: "cross-entropy", optimizer: { type: "adamw", learningRate: 0.002, weightDecay: 0.01 } },
    shape: [6],
    classes: 3,
    rows: 60,
    batch: 16,
  },
  "a normed net with dropout by RMSprop": {
    layers: [
      conv(4, 3),
      { type: "batchNorm" },
      pool("avgPool2d", 2),
      { type: "dropout", rate: 0.2 },
      flatten,
      dense(10, "tanh"),
    ],
    training: { loss: "cross-entropy", optimizer: { type: "rmsprop", learningRate: 0.001 } },
    shape: [2, 8, 8],
    classes: 4,
    rows: 48,
    batch: 12,
  },
};

const regression = (layers, training = {}) => ({
  layers,
  training: { loss: "mse", optimizer: { type: "sgd", learningRate: 0.1 }, ...training },
  shape: [5],
  targets: 2,
  rows: 45,
  batch: 13,
});
const small = [dense(9, "tanh"), dense(5, "tanh")];
const ofImages = (...layers) => ({ ...regression([...layers, flatten]), shape: [2, 9, 11] });
const ofClasses = (classes, training) => ({ ...regression(small, training), classes });

const schema = JSON.parse(fs.readFileSync(new URL("../../www/settings/schema.json", import.meta.url), "utf8"));
const activations = schema.layers.dense.find(([name]) => name === "activation")[1][1];
const losses = ["auto", "mse", "mae", "huber", "half-mse"];
const rules = {
  "gradient descent": { type: "sgd", learningRate: 0.1 },
  momentum: { type: "sgd", learningRate: 0.1, momentum: 0.9 },
  "Nesterov's momentum": { type: "sgd", learningRate: 0.1, momentum: 0.8, nesterov: true },
  Adagrad: { type: "adagrad", learningRate: 0.05 },
  RMSprop: { type: "rmsprop", learningRate: 0.01 },
  Adam: { type: "adam", learningRate: 0.01 },
  AdamW: { type: "adamw", learningRate: 0.01, weightDecay: 0.1 },
};
const each = (list, nameOf, make) => Object.fromEntries(list.map((item) => [nameOf(item), make(item)]));

export const ops = {
  ...each(
    activations,
    (name) => `activation ${name}`,
    (name) => regression([dense(9, name), dense(5, name)]),
  ),
  "activation of the outputs": { ...regression(small), outputActivation: "sigmoid" },
  "convolution without edges": ofImages(
    conv(9, 3, { padding: "valid", activation: "tanh" }),
    conv(3, 2, { padding: "valid", activation: "gelu" }),
  ),
  "convolution with strides": ofImages(
    conv(3, 3, { stride: 2, activation: "tanh" }),
    conv(8, 2, { stride: 2, padding: "valid", activation: "sin" }),
  ),
  "convolution of many channels": { ...ofImages(conv(17, 3), conv(10, 3)), shape: [9, 6, 5] },
  "maximum pooling": ofImages(conv(3, 3), pool("maxPool2d", 2)),
  "maximum pooling that overlaps": ofImages(conv(3, 3), pool("maxPool2d", 3, 2)),
  "average pooling that overlaps": ofImages(conv(3, 3), pool("avgPool2d", 3, 2)),
  dropout: regression([{ type: "dropout", rate: 0.1 }, dense(20, "relu"), { type: "dropout", rate: 0.5 }]),
  "layer norm": regression([dense(70, "tanh"), { type: "layerNorm" }]),
  "batch norm": regression([dense(7, "softplus"), { type: "batchNorm" }]),
  residual: regression([dense(6, "gelu"), { type: "residual", layers: [dense(9, "relu"), dense(6, "linear")] }]),
  "a dense layer of many": { ...regression([dense(129, "relu"), dense(65, "relu")]), rows: 90, batch: 67 },
  ...each(
    losses,
    (loss) => `loss ${loss} of values`,
    (loss) => regression(small, { loss }),
  ),
  ...each(
    ["hinge", "cross-entropy", "half-mse"],
    (loss) => `loss ${loss} of classes`,
    (loss) => ofClasses(4, { loss }),
  ),
  "loss cross-entropy of two classes": ofClasses(2, { loss: "cross-entropy" }),
  "cross-entropy with weights and smoothing": ofClasses(3, {
    loss: "cross-entropy",
    labelSmoothing: 0.2,
    classWeights: [0.5, 3, 0],
  }),
  ...each(
    Object.keys(rules),
    (name) => `rule ${name}`,
    (name) => regression(small, { optimizer: rules[name] }),
  ),
  penalties: regression(small, { l1: 0.01, l2: 0.02 }),
  "a bound on the gradient's norm": regression(small, { optimizer: rules.momentum, l2: 0.1, clip: { norm: 0.3 } }),
  "a bound on its numbers": regression(small, { optimizer: rules.Adam, clip: { value: 0.02 } }),
  "frozen parameters": { ...regression(small, { optimizer: rules.AdamW }), frozen: [0, 3, 31, 32, 40] },
};

/** All names that the cases use, as the package's own vocabulary has them. */
export function used() {
  const all = [...Object.values(models), ...Object.values(ops)];
  const flat = (layers) => layers.flatMap((layer) => [layer, ...flat(layer.layers ?? [])]);
  const layers = all.flatMap((work) => flat(work.layers));
  const of = (names) => new Set(names);
  return {
    layers: of(layers.map(({ type }) => type)),
    activations: of(layers.map(({ activation }) => activation)),
    losses: of(all.map(({ training }) => training.loss)),
    optimizers: of(all.map(({ training }) => training.optimizer.type)),
  };
}
