// Labels changed and pictures dropped by hand: what is tested stays what it was, and what is said of it is what was done.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { changed, changesOf, effectOf } from "../../www/features/images/changes.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const open = () => readPictures("digits", gunzipSync(fs.readFileSync(new URL("www/data/digits.images", root))));
const create = (spec, rows) => Trainer.create(spec, rows);
const specOf = (clean, fields = {}) =>
  specFrom({ ...defaultsFor("digits"), engine: "cpu", epochs: 1, clean, ...fields });

/** Of each picture its part and its label in the run. */
const seen = ({ inputs, targets, part }) =>
  new Map(Array.from(inputs, (row, at) => [row, { part: part[at], label: targets[at] }]));

for (const fields of [{}, { seed: 9 }, { validation: 0.15 }, { stratify: true }])
  test(`the other pictures stay in their parts: ${JSON.stringify(fields)}`, async () => {
    const pictures = open();
    const plain = seen((await pictures.trainer(specOf([], fields), create)).points());
    const of = (part) => [...plain].filter(([, one]) => one.part === part).map(([row]) => row);
    const [train, validation, tested] = [of(0), of(1), of(2)];
    assert.ok(train.length && tested.length);
    const dropped = [train[0], train[7], ...validation.slice(0, 2), tested[3]];
    const relabeled = [train[1], train[2], ...validation.slice(2, 3), tested[4]];
    const other = (row) => (plain.get(row).label + 1) % 10;
    const clean = [
      ...relabeled.map((row) => ({ fix: "relabel", row, to: String(other(row)) })),
      { fix: "drop-rows", rows: dropped },
    ];
    const trainer = await pictures.trainer(specOf(clean, fields), create);
    const edited = seen(trainer.points());
    for (const [row, { part, label }] of plain) {
      const isTested = part === 2;
      if (dropped.includes(row) && !isTested) assert.equal(edited.get(row), undefined, `${row}`);
      else
        assert.deepEqual(edited.get(row), { part, label: relabeled.includes(row) && !isTested ? other(row) : label });
    }
    const { rows, spec } = trainer.describe();
    const gone = dropped.filter((row) => plain.get(row).part !== 2).length;
    assert.deepEqual(
      [rows.train, rows.validation, rows.test],
      [train.length - 2, validation.length - (gone - 2), tested.length],
    );
    assert.equal(spec.data.split.train, specOf([], fields).data.split.train);
    const { rowsIn, rowsOut, reported } = pictures.report(specOf(clean, fields).data);
    assert.deepEqual([rowsIn, rowsOut], [1797, 1797 - gone]);
    const changed = relabeled.length - 1; // the test picture keeps its label
    assert.match(reported[0].sentence, new RegExp(`^${changed} labels changed`));
    assert.match(reported[1].sentence, new RegExp(`^${gone} images dropped`));
    trainer.advance(20, 0);
    // It is asked by the pictures' numbers, and each is itself.
    const [row] = [train[3]];
    const again = await trainer.classify(Float64Array.of(row));
    pictures.draw(pictures.pictures([row]).pixels);
    assert.deepEqual((await trainer.classify(Float64Array.of(-1))).outputs, again.outputs);
  });

test("rows and labels reach the network: changed labels are what it learns", async () => {
  const pictures = open();
  const clean = Array.from({ length: 1797 }, (_, row) => ({ fix: "relabel", row, to: "3" }));
  const trainer = await pictures.trainer(specOf(clean, { epochs: 3 }), create);
  trainer.advance(1e6, 0);
  const { accuracy } = await trainer.evaluate("train");
  assert.equal(accuracy, 1);
  const { accuracy: tested } = await trainer.evaluate("test");
  assert.ok(tested < 0.15, `test rows keep their labels: ${tested}`);
});

test("without changes a run is the one it always was, and a relabeling to what it is changes no number", async () => {
  const pictures = open();
  const trained = async (clean) => {
    const trainer = await pictures.trainer(specOf(clean), create);
    trainer.advance(40, 0);
    return trainer.parameters();
  };
  assert.deepEqual(await trained([]), await trained([]));
  const label = pictures.pictures([0]).labels[0];
  const clean = [{ fix: "relabel", row: 0, to: String(label) }];
  await pictures.trainer(specOf(clean), create);
  assert.deepEqual(pictures.report(specOf(clean).data), { rowsIn: 1797, rowsOut: 1797, reported: [] });
});

test("steps that no picture can take are sentences with their place, value and range", async () => {
  const pictures = open();
  const cases = [
    [{ fix: "impute" }, /^data\.clean\[0\]: "impute" can’t be done to images/],
    [{ fix: "relabel", row: 1797, to: "1" }, /no image 1797\. Images are numbered from 0 to 1796/],
    [{ fix: "relabel", row: -1, to: "1" }, /no image -1/],
    [{ fix: "relabel", row: 1.5, to: "1" }, /no image 1\.5/],
    [{ fix: "drop-rows", rows: [3, NaN] }, /no image null/],
    [{ fix: "drop-rows", rows: 3 }, /"drop-rows" can’t be done/],
    [{ fix: "relabel", row: 1, to: "ten" }, /"ten" is no class of this set\. Use one of 0, 1/],
    [{ fix: "relabel", row: 1 }, /is no class of this set/],
  ];
  for (const [step, why] of cases) {
    const isRight = ({ code, message, where }) => code === "data" && where === "data.clean[0]" && why.test(message);
    assert.throws(() => pictures.describe({ clean: [step] }), isRight, JSON.stringify(step));
    await assert.rejects(pictures.trainer(specOf([step]), create), isRight, JSON.stringify(step));
  }
  const all = [{ fix: "drop-rows", rows: Array.from({ length: 1797 }, (_, row) => row) }];
  await assert.rejects(pictures.trainer(specOf(all), create), /nothing is left to learn from/);
});

test("changes are gathered as few steps, one a picture, and taken back", () => {
  const relabeled = changed(changed([], 9, { to: "4" }), 2, { to: "7" });
  assert.deepEqual(relabeled, [
    { fix: "relabel", row: 2, to: "7" },
    { fix: "relabel", row: 9, to: "4" },
  ]);
  const both = changed(changed(relabeled, 9, { dropped: true }), 1, { dropped: true });
  assert.deepEqual(both, [
    { fix: "relabel", row: 2, to: "7" },
    { fix: "drop-rows", rows: [1, 9] },
  ]);
  assert.deepEqual(changed(both, 9, { to: "5" }).at(-1), { fix: "drop-rows", rows: [1] });
  assert.deepEqual(changed(changed(changed(both, 9, {}), 1, {}), 2, {}), []);
  const changes = changesOf([
    { fix: "relabel", row: 3, to: "1" },
    { fix: "relabel", row: 5, to: "1" },
    { fix: "drop-rows", rows: [3, 8, 11] },
  ]);
  assert.deepEqual([[...changes.labels], changes.dropped], [[[5, "1"]], [3, 8, 11]]);
});

test("of the run that stands, only what has an effect is counted", () => {
  const points = /** @type {any} */ ({ inputs: Float64Array.of(1, 5, 7), part: Uint8Array.of(0, 1, 2) });
  const labels = new Map([1, 5, 7, 9].map((row) => [row, "0"])); // 7 is tested in sight, 9 out of sight
  assert.deepEqual(effectOf({ labels, dropped: [2, 3] }, points, 1), { relabeled: 2, dropped: 1, without: 3 });
});
