import init, { Trainer } from "../../../www/pkg-full/trainyard.js";
import initBench, { GpuProduct } from "../../../www/pkg-bench/trainyard.js";
import { startOurs } from "../../../www/bench/ours.js";
import { transpose } from "../work.mjs";

export async function start(work, data) {
  if (work.kind === "product") return startProduct(work, data);
  await init({ module_or_path: new URL("pkg-full/trainyard_bg.wasm", document.baseURI) });
  return startOurs(Trainer, "gpu", work, data);
}

/** Operands lie resident on the device, as those of its peers; each product is a dispatch and a submission. */
async function startProduct({ n }, { left, right }) {
  await initBench({ module_or_path: new URL("pkg-bench/trainyard_bg.wasm", document.baseURI) });
  const product = await GpuProduct.create(n, left, transpose(right, n, n));
  return {
    advance: (_, count) => product.multiply(count),
    product: () => product.result(),
    dispatchesPerStep: 1,
  };
}
