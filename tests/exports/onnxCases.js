// Models for the tests of ONNX: every layer, activation and step of preparation, each trained for a little.

export const ACTIVATIONS = "linear tanh relu sigmoid leaky-relu elu selu gelu silu softplus sin".split(" ");

const COLORS = ["red", "Red", "RED", "blue", "green", "teal", "", "pink"];

/** Rows with gaps, spellings of one name, numbers as names, dates, and a column of one value. */
const csv = (count) =>
  `size,weight,color,grade,day,same,price,kind\n${Array.from({ length: count }, (_, i) => {
    const size = (i * 37) % 101;
    const color = COLORS[(i * 5) % 8];
    const grade = ["1", "1.0", "2", "3"][i % 4];
    const day = `2023-0${1 + (i % 9)}-1${i % 10}`;
    const price = size * 3 + (i % 4) * 20 + (COLORS.indexOf(color) % 3) * 50;
    const kind = ["ant", "bee", "cat"][(size > 60) + (i % 4 > 2)];
    return `${i % 11 === 3 ? "" : size / 4},${i % 13 === 5 ? "NA" : 70 + ((i * 17) % 50)} kg,${color},${grade},${day},7,$${price},${kind}`;
  }).join("\n")}\n`;

export const TABLE = csv(160);

const CLEAN = [
  { fix: "impute", column: "size", by: "median" },
  { fix: "impute", column: "weight", by: "mean" },
  { fix: "impute", column: "color", by: "mode" },
  { fix: "merge", column: "color", from: ["Red", "RED"], to: "red" },
  { fix: "group", column: "color", most: 3, to: "other" },
  { fix: "kind", column: "grade", to: "category" },
  { fix: "kind", column: "day", to: "date" },
  { fix: "kind", column: "same", to: "number" },
];

const dense = (units, activation = "tanh") => ({ type: "dense", units, activation });

/** Twenty epochs of Adam: far enough from the start that every weight counts. */
const training = (more = {}) => ({
  optimizer: { type: "adam", learningRate: 0.01 },
  batchSize: 16,
  stop: { maxEpochs: 20 },
  ...more,
});

const table = (target, { layers = [dense(6)], data = {}, more = {}, model = {} } = {}) => ({
  spec: {
    data: { source: "table", target, clean: CLEAN, split: { train: 0.7 }, ...data },
    model: { layers, ...model },
    training: training(more),
  },
  table: TABLE,
});

const toy = (source, data, layers, more = {}, model = {}) => ({
  spec: { data: { source, ...data }, model: { layers, ...model }, training: training(more) },
});

/** Pictures of 2 × 7 × 6 pixels, of three classes. */
function pictures() {
  const [count, size] = [60, 2 * 7 * 6];
  const targets = Float64Array.from({ length: count }, (_, row) => row % 3);
  const inputs = Float64Array.from({ length: count * size }, (_, i) => {
    const [row, pixel] = [Math.floor(i / size), i % size];
    return ((i * 7919) % 97) + (pixel % 3 === row % 3 ? 20 : 0);
  });
  return { inputs, targets, shape: [2, 7, 6], classes: 3 };
}

const image = (layers, data = {}) => ({
  spec: {
    data: { source: "rows", split: { train: 0.8 }, ...data },
    model: { layers },
    training: training({ stop: { maxEpochs: 6 } }),
  },
  rows: pictures(),
});

const conv = (filters, kernel, stride, padding, activation = "relu") => ({
  type: "conv2d",
  filters,
  kernel,
  stride,
  padding,
  activation,
});

/** Two targets a row. */
const several = {
  inputs: Float64Array.from({ length: 240 }, (_, i) => ((i * 31) % 53) / 9),
  targets: Float64Array.from({ length: 160 }, (_, i) => ((i * 17) % 29) / 5),
  shape: [3],
};

