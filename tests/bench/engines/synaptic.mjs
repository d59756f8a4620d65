// synaptic: generates straight-line code for the net, and updates after every sample. The tiny net only.
import synaptic from "synaptic";

const { Layer, Network, Neuron } = synaptic;

export function start(work, { inputs, targets }) {
  const layers = work.sizes.map((units) => new Layer(units));
  for (let k = 1; k < layers.length; k++) {
    layers[k - 1].project(layers[k]);
    layers[k].set({ squash: Neuron.squash.TANH });
  }
  const net = new Network({ input: layers[0], hidden: layers.slice(1, -1), output: layers.at(-1) });
  const rows = Array.from({ length: work.rows }, (_, row) => [inputs[2 * row], inputs[2 * row + 1]]);
  const wanted = Array.from(targets, (target) => [target]);
  const rate = work.rate / work.batch;
  const batches = Math.floor(work.rows / work.batch);
  return {
    advance(first, count) {
      for (let step = first; step < first + count; step++) {
        const from = (step % batches) * work.batch;
        for (let row = from; row < from + work.batch; row++) {
          net.activate(rows[row]);
          net.propagate(rate, wanted[row]);
        }
      }
    },
    predict: (count) => rows.slice(0, count).map((row) => net.activate(row)[0]),
  };
}
