// brain.js: squared error only, one activation for all layers, an update after every sample. MLPs only; on classes it
// trains sigmoid outputs, so its loss there is another one, and only its fall is checked.
import module from "brain.js/dist/neural-network";
import { denseWeights, targetRows } from "../work.mjs";

const NeuralNetwork = module.default ?? module;

export function start(work, { inputs, targets }) {
  const values = work.loss === "half-mse";
  const rate = values ? work.rate / work.batch : 0.05;
  const net = new NeuralNetwork({ hiddenLayers: work.sizes.slice(1, -1), activation: values ? "tanh" : "sigmoid" });
  Object.assign(net.trainOpts, { learningRate: rate, momentum: 0 });
  net.sizes = work.sizes;
  net.initialize();
  net.setActivation();
  if (values) setWeights(net, work);

  const rowCount = Math.min(work.rows, 2048);
  const [features, outputs] = [work.sizes[0], work.sizes.at(-1)];
  const wanted = targetRows(work, targets);
  const rows = Array.from({ length: rowCount }, (_, row) => ({
    input: inputs.slice(row * features, (row + 1) * features),
    output: wanted.slice(row * outputs, (row + 1) * outputs),
  }));
  const batches = Math.floor(rowCount / work.batch);
  return {
    advance(first, count) {
      for (let step = first; step < first + count; step++) {
        const from = (step % batches) * work.batch;
        for (let row = from; row < from + work.batch; row++) net.trainPattern(rows[row]);
      }
    },
    predict: (count) => rows.slice(0, count).flatMap((row) => shares(Array.from(net.runInput(row.input)))),
  };
}

function setWeights(net, work) {
  denseWeights(work).forEach(({ inputs, outputs, weight, bias }, layer) => {
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) net.weights[layer + 1][o][i] = weight[i * outputs + o];
      net.biases[layer + 1][o] = bias[o];
    }
  });
}

/** Sigmoid outputs of several classes as shares of one. */
function shares(outputs) {
  if (outputs.length === 1) return outputs;
  const sum = outputs.reduce((total, value) => total + value, 0);
  return outputs.map((value) => value / sum);
}
