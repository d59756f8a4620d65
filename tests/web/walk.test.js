// The microscope's walk through a network of pictures: what it works out from weights equals what the engine gives.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import * as walk from "../../www/features/microscope/walk.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { checkLayers, layersOf, readLayers } from "../../www/settings/layers.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const open = (name) => readPictures(name, gunzipSync(fs.readFileSync(new URL(`www/data/${name}.images`, root))));
const create = (spec, rows) => Trainer.create(spec, rows);

const ACTIVATIONS = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  linear: (z) => z,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

/** Float rounding: of a sum, as large as what is summed. */
function assertNear(got, want, what, size = 1) {
  assert.ok(Math.abs(got - want) <= 1e-5 * Math.max(1, size), `${what}: ${got} is worked out, the engine has ${want}`);
}

/** Every number that each layer gives is worked out again, and held against the engine's. Says which layers those were. */
function holdAll(stages, probabilities) {
  const kinds = new Set();
  for (const stage of stages) {
    const { layer, to, output, activation, input } = stage;
    const count = to.reduce((all, side) => all * side, 1);
    if (!output || !input) continue;
    assert.equal(output.length, count);
    kinds.add(layer.type);
    for (let i = 0; i < count; i++) {
      const place = walk.placeAt(to, i);
      assert.deepEqual(walk.held(to, place), place);
      assert.equal(walk.indexOf(to, place), i);
      const what = `${layer.type} ${JSON.stringify(place)}`;
      if (layer.type === "conv2d") {
        const { parts, bias, z } = walk.convolved(stage, place);
        assertNear(ACTIVATIONS[activation](z), output[i], what, Math.abs(z));
        const again = parts.flatMap(({ products }) => products).reduce((sum, one) => sum + one, bias);
        assertNear(again, z, what, Math.abs(z));
      } else if (layer.type === "dense") {
        const { terms, z } = walk.summed(stage, i);
        assertNear(ACTIVATIONS[activation](z), output[i], what, Math.abs(z));
        assert.equal(terms.length, input.length);
      } else if (layer.type.endsWith("Pool2d")) {
        const { window, kept, value } = walk.pooled(stage, place);
        assert.equal(Math.fround(value), output[i], what);
        if (layer.type === "maxPool2d") assert.equal(window[kept], Math.max(...window));
      } else if (layer.type === "softmax") assertNear(output[i], probabilities[i], what);
    }
  }
  return [...kinds];
}

async function stagesOf(name, text, image, epochs = 1, fields = {}) {
  const pictures = open(name);
  const settings = { ...defaultsFor(name), engine: "cpu", epochs, ...fields };
  if (text) settings.layers = readLayers(text);
  const layers = checkLayers(layersOf(settings));
  const trainer = await pictures.trainer({ ...specFrom(settings), model: { layers } }, create);
  trainer.advance(epochs * 80, 0);
  const { outputs } = await trainer.classify(Float64Array.of(image));
  const units = await trainer.activations(Float64Array.of(image));
  const stages = walk.walkOf(trainer.describe(), layers, units, await trainer.parameters());
  assert.ok(stages, `${text}`);
  return { stages, outputs };
}

for (const name of ["mnist", "digits"])
  test(`${name}: every number of every layer of the preset, trained, is the engine's`, async () => {
    for (const image of [0, 1234]) {
      const { stages, outputs } = await stagesOf(name, null, image);
      assert.ok(!stages.some(({ input, output }) => !input || !output));
      const kinds = holdAll(stages, outputs);
      assert.deepEqual(kinds.sort(), ["conv2d", "dense", "flatten", "maxPool2d", "softmax"]);
    }
  });

