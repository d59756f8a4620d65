import assert from "node:assert/strict";
import test from "node:test";
import { fakeCanvas } from "./fakeCanvas.js";
import { biasMark, columnsOf, drawNetwork, linkCurve } from "../../www/features/model/networkChart.js";
import { curveOf, distanceTo, placeAt, pointOf, spotOf } from "../../www/features/model/networkHits.js";
import { lockedIn, pastOf, setLocked, setWeights, undo } from "../../www/session/edits.js";
import { histogramOf } from "../../www/ui/charts/bins.js";
import { healthOf, healthWords } from "../../www/session/health.js";
import { isIn, isSame, nameOf, neighborOf, parameterOf, parametersOf, sentenceOf } from "../../www/session/places.js";
import { trainingRows, trainingSample } from "../../www/base/sample.js";
import { createStore } from "../../www/base/store.js";
import { fieldsOf, unitGrid } from "../../www/features/model/unitFields.js";

/** Dense layers of these sizes, as the core describes them. */
function described(sizes, activation = "tanh") {
  let offset = 0;
  const layers = sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i];
    const layer = {
      type: "dense",
      inputs,
      outputs,
      activation,
      weight: { offset, shape: [outputs, inputs] },
      bias: { offset: offset + inputs * outputs, shape: [outputs] },
    };
    offset += outputs * (inputs + 1);
    return layer;
  });
  return {
    layers,
    features: ["x", "y"].slice(0, sizes[0]),
    columns: ["x", "y"].slice(0, sizes[0]),
    outputs: sizes.at(-1),
    parameterCount: offset,
    rows: { train: 4, validation: 0, test: 0 },
  };
}

const GRAY = [90, 90, 90];
const THEME = { unit: 1, surface: GRAY, ink: GRAY, muted: GRAY, zero: GRAY, minus: GRAY, plus: GRAY, accent: GRAY };

const LABELS = { inputs: ["x", "y"], outputs: ["P(●)"] };

test("what is drawn is hit where it is drawn: neurons, biases before them, links between them, and nothing beside", () => {
  const description = described([2, 4, 2, 1]);
  const columns = columnsOf(description, 600, 300, 1);
  columns.forEach(({ nodes }, layer) =>
    nodes.forEach((node, unit) => {
      assert.deepEqual(placeAt(columns, node.x, node.y), { kind: "neuron", layer, unit });
      assert.deepEqual(placeAt(columns, node.x, node.y, 14), { kind: "neuron", layer, unit }, "by finger too");
      if (!layer) return;
      const mark = biasMark(node);
      assert.deepEqual(placeAt(columns, mark.x - 1, mark.y + 1), { kind: "bias", layer, unit });
      columns[layer - 1].nodes.forEach((from, input) => {
        const { x, y } = pointOf(linkCurve(from, node), 0.93);
        const hit = placeAt(columns, x, y);
        const place = { kind: "weight", layer, unit, input };
        // Near its end a link may lie under another one, or its neuron's frame; it is never farther than that.
        assert.ok(hit && hit.kind !== "layer" && hit.layer === layer, JSON.stringify(place));
        assert.ok(distanceTo(curveOf(columns, place), x, y) < 0.5);
      });
    }),
  );
  const [from, to] = [columns[0].nodes[0], columns[1].nodes[0]];
  const middle = pointOf(linkCurve(from, to), 0.5);
  assert.deepEqual(placeAt(columns, middle.x, middle.y), { kind: "weight", layer: 1, unit: 0, input: 0 });
  assert.equal(placeAt(columns, from.x, 299), null);
  assert.equal(placeAt(columns, 599, 1), null);
  for (const place of [
    { kind: "neuron", layer: 2, unit: 1 },
    { kind: "bias", layer: 2, unit: 1 },
    { kind: "weight", layer: 1, unit: 3, input: 1 },
  ]) {
    const spot = spotOf(columns, place);
    assert.ok(spot.x > 0 && spot.x < 600 && spot.y > 0 && spot.y < 300);
  }
});

test("how many parameters a layer has is written in as many letters as there is room for", () => {
  const sizes = [2, 8, 8, 8, 1];
  const written = (/** @type {number} */ width) => {
    const canvas = fakeCanvas({ width, height: 200 });
    drawNetwork(canvas, described(sizes), new Float32Array(200), THEME, { ...LABELS, fields: null });
    const labels = canvas.of("fillText").filter(({ args: [, , y] }) => y > 190);
    for (const { args } of labels) assert.ok(6 * args[0].length < width / sizes.length, `${width}: ${args[0]}`);
    return labels.map(({ args }) => args[0]);
  };
  assert.equal(written(700)[1], "72 parameters");
  assert.equal(written(300)[1], "72 par.");
  assert.deepEqual(written(200), ["24", "72", "72", "9"]);
});

