import assert from "node:assert/strict";
import test from "node:test";
import { alertsOf, collapse, dying, noisy, overfitting, plateau } from "../../www/core/alerts.js";
import { allowedRate, lastSound, reasonOf, third } from "../../www/core/rescue.js";

/** Moments of an imagined run: losses by epoch. */
const run = (count, training, test = training, norm = () => 1) =>
  Array.from({ length: count }, (_, epoch) => ({
    step: 40 * epoch, epoch, training: { loss: training(epoch), rows: 400 }, test: { loss: test(epoch), rows: 100 }, gradientNorm: norm(epoch), learningRate: 0.03,
  }));

const falling = (epoch) => 0.05 + 0.6 * Math.exp(-epoch / 30);
const about = { batchSize: 2, trainingRows: 400 };
const wobble = (epoch) => ((Math.sin(epoch * 12.9898) * 43758.5453) % 1) / 2 + 0.25; // −0.25…0.75, plainly irregular

test("overfitting: told with its epoch and both losses, once it holds", () => {
  const split = (epoch) => (epoch <= 40 ? falling(epoch) : falling(40) * (1 + (epoch - 40) / 100));
  const alert = overfitting(run(100, falling, split));
  assert.equal(alert.since, 40);
  assert.equal(alert.step, 1600);
  assert.match(alert.evidence, /^Since epoch 40 the test loss rose by 56 % \(0\.\d{4} to 0\.\d{4}\), while the training loss fell by \d\d %\.$/);
  assert.match(overfitting(run(100, (epoch) => Math.exp(-epoch / 6), split)).evidence, /training loss fell by over 99 %\.$/, "there is something left of it");
  assert.equal(overfitting(run(44, falling, split)), null, "not yet");
  assert.equal(overfitting(run(100, falling)), null, "both fall");
  assert.equal(overfitting(run(100, (epoch) => 0.3 + epoch / 1000, split)), null, "both rise");
  assert.equal(overfitting(run(100, falling, (epoch) => falling(epoch) * (1 + 0.06 * wobble(epoch)))), null, "it only wobbles");
  const spike = (epoch) => (epoch === 99 ? 9 : falling(epoch));
  assert.equal(overfitting(run(100, falling, spike)), null, "one outlier");
  assert.equal(overfitting(run(100, falling).map((moment) => ({ ...moment, test: null }))), null, "no test rows");
  assert.equal(overfitting(run(100, falling, (epoch) => 0.05 * split(epoch))), null, "test rows are told better than training rows");
});

test("plateau: told where the loss is high and stands, not where it falls or is low", () => {
  const stuck = (epoch) => 0.5 + 0.2 * Math.exp(-epoch / 4);
  const alert = plateau(run(120, stuck));
  assert.match(alert.evidence, /^For 36 epochs the training loss stayed at about 0\.5000 \((up|down) less than 0\.1 %\); it began at 0\.7000\.$/);
  assert.equal(plateau(run(30, stuck)), null, "not yet");
  assert.equal(plateau(run(120, falling)), null, "it falls");
  assert.equal(plateau(run(400, (epoch) => 0.01 + 0.6 * Math.exp(-epoch / 10))), null, "it is low");
});

test("noise: told where losses jump up and down, not where they fall, however fast", () => {
  const jumpy = (epoch) => 0.3 + 0.35 * wobble(epoch);
  const alert = noisy(run(60, jumpy, jumpy, (epoch) => 1 + wobble(epoch) * 3), about);
  assert.match(alert.evidence, /jumps by \d\d % .* up in \d+ of 23; .* scatters by \d\d %\. Each step sees 2 of 400 rows/);
  assert.equal(noisy(run(60, falling), about), null);
  assert.equal(noisy(run(60, (epoch) => Math.exp(-epoch / 3)), about), null);
  assert.equal(noisy(run(60, jumpy, jumpy, (epoch) => 1 + wobble(epoch) * 3), { batchSize: 400, trainingRows: 400 }), null, "whole batches aren't noisy");
  const late = (epoch) => (epoch < 20 ? 1 : 0.05 * jumpy(epoch));
  assert.equal(noisy(run(60, late, late, (epoch) => 1 + wobble(epoch) * 3), about), null, "what is left of the loss is little");
  const right = run(60, jumpy, jumpy, (epoch) => 1 + wobble(epoch) * 3).map((moment) => ({ ...moment, training: { ...moment.training, accuracy: 0.99 } }));
  assert.equal(noisy(right, about), null, "nearly all rows are told right");
});

