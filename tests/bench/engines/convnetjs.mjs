// ConvNetJS: doubles, one sample at a time, an update a batch.
import convnetjs from "convnetjs";
import { convWeights, denseWeights } from "../work.mjs";

const { Net, Trainer, Vol } = convnetjs;

export function start(work, { inputs, targets }) {
  const net = new Net();
  net.makeLayers(layersOf(work));
  if (work.kind === "cnn") setConvWeights(net, work);
  else setDenseWeights(net, work);
  // The npm version knows no Adam; where the work asks for it, this is plain SGD.
  const trainer = new Trainer(net, {
    method: "sgd",
    momentum: 0,
    learning_rate: work.rate,
    batch_size: work.batch,
    l2_decay: 0,
  });
  const features = work.sizes[0];
  const side = work.kind === "cnn" ? 28 : 1;
  const rows = Array.from({ length: work.rows }, (_, row) => {
    const volume = new Vol(side, side, features / side ** 2, 0);
    volume.w.set(inputs.subarray(row * features, (row + 1) * features));
    return volume;
  });
  const wanted = Array.from(targets, (target) => (work.loss === "half-mse" ? [target] : target));
  const batches = Math.floor(work.rows / work.batch);
  return {
    advance(first, count) {
      for (let step = first; step < first + count; step++) {
        const from = (step % batches) * work.batch;
        for (let row = from; row < from + work.batch; row++) trainer.train(rows[row], wanted[row]);
      }
    },
    predict: (count) => rows.slice(0, count).flatMap((row) => Array.from(net.forward(row, false).w)),
  };
}

function layersOf(work) {
  if (work.kind === "cnn") {
    return [
      { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
      ...work.filters.flatMap((filters) => [
        { type: "conv", sx: work.kernel, filters, stride: 1, pad: 2, activation: "relu" },
        { type: "pool", sx: 2, stride: 2 },
      ]),
      { type: "softmax", num_classes: 10 },
    ];
  }
  const hidden = work.sizes.slice(1, -1).map((units) => ({ type: "fc", num_neurons: units, activation: work.act }));
  // "regression" brings a linear output layer of its own, so there is no tanh behind it here.
  const output =
    work.loss === "half-mse" ? { type: "regression", num_neurons: 1 } : { type: "softmax", num_classes: 10 };
  return [{ type: "input", out_sx: 1, out_sy: 1, out_depth: work.sizes[0] }, ...hidden, output];
}

function setDenseWeights(net, work) {
  const layers = net.layers.filter((layer) => layer.layer_type === "fc");
  denseWeights(work).forEach(({ inputs, outputs, weight, bias }, index) =>
    fill(layers[index], weight, inputs, outputs, bias),
  );
}

function setConvWeights(net, work) {
  const { conv1, conv2, dense, flat } = convWeights(work);
  const [first, second] = work.filters;
  const convolutions = net.layers.filter((layer) => layer.layer_type === "conv");
  const taps = work.kernel ** 2;
  fill(convolutions[0], conv1, taps, first, new Float32Array(first));
  fill(convolutions[1], conv2, taps * first, second, new Float32Array(second));
  fill(
    net.layers.find((layer) => layer.layer_type === "fc"),
    dense,
    flat,
    10,
    new Float32Array(10),
  );
}

/** Channels are innermost in a Vol, as in our weights: each filter is a column. */
function fill(layer, weight, inputs, outputs, bias) {
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) layer.filters[o].w[i] = weight[i * outputs + o];
    layer.biases.w[o] = bias[o];
  }
}