test("a link is hit from less than its reach away", () => {
  const columns = columnsOf(described([1, 1]), 600, 300, 1);
  const [[a], [b]] = columns.map(({ nodes }) => nodes);
  assert.equal(a.y, b.y);
  const link = { kind: "weight", layer: 1, unit: 0, input: 0 };
  const x = (a.x + b.x) / 2;
  assert.deepEqual([placeAt(columns, x, a.y + 5.5), placeAt(columns, x, a.y + 6)], [link, null]);
  assert.deepEqual([placeAt(columns, x, a.y + 13.5, 14), placeAt(columns, x, a.y + 14, 14)], [link, null]);
});

test("by finger, on a small screen, the middle of a neuron is the neuron", () => {
  const columns = columnsOf(described([2, 6, 4, 1]), 300, 180, 1);
  columns.forEach(({ nodes }, layer) =>
    nodes.forEach((node, unit) =>
      assert.deepEqual(placeAt(columns, node.x, node.y, 14), { kind: "neuron", layer, unit }),
    ),
  );
});

test("a hidden layer of more than a dozen neurons is one box, with no single links to hit; inputs and outputs never are", () => {
  const columns = columnsOf(described([2, 32, 2, 1]), 600, 300, 1);
  assert.deepEqual(
    columns.map(({ box, nodes }) => [Boolean(box), nodes.length]),
    [
      [false, 2],
      [true, 0],
      [false, 2],
      [false, 1],
    ],
  );
  const { box } = columns[1];
  assert.deepEqual(placeAt(columns, box.x + 5, box.y + 5), { kind: "layer", layer: 1 });
  assert.equal(placeAt(columns, (columns[0].nodes[0].x + box.x) / 2, 150), null);
  assert.ok(spotOf(columns, { kind: "layer", layer: 1 }).x > box.x);
  assert.equal(spotOf(columns, { kind: "neuron", layer: 1, unit: 3 }), null);
  const many = columnsOf({ ...described([30, 12, 13]), features: [] }, 600, 300, 1);
  assert.deepEqual(
    many.map(({ box }) => Boolean(box)),
    [false, false, false],
  );
});

test("places have their parameters, names and sentences", () => {
  const description = described([2, 3, 1]);
  assert.deepEqual(parametersOf(description, { kind: "weight", layer: 1, unit: 1, input: 0 }), [2]);
  assert.deepEqual(parametersOf(description, { kind: "bias", layer: 1, unit: 1 }), [7]);
  assert.deepEqual(parametersOf(description, { kind: "neuron", layer: 1, unit: 1 }), [2, 3, 7]);
  assert.deepEqual(parametersOf(description, { kind: "layer", layer: 2 }), [9, 10, 11, 12]);
  assert.deepEqual(parametersOf(description, { kind: "neuron", layer: 0, unit: 0 }), []);
  assert.equal(parameterOf(description, { kind: "neuron", layer: 2, unit: 0 }), 12);
  const parameters = Float32Array.from({ length: 13 }, (_, i) => i / 10 - 0.3);
  assert.equal(
    sentenceOf(description, LABELS, { kind: "weight", layer: 1, unit: 1, input: 0 }, parameters),
    "Weight from x to neuron 2 of layer 1 is −0.1",
  );
  assert.equal(
    sentenceOf(description, LABELS, { kind: "weight", layer: 2, unit: 0, input: 2 }, parameters),
    "Weight from neuron 3 of layer 1 to the output is 0.8",
  );
  assert.equal(
    sentenceOf(description, LABELS, { kind: "bias", layer: 1, unit: 2 }, parameters),
    "Bias of neuron 3 of layer 1 is 0.5",
  );
  assert.equal(
    sentenceOf(description, LABELS, { kind: "neuron", layer: 1, unit: 0 }, parameters),
    "Neuron 1 of layer 1: tanh, 2 weights and a bias",
  );
  assert.equal(nameOf(description, LABELS, { kind: "neuron", layer: 0, unit: 1 }), "Feature y");
  assert.equal(
    nameOf(description, { inputs: ["x", "y"], outputs: ["a", "b"] }, { kind: "neuron", layer: 2, unit: 0 }),
    "Output a",
  );
});