/** Columns by the names of what else is in the graph, and names that are more than words. */
const HOSTILE = {
  ...table("probabilities", {
    data: {
      clean: [
        { fix: "impute", column: "label", by: "mode" },
        { fix: "impute", column: "layers.0.weight", by: "mean" },
      ],
    },
  }),
  table: `layers.0.weight,label,"a ""b"" \${x}\n</script>\u202e",probabilities\n${Array.from({ length: 90 }, (_, i) => {
    const name = ['"""', "'; --", "\u{1f600}", ""][i % 4];
    return `${i % 9 ? i : ""},"${name.replaceAll('"', '""')}",${(i * 7) % 30},${["<b>", "class names"][i % 2]}`;
  }).join("\n")}\n`,
};

export const CASES = {
  "names of all kinds": HOSTILE,
  ...Object.fromEntries(
    ACTIVATIONS.map((activation) => [
      `activation ${activation}`,
      table("kind", { layers: [dense(7, activation), dense(5, activation)] }),
    ]),
  ),
  "regression with a unit": table("price", { layers: [dense(8, "relu")] }),
  "two classes": table("kind", {
    data: { clean: [...CLEAN, { fix: "merge", column: "kind", from: ["bee"], to: "ant" }] },
  }),
  "scores of three classes": table("kind", { more: { loss: "hinge" } }),
  "scores of two classes, behind tanh": toy("circle", {}, [dense(4)], { loss: "mse" }, { outputActivation: "tanh" }),
  "several targets": {
    spec: { data: { source: "rows", split: { train: 1 } }, model: { layers: [dense(4)] }, training: training() },
    rows: several,
  },
  "min-max scale": table("price", { data: { scale: "min-max" } }),
  "no scale": table("kind", { data: { scale: "none", features: ["size", "color", "same"] } }),
  "no layer": table("price", { layers: [] }),
  "a constant column": table("kind", { data: { features: ["same", "size"] } }),
  formulas: table("price", {
    data: {
      features: [
        "color",
        { formula: "-size ^ 2 / (weight + 1)" },
        { formula: "sin(size) + cos(weight) - exp(-size / 10)" },
        { formula: "ln(size + 1) * sqrt(weight) * abs(size - 12)" },
        { formula: "2 ^ (size / 10) ^ 0.5" },
        { formula: "3" },
        "day",
      ],
    },
  }),
  "derived features of made data": toy(
    "spiral",
    { features: ["x", "y", "x2", "y2", "xy", "sinx", "siny", "cosx", "cosy"] },
    [dense(6, "relu"), { type: "dropout", rate: 0.3 }, dense(4)],
  ),
  "a made curve": toy("line", { features: ["x", "x2", "cosx"] }, [dense(4)]),
  "norms and blocks of rows": table("kind", {
    layers: [
      dense(6, "linear"),
      { type: "batchNorm" },
      {
        type: "residual",
        layers: [
          dense(6, "gelu"),
          { type: "residual", layers: [dense(6), { type: "layerNorm" }] },
          { type: "dropout", rate: 0.1 },
        ],
      },
      { type: "layerNorm" },
    ],
  }),
  "convolution, valid": image([conv(4, 3, 1, "valid"), dense(5, "silu")]),
  "convolution, same, even kernel": image([
    conv(3, 2, 1, "same", "gelu"),
    conv(3, 4, 1, "same", "tanh"),
    { type: "flatten" },
  ]),
  "convolution, same, stride 2": image([conv(4, 3, 2, "same"), conv(4, 5, 3, "same", "elu")]),
  "convolution, valid, stride 2": image([conv(4, 3, 2, "valid")]),
  "pooling, side by side": image([
    conv(3, 3, 1, "same"),
    { type: "maxPool2d", size: 2 },
    { type: "avgPool2d", size: 2 },
  ]),
  "pooling, overlapping": image([
    { type: "maxPool2d", size: 3, stride: 1 },
    { type: "avgPool2d", size: 3, stride: 2 },
    dense(4),
  ]),
  "norms of images": image([
    conv(4, 3, 1, "same", "linear"),
    { type: "batchNorm" },
    { type: "layerNorm" },
    { type: "flatten" },
    dense(4),
  ]),
  "a block of images": image(
    [
      conv(4, 1, 1, "valid"),
      { type: "residual", layers: [conv(4, 3, 1, "same"), { type: "batchNorm" }, conv(4, 3, 1, "same", "linear")] },
      { type: "avgPool2d", size: 6, stride: 1 },
    ],
    { scale: "min-max" },
  ),
};
