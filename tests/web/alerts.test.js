// The coach's rules on imagined records, each threshold from both sides; and why a run diverged.
import assert from "node:assert/strict";
import test from "node:test";
import {
  alertsOf,
  collapse,
  dying,
  noisy,
  overfitting,
  overshooting,
  plateau,
} from "../../www/features/coach/alerts.js";
import {
  allowedRate,
  lastStableSnapshot,
  mayClip,
  ratesFor,
  explainDivergence,
  trialSteps,
} from "../../www/features/coach/divergence.js";
import { percent } from "../../www/features/coach/percent.js";
import { about, settings } from "./imaginedRun.js";

const look = (epoch, more = {}) => ({
  step: 40 * epoch,
  epoch,
  only: null,
  share: 0.5,
  rows: 400,
  training: { loss: 0.5, rows: 400 },
  validation: null,
  gradientNorm: 1,
  ...more,
});

/** The record of an imagined run of so many epochs, with a look at each. */
const run = (last, training, test = training, norm = () => 1, more = () => ({})) => {
  const epochs = Array.from({ length: last + 1 }, (_, epoch) => epoch);
  return {
    points: epochs.map((epoch) => ({ epoch, training: training(epoch), test: test(epoch) })),
    looks: epochs.map((epoch) =>
      look(epoch, { training: { loss: training(epoch), rows: 400 }, gradientNorm: norm(epoch), ...more(epoch) }),
    ),
  };
};

const falling = (epoch) => 0.05 + 0.6 * Math.exp(-epoch / 30);
const wobble = (epoch) => ((Math.sin(epoch * 12.9898) * 43758.5453) % 1) / 2 + 0.25; // −0.25…0.75, plainly irregular

test("overfitting: named with the chart's own lowest point and its last one", () => {
  const split = (epoch) => (epoch <= 40 ? falling(epoch) : falling(40) * (1 + (epoch - 40) / 100));
  const alert = overfitting(run(99, falling, split), about());
  assert.deepEqual([alert.since, alert.best, alert.title], [40, 40, "Overfitting since epoch 40"]);
  assert.equal(
    alert.evidence,
    `Test loss has risen from ${falling(40).toFixed(4)} to ${split(99).toFixed(4)} since epoch 40, while training loss fell from ${falling(40).toFixed(4)} to ${falling(99).toFixed(4)}.`,
  );
  assert.match(
    alert.advice,
    /^Stop at epoch 40, add L2 regularization or dropout, use a smaller network, or get more data\.$/,
  );
  assert.doesNotMatch(
    overfitting(run(99, falling, split), about({ settings: settings({ layers: [] }) })).advice,
    /dropout|network/,
  );
  assert.equal(overfitting(run(99, falling), about()), null, "both fall");
  assert.equal(
    overfitting(
      run(99, (epoch) => 0.3 + epoch / 1000, split),
      about(),
    ),
    null,
    "both rise",
  );
  assert.equal(
    overfitting(
      run(99, falling, (epoch) => falling(epoch) * (1 + 0.06 * wobble(epoch))),
      about(),
    ),
    null,
    "it only wobbles",
  );
  assert.equal(
    overfitting(
      run(99, falling, (epoch) => 0.05 * split(epoch)),
      about(),
    ),
    null,
    "test rows are predicted better than training rows",
  );
  assert.equal(
    overfitting(run(99, falling, split), about({ watches: null })),
    null,
    "test rows that nobody may see say nothing",
  );
  assert.equal(
    overfitting(
      run(99, falling, () => NaN),
      about(),
    ),
    null,
    "no test rows",
  );
});

test("overfitting: the lowest point may be the very first, and is the chart's, not a neighbor's", () => {
  const worse = (epoch) => 0.5 + epoch / 50;
  const alert = overfitting(run(60, falling, worse), about());
  assert.deepEqual(
    [alert.since, alert.evidence.split(" while")[0]],
    [0, "Test loss has risen from 0.5000 to 1.7000 since epoch 0,"],
  );
  const dip = (epoch) => (epoch === 33 ? 0.1 : worse(epoch));
  assert.match(
    overfitting(run(60, falling, dip), about()).evidence,
    /^Test loss has risen from 0\.1000 to 1\.7000 since epoch 33/,
    "a dip of one epoch is what the chart shows lowest",
  );
});

