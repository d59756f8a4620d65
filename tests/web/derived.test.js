import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { formulasOf, numberColumns, offersFor, withFormula, withoutFormula } from "../../www/session/derived.js";
import { toggled } from "../../www/session/inputs.js";
import { FEATURES, inputLabel } from "../../www/settings/sources.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const column = (/** @type {string} */ name, kind = "number") => ({ name, kind });
const state = (/** @type {any} */ features) =>
  /** @type {any} */ ({
    settings: { source: "table", features },
    table: {
      description: {
        target: "c",
        columns: [
          column("a"),
          column("b"),
          column('say "x"'),
          column("place", "category"),
          column("day", "date"),
          column("c"),
        ],
      },
    },
  });

test("formulas come after the columns, each once, and go again without a trace", () => {
  const one = withFormula(state(null), '"a" ^ 2');
  assert.deepEqual(one, ["a", "b", 'say "x"', "place", "day", { formula: '"a" ^ 2' }]);
  assert.deepEqual(withFormula(state(one), '"a" ^ 2'), one);
  assert.deepEqual(formulasOf(state(one)), ['"a" ^ 2']);
  assert.equal(withoutFormula(state(one), '"a" ^ 2'), null);
  const fewer = toggled(state(one), "b");
  assert.deepEqual(
    fewer,
    ["a", 'say "x"', "place", "day", { formula: '"a" ^ 2' }],
    "as many as there are columns, but not all of them",
  );
  assert.deepEqual(withoutFormula(state(fewer), '"a" ^ 2'), ["a", 'say "x"', "place", "day"]);
  assert.equal(toggled(state(["b", 'say "x"', "place", "day"]), "a"), null);
  assert.deepEqual(numberColumns(state(null)), ["a", "b", "day"]);
});

test("all that is offered is read by the core, and travels in the link", async () => {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL("../../www/data/iris.csv", import.meta.url)));
  const table = reader.finish();
  const offers = offersFor("petal length (cm)", "petal width (cm)");
  assert.deepEqual(
    offers.map(({ label }) => label),
    ["x²", "sin x", "cos x", "y²", "sin y", "cos y", "x·y"],
  );
  assert.equal(offersFor("a", "a").length, 3);
  const features = ["petal length (cm)", ...offers.map(({ formula }) => ({ formula }))];
  const settings = { ...defaultsFor("iris"), features };
  assert.deepEqual(readHash(writeHash(settings)).settings.features, features);
  const trainer = await Trainer.create(specFrom(settings), table);
  assert.equal(trainer.describe().inputNames.length, 8);
  for (const bad of ['[{"formula":3}]', '[{"formel":"a"}]', '["a",{"formula":"a"}]', "[]", '"a"']) {
    assert.equal(readHash(`#source=iris&features=${bad}`).ignored.length, 1, bad);
  }
});

test("every feature of the made sources has a label, and the core knows it", async () => {
  for (const [columns, source] of /** @type {const} */ ([
    [1, "sine"],
    [2, "circle"],
  ])) {
    for (const name of FEATURES[columns]) assert.match(inputLabel(name), /^([xy]²?|x·y|(sin|cos) [xy])$/);
    const trainer = await Trainer.create(specFrom({ ...defaultsFor(source), features: FEATURES[columns] }));
    assert.deepEqual(trainer.describe().features, FEATURES[columns]);
  }
});
