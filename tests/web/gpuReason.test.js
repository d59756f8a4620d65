// @ts-check
// Why a GPU computes or doesn't: each sentence of the core is known to the worker, which words it in the reader's language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";

/** The words in German: each differs from the core's. */
globalThis.TRAINYARD_LANGUAGE = "de";
const { gpuReason, wordReasons } = await import("../../www/worker/gpuReason.js");

const root = new URL("../../", import.meta.url);
const read = (/** @type {string} */ name) => readFileSync(new URL(name, root), "utf8");
initSync({ module: readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });

/** What the core says, where it says it, and the words. @type {[string, string, RegExp][]} */
const CAUSES = [
  ["this browser offers no GPU to web pages", "src/web/reads_gpu.rs", /^CPU: dieser Browser bietet/],
  ["data.augment varies training images, which only the CPU does", "src/run/device.rs", /verändert Trainingsbilder/],
  ["it has not answered for 20 seconds", "src/engine/gpu/waits.rs", /seit 20 Sekunden/],
  ["the device gave no answer", "src/engine/gpu/readback.rs", /gab keine Antwort$/],
  ["the device was destroyed", "src/engine/gpu/device.rs", /freigegeben$/],
  ["the device was lost", "src/engine/gpu/device.rs", /ging verloren$/],
  ["the device was lost before it answered", "src/run/async_read.rs", /bevor es antwortete$/],
  ["WebAssembly with 128-bit SIMD, the same numbers on every machine", "src/web/describe.rs", /dieselben Zahlen/],
];
const SIZES = ["the activations of a batch", "the parameters and the optimizer's state", "the data set"];

test("each cause of the core has its words, alone and as what lost a GPU", () => {
  for (const [cause, file, words] of CAUSES) {
    assert.ok(read(file).includes(`${cause}"`), `${file} says nothing of: ${cause}`);
    assert.match(gpuReason(`CPU: ${cause}`), words);
    const lost = gpuReason(`CPU: the GPU was lost (${cause}), and training goes on here`);
    assert.equal(
      lost,
      `CPU: die GPU ging verloren (${gpuReason(`CPU: ${cause}`).slice(5)}), das Training geht hier weiter`,
    );
  }
  assert.ok(read("src/web/describe.rs").includes("the GPU was lost ({why}), and training goes on here"));
});

test("sizes and a driver's own words are carried over; what isn't known stays", () => {
  const memory = read("src/engine/gpu/memory.rs");
  assert.ok(memory.includes("{what} take {bytes} bytes, and the adapter allows {most}"));
  for (const what of SIZES) {
    assert.ok(memory.includes(`"${what}"`), what);
    const told = gpuReason(`CPU: ${what} take 123 bytes, and the adapter allows 45`);
    assert.match(told, /^CPU: (die|der) .* (brauchen|braucht) 123 Bytes, der Adapter erlaubt 45$/);
  }
  assert.ok(read("src/engine/gpu/device.rs").includes("the adapter opens no device ({})"));
  assert.equal(gpuReason("CPU: the adapter opens no device (E: x)"), "CPU: der Adapter öffnet kein Gerät (E: x)");
  assert.equal(gpuReason("GPU: ACME 3"), "GPU: ACME 3");
  assert.equal(gpuReason("GPU: lavapipe, which is software"), "GPU: lavapipe (Software)");
  assert.equal(gpuReason("GPU: unnamed adapter"), "GPU: Adapter ohne Namen");
  for (const other of ["", "CPU: a driver's words", "CPU: toString", "something else"])
    assert.equal(gpuReason(other), other);
  const lost = "CPU: the GPU was lost (the driver went away), and training goes on here";
  assert.equal(gpuReason(lost), "CPU: die GPU ging verloren (the driver went away), das Training geht hier weiter");
});

test("the sentences of these sources are all that there is", () => {
  const given = ["src/web/reads_gpu.rs", "src/run/device.rs", "src/engine/gpu/readback.rs", "src/run/async_read.rs"]
    .map(read)
    .flatMap((text) => [...text.matchAll(/(?:what: "|let what = "|lose\("|NONE: &str = "|\|\| ")([^"]+)"/g)])
    .map(([, cause]) => cause);
  assert.ok(given.length >= 4, given.join("\n"));
  for (const cause of given) assert.notEqual(gpuReason(`CPU: ${cause}`), `CPU: ${cause}`);
});

test("a trainer of the package says it so", async () => {
  wordReasons(/** @type {any} */ (Trainer));
  const trainer = await Trainer.create(/** @type {any} */ ({ engine: "gpu" }));
  assert.match(trainer.engine().reason, /^CPU: dieser Browser bietet Webseiten keine GPU an$/);
  trainer.free();
});
