// @ts-check
/** What a page of the course does: prediction, experiment, goal and answer of a lesson, and which lessons are done. */
import { attachChallenges } from "./challenge.js";
import { attachClassTable, attachResults } from "./classTable.js";
import { holds } from "./goal.js";
import { keepProgress, readProgress } from "./progress.js";
import { formatFigure, on } from "./yard.js";
import { t } from "../base/text.js";

/** @typedef {{id: string, right: number, figure: string, is: string, value: number, when: "ever" | "end"}} Lesson */

const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** @type {Record<string, () => string>} */
const NAMES = {
  "training-loss": () => t("lessons.trainingLoss"),
  "test-loss": () => t("lessons.testLoss"),
  "test-accuracy": () => t("lessons.testAccuracy"),
  "validation-accuracy": () => t("lessons.validationAccuracy"),
  step: () => t("lessons.step"),
};

function attachLesson(/** @type {Lesson} */ lesson) {
  const yard = /** @type {import("./yard.js").TrainYard} */ (find("train-yard"));
  const answer = /** @type {HTMLDetailsElement} */ (find(".answer"));
  const goal = find(".goal");
  const guesses = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('[name="predict"]')]);
  const { choice, reached } = readProgress()[lesson.id] ?? {};
  if (choice !== undefined && guesses[choice]) guesses[choice].checked = true;
  const showDone = () => {
    find("[data-done]").hidden = false;
  };
  if (reached) showDone();

  const judge = () => {
    const chosen = guesses.findIndex(({ checked }) => checked);
    const words = (/** @type {number} */ i) => guesses[i].nextElementSibling?.textContent ?? "";
    find("[data-judged]").textContent =
      chosen < 0
        ? t("lessons.noPrediction")
        : chosen === lesson.right
          ? t("lessons.predictedRight")
          : t("lessons.predictedWrong", { choice: words(chosen) });
  };
  for (const [i, guess] of guesses.entries())
    guess.addEventListener("change", () => {
      keepProgress(lesson.id, { choice: i });
      find("[data-predicted]").textContent = t("lessons.saved");
      judge();
    });
  judge();

  const choices = find(".choices");
  choices.addEventListener("change", ({ target }) => {
    yard.setAttribute(choices.dataset.setting ?? "", /** @type {HTMLInputElement} */ (target).value);
    void yard.reset(); // every choice begins at the same start
    find("[data-ran]").textContent = "";
  });

  const reach = (/** @type {number} */ epoch) => {
    goal.dataset.reached = "true";
    find("[data-state]").textContent = `✓ ${t("lessons.reachedNow", { epoch })}`;
    keepProgress(lesson.id, { reached: true });
    showDone();
  };
  on(yard, "goal", ({ epoch }) => reach(epoch));
  on(yard, "stop", ({ status, epoch, step, figures = {} }) => {
    if (status !== "finished" && status !== "diverged") return;
    const value = lesson.figure === "step" ? step : (figures[lesson.figure] ?? NaN);
    if (lesson.when === "end" && status === "finished" && holds(value, lesson.is, lesson.value)) reach(epoch);
    find("[data-ran]").textContent =
      status === "diverged"
        ? t("lessons.yourRunDiverged", { epochs: epoch })
        : t("lessons.yourRun", {
            epochs: epoch,
            steps: step,
            name: NAMES[lesson.figure](),
            value: formatFigure(lesson.figure, value),
          });
    if (guesses.some(({ checked }) => checked)) answer.open = true;
  });
}

/** Formulas that are wider than the page can be scrolled by keys too. */
function reachFormulas() {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".formula-line"))) {
    if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
    else line.removeAttribute("tabindex");
  }
}

/** Without a network the course is there on the next visit: the worker keeps its files. */
async function keepForNextVisit() {
  const root = find(".home").getAttribute("href")?.replace("index.html", "") ?? "";
  const { serviceWorker } = navigator;
  await serviceWorker.register(new URL(`${root}sw.js`, location.href), { updateViaCache: "none" });
  (await serviceWorker.ready).active?.postMessage({ learns: globalThis.TRAINYARD_LANGUAGE });
}

const { lesson } = find("main").dataset;
if (lesson) attachLesson(JSON.parse(lesson));
attachChallenges(document);
attachClassTable(document);
const progress = readProgress();
const items = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-of]")]);
attachResults(document, () => items.map(({ dataset }) => dataset.of ?? "").filter((id) => readProgress()[id]?.reached));
for (const item of items)
  /** @type {HTMLElement} */ (item.querySelector(".done")).hidden = !progress[item.dataset.of ?? ""]?.reached;
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
reachFormulas();
addEventListener("resize", reachFormulas);
if (navigator.serviceWorker) addEventListener("load", () => void keepForNextVisit().catch(() => {}));