test("overfitting: thresholds from both sides", () => {
  const rising = (share) => (epoch) => 1 + (epoch <= 40 ? (40 - epoch) / 200 : (share * (epoch - 40)) / 60);
  const fall = (share) => (epoch) => (epoch <= 40 ? 0.8 : 0.8 - (0.8 * share * (epoch - 40)) / 60);
  const is = (training, held, last = 100, more = {}) => overfitting(run(last, training, held), about(more)) !== null;
  assert.deepEqual([is(fall(0.5), rising(0.07)), is(fall(0.5), rising(0.09))], [false, true], "a rise of 8%");
  assert.deepEqual([is(fall(0.02), rising(0.5)), is(fall(0.04), rising(0.5))], [false, true], "a fall of 3%");
  assert.deepEqual(
    [is(fall(0.5), rising(0.9), 46), is(fall(0.5), rising(0.9), 52)],
    [false, true],
    "for 10% of the run, and 8 epochs",
  );
  const late = (start) => (epoch) => (epoch === 10 ? 0.99 : epoch < start ? 1 : 2);
  assert.deepEqual([is(fall(0.5), late(44)), is(fall(0.5), late(30))], [false, true], "most of the way up: 70% of it");
  const small = (size) => (epoch) => (epoch === 0 ? 1 : size * (1 + Math.abs(epoch - 40) / 60));
  const low = (epoch) => (epoch === 0 ? 0.9 : 0.015 * Math.exp(-epoch / 50));
  assert.deepEqual([is(low, small(0.0195)), is(low, small(0.0205))], [false, true], "2% of the loss at the start");
});

test("overfitting by validation rows says so, with the looks' own figures", () => {
  const held = (epoch) => (epoch <= 40 ? falling(epoch) : falling(40) * (1 + (epoch - 40) / 100));
  const record = run(
    99,
    falling,
    () => 0.01,
    undefined,
    (epoch) => ({ validation: { loss: held(epoch), rows: 50 } }),
  );
  assert.equal(
    overfitting(record, about({ watches: "validation" })).evidence.split(" since")[0],
    `Validation loss has risen from ${held(40).toFixed(4)} to ${held(99).toFixed(4)}`,
  );
});

test("plateau: thresholds from both sides", () => {
  const stuck = (epoch) => 0.5 + 0.2 * Math.exp(-epoch / 4);
  const alert = plateau(run(119, stuck), about());
  assert.equal(alert.evidence, "Training loss has stayed near 0.5000 for 35 epochs (it started at 0.7000).");
  const is = (training, last = 119, more = {}, looks) =>
    plateau(run(last, training, training, undefined, looks), about(more)) !== null;
  assert.deepEqual([is(stuck, 34), is(stuck, 60)], [false, true], "30 epochs after the first five");
  const slope = (perEpoch) => (epoch) => 0.7 * Math.exp(-perEpoch * epoch);
  assert.deepEqual(
    [is(slope(0.0003)), is(slope(0.0001))],
    [false, true],
    "0.5% from the first third of it to the last",
  );
  assert.ok(
    is((epoch) => 0.5 * Math.exp(0.0001 * epoch)),
    "slightly up is no progress",
  );
  const low = (floor) => (epoch) => floor + 0.9 * Math.exp(-epoch / 4);
  assert.deepEqual([is(low(0.098)), is(low(0.102))], [false, true], "a tenth of the start is low");
  const accurate = (accuracy) => (epoch) => ({ training: { loss: stuck(epoch), accuracy, rows: 400 } });
  assert.deepEqual(
    [is(stuck, 119, {}, accurate(0.985)), is(stuck, 119, {}, accurate(0.975))],
    [false, true],
    "98% right is enough",
  );
  const held = (floor) => (epoch) => floor + (1 - floor) * Math.exp(-epoch / 4);
  const penalty = { settings: settings({ l2: 0.01 }) };
  assert.deepEqual(
    [is(held(0.69), 119, penalty), is(held(0.71), 119, penalty)],
    [false, true],
    "a penalty holds the loss up on purpose",
  );
});

