// @ts-check
/**
 * The settings that lie folded under a panel's "More", in the table's form (config.js): for readers who
 * look for them. The sections of a panel stand in the order of these rows.
 */
import { ACTIVATION_LABELS, choicesOf } from "./schema.js";
import { taskOf } from "./sources.js";
import { t } from "../base/text.js";

/** @typedef {import("./spec.js").Settings} Settings */

const choice = (/** @type {string} */ value, label = value) => ({ value, label });

const isClasses = (/** @type {Settings} */ settings) => taskOf(settings) === "classification";
const isCrossEntropy = (/** @type {Settings} */ settings) =>
  isClasses(settings) && ["auto", "cross-entropy"].includes(settings.loss);

const hasWarmUp = (/** @type {Settings} */ { schedule, warmUp }) => warmUp || schedule === "linear-warm-up";
/** Before another schedule it is a part of its own, which the flag writes. */
const ofWarmUp = (/** @type {number} */ value, /** @type {Settings} */ { schedule }) =>
  schedule === "linear-warm-up" ? value : undefined;

/** So that 1 − 0.8 is 0.2 in the document as it is on paper. */
export const rounded = (/** @type {number} */ share) => Number(share.toFixed(6));

const SMALL = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const FACTORS = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
const SPANS = [5, 10, 20, 50, 100, 200, 500, 1000];

/** Rows of one heading: parameters of training, where they say nothing else. @param {"model" | "training"} fold @param {string} group @param {import("./config.js").Row[]} rows @returns {import("./config.js").Row[]} */
const section = (fold, group, rows) => rows.map((row) => ({ kind: "hyperparameter", fold, group, ...row }));

