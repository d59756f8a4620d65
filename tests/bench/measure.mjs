// Times one engine on one work, in the page.
import { prepare } from "../../www/bench/measure.js";
import { factors, flopsPerSample, makeData, productError } from "./work.mjs";

/**
 * An engine module exports `start(work, data)`, which resolves to a session:
 * - `advance(first, count)` trains `count` steps from step number `first` on (or multiplies `count` times); it may be
 *   async, and when it is done so is the work;
 * - `predict(rows)` gives the outputs for the first rows, `product()` the matrix product;
 * - `dispatchesPerStep`, on a GPU, if it is known.
 */
export async function measure(engine, work, limits) {
  const data = work.kind === "product" ? factors(work) : makeData(work);
  const session = await engine.start(work, data);
  const told = await (await prepare(session, work, data.targets, limits)).run();
  return {
    ...figures(work, told),
    productError: session.product ? productError(work, data, await session.product()) : null,
    dispatchesPerStep: session.dispatchesPerStep ?? null,
  };
}

/** What a timed training comes to; a matrix product has its error besides, and a GPU its dispatches. */
export function figures(work, { stepsPerSecond, ...losses }) {
  const samplesPerSecond = stepsPerSecond * work.batch;
  const gflops = (samplesPerSecond * flopsPerSample(work)) / 1e9;
  return { samplesPerSecond, gflops, ...losses, productError: null, dispatchesPerStep: null };
}
