// @ts-check
/** Time travel, the rescuer, alerts, kept runs, charts: loaded when there is something to see, and put into the page. */
import { RunKeeper } from "../../core/runKeeper.js";
import { openShelf } from "../../core/shelf.js";
import { TimeTravel } from "../../core/timeTravel.js";
import { Watchman } from "../../core/watchman.js";
import { defineAll } from "../defineAll.js";
import { ChartsFold, RunsFold } from "./folds.js";
import { ChartBox } from "./chartBox.js";
import { ChartsPanel } from "./chartsPanel.js";
import { Coach } from "./coach.js";
import { Moments } from "./moments.js";
import { RunsPanel } from "./runsPanel.js";

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
 * @param {import("../../core/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function attach(root, playground) {
  defineAll(VIEWS);
  const travel = new TimeTravel(playground);
  const watchman = new Watchman(playground, travel);
  const keeper = new RunKeeper(playground, openShelf(), { now: () => Date.now(), tick: () => performance.now() });
  const parts = { travel, watchman, keeper };
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
    for (const part of [watchman, keeper, travel]) part.dispose();
  };
}
