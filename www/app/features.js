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

/** @type {Feature[]} */
export const FEATURES = [
  { id: "menu", step: "Page" },
  { id: "share", step: "Page" },
  { id: "embed", step: "Page" },
  { id: "drawing", step: "Data" },
  { id: "model", step: "Model" },
  { id: "advanced", step: "Training" },
  { id: "evaluation", step: "Evaluation" },
  {
    id: "data",
    step: "Data",
    title: "Tables",
    question: "Your own data, real data, and the data doctor",
    element: "ty-data-step",
  },
  {
    id: "microscope",
    step: "Training",
    title: "Microscope",
    question: "Microscope: look inside one update",
    element: "ty-microscope",
  },
  {
    id: "confusion",
    step: "Evaluation",
    title: "Confusion matrix",
    question: "Which classes are taken for which?",
    element: "ty-confusion",
  },
  {
    id: "comparison",
    step: "Training",
    title: "Side by side",
    question: "What if one thing were different?",
    element: "ty-comparison",
  },
  {
    id: "charts",
    step: "Training",
    title: "Charts",
    question: "Charts: everything by epoch, and all weights over time",
    element: "ty-charts-panel",
    isLater: true,
  },
  {
    id: "runs",
    step: "Training",
    title: "Runs",
    question: "Runs: compare what you tried",
    element: "ty-runs-panel",
    isLater: true,
  },
  {
    id: "benchmark",
    step: "Training",
    title: "CPU or GPU",
    question: "When is the GPU worth it?",
    element: "ty-race-panel",
  },
];

/** The files of a feature. */
export const partOf = (/** @type {string} */ id) => ({
  script: `features/${id}/part.js`,
  style: `features/${id}/style.css`,
});
