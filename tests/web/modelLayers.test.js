// Layers as settings, link and Spec have them.
import assert from "node:assert/strict";
import test from "node:test";
import { checkLayers, freshLayer, readLayers, writeLayers } from "../../www/settings/layers.js";
import { LAYERS } from "../../www/settings/schema.static.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

const ALL = [
  8,
  { type: "dense", units: 6, activation: "gelu" },
  { type: "dropout", rate: 0.2 },
  { type: "layerNorm" },
  { type: "batchNorm" },
  { type: "conv2d", filters: 4, kernel: 5, stride: 2, padding: "same", activation: "relu" },
  { type: "maxPool2d", size: 3, stride: 1 },
  { type: "avgPool2d", size: 2 },
  { type: "flatten" },
  {
    type: "residual",
    layers: [
      { type: "dense", units: 8, activation: "tanh" },
      { type: "residual", layers: [{ type: "layerNorm" }] },
    ],
  },
];

test("every type of layer goes through a link and comes back, readable", () => {
  assert.deepEqual(new Set(ALL.slice(1).map(({ type }) => type)), new Set(Object.keys(LAYERS)));
  const text = writeLayers(ALL);
  assert.equal(
    text,
    "8,6:gelu,dropout:0.2,layerNorm,batchNorm,conv2d:4:5:2:same:relu,maxPool2d:3:1,avgPool2d,flatten,residual(8:tanh,residual(layerNorm))",
  );
  assert.deepEqual(readLayers(text), ALL);
  const settings = { ...defaultsFor("spiral"), layers: ALL };
  const hash = writeHash(settings);
  assert.match(hash, /layers=8,6:gelu,dropout:0\.2,/);
  assert.deepEqual(readHash(hash), { settings, hand: { layers: ALL }, ignored: [] });
});

test("old links mean what they meant: numbers follow the activation and the dropout of all layers", () => {
  const layersOf = (/** @type {string} */ hash) => specFrom(readHash(hash).settings).model.layers;
  assert.deepEqual(layersOf("layers=3,2&activation=relu,elu&dropout=0.1"), [
    { type: "dense", units: 3, activation: "relu" },
    { type: "dropout", rate: 0.1 },
    { type: "dense", units: 2, activation: "elu" },
    { type: "dropout", rate: 0.1 },
  ]);
  assert.deepEqual(layersOf("layers=3,batchNorm,2:sin"), [
    { type: "dense", units: 3, activation: "tanh" },
    { type: "batchNorm" },
    { type: "dense", units: 2, activation: "sin" },
  ]);
  assert.deepEqual(layersOf("layers=none"), []);
});

test("what is no layer is refused, at each end of its range", () => {
  for (const text of [
    "8,",
    "0",
    "4097",
    "8:swish",
    "8:relu:1",
    "dropout:1",
    "dropout:-0.1",
    "residual(8",
    "residual)8(",
    "pool",
    "constructor",
    "__proto__",
    "conv2d:0",
    "flatten:1",
    "dense:8:relu:",
    "x".repeat(9),
    `${"residual(".repeat(10)}8${")".repeat(10)}`,
  ])
    assert.equal(readLayers(text), null, text);
  for (const text of ["1", "4096", "dropout:0", "dropout:0.99", "conv2d:1024:31:31", "dropout", "residual(none)"])
    assert.ok(readLayers(text), text);
});

test("layers of a Spec are checked by their paths, and take the core's defaults", () => {
  assert.deepEqual(checkLayers([{ type: "dense", units: 3 }, { type: "avgPool2d" }]), [
    { type: "dense", units: 3, activation: "linear" },
    { type: "avgPool2d", size: 2 },
  ]);
  for (const [layers, sentence] of /** @type {[any, RegExp][]} */ ([
    [[{ type: "dense", units: 0 }], /^model\.layers\[0\]\.units: 0 is outside 1…4096$/],
    [[{ type: "dens" }], /^model\.layers\[0\]\.type: "dens" is not one of /],
    [[{ type: "flatten", rate: 1 }], /^model\.layers\[0\]\.rate: unknown field; known are type$/],
    [
      [{ type: "residual", layers: [{ type: "dense", activation: "x" }] }],
      /^model\.layers\[0\]\.layers\[0\]\.activation: "x" is not one of tanh/,
    ],
    [[null], /^model\.layers\[0\]\.type: null/],
    [7, /^model\.layers: 7 is not a list/],
    [Array(65).fill({ type: "flatten" }), /65 layers are outside 0…64/],
  ]))
    assert.throws(() => checkLayers(layers), { message: sentence }, JSON.stringify(layers));
  assert.equal(checkLayers(Array(64).fill({ type: "flatten" })).length, 64);
  for (const type of Object.keys(LAYERS))
    assert.doesNotThrow(() => checkLayers([type === "residual" ? { type, layers: [] } : freshLayer(type)]), type);
});
