// The coach's rules at the very edge of their thresholds, where a like case beyond it says the contrary.
import assert from "node:assert/strict";
import test from "node:test";
import { alertsOf, collapse, noisy, overfitting, plateau } from "../../www/features/coach/alerts.js";
import { explainDivergence, mayClip, ratesFor } from "../../www/features/coach/divergence.js";
import { about, settings } from "./imaginedRun.js";

/** Looks and points of an imagined run, one of each for every training loss. */
function run(/** @type {number[]} */ losses, { norms = losses.map((_, i) => (i % 2 ? 0.5 : 2)), held = losses } = {}) {
  return /** @type {any} */ ({
    points: losses.map((training, epoch) => ({ epoch, training, test: held[epoch] })),
    looks: losses.map((loss, epoch) => ({
      ...{ step: epoch, epoch, only: null, share: 0.5, rows: 400, validation: null, gradientNorm: norms[epoch] },
      training: { loss, rows: 400 },
    })),
  });
}
const list = (/** @type {number} */ count, /** @type {(i: number) => number} */ of) => Array.from({ length: count }, (_, i) => of(i)); // prettier-ignore

test("noise: losses that rise in 7 of 23 jumps are noisy, those that rise in 6 or in 17 only move one way", () => {
  /** Every rise makes up for the falls before it, so that there is no trend. */
  const saw = (/** @type {number} */ ups) => {
    let loss = 0.5;
    return list(24, (i) => {
      if (i > 0) {
        const isUp = Math.floor((i * ups) / 23) > Math.floor(((i - 1) * ups) / 23);
        loss *= isUp ? 1.2 ** ((23 - ups) / ups) : 1 / 1.2;
      }
      return loss;
    });
  };
  const said = [6, 7, 12].map((ups) => noisy(run(saw(ups)), about())?.evidence.match(/up in \d+ of \d+/)?.[0] ?? null);
  assert.deepEqual(said, [null, "up in 7 of 23", "up in 12 of 23"]);
  const turned = (/** @type {number} */ ups) => saw(23 - ups).map((loss) => 0.25 / loss);
  assert.deepEqual([16, 17].map((ups) => noisy(run(turned(ups)), about()) !== null), [true, false]); // prettier-ignore
});

test("noise: a trend of three jumps' size is none, a longer one is learning", () => {
  const drifting = (/** @type {number} */ whole) =>
    list(24, (i) => (i < 8 ? 1 : i < 16 ? 1 + whole / 2 : 1 + whole) * (i % 2 ? 1.1 : 0.9));
  const size = 0.2;
  assert.deepEqual([2.5, 3.5].map((times) => noisy(run(drifting(times * size)), about()) !== null), [true, false]); // prettier-ignore
});

test("noise: losses that fall by 12% of themselves at every other look are noisy, those that fall by 11.9% are not", () => {
  const falling = (/** @type {number} */ to) => noisy(run(list(24, (i) => (i % 2 ? to : 1))), about()) !== null;
  assert.deepEqual([falling(0.88), falling(0.881)], [true, false]);
  const recent = (/** @type {number} */ looks) => noisy(run(list(looks, (i) => (i % 2 ? 0.8 : 1))), about()) !== null;
  assert.deepEqual([recent(16), recent(15)], [true, false]);
  const batches = (/** @type {number} */ batchSize) => noisy(run(list(24, (i) => (i % 2 ? 0.8 : 1))), about({ batchSize })) !== null; // prettier-ignore
  assert.deepEqual([batches(199), batches(200)], [true, false], "half of the rows a step");
});

test("overfitting: a rise of 7.5% is none, one of 8.5% is; six points are enough, five are not", () => {
  const falling = list(101, (i) => 0.9 - 0.004 * i);
  const rising = (/** @type {number} */ share) =>
    list(101, (i) => 1 + (i < 20 ? (20 - i) / 200 : (share * (i - 20)) / 80));
  const is = (/** @type {number} */ share) => overfitting(run(falling, { held: rising(share) }), about()) !== null;
  assert.deepEqual([0.075, 0.0785, 0.0815, 0.085].map(is), [false, false, true, true]);
  const few = (/** @type {number} */ count) => {
    const { points, looks } = run(list(count, (i) => 0.8 - 0.1 * i), { held: list(count, (i) => 1 + i / 2) }); // prettier-ignore
    return overfitting({ points: points.map((/** @type {any} */ one) => ({ ...one, epoch: 10 * one.epoch })), looks }, about()); // prettier-ignore
  };
  assert.deepEqual([few(5) !== null, few(6) !== null], [false, true]);
});

test("overfitting: most of the way up is 70% of the points after the lowest, more than 2% above it", () => {
  const falling = list(101, (i) => 0.9 - 0.004 * i);
  const up = (/** @type {number} */ share) => list(101, (i) => (i <= 20 ? 1.2 - 0.01 * i : i <= 100 - 80 * share ? 1.015 : 1.5)); // prettier-ignore
  const is = (/** @type {number} */ share) => overfitting(run(falling, { held: up(share) }), about()) !== null;
  assert.deepEqual([0.65, 0.69, 0.725, 0.75].map(is), [false, false, true, true]);
});

