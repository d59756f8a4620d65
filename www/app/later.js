// @ts-check
/** Time travel, the rescuer, alerts, kept runs, charts: loaded when there is something to see, and put into the page. */
import { RunHistory } from "../features/runs/runHistory.js";
import { openRunStorage } from "../features/runs/runStorage.js";
import { TimeTravel } from "../features/time-travel/model.js";
import { TrainingMonitor } from "../features/coach/trainingMonitor.js";
import { defineAll } from "../ui/defineAll.js";
import { FOLDED, foldOf } from "./foldOf.js";
import { ChartBox } from "../features/runs/chartBox.js";
import { ChartsPanel } from "../features/runs/chartsPanel.js";
import { followBaseline } from "../features/result/model.js";
import { Question, Score } from "../features/result/view.js";
import { Coach, SpokenStatus } from "../features/coach/view.js";
import { Moments } from "../features/time-travel/snapshots.js";
import { RunsPanel } from "../features/runs/runsPanel.js";

const VIEWS = {
  "ty-chart-box": ChartBox,
  "ty-charts-panel": ChartsPanel,
  "ty-coach": Coach,
  "ty-moments": Moments,
  "ty-question": Question,
  "ty-runs-panel": RunsPanel,
  "ty-score": Score,
  "ty-spoken": SpokenStatus,
};

/** What its views follow besides the playground. @typedef {{travel: TimeTravel, trainingMonitor: TrainingMonitor, keeper: RunHistory}} LaterParts */

/**
 * @param {HTMLElement} root
 * @param {import("../session/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function attach(root, playground) {
  defineAll(VIEWS);
  const travel = new TimeTravel(playground);
  const trainingMonitor = new TrainingMonitor(playground, travel);
  const keeper = new RunHistory(playground, openRunStorage(), { now: () => Date.now(), tick: () => performance.now() });
  const parts = { travel, trainingMonitor, keeper };
  const make = (/** @type {string} */ name) => Object.assign(document.createElement(name), { playground, parts });
  const chart = root.querySelector("ty-loss-chart");
  const [coach, moments] = [make("ty-coach"), make("ty-moments")];
  root.querySelector("ty-run-bar")?.append(coach);
  chart?.append(moments);
  const spoken = make("ty-spoken");
  root.querySelector("ty-run-bar")?.after(spoken);
  const question = make("ty-question");
  root.querySelector(".question")?.append(question);
  const stopBaseline = followBaseline(playground);
  /** @type {HTMLElement[]} */
  const added = [coach, moments, spoken, question];
  // Each goes before the fold that comes after it on the page.
  /** @type {Element | null} */
  let next = null;
  for (const feature of FOLDED.toReversed()) {
    if (!feature.isLater) next = root.querySelector(`ty-${feature.id}-fold`);
    else {
      const fold = foldOf(feature, { playground, parts });
      root.insertBefore(fold, next);
      added.push(fold);
      next = fold;
    }
  }
  return () => {
    stopBaseline();
    for (const element of added) element.remove();
    for (const part of [trainingMonitor, keeper, travel]) part.dispose();
  };
}
