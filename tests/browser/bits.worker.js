// A module worker that trains one case of the pinned bits with the package, and answers with its hash.
import init, { Trainer } from "../../www/pkg/trainyard.js";
import { hashNumbers } from "../web/fnv.js";
import { makeRows } from "../web/rows.js";

self.onmessage = async ({ data: { spec, rows, steps, core } }) => {
  try {
    await init({ module_or_path: core });
    const trainer = await Trainer.create(spec, makeRows(rows));
    // Slices of time of any length: where they end must not matter.
    while (trainer.progress().step < steps) trainer.advance(steps - trainer.progress().step, 2);
    self.postMessage({ hash: hashNumbers(await trainer.parameters()) });
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