test("strides, padding, other activations, mean pooling that overlaps, and blocks are the engine's as well", async () => {
  const cases = [
    "conv2d:4:5:1:same:relu,avgPool2d:3:2,conv2d:5:2:2:valid:tanh,12:tanh",
    "conv2d:3:3:2:same:sigmoid,conv2d:4:4:3:same:relu,flatten,dropout:0.3,7:relu",
    "conv2d:3:2:3:same:linear,maxPool2d:2:1,6:linear",
    "conv2d:2:3:2:valid:relu,residual(conv2d:2:3:1:same:relu,conv2d:2:3:1:same:linear),layerNorm,5:tanh",
    "conv2d:3:8:1:valid:tanh,flatten",
    "conv2d:2:1:3:same:relu,flatten",
    "none",
  ];
  for (const text of cases) {
    const { stages, outputs } = await stagesOf("digits", text, 5);
    assert.ok(
      stages.every(({ input, output }) => input && output),
      text,
    );
    const kinds = holdAll(stages, outputs);
    for (const word of ["conv2d", "maxPool2d", "avgPool2d", "dropout", "layerNorm"])
      assert.equal(kinds.includes(word), text.includes(word), `${word} of ${text}`);
    assert.equal(kinds.includes("add"), text.includes("residual"));
  }
});

test("behind batch norm, whose running figures the page isn't told, no number is made up", async () => {
  const { stages, outputs } = await stagesOf("digits", "conv2d:3:3,batchNorm,maxPool2d,flatten,6:tanh", 5);
  assert.deepEqual(
    stages.filter(({ output }) => !output).map(({ layer }) => layer.type),
    ["batchNorm", "maxPool2d", "flatten"],
  );
  assert.deepEqual(holdAll(stages, outputs), ["conv2d", "dense", "softmax"]); // the first, and those behind the next weights
});

test("a run of other layers than these is none to walk through", async () => {
  const pictures = open("digits");
  const trainer = await pictures.trainer(specFrom({ ...defaultsFor("digits"), engine: "cpu" }), create);
  const [units, parameters] = [await trainer.activations(Float64Array.of(1)), await trainer.parameters()];
  const layers = (text) => checkLayers(layersOf({ ...defaultsFor("digits"), layers: readLayers(text) }));
  for (const text of ["conv2d:8:3,flatten,16", "12", "conv2d:8:9"])
    assert.equal(walk.walkOf(trainer.describe(), layers(text), units, parameters), null, text);
});

test("without cross-entropy there is no softmax; scores stay scores", async () => {
  const { stages } = await stagesOf("digits", null, 5, 1, { loss: "hinge" });
  assert.equal(stages.at(-1)?.layer.type, "dense");
  assert.deepEqual(walk.probabilitiesOf([0]), [0.5]);
  const [low, high] = walk.probabilitiesOf([1000, 1001]);
  assert.ok(Math.abs(high / low - Math.E) < 1e-12 && Math.abs(low + high - 1) < 1e-12);
});

test("a window is put around a place of the input, as near as it can be", () => {
  const stage = (layer, from, to) => ({ layer, from, to, input: null, output: null, skip: null });
  const conv = stage({ type: "conv2d", kernel: 5, stride: 1, padding: "valid" }, [1, 28, 28], [8, 24, 24]);
  assert.deepEqual(walk.windowAround(conv, { map: 3, y: 14, x: 2 }), { map: 3, y: 12, x: 0 });
  assert.deepEqual(walk.windowAround(conv, { map: 0, y: 27, x: 27 }), { map: 0, y: 23, x: 23 });
  const pool = stage({ type: "maxPool2d", size: 2 }, [8, 24, 24], [8, 12, 12]);
  assert.deepEqual(walk.windowAround(pool, { map: 2, y: 5, x: 23 }), { map: 2, y: 2, x: 11 });
  const flat = stage({ type: "flatten" }, [16, 5, 5], [400]);
  assert.equal(walk.indexOf([400], walk.windowAround(flat, { map: 15, y: 4, x: 3 })), 398);
  assert.deepEqual(walk.held([18], { map: 4, y: 9, x: 15 }), { map: 0, y: 1, x: 1 }, "the last line may be short");
});
