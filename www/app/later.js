// @ts-check
/** Time travel, the rescuer, alerts, kept runs, charts: loaded when there is something to see, and put into the page. */
import { RunHistory } from "../features/runs/runHistory.js";
import { openRunStorage } from "../features/runs/runStorage.js";
import { TimeTravel } from "../features/time-travel/model.js";
import { TrainingMonitor } from "../features/coach/trainingMonitor.js";
import { defineAll } from "../ui/defineAll.js";
import { ChartsFold, RunsFold } from "./laterFolds.js";
import { ChartBox } from "../features/runs/chartBox.js";
import { ChartsPanel } from "../features/runs/chartsPanel.js";
import { Coach } from "../features/coach/view.js";
import { Moments } from "../features/time-travel/snapshots.js";
import { RunsPanel } from "../features/runs/runsPanel.js";

const VIEWS = {
  "ty-chart-box": ChartBox,
  "ty-charts-fold": ChartsFold,
  "ty-charts-panel": ChartsPanel,
  "ty-coach": Coach,
  "ty-moments": Moments,
  "ty-runs-fold": RunsFold,
  "ty-runs-panel": RunsPanel,
};

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
  const fold = (/** @type {string} */ name, /** @type {string} */ label) => {
    const element = make(name);
    element.className = "panel fold-panel";
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", label);
    return element;
  };
  const chart = root.querySelector("ty-loss-chart");
  const added = [make("ty-coach"), fold("ty-charts-fold", "Charts"), fold("ty-runs-fold", "Runs"), make("ty-moments")];
  const [coach, charts, runs, moments] = added;
  root.querySelector("main")?.before(coach);
  root.querySelector("ty-race-fold")?.before(charts, runs);
  chart?.append(moments);
  return () => {
    for (const element of added) element.remove();
    for (const part of [trainingMonitor, keeper, travel]) part.dispose();
  };
}
