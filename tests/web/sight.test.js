// What a network of images sees: saliency beside a numeric gradient, probes of the presets, jobs that go on in slices and end
// early, and what is said of them.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { classifyDrawings } from "../../www/features/images/worker/drawings.js";
import { pixelsOf } from "../../www/features/images/strokes.js";
import {
  coverOf,
  endsOf,
  filterWords,
  gazeWords,
  guessOf,
  layerNames,
  pixelWords,
  probeWords,
  strengths,
  unitsOf,
} from "../../www/features/sight/model.js";
import { gaze, lookThrough, patchesOf, probeLayers } from "../../www/features/sight/worker.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });

async function trained(name, epochs, settings = {}) {
  const pictures = readPictures(name, gunzipSync(fs.readFileSync(new URL(`www/data/${name}.images`, root))));
  const spec = specFrom({ ...defaultsFor(name), engine: "cpu", epochs, ...settings });
  const trainer = await pictures.trainer(spec, (one, rows) => Trainer.create(one, rows));
  trainer.advance(1e7, 0);
  return { pictures, trainer };
}

/** What a job takes. `turns`: after so many it is canceled. */
function partsOf({ pictures, trainer }, { isLocked = false, turns = Infinity } = {}) {
  const stop = new AbortController();
  let at = 0;
  let left = turns;
  const clock = {
    now: () => (at += 5),
    turn: async () => {
      if (--left < 0) stop.abort();
    },
  };
  const tables = {
    obey: ({ ask, data }) => (ask === "drawn" ? pictures.draw(data.pixels) : pictures.pictures(data.rows)),
  };
  return {
    engines: { tables: async () => tables },
    clock,
    signal: stop.signal,
    isLocked: () => isLocked,
    run: () => ({ trainer, description: trainer.describe() }),
  };
}

const seven = [
  [
    [0.25, 0.2],
    [0.5, 0.2],
    [0.75, 0.2],
    [0.6, 0.5],
    [0.42, 0.85],
  ],
];

/** The network of the preset in 64 bits, by the obvious loops: convolution, rectifier and pooling twice, then two dense layers. */
function logitsOf(layers, parameters, pixels) {
  let maps = { channels: 1, side: 28, values: pixels };
  for (const { type, weight, bias, activation } of layers) {
    const at = (tensor, i) => parameters[tensor.offset + i];
    const f = (z) => (activation === "relu" ? Math.max(z, 0) : z);
    if (type === "conv2d") {
      const [filters, channels, kernel] = weight.shape;
      const side = maps.side - kernel + 1;
      const values = [];
      for (let o = 0; o < filters; o++)
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++) {
            let z = at(bias, o);
            for (let c = 0; c < channels; c++)
              for (let i = 0; i < kernel * kernel; i++) {
                const [dy, dx] = [Math.floor(i / kernel), i % kernel];
                const pixel = maps.values[(c * maps.side + y + dy) * maps.side + x + dx];
                z += pixel && at(weight, (o * channels + c) * kernel * kernel + i) * pixel;
              }
            values.push(f(z));
          }
      const half = Math.floor(side / 2);
      const pooled = [];
      for (let o = 0; o < filters; o++)
        for (let y = 0; y < half; y++)
          for (let x = 0; x < half; x++) {
            const corner = (o * side + 2 * y) * side + 2 * x;
            pooled.push(Math.max(...[0, 1, side, side + 1].map((by) => values[corner + by])));
          }
      maps = { channels: filters, side: half, values: pooled };
    } else {
      const [units, inputs] = weight.shape;
      const sum = (unit) => maps.values.reduce((all, x, i) => all + at(weight, unit * inputs + i) * x, at(bias, unit));
      maps = { channels: units, side: 1, values: Array.from({ length: units }, (_, unit) => f(sum(unit))) };
    }
  }
  return maps.values;
}

