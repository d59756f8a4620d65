import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { rowsBehind, scoresOf, worstWords } from "../../www/features/confusion/model.js";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";
import { Confusion, confusionOf } from "../../www/features/confusion/worker.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

const sure = { loss: "cross-entropy", outputs: 1 };

test("counts are those of the classes decided on", () => {
  assert.deepEqual(confusionOf([0, 1, 1, 0], [0, 0, 1, 1], 2), [
    [1, 1],
    [1, 1],
  ]);
  assert.deepEqual(confusionOf([0, 1, 2, 0], [0, 1, 1, 2], 3), [
    [1, 0, 0],
    [0, 1, 1],
    [1, 0, 0],
  ]);
});

test("the rows behind a count, the clearest first; of two classes the output is about the second", () => {
  const rounded = (rows) => rows.map(({ row, value }) => [row, Number(value.toFixed(6))]);
  const two = { outputs: [0.4, 0.5, 0.9, 0.1], classes: [0, 0, 1, 0] };
  assert.deepEqual(rounded(rowsBehind(sure, two, [1, 0, 1, 1], { is: 1, said: 0 })), [
    [3, 0.9],
    [0, 0.6],
  ]);
  assert.deepEqual(rounded(rowsBehind(sure, two, [1, 0, 1, 1], { is: 0, said: 0 })), [[1, 0.5]]);
  assert.deepEqual(rounded(rowsBehind(sure, two, [1, 0, 1, 1], { is: 1, said: 1 })), [[2, 0.9]]);
  const three = { outputs: [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8], classes: [0, 1, 2] };
  assert.deepEqual(rounded(rowsBehind({ ...sure, outputs: 3 }, three, [0, 1, 1], { is: 1, said: 2 })), [[2, 0.8]]);
  assert.deepEqual(rowsBehind({ ...sure, outputs: 3 }, three, [0, 1, 1], { is: 2, said: 2 }), []);
  // Scores stay as they are, and the farthest from 0 is the clearest.
  const scores = { outputs: [-0.1, -2.5, 1.5], classes: [0, 0, 1] };
  assert.deepEqual(rounded(rowsBehind({ loss: "hinge", outputs: 1 }, scores, [0, 0, 0], { is: 0, said: 0 })), [
    [1, -2.5],
    [0, -0.1],
  ]);
});

test("the matrix is the accuracy, to the row, whatever the loss and however many the rows", async () => {
  const cases = [
    {
      data: { source: "three-spiral", noise: 0.1 },
      training: { loss: "hinge", optimizer: { type: "adam", learningRate: 0.01 } },
    },
    { data: { source: "three-spiral", noise: 0.1 }, training: { loss: "mse" } },
    { data: { source: "circle", noise: 0.3, samples: 3001 }, training: { loss: "mae" } },
    { data: { source: "moons", noise: 0.3, samples: 2203 }, training: { loss: "cross-entropy" } },
  ];
  for (const { data, training } of cases) {
    const trainer = await Trainer.create({ data, training, model: { layers: [] } });
    const confusion = new Confusion({ trainer, description: trainer.describe() });
    for (const epochs of [0, 1, 300]) {
      if (epochs === 0) await trainer.setParameters(new Float32Array(trainer.describe().parameterCount));
      trainer.advance(epochs * 10, 0);
      for (const [part, name] of [
        [0, "train"],
        [2, "test"],
      ]) {
        const { accuracy, rows } = await trainer.evaluate(name);
        const { counts, classes, outputs } = await confusion.tell({ part, inputs: new Float32Array([0, 0, 1, 2]) });
        assert.equal(counts.reduce((sum, row, k) => sum + row[k], 0) / rows, accuracy);
        assert.equal(
          counts.flat().reduce((sum, count) => sum + count, 0),
          rows,
        );
        assert.deepEqual([classes.length, outputs.length], [2, 2 * trainer.describe().outputs]);
      }
    }
    trainer.free();
  }
});

test("precision, recall and F1 as scikit-learn has them", () => {
  // sklearn.metrics.precision_recall_fscore_support([0]*6+[1]*4, [0]*5+[1]+[1]*3+[0])
  const counts = [
    [5, 1],
    [1, 3],
  ];
  assert.deepEqual(scoresOf(counts, 0), { precision: 5 / 6, recall: 5 / 6, f1: 5 / 6 });
  assert.ok(Math.abs(scoresOf(counts, 1).f1 - 0.75) < 1e-12);
  const none = scoresOf(
    [
      [3, 0],
      [2, 0],
    ],
    1,
  );
  assert.ok(Number.isNaN(none.precision));
  assert.deepEqual([none.recall, none.f1], [0, 0]);
});

test("the worst mistake in a sentence, and none", () => {
  assert.equal(
    worstWords(
      [
        [5, 1],
        [2, 3],
      ],
      ["a", "b"],
    ),
    "Most common error: b predicted as a (2 of 5 rows).",
  );
  assert.equal(
    worstWords(
      [
        [5, 0],
        [0, 3],
      ],
      ["a", "b"],
    ),
    "No misclassified rows.",
  );
});