test("overfitting: the lowest loss has to lie a tenth of the epochs back", () => {
  const falling = list(201, (i) => 0.9 - 0.002 * i);
  const since = (/** @type {number} */ best) =>
    overfitting(run(falling, { held: list(201, (i) => (i <= best ? 2 - 0.005 * i : 2.5)) }), about()) !== null;
  assert.deepEqual([179, 180, 181].map(since), [true, true, false]);
});

test("overfitting: a rise counts from 2% of the first loss on", () => {
  const is = (/** @type {number} */ last) => {
    const held = list(40, (i) => (i === 0 ? 50 : i < 20 ? 11 : i === 20 ? 10 : last));
    // The middle one of three neighbors is never alone with the lowest.
    held[19] = held[21] = 10;
    return (
      overfitting(
        run(
          list(40, (i) => 4 - 0.05 * i),
          { held },
        ),
        about(),
      ) !== null
    );
  };
  assert.deepEqual([10.99, 11, 11.01].map(is), [false, true, true]);
});

test("a plateau is judged by the first and the last third, whatever lies between", () => {
  const bumped = list(100, (i) => (i === 0 ? 1 : i >= 80 && i < 88 ? 0.9 : 0.8));
  assert.notEqual(plateau(run(bumped), about()), null);
});

test("noise: a loss that has come down to less than a fifth is far enough down", () => {
  const is = (/** @type {number} */ first) =>
    noisy({ ...run(list(24, (i) => (i % 2 ? 0.75 : 1.25))), points: [{ epoch: 0, training: first }] }, about()) !== null; // prettier-ignore
  assert.deepEqual([4.99, 5, 5.01].map(is), [true, true, false]);
});

test("a plateau is told from twelve points on, and once five epochs lie before it", () => {
  const flat = (/** @type {number} */ last, /** @type {number} */ every) => {
    const epochs = list(Math.floor(last / every) + 1, (i) => i * every);
    return /** @type {any} */ ({
      points: epochs.map((epoch) => ({ epoch, training: epoch < 5 ? 1 : 0.5, test: NaN })),
      looks: [],
    });
  };
  const is = (/** @type {number} */ last, every = 1) => plateau(flat(last, every), about()) !== null;
  assert.deepEqual([is(34), is(35)], [false, true]);
  assert.deepEqual([is(50, 5), is(55, 5)], [false, true], "eleven points, and twelve");
});

test("a loss that ends more than 5% above its start asks for a smaller rate; below that, for another one", () => {
  const ending = (/** @type {number} */ end) =>
    plateau(run(list(120, (i) => (i === 0 ? 2 : 2 * end))), about({ settings: settings({ optimizer: "adam" }) }));
  assert.match(ending(1.06)?.advice ?? "", /^Try a smaller learning rate/);
  assert.match(ending(1.04)?.advice ?? "", /^Try a different learning rate/);
});

test("one class for every row: 60% of the rows being of it is named, 59% is not", () => {
  const of = (/** @type {number} */ share) =>
    collapse(/** @type {any} */ ({ points: [], looks: [0, 40].map((epoch) => ({ epoch, only: 0, share, rows: 400, training: { loss: 1 } })) }), about()); // prettier-ignore
  assert.match(of(0.6)?.evidence ?? "", / 60% of them are of one class\.$/);
  assert.match(of(0.6)?.advice ?? "", /Balanced class weights/);
  for (const share of [0.55, 0.59]) assert.doesNotMatch(of(share)?.evidence ?? "of one class", /of one class/);
});

test("an alert is told from the third look on that says so", () => {
  const { points, looks } = run(list(60, (i) => (i === 0 ? 1 : 3)));
  const kinds = (/** @type {number} */ count) =>
    alertsOf({ points, looks: looks.slice(0, count) }, about()).map(({ kind }) => kind);
  // Above the start since epoch 1, and for 8 epochs at the tenth look: the third of them is the twelfth.
  assert.deepEqual([kinds(2), kinds(11), kinds(12)], [[], [], ["overshooting"]]);
});

test("a rate to try is of two digits, never above what it was taken from, and a round one stays", () => {
  const rates = (/** @type {number} */ learningRate) =>
    ratesFor(/** @type {any} */ ({ settings: settings({ learningRate }), curvature: NaN, learningRate }));
  assert.deepEqual(rates(0.3), [0.1, 0.033, 0.01, 0.0033, 0.001, 0.0001]);
  assert.deepEqual(rates(0.5), [0.16, 0.055, 0.016, 0.0055, 0.0016, 0.00016]);
});

test("a rate that is all the curvature allows overshoots nothing; one above is told how far it is above", () => {
  const evidence = (/** @type {number} */ learningRate) =>
    /** @type {any} */ ({
      ...{ settings: settings({ learningRate, optimizer: "sgd", clip: "off" }), learningRate, curvature: 2 },
      ...{ epoch: 3, sound: 1, weights: null, units: null },
    });
  assert.deepEqual([0.99, 1, 1.01].map((rate) => mayClip(evidence(rate))), [true, true, false]); // prettier-ignore
  const times = (/** @type {number} */ rate) => explainDivergence(evidence(rate)).match(/[\d.]+( times|×)/)?.[0];
  assert.deepEqual([1.94, 1.95, 1.96, 9.4, 9.6].map(times), ["1.9 times", "1.9×", "2×", "9.4×", "10×"]);
});
