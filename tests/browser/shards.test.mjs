// Data-parallel training by module workers in Chromium, with the WebAssembly of the built dist/: the bits of one worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildFolder, openBare } from "./support.mjs";

let site;
let page;
before(async () => {
  ({ site, page } = await openBare());
});
after(() => site?.close());

const work = { loss: "cross-entropy", rows: 512, sizes: [256] };
const spec = {
  seed: 7,
  data: { source: "rows", scale: "none", split: { train: 1, validation: 0, test: 0 } },
  model: { layers: [512, 1024].map((units) => ({ type: "dense", units, activation: "relu" })) },
  training: { batchSize: 500, optimizer: { type: "sgd", learningRate: 0.05 }, stop: { maxEpochs: null } },
};

test("two, three and seven workers train to the bits of one; one that is killed in mid-step loses nothing", async () => {
  const told = await page.evaluate(together, { spec, work, built: `/dist/${buildFolder()}`, steps: 3 });
  assert.equal(told.shards, 4);
  for (const [who, hashes] of Object.entries(told.hashes))
    for (const hash of hashes) assert.equal(hash, told.alone, who);
  assert.deepEqual(
    Object.entries(told.hashes).map(([who, hashes]) => [who, hashes.length]),
    [
      ["2", 2],
      ["3", 3],
      ["7", 7],
      ["killed", 1],
    ],
  );
});

/** In the page, which carries the sums from each worker to all. */
async function together({ spec, work, built, steps }) {
  const open = async () => {
    const worker = new Worker("/tests/browser/shards.worker.js", { type: "module" });
    const ask = (name, values = {}) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.value));
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ name, ...values });
      });
    return { worker, ask, shards: await ask("open", { spec, rows: work, built }) };
  };
  const one = await open();
  await one.ask("alone", { steps });
  const alone = await one.ask("hash");
  one.worker.terminate();

  const hashes = {};
  for (const count of [2, 3, 7]) {
    const team = await Promise.all(Array.from({ length: count }, open));
    let [{ shards }] = team;
    for (let step = 0; step < steps; step++) {
      const from = (which) => Math.floor((which * shards) / count);
      const parts = await Promise.all(team.map(({ ask }, i) => ask("sum", { from: from(i), to: from(i + 1) })));
      [shards] = await Promise.all(team.map(({ ask }) => ask("step", { sums: parts.flat() })));
    }
    hashes[count] = await Promise.all(team.map(({ ask }) => ask("hash")));
    for (const { worker } of team) worker.terminate();
  }

  const [leader, other] = await Promise.all([open(), open()]);
  const own = await leader.ask("sum", { from: 0, to: 2 });
  other.ask("sum", { from: 2, to: 4 }).catch(() => {});
  other.worker.terminate();
  await leader.ask("step", { sums: own });
  for (let step = 1; step < steps; step++) await leader.ask("step", { sums: [] });
  hashes.killed = [await leader.ask("hash")];
  leader.worker.terminate();
  return { alone, hashes, shards: one.shards };
}
