import init, { Trainer } from "../../../www/pkg-gpu/trainyard.js";
import { startWith } from "./ours.mjs";

export async function start(work, data) {
  await init({ module_or_path: new URL("pkg-gpu/trainyard_bg.wasm", document.baseURI) });
  return startWith(Trainer, "gpu", advance, work, data);
}

/** A step counts when its loss has come back. */
async function advance(trainer, count) {
  const end = trainer.progress().step + count;
  for (let step = end - count; step < end; step = trainer.progress().step) {
    trainer.advance(end - step, 0);
    await trainer.idle();
  }
}