let mnist;
test("MNIST's preset: the saliency of a drawn 7 is the numeric gradient to 1e-3, and the drawing is read as a 7", async () => {
  mnist = await trained("mnist", 3);
  const { pictures, trainer } = mnist;
  // Blank paper gives pooling equal numbers, of which any may be the largest: a function without a slope. A speck or two of
  // ink on every pixel tells them apart.
  pictures.draw(pixelsOf(seven, 28, true).map((ink, at) => Math.min(255, ink + 1 + ((at * 37) % 11))));
  const gazed = await gaze(partsOf(mnist), { row: -1, class: -1, way: "saliency", size: 5, ink: 0.5 });
  assert.equal(gazed.class, 7);
  const { outputs } = await trainer.predict(Float64Array.of(-1)).then((all) => ({ outputs: all }));
  assert.equal(gazed.whole, outputs[7]);
  const pixels = Array.from(pictures.pictures([-1]).pixels, (ink) => ink / 255);
  const { layers } = trainer.describe();
  const parameters = await trainer.parameters();
  const most = gazed.values.reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
  assert.ok(most > 0.1, `${most}`);
  let effects = 0;
  for (let at = 0; at < 784; at += 3) {
    const step = 1e-6;
    const moved = (by) => logitsOf(layers, parameters, pixels.with(at, pixels[at] + by))[7];
    const numeric = (moved(step) - moved(-step)) / (2 * step);
    assert.ok(Math.abs(gazed.values[at] - numeric) <= 1e-3 * most, `pixel ${at}: ${gazed.values[at]}, ${numeric}`);
    effects += Number(Math.abs(numeric) > 0.1 * most);
  }
  assert.ok(effects > 30, `${effects} pixels of some effect`);
});

test("MNIST's preset: probes don't fall with depth, and every layer reads far above guessing", async () => {
  const { trainer } = mnist;
  const told = [];
  const { probed, isWhole, epoch } = await probeLayers(partsOf(mnist), { rows: 800, scored: 600, seed: 7 }, (one) =>
    told.push(one.share),
  );
  assert.deepEqual([isWhole, epoch], [true, 3]);
  assert.deepEqual(
    probed.map(({ layer, features }) => [layer, features]),
    [
      [-1, 784],
      [0, 4608],
      [1, 1600],
      [2, 32],
      [3, 10],
    ],
  );
  for (const [i, { low, high, accuracy, part }] of probed.entries()) {
    assert.ok(low <= accuracy && accuracy <= high && accuracy > 0.75, `layer ${i - 1}: ${accuracy}`);
    assert.equal(part, "train"); // the preset has no validation rows
    if (i) assert.ok(high >= probed[i - 1].low, `layer ${i - 1} falls to ${accuracy}`);
  }
  assert.ok(probed[4].low > probed[0].high, `${probed[4].accuracy} is not surely above ${probed[0].accuracy}`);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  const names = ["Pixels", ...layerNames(trainer.describe())];
  assert.match(probeWords(probed, names), /more readable with depth/);
});

test("a filter's patches are training images, its numbers the engine's, and the image made for it excites it more", async () => {
  const { trainer } = mnist;
  const { part } = trainer.points();
  const { layers } = trainer.describe();
  for (const [layer, unit] of [
    [0, 3],
    [1, 5],
    [3, 7],
  ]) {
    const told = [];
    const found = await lookThrough(partsOf(mnist), { layer, unit, seed: 7 }, (one) => told.push(one));
    assert.equal(found.patches.length, 9);
    assert.ok(
      found.patches.every(({ row, value }, i) => part[row] === 0 && value <= found.patches[Math.max(i - 1, 0)].value),
    );
    const rows = Float64Array.from(found.patches, ({ row }) => row);
    const units = await trainer.activations(rows);
    const from = 784 + layers.slice(0, layer).reduce((sum, { outputs }) => sum + outputs, 0);
    const size = layer === 3 ? 1 : layers[layer].outputs / layers[layer].weight.shape[0];
    found.patches.forEach(({ value, field: [top, left, height, width] }, i) => {
      const map = Array.from({ length: size }, (_, at) => units[(from + unit * size + at) * 9 + i]);
      assert.equal(value, Math.max(...map));
      const side = [5, 10, 28, 28][layer];
      assert.deepEqual([height, width], [side, side]);
      assert.ok(top >= 0 && left >= 0 && top + height <= 28 && left + width <= 28);
    });
    assert.ok(found.mean < found.patches[0].value);
    assert.ok(found.dream.value > found.mean, `${found.dream.value} is not above ${found.mean}`);
    assert.ok(found.dream.pixels.every((ink) => ink >= 0 && ink <= 1));
    assert.ok(told.length > 3 && told.some(({ dream }) => dream));
    const again = await lookThrough(partsOf(mnist), { layer, unit, seed: 7 }, () => {});
    assert.deepEqual(again.dream.pixels, found.dream.pixels);
  }
});