test("one class for every row: told after some epochs, not at the start", () => {
  const look = (epoch, only) => ({ epoch, only, rows: 400 });
  const alert = collapse([look(0, 1), look(5, null), look(10, 0), look(20, 0), look(30, 0)]);
  assert.equal(alert.since, 10);
  assert.equal(alert.evidence, "For 20 epochs all of 400 rows were told to be class 0.");
  assert.equal(collapse([look(5, null), look(10, 0), look(12, 0)]), null);
  assert.equal(collapse([look(10, 0), look(20, 0), look(30, null)]), null);
  assert.equal(collapse([]), null);
});

test("dying units: a third of a layer, for some epochs", () => {
  const look = (epoch, dead) => ({ epoch, only: null, rows: 400, units: [{ layer: 1, dead: 0, of: 8 }, { layer: 2, dead, of: 8 }] });
  assert.match(dying([look(0, 1), look(10, 3), look(25, 4)]).evidence, /^In hidden layer 2, 4 of 8 neurons \(50 %\) answer 0 to every row since epoch 10/);
  assert.equal(dying([look(0, 1), look(10, 3), look(25, 2)]), null);
  assert.equal(dying([{ epoch: 9, only: null, rows: 4 }]), null, "where units can't be seen there is no such rule");
});

test("what matters most comes first, and a good run is left in peace", () => {
  assert.deepEqual(alertsOf(run(200, falling), [], about), []);
  const looks = [10, 60, 110].map((epoch) => ({ epoch, only: 0, rows: 9 }));
  assert.deepEqual(alertsOf(run(120, () => 0.69), looks, about).map(({ kind }) => kind), ["collapse", "plateau"]);
});

test("the last sound moment is before the loss took off", () => {
  const losses = [20, 5, 1, 1.5, 40, 9e9, Infinity];
  const moments = losses.map((loss, epoch) => ({ step: epoch, epoch, training: { loss } }));
  assert.equal(lastSound(moments).epoch, 3);
  assert.equal(lastSound(moments.slice(5)).epoch, 5);
  assert.equal(lastSound([]), null);
});

const evidence = { settings: { learningRate: 10, optimizer: "sgd", momentum: 0 }, epoch: 14, sound: null, curvature: 7.4, weights: null, units: null };

test("a rate above what the curvature allows is named as such, with both numbers", () => {
  assert.match(reasonOf(evidence), /^A rate of 10 is 37 times the 0\.27 that the curvature allows \(2\/λ with λ = 7\.4\)/);
  assert.match(reasonOf({ ...evidence, settings: { ...evidence.settings, learningRate: 0.4 } }), /^A rate of 0\.4 is 1\.5 times the 0\.27/);
  assert.match(reasonOf({ ...evidence, settings: { ...evidence.settings, momentum: 0.9 } }), /19 times the 0\.51 .*2\(1 \+ 0\.9\)\/λ/);
  assert.equal(allowedRate(4), 0.5);
  assert.ok(Number.isNaN(allowedRate(-1)));
});

test("else dead units or exploded weights are, else what is known", () => {
  const calm = { ...evidence, settings: { learningRate: 0.1, optimizer: "adam" } };
  assert.match(reasonOf({ ...calm, units: { dead: 6, of: 8 } }), /^6 of 8 ReLU units answer 0 to every row \(75 %\)/);
  const weights = [new Float32Array([0.5, -1]), new Float32Array([3e18, 1])];
  const sound = { epoch: 12, training: { loss: 1 } };
  assert.match(reasonOf({ ...calm, weights, sound }), /within 2 epochs the largest grew from 1 to 3\.00e18/);
  assert.match(reasonOf({ ...calm, curvature: NaN }), /^One step of rate 0\.1 carried the loss beyond all numbers\.$/);
});

test("a third of a rate, again and again", () => {
  assert.deepEqual([10, 3.33, 1.11, 0.000001].map(third), [3.33, 1.11, 0.37, 0.000001]);
});
