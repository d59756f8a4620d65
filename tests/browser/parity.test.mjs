// The GPU engine against the CPU engine in Chromium's software WebGPU, both in one module worker, with the WebAssembly
// of the built dist/: every op, loss and rule for a step, and whole models for a hundred.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { PARITY, compare } from "./close.js";
import { models, ops, used } from "./parity.cases.mjs";
import { buildFolder, openSite, webgpuFlag } from "./support.mjs";

let site;
let page;
before(async () => {
  site = await openSite({ folder: fileURLToPath(new URL("../..", import.meta.url)), args: [webgpuFlag] });
  ({ page } = await site.open("tests/golden/bits.json")); // any page of that origin that runs nothing of its own
});
after(() => site?.close());

/** Asks the worker, one and the same so that kernels are compiled once; without work, for the package's vocabulary. */
const ask = (work) =>
  page.evaluate(
    ({ work, core }) => {
      const worker = (globalThis.parityWorker ??= new Worker("/tests/browser/parity.worker.js", { type: "module" }));
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message, filename, lineno }) => resolve({ error: `${message} (${filename}:${lineno})` });
        worker.postMessage({ work, core });
      });
    },
    { work, core: `/dist/${buildFolder()}/pkg-full/trainyard_bg.wasm` },
  );

test("what isn't finite is close to nothing", () => {
  for (const odd of [NaN, Infinity, -Infinity]) {
    for (const [a, b] of [
      [odd, 1],
      [1, odd],
      [odd, odd],
    ])
      assert.match(compare("x", [0, a], [0, b], PARITY), /^x\[1\]: got/);
  }
  assert.match(compare("x", [1, 2.1, 2.5], [1, 2, 2], PARITY), /^x\[2\]: got 2.5, want 2/);
  assert.match(compare("x", [1], [1, 2], PARITY), /1 values, expected 2/);
  assert.equal(compare("x", [1, 0], [1.00005, -0], PARITY), null);
});

test("between them, the cases use all that a Spec can name", async () => {
  const known = await ask(null);
  const uses = used();
  for (const [kind, names] of Object.entries(known)) {
    assert.ok(names.length > 3, `${kind}: ${names}`);
    assert.deepEqual(
      names.filter((name) => !uses[kind].has(name)),
      [],
      kind,
    );
  }
});

const works = [
  ...Object.entries(ops),
  ...Object.entries(models).map(([name, work]) => [name, { ...work, isWhole: true }]),
];
for (const [name, work] of works) {
  test(`parity of ${name}`, async (t) => {
    const { error, missing, found } = await ask(work);
    assert.equal(error, undefined);
    if (missing) {
      assert.ok(!process.env.REQUIRE_GPU, `a GPU is required: ${missing}`);
      return t.skip(missing);
    }
    assert.deepEqual(found, []);
  });
}