test("covering: the map is what classify says of covered images; both ends early, and a locked row is refused", async () => {
  const small = await trained("digits", 5);
  const { trainer, pictures } = small;
  const course = { row: 3, class: 1, way: "occlusion", size: 3, ink: 0 };
  const { values, whole } = await gaze(partsOf(small), course);
  const { outputs } = await trainer.classify(Float64Array.of(3));
  assert.equal(whole, outputs[1]);
  const covered = pictures.pictures([3]).pixels.slice();
  for (const y of [2, 3, 4]) for (const x of [4, 5, 6]) covered[y * 8 + x] = 0;
  pictures.draw(covered);
  assert.equal(values[3 * 8 + 5], (await trainer.classify(Float64Array.of(-1))).outputs[1]);
  assert.equal(await gaze(partsOf(small, { turns: 0 }), course), null);
  const canceled = await probeLayers(partsOf(small, { turns: 1 }), { rows: 400, scored: 100, seed: 7 }, () => {});
  assert.equal(canceled.isWhole, false);
  assert.equal(await lookThrough(partsOf(small, { turns: 0 }), { layer: 0, unit: 0, seed: 7 }, () => {}), null);
  const locked = trainer.points().part.indexOf(2);
  const refused = gaze(partsOf(small, { isLocked: true }), { ...course, row: locked });
  await assert.rejects(refused, { code: "locked" });
  assert.ok(await gaze(partsOf(small), { ...course, row: locked }));
  await assert.rejects(gaze({ ...partsOf(small), run: () => null }, course), { code: "run" });
});

test("validation rows judge probes where there are some", async () => {
  const { trainer, pictures } = await trained("digits", 3, { validationShare: 0.2 });
  const { probed } = await probeLayers(partsOf({ trainer, pictures }), { rows: 300, scored: 200, seed: 7 }, () => {});
  assert.deepEqual(
    [...new Set(probed.map(({ part, rows, scored }) => `${part} ${rows} ${scored}`))],
    ["validation 300 200"],
  );
});

test("drawings are classified one by one, and the last one stays what is drawn", async () => {
  const { pictures, trainer } = mnist;
  const whole = pixelsOf(seven, 28, true);
  const half = pixelsOf([seven[0].slice(0, 2)], 28, true);
  pictures.draw(whole);
  const asked = trainer.classify(Float64Array.of(-1));
  const { outputs, classes } = await classifyDrawings(partsOf(mnist), {
    pixels: Uint8Array.of(...half, ...whole),
    count: 2,
  });
  assert.deepEqual(outputs[1], [...(await asked).outputs]);
  assert.equal(classes[1], 7);
  assert.notDeepEqual(outputs[0], outputs[1]);
  assert.deepEqual(pictures.pictures([-1]).pixels, whole);
  pictures.draw(half);
  assert.deepEqual(outputs[0], [...(await trainer.classify(Float64Array.of(-1))).outputs]);
});

test("layers and units by name", () => {
  const layers = [
    { type: "conv2d", outputs: 4608, weight: { shape: [8, 1, 5, 5] } },
    { type: "conv2d", outputs: 1600, weight: { shape: [16, 8, 3, 3] } },
    { type: "dense", outputs: 32, weight: { shape: [32, 400] } },
    { type: "dense", outputs: 1, weight: { shape: [1, 32] } },
  ];
  const description = { layers, classNames: ["no", "yes"], outputs: 1 };
  assert.deepEqual(layerNames(description), ["Convolution 1", "Convolution 2", "Dense layer 1", "Output"]);
  assert.deepEqual(
    [0, 1, 2, 3].map((layer) => unitsOf(description, layer)),
    [8, 16, 32, 2],
  );
  assert.deepEqual([coverOf(8), coverOf(28), coverOf(64)], [3, 5, 13]);
});