test("arrow keys reach every neuron, weight and bias, and never leave the network", () => {
  const description = described([2, 3, 1]);
  const seen = new Map();
  const queue = [{ kind: "neuron", layer: 0, unit: 0 }];
  while (queue.length) {
    const place = queue.pop();
    const key = JSON.stringify(place);
    if (seen.has(key)) continue;
    seen.set(key, place);
    for (const way of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
      queue.push(neighborOf(description, place, way));
  }
  const count = (kind) => [...seen.values()].filter((place) => place.kind === kind).length;
  assert.deepEqual([count("neuron"), count("bias"), count("weight")], [6, 4, 9]);
  const wide = neighborOf(description, { kind: "neuron", layer: 0, unit: 1 }, "ArrowRight", (layer) => layer === 1);
  assert.deepEqual(wide, { kind: "layer", layer: 1 });
  assert.deepEqual(
    neighborOf(description, wide, "ArrowRight", (layer) => layer === 1),
    { kind: "neuron", layer: 2, unit: 0 },
  );
  assert.ok(isSame(null, undefined) && !isSame(wide, null));
});

test("edits: set, lock and undo, step by step; a new run has none", () => {
  const sent = [];
  const sticky = new Map();
  const description = described([2, 1]);
  const playground = {
    store: createStore({ description, frame: { parameters: new Float32Array([1, 2, 3]) }, edits: undefined }),
    client: {
      send: (type, fields) => sent.push({ type, ...fields }),
      remember: (type, fields) => sticky.set(type, fields),
      recall: (type) => sticky.get(type),
    },
  };
  setWeights(
    playground,
    [
      [0, 0],
      [2, 0],
    ],
    "zeroed",
  );
  setLocked(playground, [2, 0], true, "locked");
  setLocked(playground, [1], true, "locked");
  setLocked(playground, [0], false, "unlocked");
  assert.deepEqual(lockedIn(playground), [1, 2]);
  assert.deepEqual(
    pastOf(playground).map(({ what }) => what),
    ["zeroed", "locked", "locked", "unlocked"],
  );
  undo(playground);
  assert.deepEqual(lockedIn(playground), [0, 1, 2]);
  undo(playground);
  undo(playground);
  assert.deepEqual(lockedIn(playground), []);
  sent.length = 0;
  undo(playground);
  assert.deepEqual(sent, [
    { type: "setParameter", index: 0, value: 1 },
    { type: "setParameter", index: 2, value: 3 },
  ]);
  undo(playground); // nothing left
  assert.equal(sent.length, 2);
  setWeights(playground, [[0, 5]], "set");
  playground.store.set({ description: described([2, 1]) });
  assert.deepEqual(pastOf(playground), []);
});

test("dead: the same on 99 % of the rows, or rectified to 0; saturated: flat on 90 %", () => {
  const rows = (make) => Float32Array.from({ length: 200 }, (_, i) => make(i));
  assert.equal(
    healthOf(
      rows(() => 0),
      "relu",
    ).state,
    "dead",
  );
  assert.equal(
    healthOf(
      rows((i) => (i < 2 ? i + 1 : 0)),
      "relu",
    ).state,
    "dead",
    "99 %",
  );
  assert.equal(
    healthOf(
      rows((i) => (i < 3 ? i + 1 : 0)),
      "relu",
    ).state,
    "well",
    "98.5 %",
  );
  assert.equal(
    healthOf(
      rows(() => 0.7),
      "tanh",
    ).state,
    "dead",
    "a constant",
  );
  assert.equal(
    healthOf(
      rows((i) => Math.sin(i)),
      "tanh",
    ).state,
    "well",
  );
  assert.equal(
    healthOf(
      rows((i) => (i < 180 ? 0.99 + i / 100_000 : 0) + 1e-6),
      "tanh",
    ).state,
    "saturated",
  );
  assert.equal(
    healthOf(
      rows((i) => (i < 178 ? 0.99 + i / 100_000 : 0) + 1e-6),
      "tanh",
    ).state,
    "well",
    "89 %",
  );
  assert.equal(
    healthOf(
      rows((i) => (i % 2 ? 0.001 : 0.998) + i / 1e6),
      "sigmoid",
    ).state,
    "saturated",
  );
  assert.equal(
    healthOf(
      rows((i) => 5 + i),
      "linear",
    ).state,
    "well",
  );
  assert.match(
    healthWords(
      healthOf(
        rows(() => 0),
        "relu",
      ),
    ),
    /^Dead: outputs 0 for 100% of training rows/,
  );
  assert.match(
    healthWords(
      healthOf(
        rows((i) => (i < 190 ? 0.995 + i / 1e5 : 0)),
        "tanh",
      ),
    ),
    /^Saturated: its activation is nearly flat for 95\.0% of/,
  );
  assert.equal(healthWords(undefined), "");
});

test("histograms count all, the ends included; a sample is of training rows alone", () => {
  assert.deepEqual(histogramOf([-1, -0.9, 0, 0.99, 1, 5], 4, [-1, 1]), [2, 0, 1, 3]);
  const points = {
    inputs: Float32Array.from({ length: 20 }, (_, i) => i),
    targets: new Float32Array(10),
    part: Uint8Array.from({ length: 10 }, (_, i) => (i % 2 ? 2 : 0)),
  };
  assert.deepEqual([...trainingSample(points, 2, 3)], [0, 1, 8, 9, 12, 13]);
  assert.equal(trainingSample(points, 2, 100).length, 10);
  // Rows of two kinds in turn, as some sources have them: every second one would be half the story.
  const part = new Uint8Array(600).map((_, row) => (row % 5 === 4 ? 2 : 0));
  for (const most of [60, 120, 160, 240]) {
    const rows = trainingRows(part, most);
    assert.equal(new Set(rows).size, most);
    assert.ok(rows.every((row, i) => part[row] === 0 && (i === 0 || row > rows[i - 1])));
    const odd = rows.filter((row) => row % 2).length / most;
    assert.ok(odd > 0.4 && odd < 0.6, `${most} rows: ${odd} of them odd`);
  }
});

test("a grid for the units: fine for few of them, coarser for many, none for too many, never over 20,000 numbers", () => {
  const state = (sizes) => ({
    description: {
      ...described(sizes),
      domain:
        sizes[0] === 1
          ? [[-1, 4]]
          : [
              [-6, 6],
              [-6, 6],
            ],
    },
    view:
      sizes[0] === 1
        ? [[-1, 4]]
        : [
            [-6, 6],
            [-6, 6],
          ],
    ask: [0, 0].slice(0, sizes[0]),
    settings: { axes: null },
  });
  const few = unitGrid(state([2, 4, 2, 1]));
  assert.deepEqual([few.size, few.cells, few.rows.length, few.isLine], [24, 576, 1152, false]);
  const line = unitGrid(state([1, 4, 1]));
  assert.deepEqual([line.size, line.cells, line.rows.length, line.isLine], [48, 48, 48, true]);
  for (const width of [8, 32, 100, 300]) {
    const grid = unitGrid(state([2, width, width, 1]));
    assert.ok(grid === null || (grid.cells * (2 * width + 3) <= 20_000 && grid.size >= 6), String(width));
  }
  assert.equal(unitGrid(state([2, 600, 600, 1])), null);
  assert.equal(unitGrid({ ...state([2, 1]), description: null }), null);
  const { description } = state([2, 4, 2, 1]);
  const units = new Float32Array(9 * 576);
  const fields = fieldsOf(few, description, units);
  assert.deepEqual([fields.inputs.length, fields.layers.length], [2 * 576, 7 * 576]);
  assert.equal(fieldsOf(few, description, units.subarray(1)), null, "of another grid");
  assert.equal(fieldsOf(few, description, undefined), null);
});

test("a place is in a network that has it, and not in a smaller one", () => {
  const network = /** @type {any} */ ({
    layers: [
      { inputs: 2, outputs: 3 },
      { inputs: 3, outputs: 1 },
    ],
  });
  const neuron = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    isIn(network, { kind: "neuron", layer, unit });
  assert.deepEqual(
    [neuron(0, 1), neuron(0, 2), neuron(1, 2), neuron(1, 3), neuron(2, 0), neuron(2, 1), neuron(3, 0)],
    [true, false, true, false, true, false, false],
  );
  const weight = (/** @type {number} */ unit, /** @type {number} */ input) =>
    isIn(network, { kind: "weight", layer: 1, unit, input });
  assert.deepEqual([weight(2, 1), weight(3, 1), weight(2, 2)], [true, false, false]);
  assert.deepEqual(
    [2, 3].map((layer) => isIn(network, { kind: "layer", layer })),
    [true, false],
  );
});
