// A module worker that trains one case of the pinned bits with a package, and answers with its hash.
import { hashNumbers } from "../web/fnv.js";
import { makeRows } from "../web/rows.js";

self.onmessage = async ({ data: { spec, rows, steps, from, built } }) => {
  try {
    const { default: init, Trainer } = await import(`../../www/${from}/trainyard.js`);
    await init({ module_or_path: `${built}/${from}/trainyard_bg.wasm` });
    const trainer = await Trainer.create(spec, makeRows(rows));
    // Slices of time of any length: where they end must not matter.
    while (trainer.progress().step < steps) trainer.advance(steps - trainer.progress().step, 2);
    self.postMessage({ hash: hashNumbers(await trainer.parameters()) });
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
