// The work that every engine is given: the works that a device is timed on in the page (www/bench), and matrix products.
import { WORKS, flopsPerSample as flopsOfNet, generator } from "../../www/bench/works.js";

export { convWeights, denseWeights, makeData, meanLoss } from "../../www/bench/works.js";
export { channelsFirst, outputsFirst, transpose } from "../../www/bench/ours.js";

const TITLES = {
  W1: "tiny MLP 2-8-8-1 tanh, half squared error, batch 10, SGD",
  W2: "digits MLP 784-128-10 ReLU, cross-entropy, batch 64, Adam",
  W3: "digits CNN, two 5×5 convolutions with pooling, batch 32, SGD",
  W3b: "digits CNN, two 5×5 convolutions with pooling, batch 128, SGD",
  W5: "wide MLP 256-1024-1024-1024-10 ReLU, cross-entropy, batch 256, SGD",
  W5s: "wide MLP 256-1024-1024-1024-10 ReLU, cross-entropy, batch 16, SGD",
};
const titled = (name) => ({ [name]: { title: TITLES[name], ...WORKS[name] } });
const product = (n) => ({ [`W4-${n}`]: { title: `matrix product ${n}³`, kind: "product", n, batch: 1 } });

export const works = {
  ...titled("W1"),
  ...titled("W2"),
  ...titled("W3"),
  ...titled("W3b"),
  ...product(256),
  ...product(512),
  ...product(1024),
  ...titled("W5"),
  ...titled("W5s"),
};

/** The targets as rows of outputs: ±1 itself, or one-hot classes. */
export function targetRows(work, targets) {
  if (work.loss === "half-mse") return targets;
  const rows = new Float32Array(targets.length * 10);
  targets.forEach((label, row) => (rows[row * 10 + label] = 1));
  return rows;
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

/** Multiplications and additions of a training step on one sample, or of one product. */
export const flopsPerSample = (work) => (work.kind === "product" ? 2 * work.n ** 3 : flopsOfNet(work));
