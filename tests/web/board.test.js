import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Board } from "../../www/features/drawing/board.js";
import { MOST_POINTS, pointsOf } from "../../www/settings/sources.js";
import { MOST_IN_LINK, defaultsFor, settingsFor, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import { inlineRunner, settle } from "./support.js";

test("a drawing reads as a setting, and the setting as the same drawing", () => {
  const board = new Board();
  board.begin();
  board.paint(2, 1.234, -7);
  board.paint(2, 1.3, -7); // too near to the one before
  board.paint(0, 3, 3);
  assert.equal(board.text, "3,3!!1.23,-6");
  assert.deepEqual(board.counts, [1, 0, 1, 0]);
  const other = new Board();
  other.load(board.text);
  assert.equal(other.text, board.text);
  assert.deepEqual(pointsOf(board.text), [[3, 3], [], [1.23, -6]]);
});

test("strokes are undone whole; what changed nothing is no step", () => {
  const board = new Board();
  board.begin();
  for (let x = -3; x <= 3; x++) board.paint(1, x, 0);
  board.end();
  board.begin();
  board.erase(0, 5);
  board.end();
  board.begin();
  board.erase(0.1, 0, 1.5);
  board.end();
  assert.equal(board.counts[1], 4);
  board.undo();
  assert.equal(board.counts[1], 7);
  board.undo();
  assert.equal(board.text, "");
  assert.equal(board.canUndo, false);
});

test("a wide brush strews about its path, always alike, and a full board takes no more", () => {
  const draw = () => {
    const board = new Board();
    board.begin();
    for (let i = 0; i < 50; i++) board.paint(0, (i % 10) - 5, Math.floor(i / 10), 1.5);
    return board;
  };
  const { points, text } = draw();
  assert.equal(points.length, 50);
  assert.equal(draw().text, text);
  assert.ok(points.some(({ x, y }, i) => Math.hypot(x - ((i % 10) - 5), y - Math.floor(i / 10)) > 0.5));
  const full = draw();
  for (let i = 0; i < 2 * MOST_POINTS; i++) full.paint(0, i % 2 ? 3 : -3, 0);
  assert.equal(full.points.length, MOST_POINTS);
});

test("the link carries a drawing while it is short, and names one that is none", () => {
  const settings = { ...defaultsFor("drawn"), points: "1,2!-3,0.5" };
  assert.equal(writeHash(settings), "source=drawn&points=1,2!-3,0.5");
  assert.equal(readHash(writeHash(settings)).settings.points, settings.points);
  assert.deepEqual(specFrom(settings).data, {
    source: "drawn",
    points: [
      [1, 2],
      [-3, 0.5],
    ],
    features: ["x", "y"],
    scale: "standard",
    split: { train: 0.8, validation: 0, test: 0.2, stratify: true },
  });
  const many = (/** @type {number} */ points) => Array(points).fill("1,2").join(",");
  assert.deepEqual(readHash(`#source=drawn&points=${many(MOST_POINTS)}`).ignored, []);
  assert.deepEqual(readHash("#source=drawn&points=1,2!!1,2!3,4").ignored, []);
  for (const bad of [
    "1",
    "a,b",
    "1,2,3",
    "7,0",
    "1,2!3",
    "1,",
    ",",
    "1,2!!!!3,4",
    many(MOST_POINTS + 1),
    many(200_000),
  ])
    assert.deepEqual(readHash(`#source=drawn&points=${bad}`).ignored, [`points=${bad}`]);
  assert.deepEqual(readHash("#source=circle&points=1,2").ignored, ["points=1,2"]);
  assert.equal(writeHash({ ...settings, points: "1,2,".repeat(MOST_IN_LINK) }), "source=drawn");
  assert.equal(settingsFor("circle", { points: "1,2" }).points, "", "another source has none");
});

test("a run that is opened with `keep` has the weights of the one before, where they fit", async () => {
  /** @type {number[]} */
  const handed = [];
  const runner = inlineRunner({
    prepare: (trainer) =>
      Object.assign(trainer, {
        setParameters: async (/** @type {Float32Array} */ weights) => handed.push(weights.length),
      }),
  });
  const spec = (layers) => ({
    data: { source: "circle", samples: 100, noise: 0, features: ["x", "y"], split: { train: 0.8, test: 0.2 } },
    model: { layers },
    training: { batchSize: 10, optimizer: { type: "sgd", learningRate: 0.03 }, stop: { maxEpochs: null } },
  });
  const dense = (units) => [{ type: "dense", units, activation: "tanh" }];
  runner.send({ type: "hello", version: 1, core: null });
  runner.send({ type: "open", run: 1, spec: spec(dense(3)) });
  await settle();
  const [first] = runner.trainers;
  assert.deepEqual(handed, []);
  for (const [run, layers] of /** @type {const} */ ([
    [2, dense(3)],
    [3, dense(5)],
  ])) {
    runner.send({ type: "open", run, spec: spec(layers), keep: true });
    await settle();
  }
  assert.deepEqual(handed, [first.describe().parameterCount]);
  assert.equal(runner.last("opened").run, 3);
});

test("the core takes what is drawn, in the package that has it, and refuses what is none", async () => {
  initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });
  const settings = { ...defaultsFor("drawn"), points: "-3,-3,-2,-3,-3,-2!3,3,2,3,3,2!-3,3!3,-3" };
  const trainer = await Trainer.create(specFrom(settings));
  const { columns, classes, domain, outputs } = trainer.describe();
  assert.deepEqual(
    { columns, classes, domain, outputs },
    {
      columns: ["x", "y"],
      classes: 4,
      domain: [
        [-6, 6],
        [-6, 6],
      ],
      outputs: 4,
    },
  );
  assert.deepEqual([...trainer.points().targets], [0, 0, 0, 1, 1, 1, 2, 3]);
  trainer.free();
  await assert.rejects(Trainer.create({ data: { source: "drawn", points: [[1]] } }), {
    code: "spec",
    where: "data.points",
  });
});
