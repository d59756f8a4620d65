// The core whose multiply-adds round as the machine likes: the package with all there is, as the page has it.
import init, { Trainer } from "../../../www/pkg-fast/trainyard.js";
import initBench, { Product } from "../../../www/pkg-bench-fast/trainyard.js";
import { startOurs } from "../../../www/bench/ours.js";
import { startProduct } from "./trainyard.mjs";

const from = (folder) => ({ module_or_path: new URL(`${folder}/trainyard_bg.wasm`, document.baseURI) });

export async function start(work, data) {
  if (work.kind === "product") {
    await initBench(from("pkg-bench-fast"));
    return startProduct(Product, work, data);
  }
  await init(from("pkg-fast"));
  return startOurs(Trainer, "cpu", work, data);
}
