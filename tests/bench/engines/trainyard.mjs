import init, { Trainer } from "../../../www/pkg/trainyard.js";
import { startWith } from "./ours.mjs";

export async function start(work, data) {
  await init({ module_or_path: new URL("pkg/trainyard_bg.wasm", document.baseURI) });
  return startWith(Trainer, "cpu", (trainer, count) => trainer.advance(count, 0), work, data);
}
