// @ts-check
/**
 * A challenge in the page. When its run ends with the goal reached, there is a code: which challenge, what was chosen, and
 * the figure that came out. A code is verified by training it again.
 */
import { holds } from "./goal.js";
import { formatFigure, on } from "./yard.js";
import { t } from "../base/text.js";

/** Digits of a figure in a code: as many as tell two runs apart. */
const DIGITS = 9;

/** @typedef {{id: string, figure: string, is: string, value: number}} Told */
/** @typedef {{id: string, chosen: number[], figure: string}} Code */

export const writeCode = (/** @type {Code} */ { id, chosen, figure }) => `${id}.${chosen.join("-")}.${figure}`;

/** Null for what is no code. @param {string} text @returns {Code | null} */
export function readCode(text) {
  const [, id, chosen, figure] = /^([a-z]+)\.(\d+(?:-\d+)*)\.([\d.e+-]+)$/.exec(text.trim()) ?? [];
  return figure ? { id, chosen: chosen.split("-").map(Number), figure } : null;
}

export const figureIn = (/** @type {number} */ value) => value.toPrecision(DIGITS);

/** @param {Document} document */
export function attachChallenges(document) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-check]"));
  if (!form) return;
  const checked = /** @type {HTMLElement} */ (form.querySelector("[data-checked]"));
  /** What is being verified. @type {Code | null} */
  let verifying = null;

  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-challenge]"))) {
    const told = /** @type {Told} */ (JSON.parse(section.dataset.challenge ?? ""));
    const yard = /** @type {import("./yard.js").TrainYard} */ (section.querySelector("train-yard"));
    const goal = /** @type {HTMLElement} */ (section.querySelector(".goal"));
    const state = /** @type {HTMLElement} */ (section.querySelector("[data-state]"));
    const code = /** @type {HTMLElement} */ (section.querySelector(".code"));
    const output = /** @type {HTMLOutputElement} */ (code.querySelector("output"));
    const selects = [...section.querySelectorAll("select")];
    for (const select of selects)
      select.addEventListener("change", () => {
        yard.setAttribute(select.dataset.attribute ?? "", select.value);
        void yard.reset();
        code.hidden = true;
      });
    code.querySelector("button")?.addEventListener("click", async ({ currentTarget }) => {
      await navigator.clipboard.writeText(output.value);
      /** @type {HTMLElement} */ (currentTarget).textContent = t("lessons.copied");
    });
    on(yard, "stop", ({ status, epoch, figures = {} }) => {
      if (status !== "finished") return;
      const value = figures[told.figure] ?? NaN;
      const isReached = holds(value, told.is, told.value);
      goal.dataset.reached = String(isReached);
      state.textContent = isReached ? `✓ ${t("lessons.reachedNow", { epoch })}` : t("lessons.notYet");
      code.hidden = !isReached;
      const chosen = selects.map(({ selectedIndex }) => selectedIndex);
      output.value = writeCode({ id: told.id, chosen, figure: figureIn(value) });
      if (verifying?.id !== told.id) return;
      const shown = formatFigure(told.figure, value);
      const isSame = writeCode(verifying) === output.value;
      verifying = null;
      checked.textContent = isSame && isReached ? t("lessons.verified", { value: shown }) : t("lessons.notVerified", { value: shown }); // prettier-ignore
    });
  }

  // From the table of a class.
  const brought = new URLSearchParams(location.search).get("code");
  if (brought) {
    /** @type {HTMLInputElement} */ (form.elements.namedItem("code")).value = brought;
    void customElements.whenDefined("train-yard").then(() => form.requestSubmit());
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = /** @type {HTMLInputElement} */ (form.elements.namedItem("code")).value;
    const read = readCode(text);
    const section = read && document.getElementById(read.id);
    const selects = [...(section?.querySelectorAll("select") ?? [])];
    const fits = read?.chosen.length === selects.length && read.chosen.every((at, i) => at < selects[i].options.length);
    if (!read || !section?.dataset.challenge || !fits) {
      checked.textContent = t("lessons.noCode", { text });
      return;
    }
    const yard = /** @type {import("./yard.js").TrainYard} */ (section.querySelector("train-yard"));
    verifying = read;
    checked.textContent = t("lessons.verifying");
    for (const [i, select] of selects.entries()) {
      select.selectedIndex = read.chosen[i];
      yard.setAttribute(select.dataset.attribute ?? "", select.value);
    }
    section.scrollIntoView({ block: "start" });
    void yard.reset().then(() => yard.play());
  });
}
