// @ts-check
/** Time travel, the rescuer, alerts, kept runs, charts: loaded when there is something to see, and put into the page. */
import { RunHistory } from "../features/runs/runHistory.js";
import { openRunStorage } from "../features/runs/runStorage.js";
import { TimeTravel } from "../features/time-travel/model.js";
import { TrainingMonitor } from "../features/coach/trainingMonitor.js";
import { defineAll } from "../ui/defineAll.js";
import { FOLDED, FOLDS, foldOf } from "./foldOf.js";
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
  defineAll({ ...VIEWS, ...FOLDS });
  const travel = new TimeTravel(playground);
  const trainingMonitor = new TrainingMonitor(playground, travel);
  const keeper = new RunHistory(playground, openRunStorage(), { now: () => Date.now(), tick: () => performance.now() });
  const parts = { travel, trainingMonitor, keeper };
  const make = (/** @type {string} */ name) => Object.assign(document.createElement(name), { playground, parts });
  const [coach, moments] = [make("ty-coach"), make("ty-moments")];
  // What lies over the page on a phone stands on the bar, however high that is.
  const bar = /** @type {HTMLElement} */ (root.querySelector("ty-run-bar"));
  const measured = new ResizeObserver(() => root.style.setProperty("--bar", `${bar.offsetHeight}px`));
  measured.observe(bar);
  bar.append(coach);
  /** @type {import("../features/evaluation/outputPanel.js").OutputPanel | null} */ (
    root.querySelector("ty-output-panel")
  )?.lossChart.append(moments);
  /** @type {HTMLElement | null} */ (root.querySelector(".tabs div"))?.addEventListener("keydown", walkTabs);
  const spoken = make("ty-spoken");
  bar.after(spoken);
  const question = make("ty-question");
  root.querySelector(".question")?.append(question);
  const stopBaseline = followBaseline(playground);
  const folds = FOLDED.map((feature) => foldOf(feature, { playground, parts }));
  root.append(...folds);
  const added = [coach, moments, spoken, question, ...folds];
  root.dispatchEvent(new Event("ty-later"));
  return () => {
    stopBaseline();
    measured.disconnect();
    for (const element of added) element.remove();
    for (const part of [trainingMonitor, keeper, travel]) part.dispose();
  };
}

/** With the arrow keys to the next tab, as tabs have it. */
function walkTabs(/** @type {KeyboardEvent} */ event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const by = { ArrowLeft: list.children.length - 1, ArrowRight: 1 }[event.key];
  if (!by) return;
  event.stopPropagation();
  const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
  const next = tabs[(tabs.findIndex(({ ariaSelected }) => ariaSelected === "true") + by) % tabs.length];
  next.click();
  next.focus();
}
