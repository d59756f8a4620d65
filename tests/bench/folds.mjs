// Rounds of a cross-validation in a thread of their own, for study.mjs: trains those that it is told to.
import fs from "node:fs";
import { parentPort } from "node:worker_threads";
import { Folding, initSync } from "../../www/pkg-full/trainyard.js";
import { isRunning } from "../../www/worker/evaluate.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

parentPort.on("message", ({ spec, folds, rounds }) => {
  const folding = new Folding(spec, null, { folds });
  for (const round of rounds) {
    const trainer = folding.open(round);
    while (isRunning(trainer)) trainer.advance(0xffffffff, 0);
    trainer.free();
  }
  folding.free();
  parentPort.postMessage("done");
});
parentPort.postMessage("ready");
