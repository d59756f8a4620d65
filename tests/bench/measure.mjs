// Times one engine on one work, in the page.
import { factors, flopsPerSample, makeData, meanLoss, productError } from "./work.mjs";

/**
 * An engine module exports `start(work, data)`, which resolves to a session:
 * - `advance(first, count)` trains `count` steps from step number `first` on (or multiplies `count` times); it may be
 *   async, and when it is done so is the work;
 * - `predict(rows)` gives the outputs for the first rows, `product()` the matrix product;
 * - `dispatchesPerStep`, on a GPU, if it is known.
 */
export async function measure(engine, work, { warmMs, runMs, chunkMs, limitMs }) {
  const begun = performance.now();
  const data = work.kind === "product" ? factors(work) : makeData(work);
  const session = await engine.start(work, data);
  let done = 0;
  const advance = async (count) => {
    const start = performance.now();
    await session.advance(done, count);
    done += count;
    return performance.now() - start;
  };
  const loss = async () =>
    session.predict ? meanLoss(work, await session.predict(work.checkRows), data.targets) : null;

  const lossStart = await loss();
  await advance(1);
  await advance(2);
  const loss3 = await loss();

  // Warm up, and find how many steps make a chunk.
  const late = (share) => performance.now() - begun > share * limitMs;
  let count = 1;
  let spent = 0; // the first steps don't count: a GPU's kernels are compiled in them
  while (spent < warmMs && !late(0.5)) {
    const ms = await advance(count);
    spent += ms;
    if (ms < chunkMs / 2) count *= 2;
    else if (ms > 2 * chunkMs && count > 1) count = Math.max(1, Math.floor((count * chunkMs) / ms));
  }

  const before = done;
  const start = performance.now();
  let now = start;
  while (now - start < runMs && (now === start || !late(1))) {
    await advance(count);
    now = performance.now();
  }
  const samplesPerSecond = ((done - before) * work.batch * 1000) / (now - start);
  return {
    samplesPerSecond,
    gflops: (samplesPerSecond * flopsPerSample(work)) / 1e9,
    lossStart,
    loss3,
    lossEnd: await loss(),
    productError: session.product ? productError(work, data, await session.product()) : null,
    steps: done,
    dispatchesPerStep: session.dispatchesPerStep ?? null,
  };
}
