import assert from "node:assert/strict";
import test from "node:test";
import { confusionOf, rowsBehind, scoresOf, worstWords } from "../../www/core/confusion.js";

test("two classes: one number a row, half counts as the second", () => {
  assert.deepEqual(confusionOf([0.2, 0.5, 0.9, 0.1], [0, 0, 1, 1], 2), [[1, 1], [1, 1]]);
});

test("more classes: the largest share, the first of equals", () => {
  const outputs = [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8, 0.4, 0.4, 0.2];
  assert.deepEqual(confusionOf(outputs, [0, 1, 1, 2], 3), [[1, 0, 0], [0, 1, 1], [1, 0, 0]]);
});

test("the rows behind a count, the surest first; of two classes the output is the second one's share", () => {
  const rounded = (rows) => rows.map(({ row, share }) => [row, Number(share.toFixed(6))]);
  assert.deepEqual(rounded(rowsBehind([0.4, 0.5, 0.9, 0.1], [1, 0, 1, 1], 2, { is: 1, said: 0 })), [[3, 0.9], [0, 0.6]]);
  assert.deepEqual(rounded(rowsBehind([0.4, 0.5, 0.9, 0.1], [1, 0, 1, 1], 2, { is: 0, said: 1 })), [[1, 0.5]]);
  const outputs = [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8];
  assert.deepEqual(rounded(rowsBehind(outputs, [0, 1, 1], 3, { is: 1, said: 2 })), [[2, 0.8]]);
  assert.deepEqual(rowsBehind(outputs, [0, 1, 1], 3, { is: 2, said: 2 }), []);
});

test("precision, recall and F1 as scikit-learn has them", () => {
  // sklearn.metrics.precision_recall_fscore_support([0]*6+[1]*4, [0]*5+[1]+[1]*3+[0])
  const counts = [[5, 1], [1, 3]];
  assert.deepEqual(scoresOf(counts, 0), { precision: 5 / 6, recall: 5 / 6, f1: 5 / 6 });
  assert.ok(Math.abs(scoresOf(counts, 1).f1 - 0.75) < 1e-12);
  const none = scoresOf([[3, 0], [2, 0]], 1);
  assert.ok(Number.isNaN(none.precision));
  assert.deepEqual([none.recall, none.f1], [0, 0]);
});

test("the worst mistake in a sentence, and none", () => {
  assert.equal(worstWords([[5, 1], [2, 3]], ["a", "b"]), "Most often b is taken for a: 2 of its 5 rows.");
  assert.equal(worstWords([[5, 0], [0, 3]], ["a", "b"]), "No row is taken for another class.");
});
