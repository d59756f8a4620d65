// @ts-check
/**
 * The features that come when they are asked for: a folder in `features/` and a row here. The page shows them in this
 * order, and the build bundles their `part.js` and `style.css`.
 *
 * @typedef {object} Feature
 * @property {string} id            its folder
 * @property {string} step          the step of the process that it belongs to
 * @property {string} [title]       what its region is called; without one a panel loads it where it needs it
 * @property {string} [question]    what stands on its fold
 * @property {string} [element]     what answers: its `part.js` defines it
 * @property {boolean} [isLater]    comes with `app/later.js`, since it follows every run
 */
import { t } from "../base/text.js";

/** @type {Feature[]} */
export const FEATURES = [
  { id: "menu", step: t("app.page") },
  { id: "share", step: t("app.page") },
  { id: "embed", step: t("app.page") },
  { id: "help", step: t("app.page") },
  { id: "drawing", step: t("app.data") },
  { id: "model", step: t("app.model") },
  { id: "advanced", step: t("app.training") },
  { id: "evaluation", step: t("app.evaluation") },
  {
    id: "data",
    step: t("app.data"),
    title: t("app.tables"),
    question: t("app.yourOwnDataReal"),
    element: "ty-data-step",
  },
  {
    id: "microscope",
    step: t("app.training"),
    title: t("app.microscope"),
    question: t("app.microscopeLookInsideOne"),
    element: "ty-microscope",
  },
  {
    id: "metrics",
    step: t("app.evaluation"),
    title: t("app.scores"),
    question: t("app.howGoodIsIt"),
    element: "ty-metrics",
  },
  {
    id: "confusion",
    step: t("app.evaluation"),
    title: t("app.confusionMatrix"),
    question: t("app.whichClassesTakenWhich"),
    element: "ty-confusion",
  },
  {
    id: "threshold",
    step: t("app.evaluation"),
    title: t("app.rocAndThreshold"),
    question: t("app.howStrictShouldItBe"),
    element: "ty-threshold-panel",
  },
  {
    id: "calibration",
    step: t("app.evaluation"),
    title: t("app.calibration"),
    question: t("app.canProbabilitiesBeTrusted"),
    element: "ty-calibration",
  },
  {
    id: "residuals",
    step: t("app.evaluation"),
    title: t("app.residuals"),
    question: t("app.whereIsItWrong"),
    element: "ty-residuals",
  },
  {
    id: "comparison",
    step: t("app.training"),
    title: t("app.sideSide"),
    question: t("app.whatIfOneThing"),
    element: "ty-comparison",
  },
  {
    id: "charts",
    step: t("app.training"),
    title: t("app.charts"),
    question: t("app.chartsEverythingEpochAll"),
    element: "ty-charts-panel",
    isLater: true,
  },
  {
    id: "runs",
    step: t("app.training"),
    title: t("app.runs"),
    question: t("app.runsCompareWhatYou"),
    element: "ty-runs-panel",
    isLater: true,
  },
  {
    id: "benchmark",
    step: t("app.training"),
    title: t("app.cpuGpu"),
    question: t("app.whenGpuWorth"),
    element: "ty-race-panel",
  },
  {
    id: "restarts",
    step: "selection",
    title: t("app.restarts"),
    question: t("app.restartsQuestion"),
    element: "ty-restarts",
  },
];