test("advice goes with the curvature, the model and the loss, never against them", () => {
  const stuck = (epoch) => 0.5 + 0.2 * Math.exp(-epoch / 4);
  const advice = (more, training = stuck) => plateau(run(119, training), about(more)).advice;
  assert.match(
    advice({ learningRate: 0.01, allowed: 1 }),
    /^Try a larger learning rate, a different activation, or more neurons\. If the loss is low enough, you can stop here\.$/,
  );
  assert.match(
    advice({ learningRate: 3, allowed: 0.123 }),
    /^Try a learning rate below 0\.12, which is what the curvature allows, /,
  );
  assert.doesNotMatch(
    advice({ learningRate: 0.5, allowed: 1 }),
    /learning rate/,
    "near the bound it is neither too small nor too large",
  );
  assert.doesNotMatch(advice({ learningRate: 0.5, allowed: NaN }), /learning rate/, "nothing is known");
  assert.match(
    advice({ settings: settings({ optimizer: "adam" }) }),
    /^Try a different learning rate/,
    "2/λ is no bound of Adam's",
  );
  assert.match(advice({ settings: settings({ layers: [] }) }), /a hidden layer or more features/);
  assert.match(advice({ settings: settings({ activation: ["linear"] }) }), /a nonlinear activation/);
  assert.doesNotMatch(
    advice(
      { settings: settings({ l1: 0.1 }), learningRate: 0.01, allowed: 1 },
      (epoch) => 0.6 + 0.1 * Math.exp(-epoch / 4),
    ),
    /neurons/,
  );
  const harmful = advice({ learningRate: 0.01, allowed: 1 }, (epoch) => 5 - 4 * Math.exp(-epoch / 4));
  assert.match(harmful, /^Try a smaller learning rate/);
  assert.doesNotMatch(harmful, /low enough/);
});

test("noise: thresholds from both sides", () => {
  const jumpy = (size) => (epoch) => 0.5 * (1 + (epoch % 2 ? size : -size) / 2);
  const norm = (spread) => (epoch) => 1 + (epoch % 3 === 0 ? 1.5 * spread : -spread / 2);
  const is = (training, spread = 0.9, more = {}, last = 60) =>
    noisy(run(last, training, training, norm(spread)), about(more));
  assert.match(
    is(jumpy(0.3)).evidence,
    /^Training loss jumps by about \d\d% between checks \(up in 1[12] of 23\), and the gradient norm varies by \d\d%\. Each step uses only 2 of 400 rows\.$/,
  );
  assert.equal(is(jumpy(0.3)).advice, "Use a larger batch size, a smaller learning rate, or a learning-rate schedule.");
  assert.doesNotMatch(is(jumpy(0.3), 0.9, { settings: settings({ schedule: "cosine" }) }).advice, /schedule/);
  assert.deepEqual([is(jumpy(0.1)) !== null, is(jumpy(0.15)) !== null], [false, true], "jumps of 12%");
  assert.deepEqual(
    [is(jumpy(0.3), 0.4) !== null, is(jumpy(0.3), 0.5) !== null],
    [false, true],
    "gradients that vary by 40%",
  );
  assert.deepEqual(
    [is(jumpy(0.3), 0.9, { batchSize: 200 }) !== null, is(jumpy(0.3), 0.9, { batchSize: 199 }) !== null],
    [false, true],
    "half the rows a step",
  );
  assert.deepEqual(
    [is(jumpy(0.3), 0.9, {}, 14) !== null, is(jumpy(0.3), 0.9, {}, 15) !== null],
    [false, true],
    "16 looks",
  );
  assert.equal(is(falling), null);
  assert.equal(
    is((epoch) => (epoch < 20 ? 10 : jumpy(0.3)(epoch))),
    null,
    "what is left of the loss is little",
  );
  assert.equal(
    is((epoch) => Math.exp(-epoch / 3)),
    null,
    "it falls",
  );
  const saw = (rise) => (epoch) => 0.5 * (1 + (0.5 * (epoch % rise)) / rise);
  assert.deepEqual(
    [is(saw(5)) !== null, is((epoch) => jumpy(0.4)(epoch)) !== null],
    [false, true],
    "up 30% to 70% of the time",
  );
});

