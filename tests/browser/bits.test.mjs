// The pinned bits in Chromium, in module workers, with the WebAssembly of the built dist/.
import assert from "node:assert/strict";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { hashNumbers } from "../web/fnv.js";
import { buildFolder, openBare } from "./support.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const golden = "tests/golden/bits.json";
const { cases } = JSON.parse(fs.readFileSync(`${repository}/${golden}`, "utf8"));

let site;
let page;
before(async () => {
  ({ site, page } = await openBare());
});
after(() => site?.close());

/** The package that the page would train them with: that of the first load has no image and norm layers. */
const packageOf = ({ model }) => (/conv2d|Pool2d|Norm/.test(JSON.stringify(model?.layers ?? [])) ? "pkg-full" : "pkg");

for (const { name, hash, ...work } of cases) {
  test(`the bits of ${name} are those of the native build`, async () => {
    const answer = await page.evaluate(
      (message) => {
        const worker = new Worker("/tests/browser/bits.worker.js", { type: "module" });
        return new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message, filename, lineno }) => resolve({ error: `${message} (${filename}:${lineno})` });
          worker.postMessage(message);
        }).finally(() => worker.terminate());
      },
      { ...work, from: packageOf(work.spec), built: `/dist/${buildFolder()}` },
    );
    assert.deepEqual(answer, { hash });
  });
}

// The same through the page's own worker and its protocol, for sources that need no rows.
for (const { name, spec, steps, hash } of cases.filter(({ rows }) => !rows)) {
  test(`the page's worker trains ${name} to the same bits`, async () => {
    const numbers = await page.evaluate(train, { spec, steps, built: `/dist/${buildFolder()}` });
    assert.equal(hashNumbers(Float32Array.from(numbers)), hash);
  });
}

/** In the page: speaks the protocol of www/session/protocol.js, and resolves to the parameters after `steps` steps. */
async function train({ spec, steps, built }) {
  const worker = new Worker(`${built}/worker/main.js`, { type: "module" });
  const core = await WebAssembly.compileStreaming(fetch(`${built}/pkg/trainyard_bg.wasm`));
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.type === "error") reject(new Error(data.message));
        if (data.type === "opened") worker.postMessage({ type: "step", run: 1, unit: "batch", count: steps });
        if (data.type === "frame" && data.step === steps) resolve([...data.parameters]);
        if (data.type === "frame") worker.postMessage({ type: "ack", run: 1, frame: data.frame });
      };
      worker.postMessage({ type: "hello", version: 1, core });
      worker.postMessage({ type: "open", run: 1, spec });
    });
  } finally {
    worker.terminate();
  }
}
