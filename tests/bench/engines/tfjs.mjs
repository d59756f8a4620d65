// TensorFlow.js by its core API; the batches are tensors made beforehand.
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { convWeights, denseWeights, targetRows } from "../work.mjs";

export async function startOn(backend, work, data) {
  await tf.setBackend(backend);
  await tf.ready();
  if (tf.getBackend() !== backend) throw new Error(`no ${backend} backend`);
  if (work.kind === "product") return startProduct(work, data);
  const { inputs, targets } = data;
  const wanted = targetRows(work, targets);
  const outputs = work.sizes.at(-1);
  const shape = work.kind === "cnn" ? [28, 28, 1] : [work.sizes[0]];
  const { net, outputBias } = work.kind === "cnn" ? convNet(work) : denseNet(work);
  const lossOf = (x, y) =>
    work.loss === "half-mse"
      ? tf.mul(0.5, tf.mean(tf.squaredDifference(net(x), y)))
      : tf.losses.softmaxCrossEntropy(y, net(x));
  const optimizer = work.optimizer === "adam" ? tf.train.adam(work.rate) : tf.train.sgd(work.rate);
  const slice = (array, from, rows) =>
    array.slice((from * array.length) / work.rows, ((from + rows) * array.length) / work.rows);
  const batches = Array.from({ length: Math.floor(work.rows / work.batch) }, (_, index) => ({
    x: tf.tensor(slice(inputs, index * work.batch, work.batch), [work.batch, ...shape]),
    y: tf.tensor(slice(wanted, index * work.batch, work.batch), [work.batch, outputs]),
  }));
  return {
    async advance(first, count) {
      for (let step = first; step < first + count; step++) {
        const { x, y } = batches[step % batches.length];
        optimizer.minimize(() => lossOf(x, y));
      }
      if (backend === "webgpu") await outputBias.data(); // the queue is in order: what is read back comes last
    },
    predict: (rows) =>
      numbersOf(
        tf.tidy(() => {
          const out = net(tf.tensor(slice(inputs, 0, rows), [rows, ...shape]));
          return work.loss === "half-mse" ? out : tf.softmax(out);
        }),
      ),
  };
}

async function numbersOf(tensor) {
  const numbers = await tensor.data();
  tensor.dispose();
  return numbers;
}

function denseNet(work) {
  const layers = denseWeights(work).map(({ inputs, outputs, weight, bias }) => ({
    weight: tf.variable(tf.tensor(weight, [inputs, outputs])),
    bias: tf.variable(tf.tensor(bias)),
  }));
  const activate = work.act === "tanh" ? tf.tanh : tf.relu;
  const net = (x) =>
    layers.reduce((values, { weight, bias }, index) => {
      const sum = tf.add(tf.matMul(values, weight), bias);
      if (index < layers.length - 1) return activate(sum);
      return work.loss === "half-mse" ? tf.tanh(sum) : sum;
    }, x);
  return { net, outputBias: layers.at(-1).bias };
}

function convNet(work) {
  const { conv1, conv2, dense, flat } = convWeights(work);
  const [first, second] = work.filters;
  const k = work.kernel;
  const variable = (values, shape) => tf.variable(tf.tensor(values, shape));
  const zeros = (count) => tf.variable(tf.zeros([count]));
  const convolutions = [
    { kernel: variable(conv1, [k, k, 1, first]), bias: zeros(first) },
    { kernel: variable(conv2, [k, k, first, second]), bias: zeros(second) },
  ];
  const output = { weight: variable(dense, [flat, 10]), bias: zeros(10) };
  const net = (x) => {
    for (const { kernel, bias } of convolutions) {
      x = tf.maxPool(tf.relu(tf.add(tf.conv2d(x, kernel, 1, "same"), bias)), 2, 2, "valid");
    }
    return tf.add(tf.matMul(tf.reshape(x, [-1, flat]), output.weight), output.bias);
  };
  return { net, outputBias: output.bias };
}

function startProduct({ n }, { left, right }) {
  const a = tf.tensor(left, [n, n]);
  const b = tf.tensor(right, [n, n]);
  const onGpu = tf.getBackend() === "webgpu";
  let product = null;
  return {
    async advance(_, count) {
      for (let k = 0; k < count; k++) {
        product?.dispose();
        product = tf.matMul(a, b);
      }
      if (onGpu) await numbersOf(tf.slice(product, [0, 0], [1, 1]));
    },
    product: () => product.data(),
  };
}
