// @ts-check
/** Other words by which people look for a command, beside its name. */
import { t } from "../../base/text.js";

/** By the place that it goes to. @type {Record<string, string>} */
export const OF_PLACES = {
  "ty-data-panel": t("menu.pointsRowsDatasetFeatures"),
  "ty-model-panel": t("menu.networkGraphArchitectureLayers"),
  "ty-training-panel": t("menu.lossCurveLearningSchedule"),
  "ty-output-panel": t("menu.predictionAccuracyTestSet"),
  "ty-data-fold": t("menu.csvExcelXlsxJson"),
  "ty-microscope-fold": t("menu.gradientBackpropagationChainRule"),
  "ty-confusion-fold": t("menu.errorsMistakesWrongRows"),
  "ty-comparison-fold": t("menu.compareBAbTest"),
  "ty-charts-fold": t("menu.exportPngCsvImage"),
  "ty-runs-fold": t("menu.historyCompareSavedExperiments"),
  "ty-verdict-fold": t("menu.worthIt"),
  "ty-folds-fold": t("menu.kFold"),
  "ty-baselines-fold": t("menu.simplerModels"),
  "ty-search-fold": t("menu.tune"),
  "ty-learning-curves-fold": t("menu.moreRows"),
  "ty-restarts-fold": t("menu.luck"),
  "ty-surface-fold": t("menu.landscape"),
  "ty-threshold-fold": t("menu.rocCurve"),
  "ty-metrics-fold": t("menu.scores"),
  "ty-benchmark-fold": t("menu.benchmarkSpeedRaceWebgpu"),
};

/** By a setting's key. @type {Record<string, string>} */
export const OF_SETTINGS = {
  source: "dataset",
  noise: t("menu.randomJitter"),
  trainingShare: t("menu.splitTrainTestRatio"),
  validationShare: t("menu.splitValidationHoldOut"),
  imbalance: t("menu.classRareUnbalanced"),
  features: t("menu.inputsColumnsEngineering"),
  scale: t("menu.normalizeStandardize"),
  batchSize: t("menu.minibatchMiniBatch"),
  layers: t("menu.depthWidthNeuronsUnits"),
  activation: t("menu.nonlinearityReluTanhSigmoid"),
  learningRate: t("menu.stepSizeLrEta"),
  optimizer: t("menu.sgdAdamGradientDescent"),
  loss: t("menu.costObjectiveCrossEntropy"),
  epochs: t("menu.stopDurationHowLong"),
  seed: t("menu.randomReproducible"),
  engine: t("menu.gpuCpuWebgpuHardware"),
  speed: t("menu.fastSlowMotion"),
  discretize: t("menu.decisionBoundary"),
  init: t("menu.initializationXavierGlorotHe"),
  l1: t("menu.regularizationPenaltyLassoSparse"),
  l2: t("menu.regularizationPenaltyRidgeWeight"),
  weightDecay: t("menu.regularizationAdamwPenalty"),
  dropout: t("menu.regularizationOverfitting"),
  clip: t("menu.explodingGradientsClippingNorm"),
  schedule: t("menu.decayAnnealingCosineLearning"),
  warmUp: t("menu.scheduleLearningRate"),
  patience: t("menu.earlyStopping"),
  goal: t("menu.earlyStoppingThreshold"),
  classWeights: t("menu.imbalanceBalanced"),
  labelSmoothing: "regularization",
};

/** What the share dialog is for. */
export const SHARE = t("menu.exportHideControlsEmbed");