test("guessing is by training rows alone", () => {
  assert.equal(guessOf({ targets: [1, 1, 0, 1, 0, 0], part: [0, 0, 0, 0, 2, 2] }), 0.75);
  assert.ok(Number.isNaN(guessOf({ targets: [1], part: [2] })));
});

test("a map's colors and words are of the same numbers; nothing but numbers counts", () => {
  const of = { width: 2, name: "7", isShare: true };
  const gradient = { values: Float64Array.of(0.5, -2, 0, 1), whole: 0.9, class: 7 };
  assert.deepEqual([...strengths(gradient, "saliency")], [0.25, -1, 0, 0.5]);
  assert.equal(
    gazeWords(gradient, "saliency", of),
    "Row 1, column 2: with 10% more ink there, the output for 7 changes by about −0.200. No other place has a stronger effect.",
  );
  const left = { values: Float64Array.of(0.9, 0.3, 0.95, 0.9), whole: 0.9, class: 7 };
  assert.match(gazeWords(left, "occlusion", of), /Row 1, column 2: .* from 90\.0% to 30\.0%/);
  assert.match(
    pixelWords(left, "occlusion", 2, { ...of, isShare: false }),
    /Row 2, column 1: .* score .* from 0\.90 to 0\.95/,
  );
  const unharmed = { values: Float64Array.of(0.9, 0.91, 0.95, 0.9), whole: 0.9, class: 7 };
  assert.match(gazeWords(unharmed, "occlusion", of), /does not fall/);
  assert.match(gazeWords({ ...gradient, values: new Float64Array(4) }, "saliency", of), /No pixel/);
  assert.deepEqual(endsOf([NaN, 2, -1, Infinity]), { least: 2, most: 1 });
  for (const one of [NaN, Infinity])
    assert.match(
      gazeWords({ ...gradient, values: Float64Array.of(1, one, 0, 0) }, "saliency", of),
      /no longer a finite/,
    );
});

test("what probes say together: they rise, they fall, or these rows can't tell", () => {
  const one = (accuracy, low, high) => ({ accuracy, low, high });
  const names = ["Pixels", "Convolution 1", "Output"];
  const say = (...all) => probeWords(all, names);
  assert.match(
    say(one(0.8, 0.75, 0.85), one(0.9, 0.87, 0.93), one(0.95, 0.92, 0.97)),
    /from 80\.0% .* 95\.0% in Output/,
  );
  assert.match(say(one(0.8, 0.75, 0.85), one(0.95, 0.92, 0.97), one(0.7, 0.65, 0.75)), /falls to 70\.0% in Output/);
  assert.match(say(one(0.8, 0.75, 0.85), one(0.82, 0.77, 0.87), one(0.83, 0.78, 0.88)), /no layer is surely/);
  assert.equal(say(one(0.8, 0.75, 0.85)), "");
});

test("a filter's words are of its patches and its image; of none too", () => {
  const patches = [{ row: 41, value: 4.21, field: [0, 0, 5, 5] }];
  const found = { patches, mean: 1.5, isDense: false, dream: { pixels: [], value: 6.3, field: [] }, step: 1, epoch: 1 };
  assert.equal(
    filterWords(found, "Filter 4 of Convolution 1"),
    "Filter 4 of Convolution 1 responds most to image 42, with 4.21. Its strongest response in a training image is 1.50 on average. The image made for it reaches 6.30.",
  );
  assert.match(filterWords({ ...found, patches: [] }, "Filter 4"), /no training image/);
  assert.match(filterWords({ ...found, patches: [{ ...patches[0], value: -0 }] }, "Filter 4"), /is silent/);
  const places = {
    shape: Uint32Array.of(2, 3, 3),
    counts: Uint32Array.of(1, 2),
    rows: Uint32Array.of(5, 6, 7),
    values: Float32Array.of(1, 2, 3),
    fields: Int32Array.from({ length: 12 }, (_, i) => i),
    means: Float64Array.of(0.1, 0.2),
  };
  assert.deepEqual(patchesOf(places, 1), {
    patches: [
      { row: 6, value: 2, field: [4, 5, 6, 7] },
      { row: 7, value: 3, field: [8, 9, 10, 11] },
    ],
    mean: 0.2,
    isDense: false,
  });
});