test("one class for every row: thresholds from both sides", () => {
  const of = (...pairs) => ({ points: [], looks: pairs.map(([epoch, only, more]) => look(epoch, { only, ...more })) });
  const alert = collapse(of([0, 1], [5, null], [10, 0], [20, 0], [30, 0]), about());
  assert.equal(alert.evidence, "For 20 epochs it has predicted class 0 for all 400 training rows.");
  assert.match(
    collapse(of([5, null], [10, 0], [30, 0, { rows: 250 }]), about({ classNames: ["<b>no</b>", "yes"] })).evidence,
    /predicted <b>no<\/b> for all 250 training rows that were checked\.$/,
  );
  const is = (...pairs) => collapse(of(...pairs), about()) !== null;
  assert.deepEqual([is([5, null], [10, 0], [17, 0]), is([5, null], [10, 0], [18, 0])], [false, true], "8 epochs");
  assert.deepEqual(
    [is([5, null], [185, 0], [200, 0]), is([5, null], [175, 0], [200, 0])],
    [false, true],
    "a tenth of the run",
  );
  assert.deepEqual([is([0, 0], [29, 0]), is([0, 0], [30, 0])], [false, true], "30 epochs from the start");
  assert.deepEqual(
    [is([10, 0], [20, 0], [40, null]), is([5, null], [10, 1], [20, 0])],
    [false, false],
    "not now; another class",
  );
  const advice = (share, changes = {}) =>
    collapse(of([0, 0], [40, 0, { share }]), about({ settings: settings(changes) })).advice;
  assert.match(advice(0.61), /Balanced class weights/);
  assert.doesNotMatch(advice(0.59), /Balanced/);
  assert.doesNotMatch(advice(0.9, { classWeights: "balanced" }), /Balanced/, "they are set already");
});

test("dead neurons: thresholds from both sides, and where they are most", () => {
  const at = (epoch, one, two) =>
    look(epoch, {
      units: [
        { layer: 1, dead: one, of: 9 },
        { layer: 2, dead: two, of: 8 },
      ],
    });
  const of = (...looks) => ({ points: [], looks });
  const alert = dying(of(at(0, 0, 1), at(10, 3, 3), at(20, 3, 4), at(25, 3, 4)), about());
  assert.equal(
    alert.evidence,
    "In hidden layer 2, 4 of 8 neurons (50%) have output 0 for every row since epoch 20, so their weights no longer change.",
  );
  assert.match(dying(of(at(0, 0, 8), at(10, 0, 8)), about()).evidence, /8 of 8 neurons \(100%\).* since epoch 0/);
  const is = (...looks) => dying(of(...looks), about()) !== null;
  assert.deepEqual([is(at(0, 2, 0), at(10, 2, 0)), is(at(0, 3, 0), at(10, 3, 0))], [false, true], "a third of a layer");
  assert.deepEqual(
    [is(at(0, 0, 0), at(10, 3, 0), at(17, 3, 0)), is(at(0, 0, 0), at(10, 3, 0), at(18, 3, 0))],
    [false, true],
    "for 8 epochs",
  );
  assert.equal(is(at(0, 3, 0), at(20, 1, 0)), false, "not now");
  assert.equal(is(look(9)), false, "where none can die there is no such rule");
  assert.doesNotMatch(
    dying(of(at(0, 3, 0), at(10, 3, 0)), about({ settings: settings({ init: "he-normal" }) })).advice,
    /He init/,
  );
});