/** @type {import("./config.js").Row[]} */
export const ADVANCED = [
  ...section("model", t("settings.start"), [
    {
      key: "init",
      path: "model.init",
      label: t("settings.firstWeights"),
      help: t("settings.howChanceDrawsWeights"),
      labels: { "lecun-uniform": t("settings.lecunUniform"), "lecun-normal": t("settings.lecunNormal") },
      inSpec: (init, { initRange }) => (init === "uniform" ? { type: init, range: initRange } : init),
    },
    {
      key: "initRange",
      path: null,
      field: "model.init.range",
      label: t("settings.range"),
      help: t("settings.firstWeightsLieBetween"),
      when: ({ init }) => init === "uniform",
      stops: [0.1, 0.2, 0.5, 1, 2, 5],
    },
    {
      key: "biasInit",
      path: "model.biasInit",
      label: t("settings.firstBiases"),
      help: t("settings.whereEveryNeuronsBias"),
      stops: [-1, -0.1, 0, 0.01, 0.1, 0.5, 1],
    },
  ]),
  ...section("model", t("settings.output"), [
    {
      key: "outputActivation",
      path: "model.outputActivation",
      label: t("settings.outputActivation"),
      help: t("settings.bendAfterLastLayer"),
      when: (settings) => !isCrossEntropy(settings),
      labels: ACTIVATION_LABELS,
    },
  ]),
  ...section("training", t("settings.optimizer"), [
    {
      key: "nesterov",
      path: "training.optimizer.nesterov",
      label: t("settings.nesterov"),
      help: t("settings.looksSlopeWhereMomentum"),
      when: ({ optimizer, momentum }) => optimizer === "sgd" && momentum > 0,
    },
    {
      key: "alpha",
      path: "training.optimizer.alpha",
      label: t("settings.alpha"),
      help: t("settings.howLongRmspropRemembers"),
      stops: FACTORS,
    },
    {
      key: "beta1",
      path: "training.optimizer.beta1",
      label: t("settings.beta1"),
      help: t("settings.howMuchEarlierDirection"),
      stops: [0, 0.5, 0.8, 0.9, 0.95, 0.99],
    },
    {
      key: "beta2",
      path: "training.optimizer.beta2",
      label: t("settings.beta2"),
      help: t("settings.howLongAdamRemembers"),
      stops: [0.9, 0.95, 0.99, 0.995, 0.999, 0.9999],
    },
    {
      key: "epsilon",
      path: "training.optimizer.epsilon",
      label: t("settings.epsilon"),
      help: t("settings.keepsDivisionVerySmall"),
    },
    {
      key: "weightDecay",
      path: "training.optimizer.weightDecay",
      label: t("settings.weightDecay"),
      help: t("settings.partEachWeightAdamw"),
      stops: SMALL,
    },
  ]),
  ...section("training", t("settings.loss"), [
    {
      key: "labelSmoothing",
      path: "training.labelSmoothing",
      label: t("settings.labelSmoothing"),
      help: t("settings.asksNetLessThan"),
      sliderMax: 0.5,
      step: 0.05,
      when: isCrossEntropy,
    },
    {
      key: "classWeights",
      path: "training.classWeights",
      label: t("settings.classWeights"),
      help: t("settings.balancedLetsRareClass"),
      type: "choice",
      default: "equal",
      when: isCrossEntropy,
      choices: [choice("equal", t("settings.equal")), choice("balanced", t("settings.balanced"))],
      inSpec: (weights) => (weights === "balanced" ? weights : null),
    },
  ]),
  ...section("training", t("settings.learningRateSchedule"), [
    {
      key: "schedule",
      path: "training.schedule.type",
      label: t("settings.schedule"),
      help: t("settings.howLearningRateChanges"),
      labels: {
        step: t("settings.steps"),
        "linear-warm-up": t("settings.warmUp"),
        "reduce-on-plateau": t("settings.plateau"),
      },
    },
    {
      key: "stepSize",
      path: "training.schedule.stepSize",
      label: t("settings.epochsStep"),
      help: t("settings.afterSoManyEpochs"),
      stops: SPANS,
    },
    {
      key: "gamma",
      path: "training.schedule.gamma",
      label: t("settings.decayFactor"),
      help: t("settings.whatRateMultipliedEach"),
      stops: FACTORS,
    },
    {
      key: "tMax",
      path: "training.schedule.tMax",
      label: t("settings.epochsBottom"),
      help: t("settings.howLongHalfWave"),
      none: "auto",
      auto: ({ epochs, warmUp, warmUpEpochs }) => Math.max((epochs ?? 500) - (warmUp ? warmUpEpochs : 0), 1),
      stops: SPANS,
    },
    {
      key: "etaMin",
      path: "training.schedule.etaMin",
      label: t("settings.lowestRate"),
      help: t("settings.rateBottomWave"),
      stops: SMALL,
    },
    {
      key: "warmUp",
      path: "training.schedule.warmUp",
      label: t("settings.warmUpFirst"),
      help: t("settings.rateRisesFullValue"),
      type: "flag",
      default: false,
      when: ({ schedule }) => schedule !== "linear-warm-up",
      inSpec: (warmUp, { startFactor, warmUpEpochs }) =>
        warmUp ? { startFactor, totalEpochs: warmUpEpochs } : undefined,
    },
    {
      key: "startFactor",
      path: "training.schedule.startFactor",
      label: t("settings.startFactor"),
      help: t("settings.partRateFirstEpoch"),
      when: hasWarmUp,
      inSpec: ofWarmUp,
      stops: [0, 0.01, 0.1, 0.2, 0.5, 1],
    },
    {
      key: "warmUpEpochs",
      path: "training.schedule.totalEpochs",
      label: t("settings.warmUpEpochs"),
      help: t("settings.afterSoManyEpochs2"),
      when: hasWarmUp,
      inSpec: ofWarmUp,
      stops: SPANS,
    },
    {
      key: "plateauFactor",
      path: "training.schedule.factor",
      label: t("settings.plateauFactor"),
      help: t("settings.whatRateMultipliedWhen"),
      stops: FACTORS.slice(0, 9),
    },
    {
      key: "plateauPatience",
      path: "training.schedule.patience",
      label: t("settings.plateauPatience"),
      help: t("settings.howManyEpochsWithout"),
      stops: SPANS,
    },
    {
      key: "plateauThreshold",
      path: "training.schedule.threshold",
      label: t("settings.plateauThreshold"),
      help: t("settings.partWhichLossHas"),
      stops: SMALL,
    },
  ]),
  ...section("training", t("settings.regularization"), [
    {
      key: "l1",
      path: "training.l1",
      label: t("settings.l1Penalty"),
      help: t("settings.priceSizeEveryWeight"),
      stops: SMALL,
    },
    {
      key: "l1Rule",
      path: "training.l1Rule",
      label: t("settings.l1Zero"),
      help: t("settings.subgradientLetsWeightsHover"),
      when: ({ l1 }) => l1 > 0,
      inSpec: (rule) => (rule === "prune" ? rule : undefined),
    },
    {
      key: "l2",
      path: "training.l2",
      label: t("settings.l2Penalty"),
      help: t("settings.priceSquareEveryWeight"),
      stops: SMALL,
    },
    {
      key: "dropout",
      path: null,
      field: "model.layers.dropout.rate",
      label: t("settings.dropout"),
      help: t("settings.switchesOffPartHidden"),
      sliderMax: 0.8,
      step: 0.05,
      when: ({ layers }) => layers.length > 0,
    },
    {
      key: "clip",
      path: "training.clip",
      label: t("settings.clipGradient"),
      help: t("settings.shortensGradientTooLong"),
      type: "choice",
      default: "off",
      choices: [
        choice("off", t("settings.off")),
        choice("norm", t("settings.norm")),
        choice("value", t("settings.value")),
      ],
      inSpec: (clip, { clipLimit }) => (clip === "off" ? null : { [clip]: clipLimit }),
    },
    {
      key: "clipLimit",
      path: null,
      field: "training.clip.norm",
      label: t("settings.clipLimit"),
      help: t("settings.longestGradientLargestSingle"),
      when: ({ clip }) => clip !== "off",
      stops: [0.01, 0.1, 0.5, 1, 5, 10, 100],
    },
  ]),
  ...section("training", t("settings.split"), [
    {
      key: "validationShare",
      path: "data.split.validation",
      label: t("settings.validationShare"),
      help: t("settings.partTrainingRowsTeaches"),
      kind: "data",
      step: 0.05,
      inSpec: (share, { trainingShare }) => rounded(trainingShare * share),
    },
    {
      key: "stratify",
      path: "data.split.stratify",
      label: t("settings.stratified"),
      help: t("settings.trainingValidationTestRows"),
      kind: "data",
      when: isClasses,
    },
  ]),
  ...section("training", t("settings.stopping"), [
    {
      key: "goal",
      path: "training.stop.goal",
      label: t("settings.goal"),
      help: t("settings.goodEnoughRunEnds"),
      type: "choice",
      default: "none",
      choices: [
        choice("none", t("settings.none")),
        ...choicesOf("training.stop.goal.metric", {
          trainingLoss: t("settings.trainingLossBelow"),
          testLoss: t("settings.testLossBelow"),
          testAccuracy: t("settings.testAccuracyAbove"),
        }),
      ],
      inSpec: (metric, { goalLoss, goalAccuracy }) =>
        metric === "none" ? null : { metric, value: metric === "testAccuracy" ? goalAccuracy : goalLoss },
    },
    {
      key: "goalLoss",
      path: null,
      field: "training.stop.goal.value@testLoss",
      label: t("settings.goalLoss"),
      help: t("settings.lossFallBelow"),
      when: ({ goal }) => goal === "trainingLoss" || goal === "testLoss",
      stops: SMALL.slice(1),
    },
    {
      key: "goalAccuracy",
      path: null,
      field: "training.stop.goal.value@testAccuracy",
      label: t("settings.goalAccuracy"),
      help: t("settings.shareTestPointsGet"),
      step: 0.01,
      when: ({ goal }) => goal === "testAccuracy",
    },
    {
      key: "patience",
      path: "training.stop.patience",
      label: t("settings.patience"),
      help: t("settings.runEndsAfterSo"),
      none: "off",
      stops: SPANS,
    },
    {
      key: "restoreBest",
      path: "training.stop.restoreBest",
      label: t("settings.keepBest"),
      help: t("settings.endTakeBackWeights"),
    },
  ]),
];
