// @ts-check
/**
 * The steps of the process, and the features that come when they are asked for: a folder in `features/` and a row here.
 * The page shows them below the panels, by their steps and in this order; the build bundles their `part.js` and `style.css`.
 *
 * @typedef {object} Step
 * @property {string} id            what a link calls it: `view=evaluation`
 * @property {string} title
 * @property {string} question      what it answers
 * @property {string} [panel]       where it stands on the first screen
 *
 * @typedef {object} Feature
 * @property {string} id            its folder
 * @property {string} step          the step of the process that it belongs to, or the page
 * @property {string} [title]       what its region is called; without one a panel loads it where it needs it
 * @property {string} [question]    what stands on its fold
 * @property {string} [element]     what answers: its `part.js` defines it
 * @property {boolean} [isPictured]   whether its card has a picture (features/thumbnails)
 * @property {string} [comesWith]   the folder that its files lie in, where that is another feature's
 * @property {(state: import("../session/state.js").State) => unknown} [when]   whether there is anything to see; else always
 */
import { hasProbabilities } from "../base/probabilities.js";
import { t } from "../base/text.js";

/** @type {Step[]} */
export const STEPS = [
  { id: "data", title: t("app.data"), question: t("app.dataAsks"), panel: "ty-data-panel" },
  { id: "model", title: t("app.model"), question: t("app.modelAsks"), panel: "ty-model-panel" },
  { id: "training", title: t("app.training"), question: t("app.trainingAsks"), panel: "ty-training-panel" },
  { id: "evaluation", title: t("app.evaluation"), question: t("app.evaluationAsks"), panel: "ty-output-panel" },
  { id: "selection", title: t("app.selection"), question: t("app.selectionAsks") },
  { id: "export", title: t("app.export"), question: t("app.exportAsks") },
];

/** Until a run stands, classes are likelier. @param {Pick<import("../session/state.js").State, "description">} state */
const hasClasses = ({ description }) => description?.task !== "regression";

/** @type {Feature[]} */
export const FEATURES = [
  { id: "menu", step: "page" },
  { id: "coach", step: "page" },
  { id: "share", step: "page" },
  { id: "embed", step: "page" },
  { id: "help", step: "page" },
  { id: "locks", step: "page" },
  { id: "thumbnails", step: "page" },
  { id: "drawing", step: "data" },
  { id: "model", step: "model" },
  { id: "advanced", step: "training" },
  { id: "evaluation", step: "evaluation" },
  {
    id: "data",
    step: "data",
    title: t("app.tables"),
    question: t("app.yourOwnDataReal"),
    element: "ty-data-step",
    isPictured: true,
  },
  {
    id: "microscope",
    step: "training",
    title: t("app.microscope"),
    question: t("app.microscopeLookInsideOne"),
    element: "ty-microscope",
    isPictured: true,
  },
  {
    id: "surface",
    step: "training",
    title: t("app.surface"),
    question: t("app.surfaceQuestion"),
    element: "ty-surface",
    isPictured: true,
  },
  {
    id: "charts",
    step: "training",
    title: t("app.charts"),
    question: t("app.chartsEverythingEpochAll"),
    element: "ty-charts-panel",
    comesWith: "runs",
    isPictured: true,
  },
  {
    id: "metrics",
    step: "evaluation",
    title: t("app.scores"),
    question: t("app.howGoodIsIt"),
    element: "ty-metrics",
    isPictured: true,
  },
  {
    id: "confusion",
    step: "evaluation",
    title: t("app.confusionMatrix"),
    question: t("app.whichClassesTakenWhich"),
    element: "ty-confusion",
    isPictured: true,
    when: hasClasses,
  },
  {
    id: "threshold",
    step: "evaluation",
    title: t("app.rocAndThreshold"),
    question: t("app.howStrictShouldItBe"),
    element: "ty-threshold-panel",
    isPictured: true,
    when: hasClasses,
  },
  {
    id: "calibration",
    step: "evaluation",
    title: t("app.calibration"),
    question: t("app.canProbabilitiesBeTrusted"),
    element: "ty-calibration",
    isPictured: true,
    when: ({ description }) => !description || (hasClasses({ description }) && hasProbabilities(description)),
  },
  {
    id: "residuals",
    step: "evaluation",
    title: t("app.residuals"),
    question: t("app.whereIsItWrong"),
    element: "ty-residuals",
    isPictured: true,
    when: (state) => !hasClasses(state),
  },
  {
    id: "sight",
    step: "evaluation",
    title: t("app.sight"),
    question: t("app.sightQuestion"),
    element: "ty-sight",
    when: ({ description }) => description?.image,
  },
  {
    id: "verdict",
    step: "selection",
    title: t("app.verdict"),
    question: t("app.verdictQuestion"),
    element: "ty-verdict",
  },
  {
    id: "folds",
    step: "selection",
    title: t("app.folds"),
    question: t("app.foldsQuestion"),
    element: "ty-folds",
  },
  {
    id: "baselines",
    step: "selection",
    title: t("app.baselines"),
    question: t("app.baselinesQuestion"),
    element: "ty-baselines",
  },
  {
    id: "search",
    step: "selection",
    title: t("app.search"),
    question: t("app.searchQuestion"),
    element: "ty-search",
  },
  {
    id: "learning-curves",
    step: "selection",
    title: t("app.learningCurves"),
    question: t("app.learningCurvesQuestion"),
    element: "ty-learning-curves",
  },
  {
    id: "restarts",
    step: "selection",
    title: t("app.restarts"),
    question: t("app.restartsQuestion"),
    element: "ty-restarts",
  },
  {
    id: "comparison",
    step: "selection",
    title: t("app.sideSide"),
    question: t("app.whatIfOneThing"),
    element: "ty-comparison",
    isPictured: true,
  },
  {
    id: "runs",
    step: "selection",
    title: t("app.runs"),
    question: t("app.runsCompareWhatYou"),
    element: "ty-runs-panel",
    isPictured: true,
  },
  {
    id: "benchmark",
    step: "selection",
    title: t("app.cpuGpu"),
    question: t("app.whenGpuWorth"),
    element: "ty-race-panel",
    isPictured: true,
  },
  {
    id: "export",
    step: "export",
    title: t("app.linkFiles"),
    question: t("app.keepItShareIt"),
    element: "ty-export",
    isPictured: true,
  },
];