test("steps that are too large: thresholds from both sides", () => {
  const up = (share) => (epoch) => (epoch < 40 ? 1 : share);
  const is = (training, last = 60) => overshooting(run(last, training), about());
  assert.equal(
    is(up(3)).evidence,
    "Training loss is 3.0000. It started at 1.0000, and has been far above that since epoch 40.",
  );
  assert.equal(is(up(3)).advice, "Use a learning rate well below 0.03.");
  assert.deepEqual([is(up(1.45)) !== null, is(up(1.55)) !== null], [false, true], "half as much again");
  assert.deepEqual([is(up(3), 47) !== null, is(up(3), 48) !== null], [false, true], "for 8 epochs");
  assert.equal(
    is((epoch) => (epoch === 59 ? 1 : up(3)(epoch))),
    null,
    "not all the time",
  );
  const ended = about({ settings: settings({ learningRate: 10, schedule: "cosine" }), learningRate: 1e-5 });
  assert.equal(
    overshooting(run(60, up(3)), ended).advice,
    "Use a learning rate well below 10.",
    "the rate that is set, wherever its schedule is",
  );
  assert.equal(overshooting({ points: [], looks: [] }, about()), null);
});

test("what causes others comes first; it has to hold at three looks, the last among them", () => {
  assert.deepEqual(alertsOf(run(200, falling), about()), []);
  const dead = [{ layer: 1, dead: 8, of: 8 }];
  const record = run(
    120,
    () => 0.69,
    undefined,
    undefined,
    () => ({ only: 0, units: dead }),
  );
  assert.deepEqual(
    alertsOf(record, about()).map(({ kind }) => kind),
    ["dying", "collapse", "plateau"],
  );
  const split = (epoch) => (epoch <= 40 ? falling(epoch) : falling(40) * (1 + (epoch - 40) / 100));
  const one = (spike) =>
    alertsOf(
      run(99, falling, (epoch) => (epoch >= spike ? split(epoch) * 3 : falling(epoch))),
      about(),
    );
  assert.deepEqual(one(99), [], "one outlier says nothing");
  const flat = (epoch) => 0.5 + 0.2 * Math.exp(-epoch / 4);
  const first = Array.from({ length: 60 }, (_, i) => i + 20).find((last) => plateau(run(last, flat), about()));
  assert.deepEqual(
    [first + 1, first + 2].map((last) => alertsOf(run(last, flat), about()).length),
    [0, 1],
  );
  // Points that are newer than the last look change nothing.
  const whole = run(120, flat);
  assert.deepEqual(alertsOf({ ...whole, looks: whole.looks.slice(0, 81) }, about()), alertsOf(run(80, flat), about()));
});

test("shares read well", () => {
  assert.deepEqual([0.0005, 0.004, 0.094, 0.096, 0.8, 0.996, 1, 1.4, 2.5, 12.3, 10.67].map(percent), [
    "less than 0.1%",
    "0.4%",
    "9%",
    "10%",
    "80%",
    "over 99%",
    "100%",
    "140%",
    "2.5×",
    "12×",
    "11×",
  ]);
});

test("the last sound epoch is before the loss took off", () => {
  const points = (losses) => losses.map((training, epoch) => ({ epoch, training }));
  assert.equal(lastStableSnapshot(points([20, 5, 1, 1.5, 40, 9e9, Infinity])).epoch, 3);
  assert.deepEqual(
    [lastStableSnapshot(points([1, 2])).epoch, lastStableSnapshot(points([1, 2.01])).epoch],
    [1, 0],
    "twice the lowest",
  );
  assert.equal(lastStableSnapshot(points([NaN, Infinity])), null);
});

const evidence = (changes = {}, more = {}) => ({
  settings: settings({ learningRate: 10, ...changes }),
  epoch: 14,
  sound: 0,
  learningRate: changes.learningRate ?? 10,
  curvature: 7.4,
  weights: null,
  units: null,
  ...more,
});

