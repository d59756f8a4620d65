// Experiments, trained by the page's code on the compiled core: their weights are pinned, and tests/it/terminal.rs holds the
// program in src/examples/train to the same. UPDATE_EXPERIMENTS=1 writes the pins.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { extensionOf, isOfPictures, isOfSounds } from "../../www/settings/pictureNames.js";
import { Tables } from "../../www/features/data/worker/tables.js";
import { readExperiment } from "../../www/features/share/experimentFile.js";
// @ts-ignore a checkout may be without this package
import { Sound, initSync as startSounds } from "../../www/pkg-audio/trainyard.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { CURVE_POINTS, NO_LIMIT } from "../../www/worker/timeSlice.js";
import { hashNumbers } from "./fnv.js";
import { createIntake } from "./realIntake.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
startSounds({ module: fs.readFileSync(new URL("www/pkg-audio/trainyard_bg.wasm", root)) });

const folder = new URL("tests/golden/experiments/", root);
const file = new URL("pinned.json", folder);
const pinned = JSON.parse(fs.readFileSync(file, "utf8"));

/** What a table's rows are read from. */
function rowsOf(/** @type {string} */ source, /** @type {{csv: string} | null} */ own) {
  if (own) return new TextEncoder().encode(own.csv);
  const ending = isOfPictures(source) || isOfSounds(source) ? extensionOf(source) : "csv";
  return new Uint8Array(fs.readFileSync(new URL(`www/data/${source}.${ending}`, root)));
}

/** A trainer as the page's worker makes it. @param {any} spec any: a document @param {{title: string, csv: string} | null} table */
async function trainerOf(spec, table) {
  const { source } = spec.data;
  if (["spiral", "moons", "drawn"].includes(source)) return Trainer.create(spec);
  const parts = { createTrainer: (/** @type {any} */ own, /** @type {any} */ rows) => Trainer.create(own, rows), createIntake, loadSounds: async () => Sound }; // prettier-ignore
  const tables = new Tables({ post() {} }, /** @type {any} any: of the parts that are used */ (parts), /** @type {any} */ ({ now: () => 0 })); // prettier-ignore
  const obey = (/** @type {any} */ command) => tables.obey(command);
  await obey({ type: "tableStart", name: source, title: table?.title, read: spec.data.read });
  await obey({ type: "tableBytes", bytes: rowsOf(source, table) });
  await obey({ type: "tableEnd", data: spec.data });
  return /** @type {Promise<any>} any: a trainer */ (tables.trainer(spec));
}

/** The hash of a case's weights, once it is trained. */
async function hashOf(/** @type {any} any: of the file */ { file, spec, epochs, fresh }) {
  const saved = file ? readExperiment(fs.readFileSync(new URL(file, folder), "utf8")) : null;
  const own = /** @type {any} */ (saved?.spec ?? spec);
  const trainer = await trainerOf(own, saved?.table ?? null);
  trainer.record(CURVE_POINTS);
  if (saved?.checkpoint && !fresh) await trainer.restore(saved.checkpoint);
  trainer.setMaxEpochs(epochs);
  const { status, epoch } = trainer.advance(NO_LIMIT, 0);
  assert.ok(status === "finished" && epoch > 0 && epoch <= epochs, `${status} at epoch ${epoch}`);
  return hashNumbers(await trainer.parameters());
}

test("what an experiment comes to is pinned, wherever it is trained", async () => {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const one of pinned.cases) found.set(one.name, await hashOf(one));
  if (process.env.UPDATE_EXPERIMENTS) {
    for (const one of pinned.cases) one.hash = found.get(one.name);
    fs.writeFileSync(file, `${JSON.stringify(pinned, null, 1)}\n`);
  }
  assert.deepEqual(found, new Map(pinned.cases.map((/** @type {any} */ { name, hash }) => [name, hash])));
  assert.equal(new Set(found.values()).size, pinned.cases.length - 3, "only a file's two versions agree");
});
