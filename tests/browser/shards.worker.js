// A module worker that holds a run with others: computes its shards of each batch, hands them to all, and steps with all.
import { hashNumbers } from "../web/fnv.js";
import { makeData } from "../../www/bench/works.js";

let trainer, work;

const commands = {
  async open({ spec, rows, built }) {
    const { default: init, Trainer } = await import("../../www/pkg-full/trainyard.js");
    await init({ module_or_path: `${built}/pkg-full/trainyard_bg.wasm` });
    work = rows;
    trainer = await Trainer.create(spec, { ...makeData(work), shape: [work.sizes[0]], classes: 10 });
    return trainer.shards();
  },
  sum: ({ from, to }) => trainer.sumShards(from, to),
  step: ({ sums }) => {
    trainer.advanceSummed(sums);
    return trainer.shards();
  },
  alone: ({ steps }) => trainer.advance(steps, 0).step,
  hash: async () => hashNumbers(await trainer.parameters()),
};

self.onmessage = async ({ data: { name, ...values } }) => {
  try {
    self.postMessage({ value: await commands[name](values) });
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