test("a rate above what the curvature allows is named as such, with both numbers", () => {
  assert.equal(
    explainDivergence(evidence()),
    "A learning rate of 10 is 37× what the curvature allows (0.27 = 2/λ, λ = 7.4), so every step overshoots the minimum and the loss grows.",
  );
  assert.match(
    explainDivergence(evidence({ learningRate: 0.4 })),
    /^A learning rate of 0\.4 is 1\.5 times what the curvature allows/,
  );
  assert.match(
    explainDivergence(evidence({ momentum: 0.9 })),
    /19× what the curvature allows \(0\.51 = 2\(1 \+ 0\.9\)\/λ/,
  );
  assert.match(
    explainDivergence(evidence({ learningRate: 0.26 })),
    /^A single step with learning rate 0\.26 made the loss infinite\. On average the curvature allows about 0\.27; single batches can be steeper\.$/,
  );
  // A rate at the bound does not exceed it.
  const at = (learningRate, momentum = 0) => explainDivergence(evidence({ learningRate, momentum }, { curvature: 4 }));
  assert.doesNotMatch(at(0.5), /what the curvature allows \(/);
  assert.match(at(0.51), /what the curvature allows \(/);
  assert.doesNotMatch(at(0.75, 0.5), /what the curvature allows \(/);
  assert.match(at(0.97), / is 1\.9 times what/);
  assert.match(at(1), / is 2× what/);
  assert.match(at(4.7), / is 9\.4× what/);
  assert.match(at(4.8), / is 10× what/);
  assert.equal(allowedRate(4), 0.5);
  assert.ok(Number.isNaN(allowedRate(-1)) && Number.isNaN(allowedRate(NaN)));
});

test("else dead units or exploded weights are, else what is known", () => {
  const calm = (more) => evidence({ learningRate: 0.1, optimizer: "adam" }, more);
  assert.match(
    explainDivergence(calm({ units: { dead: 6, of: 8 } })),
    /^6 of 8 ReLU units output 0 for every row \(75%\)/,
  );
  assert.doesNotMatch(explainDivergence(calm({ units: { dead: 4, of: 8 } })), /ReLU/);
  const counts = (dead, of) => /ReLU/.test(explainDivergence(calm({ units: { dead, of } })));
  assert.deepEqual([counts(5, 9), counts(4, 9), counts(5, 10)], [true, false, false]);
  const weights = (to) => [new Float32Array([0.5, -1]), new Float32Array([to, 1])];
  assert.match(
    explainDivergence(calm({ weights: weights(3e18), sound: 12 })),
    /^Exploding weights: within 2 epochs the largest grew from 1 to 3\.00e18/,
  );
  assert.doesNotMatch(explainDivergence(calm({ weights: weights(2.9), sound: 12 })), /Exploding/);
  assert.doesNotMatch(explainDivergence(calm({ weights: weights(3), sound: 12 })), /Exploding/);
  assert.equal(
    explainDivergence(calm({ curvature: NaN })),
    "A single step with learning rate 0.1 made the loss infinite.",
  );
});

test("rates to try follow from the diagnosis: half of 2/λ where that is it, else a third", () => {
  assert.deepEqual(ratesFor(evidence()).slice(0, 3), [0.13, 0.045, 0.013]);
  assert.equal(ratesFor(evidence({ momentum: 0.9 }))[0], 0.25);
  assert.equal(ratesFor(evidence({ learningRate: 0.28 }))[0], 0.13, "never more than half of what was too much");
  assert.equal(ratesFor(evidence({}, { curvature: NaN }))[0], 3.3);
  assert.equal(ratesFor(evidence({ optimizer: "adam" }))[0], 3.3, "2/λ is no bound of Adam's");
  assert.equal(
    ratesFor(evidence({ learningRate: 10 }, { learningRate: 1 }))[0],
    1.3,
    "a schedule that has the rate at a tenth",
  );
  assert.deepEqual(ratesFor(evidence({ learningRate: 0.000001 })), []);
});

test("clipping is for single steps that are too long: not above 2/λ, not for Adam, not twice", () => {
  assert.equal(mayClip(evidence()), false);
  assert.equal(mayClip(evidence({ learningRate: 0.2 })), true);
  assert.equal(mayClip(evidence({ learningRate: 0.2, clip: "value" })), false);
  assert.equal(mayClip(evidence({ learningRate: 0.2, optimizer: "adam" })), false);
});

test("a remedy is tried for longer than the run took to diverge, within bounds", () => {
  const run = { steps: 1000, stepsPerEpoch: 40, parameterCount: 25, batchSize: 10 };
  assert.equal(trialSteps(run), 3000);
  assert.equal(trialSteps({ ...run, steps: 3 }), 800);
  assert.equal(trialSteps({ ...run, parameterCount: 1e6 }), 200);
});
