// jax-js: loss, gradient and update compiled together by one jit.
import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { channelsFirst, convWeights, denseWeights, outputsFirst, targetRows } from "../work.mjs";

const array = (values, shape) => np.array(values, { shape });

export async function startOn(device, work, data) {
  const devices = await init(device);
  if (!devices.includes(device)) throw new Error(`no ${device} device`);
  defaultDevice(device);
  const onGpu = device === "webgpu";
  if (work.kind === "product") return startProduct(work, data, onGpu);
  const { inputs, targets } = data;
  const wanted = targetRows(work, targets);
  const outputs = work.sizes.at(-1);
  const shape = work.kind === "cnn" ? [1, 28, 28] : [work.sizes[0]];
  const slice = (values, from, rows) =>
    values.slice((from * values.length) / work.rows, ((from + rows) * values.length) / work.rows);
  const batches = Array.from({ length: Math.floor(work.rows / work.batch) }, (_, index) => ({
    x: array(slice(inputs, index * work.batch, work.batch), [work.batch, ...shape]),
    y: array(slice(wanted, index * work.batch, work.batch), [work.batch, outputs]),
  }));
  const { parameters, net } = work.kind === "cnn" ? convNet(work) : denseNet(work);
  const lossOf = (p, x, y) =>
    work.loss === "half-mse"
      ? np
          .square(net(p, x).sub(y))
          .sum()
          .mul(0.5 / work.batch)
      : nn
          .logSoftmax(net(p, x))
          .mul(y)
          .sum()
          .mul(-1 / work.batch);
  const optimizer = work.optimizer === "adam" ? adam(lossOf, work.rate) : sgd(lossOf, work.rate);
  const update = jit(optimizer.update);
  const outputsOf = jit((p, x) => (work.loss === "half-mse" ? net(p, x) : nn.softmax(net(p, x))));
  let state = optimizer.start(parameters);
  return {
    async advance(first, count) {
      for (let step = first; step < first + count; step++) {
        const { x, y } = batches[step % batches.length];
        state = update(state, x.ref, y.ref);
        if (!onGpu) await blockUntilReady(state); // faster on one thread than letting steps queue up
      }
      if (onGpu) await smallest(state.p).ref.data(); // the queue is in order: what is read back comes last
    },
    predict: (rows) => outputsOf(tree.ref(state.p), array(slice(inputs, 0, rows), [rows, ...shape])).data(),
  };
}

const smallest = (parameters) =>
  tree.leaves(parameters).reduce((least, leaf) => (leaf.size < least.size ? leaf : least));

// Arrays are counted: each use takes one, and `.ref` or `tree.ref` makes another.

function sgd(lossOf, rate) {
  return {
    start: (p) => ({ p }),
    update(state, x, y) {
      const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(state.p), x, y);
      loss.dispose();
      return { p: tree.map((p, g) => p.sub(g.mul(rate)), state.p, gradient) };
    },
  };
}

function adam(lossOf, rate) {
  const zeros = (p) => tree.map((a) => np.zerosLike(a), tree.ref(p));
  return {
    start: (p) => ({ m: zeros(p), v: zeros(p), t: array([0], [1]), p }),
    update(state, x, y) {
      const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(state.p), x, y);
      loss.dispose();
      const t = state.t.add(1);
      const m = tree.map((a, g) => a.mul(0.9).add(g.mul(0.1)), state.m, tree.ref(gradient));
      const v = tree.map((a, g) => a.mul(0.999).add(np.square(g).mul(0.001)), state.v, gradient);
      const correction = (beta) => np.reciprocal(np.subtract(1, np.exp(t.ref.mul(Math.log(beta)))));
      const [c1, c2] = [correction(0.9), correction(0.999)];
      const step = (a, first, second) =>
        a.sub(
          first
            .mul(c1.ref)
            .div(np.sqrt(second.mul(c2.ref)).add(1e-8))
            .mul(rate),
        );
      const p = tree.map(step, state.p, tree.ref(m), tree.ref(v));
      c1.dispose();
      c2.dispose();
      return { p, m, v, t };
    },
  };
}

function denseNet(work) {
  const parameters = denseWeights(work).map(({ inputs, outputs, weight, bias }) => ({
    weight: array(weight, [inputs, outputs]),
    bias: array(bias, [outputs]),
  }));
  const activate = work.act === "tanh" ? np.tanh : nn.relu;
  const net = (p, x) =>
    p.reduce((values, { weight, bias }, index) => {
      const sum = np.dot(values, weight).add(bias);
      if (index < p.length - 1) return activate(sum);
      return work.loss === "half-mse" ? np.tanh(sum) : sum;
    }, x);
  return { parameters, net };
}

function convNet(work) {
  const { conv1, conv2, dense, flat } = convWeights(work);
  const [first, second] = work.filters;
  const k = work.kernel;
  const parameters = {
    conv1: array(outputsFirst(conv1, k * k, 1, first), [first, 1, k, k]),
    bias1: np.zeros([first, 1, 1]),
    conv2: array(outputsFirst(conv2, k * k, first, second), [second, first, k, k]),
    bias2: np.zeros([second, 1, 1]),
    dense: array(channelsFirst(dense, second, 10), [flat, 10]),
    bias3: np.zeros([10]),
  };
  const convolve = (x, kernel, bias) =>
    lax.reduceWindow(nn.relu(lax.convGeneralDilated(x, kernel, [1, 1], "SAME").add(bias)), np.max, [2, 2], [2, 2]);
  const net = (p, x) => {
    const rows = x.shape[0];
    const features = convolve(convolve(x, p.conv1, p.bias1), p.conv2, p.bias2);
    return np.dot(features.reshape([rows, flat]), p.dense).add(p.bias3);
  };
  return { parameters, net };
}

async function startProduct({ n }, { left, right }, onGpu) {
  const a = array(left, [n, n]);
  const b = array(right, [n, n]);
  let product = null;
  return {
    async advance(_, count) {
      // Arrays are lazy: a product that nobody waits for is not computed. On a GPU waiting for each would cost a round trip.
      const atOnce = onGpu ? Math.min(count, 32) : 1;
      for (let done = 0; done < count; done += atOnce) {
        const products = Array.from({ length: Math.min(atOnce, count - done) }, () => np.matmul(a.ref, b.ref));
        await blockUntilReady(products);
        product?.dispose();
        product = products.pop();
        products.forEach((each) => each.dispose());
      }
    },
    product: () => product.ref.data(),
  };
}
