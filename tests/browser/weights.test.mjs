// Weights from a file, as PyTorch saves them: into the matching model, out again, and what does not fit is said. Files of
// our own may be dropped anywhere; tests/golden/weights.py wrote those that are opened here.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertNoProblems, curve, findings, parameters, ready, state, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const path = (name) => fileURLToPath(new URL(`../golden/experiments/${name}`, import.meta.url));
const golden = (name) => fs.readFileSync(path(name));

/** All numbers of a file of 64 bits, tensor after tensor in the model's order. */
function numbersOf(bytes) {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
  const names = [0, 1, 2].flatMap((layer) => ["weight", "bias"].map((kind) => `module.layers.${layer}.${kind}`));
  return names.flatMap((name) => {
    const [from, to] = header[name].data_offsets;
    return Array.from({ length: (to - from) / 8 }, (_, i) =>
      Math.fround(bytes.readDoubleLE(8 + length + from + 8 * i)),
    );
  });
}

/** The Export step with an experiment of a file, as it stands there. */
async function opened(name, view = "export") {
  const { page, problems } = await site.open(`#view=${view}`);
  await ready(page);
  await page.evaluate(async (text) => {
    const menu = await document.querySelector("ty-menu-bar").menu();
    await menu.openFile(new Blob([text]));
  }, golden(name).toString());
  await until(page, "paused");
  return { page, problems };
}

const way = (page) => page.locator('ty-export [data-way="weights"]');
const take = (page, files) => way(page).locator("input[type=file]").setInputFiles(files);
const isAt = (page, epoch) =>
  page.waitForFunction((wanted) => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return run?.state === "paused" && run.epoch === wanted && frame?.epoch === wanted && frame.step === run.step;
  }, epoch);

/** Resolves when the run is drawn with these numbers: one that was reset stands at epoch 0 as well. */
const holds = (page, numbers) =>
  page.waitForFunction((wanted) => {
    const { parameters } = document.querySelector("ty-run-bar").playground.store.get().frame ?? {};
    return parameters?.length === wanted.length && wanted.every((number, i) => parameters[i] === number);
  }, numbers);

test("a state_dict that PyTorch saved becomes the model's weights, from epoch 0, and the ones before come back", async () => {
  const { page, problems } = await opened("v2-spiral.json");
  await isAt(page, 3);
  const [old, oldCurve] = [await parameters(page), await curve(page)];
  await take(page, path("spiral.safetensors"));
  await holds(page, numbersOf(golden("spiral.safetensors")));
  await isAt(page, 0);
  const { epoch, training } = await curve(page);
  assert.deepEqual(epoch, [0], "the curve begins anew");
  assert.ok(Number.isFinite(training[0]) && training[0] !== oldCurve.training[0]);
  await way(page).getByText("This run started from “spiral.safetensors”.").waitFor();
  await page
    .getByText(/weights are those of “spiral\.safetensors” now\. The run starts from them at epoch 0/)
    .waitFor();
  assert.deepEqual(await findings(page), []);
  await way(page).locator('[data-action="back"]').click();
  await isAt(page, 3);
  await holds(page, [...old]);
  assert.deepEqual(await curve(page), oldCurve);
  assert.equal(await way(page).getByText("This run started").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("what does not fit is said tensor by tensor, a file of another kind in a sentence, and the run stays", async () => {
  const { page, problems } = await opened("v2-digits.json");
  await isAt(page, 1);
  const [old, before] = [await parameters(page), await state(page)];
  const buffer = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
  const whole = golden("spiral.safetensors");
  for (const [files, why] of [
    [
      path("digits.safetensors"),
      /do not fit.*“layers\.4\.weight” has the shape \[9, 27\], and the model needs \[8, 27\]/s,
    ],
    [path("spiral.safetensors"), /do not fit.*“layers\.0\.weight”.*more tensors do not fit/s],
    [buffer("cut.safetensors", whole.subarray(0, 700)), /cut short/],
    [buffer("model.safetensors", "PK\x03\x04archive/data.pkl"), /PyTorch file.*can run code.*save_file/],
    [buffer("x.safetensors", "hello, this is no weights file"), /no safetensors file/],
    [buffer("empty.safetensors", ""), /no safetensors file/],
  ]) {
    await take(page, files);
    await way(page).locator("[role=alert]").getByText(why).waitFor();
  }
  const now = await state(page);
  assert.deepEqual([now.settings, now.run, now.step], [before.settings, before.run, before.step]);
  assert.deepEqual([...(await parameters(page))], [...old]);
  await page.close();
  assertNoProblems(problems);
});

/** Drops a file on the page, as a person would. */
const drop = (page, name, bytes) =>
  page.evaluate(
    ({ name, bytes }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      document
        .querySelector("main")
        .dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    },
    { name, bytes: [...bytes] },
  );

test("an experiment, weights and a table are told apart wherever they are dropped", async () => {
  const { page, problems } = await site.open("#source=xor");
  await ready(page);
  await page.locator("ty-steps").waitFor();
  await drop(page, "mine.json", golden("v2-spiral.json"));
  await isAt(page, 3);
  assert.equal((await state(page)).settings.source, "spiral");
  await drop(page, "mine.safetensors", golden("spiral.safetensors"));
  await holds(page, numbersOf(golden("spiral.safetensors")));
  await drop(page, "other.safetensors", golden("digits.safetensors"));
  await page.getByText(/These weights do not fit the model/).waitFor();
  const rows = Array.from({ length: 30 }, (_, i) => ({ a: i, b: i % 7, c: i % 2 ? "yes" : "no" }));
  await drop(page, "rows.json", Buffer.from(JSON.stringify(rows)));
  await page.waitForFunction(() => {
    const { table, settings } = document.querySelector("ty-run-bar").playground.store.get();
    return settings.source === "table" && table.title === "rows.json" && table.description?.rows === 30;
  });
  await page.close();
  assertNoProblems(problems);
});
