import init, { Trainer } from "../../../www/pkg/trainyard.js";
import initFull, { Trainer as FullTrainer } from "../../../www/pkg-full/trainyard.js";
import initBench, { Product } from "../../../www/pkg-bench/trainyard.js";
import { startOurs } from "../../../www/bench/ours.js";
import { transpose } from "../work.mjs";

export async function start(work, data) {
  if (work.kind === "product") {
    await initBench({ module_or_path: new URL("pkg-bench/trainyard_bg.wasm", document.baseURI) });
    return startProduct(Product, work, data);
  }
  // As the page would: the core of the first load has no convolution.
  const isImage = work.kind === "cnn";
  await (isImage ? initFull : init)({
    module_or_path: new URL(`${isImage ? "pkg-full" : "pkg"}/trainyard_bg.wasm`, document.baseURI),
  });
  return startOurs(isImage ? FullTrainer : Trainer, "cpu", work, data);
}

/** Operands lie in the engine's own layout, as those of its peers do in theirs. */
export function startProduct(Product, { n }, { left, right }) {
  const product = new Product(n, left, transpose(right, n, n));
  return {
    advance(_, count) {
      for (let k = 0; k < count; k++) product.multiply();
    },
    product: () => product.result(),
  };
}
