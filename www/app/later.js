// @ts-check
/** Time travel, kept runs, the answer, the way to all else: loaded when there is something to see, and put into the page. */
import { RunHistory } from "../features/runs/runHistory.js";
import { openRunStorage } from "../features/runs/runStorage.js";
import { TimeTravel } from "../features/time-travel/model.js";
import { QUIET } from "../features/coach/quiet.js";
import { ABOUT } from "../settings/about.js";
import { reasonWords } from "../session/reason.js";
import { t } from "../base/text.js";
import { calm } from "../ui/calm.js";
import { defineAll } from "../ui/defineAll.js";
import { turn } from "../ui/turns.js";
import { bandsOf } from "./bands.js";
import { createStore } from "../base/store.js";
import { followBrought } from "./brought.js";
import { partOf } from "./partOf.js";
import { withStyle } from "../ui/withStyle.js";
import { followDroppedFiles } from "./droppedFiles.js";
import { FOLDS } from "./foldOf.js";
import { followEngine } from "./later/engine.js";
import { followCoach } from "./later/coach.js";
import { keepForNextVisit } from "./later/update.js";
import { followHost } from "./later/host.js";
import { followLocks } from "./later/locks.js";
import { Steps } from "./steps.js";
import { followThumbnails } from "./thumbnails.js";
import { createViews } from "./views.js";
import { followInfo } from "../features/help/mark.js";
import { followWanted } from "../features/menu/wanted.js";
import { followBaseline } from "../features/result/model.js";
import { Question, Score } from "../features/result/view.js";
import { Ignored } from "../features/training/ignored.js";
import { EngineCard } from "../features/training/engineCard.js";
import { SpokenStatus } from "../features/coach/spokenStatus.js";
import { Moments } from "../features/time-travel/snapshots.js";
import { PointsMore } from "../features/data/pointsMore.js";

const VIEWS = {
  "ty-engine-card": EngineCard,
  "ty-ignored": Ignored,
  "ty-moments": Moments,
  "ty-points-more": PointsMore,
  "ty-question": Question,
  "ty-score": Score,
  "ty-spoken": SpokenStatus,
  "ty-steps": Steps,
};

/** What its views follow besides the playground. @typedef {{travel: TimeTravel, coach: import("../base/store.js").Store<import("../features/coach/trainingMonitor.js").WatchState>, trainingMonitor: import("../features/coach/trainingMonitor.js").TrainingMonitor | null, keeper: RunHistory}} LaterParts */

/**
 * @param {HTMLElement} root
 * @param {import("../session/playground.js").Playground} playground
 * @returns {Promise<() => void>} ends it
 */
export async function attach(root, playground) {
  defineAll({ ...VIEWS, ...FOLDS });
  await turn(); // all at once would hold the page up
  playground.worded = reasonWords;
  calm();
  playground.store.set({ about: ABOUT });
  root.dataset.drop = t("app.dropHere");
  const travel = new TimeTravel(playground);
  const keeper = new RunHistory(playground, openRunStorage(), { now: () => Date.now(), tick: () => performance.now() });
  /** @type {LaterParts} */
  const parts = { travel, coach: createStore(QUIET), trainingMonitor: null, keeper };
  const make = (/** @type {string} */ name) => Object.assign(document.createElement(name), { playground, parts });
  const moments = make("ty-moments");
  // What stays in sight while the page is pushed along stands on these, however high they are.
  const [bar, head] = ["ty-run-bar", ".masthead"].map((name) => /** @type {HTMLElement} */ (root.querySelector(name)));
  const measured = new ResizeObserver(() => {
    // Both are asked before one is set: in between, all that is styled by them would be worked out anew.
    const [barHeight, headHeight] = [bar.offsetHeight, head.offsetHeight];
    root.style.setProperty("--bar", `${barHeight}px`);
    root.style.setProperty("--head", `${headHeight}px`);
  });
  measured.observe(bar);
  measured.observe(head);
  const endCoach = followCoach(bar, playground, parts, make);
  /** @type {import("../features/evaluation/outputPanel.js").OutputPanel | null} */ (
    root.querySelector("ty-output-panel")
  )?.lossChart.append(moments);
  /** @type {HTMLElement | null} */ (root.querySelector(".tabs div"))?.addEventListener("keydown", walkTabs);
  const spoken = make("ty-spoken");
  bar.after(spoken);
  const question = make("ty-question");
  root.querySelector(".question")?.append(question);
  const stopBaseline = followBaseline(playground);
  const endEngine = followEngine(playground);
  const endHost = followHost(playground);
  const endLocks = followLocks(root, playground);
  await turn();
  const menuBar = () =>
    /** @type {import("../features/menu/menuBar.js").MenuBar | null} */ (root.querySelector("ty-menu-bar"));
  const endWanted = followWanted(menuBar(), playground);
  const endLight = printLight(root.ownerDocument.documentElement);
  // What a part asks for by the name of an action: the question above the panels, the Export step.
  const act = (/** @type {Event} */ event) => void menuBar()?.act(/** @type {CustomEvent<string>} */ (event).detail);
  root.addEventListener("ty-act", act);
  const endDropped = followDroppedFiles(root, async (file) => (await menuBar()?.menu())?.openDropped(file));
  const go = (/** @type {string} */ step) => views.go(step);
  const { bands, end: endBands } = bandsOf(playground, parts, go);
  await turn();
  root.append(...bands);
  const views = createViews(root, playground, bands);
  const steps = Object.assign(make("ty-steps"), { go, bands });
  root.querySelector("ty-menu-bar")?.before(steps);
  const endBrought = followBrought(
    root,
    playground,
    bands.flatMap(({ cards }) => cards),
  );
  const endThumbnails = followThumbnails(root, bands, { playground, parts });
  const added = [moments, spoken, question, steps, ...bands];
  root.dispatchEvent(new Event("ty-later"));
  const endInfo = followInfo(root, playground, () => withStyle(root, partOf("help")));
  // The glossary leads to a setting's field: the address names it, before the experiment.
  const about = new URLSearchParams(location.search).get("about");
  if (about) void menuBar()?.act(`about ${about}`);
  keepForNextVisit(playground);
  return () => {
    endInfo();
    endWanted();
    endCoach();
    endLight();
    stopBaseline();
    endEngine();
    endHost();
    endLocks();
    root.removeEventListener("ty-act", act);
    endDropped();
    endBands();
    endThumbnails();
    endBrought();
    views.end();
    measured.disconnect();
    for (const element of added) element.remove();
    for (const part of [keeper, travel]) part.dispose();
  };
}

/** Paper is white: the pictures too are drawn for it. */
function printLight(/** @type {HTMLElement} */ page) {
  /** @type {string | undefined} */
  let theme;
  const listening = new AbortController();
  const { signal } = listening;
  const before = () => {
    theme = page.dataset.theme;
    page.dataset.theme = "light";
  };
  const after = () => {
    if (theme === undefined) delete page.dataset.theme;
    else page.dataset.theme = theme;
  };
  addEventListener("beforeprint", before, { signal });
  addEventListener("afterprint", after, { signal });
  return () => listening.abort();
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
