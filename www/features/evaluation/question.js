// @ts-check
/** A row to ask the net about, in the table's own terms, and what it says. */
import { html, nothing } from "lit";
import { splitAnswers } from "../../base/grid.js";
import { axesOf, cellsOf, kindOf } from "../../base/inputSection.js";
import { answersOf } from "./answers.js";
import { askField } from "./askField.js";
import { dayOf, formatDay, formatValue } from "../../base/columnFormat.js";
import { markedName, shortName } from "../../session/markedName.js";
import { certaintyWords } from "../../session/statusText.js";
import { labeled } from "../../ui/labeled.js";
import { Panel } from "../../ui/panel.js";
import { select } from "../../ui/select.js";
import { typed } from "../../ui/typed.js";
import { parts, t } from "../../base/text.js";

/** More inputs fold, but for the two on the picture's axes. */
const MOST_FIELDS = 6;

/** More than these are not in the fold at once; one finds the others by their name. */
const MOST_FOLDED = 24;

export class TableQuestion extends Panel {
  static properties = { ...Panel.properties, isOpen: { state: true }, sought: { state: true } };

  constructor() {
    super();
    /** Whether the fold is open: its inputs are in the page only then. */
    this.isOpen = false;
    /** A part of the names that are in it. */
    this.sought = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ ask, description, frame, settings }) {
    return [ask, description, frame, settings.axes];
  }

  render() {
    const { description, frame, settings } = this.state;
    if (!description) return nothing;
    if (description.image) return this.#ofPicture(description, frame);
    const { columns } = description;
    const answer =
      frame?.outputs && splitAnswers(answersOf(description, frame.outputs).picture, description.outputs).answer;
    const { value, meaning } = said(description, answer, frame?.classes?.[cellsOf(description)]);
    const all = columns.map((_, i) => i);
    const first = all.length <= MOST_FIELDS ? all : axesOf(description, settings.axes);
    const others = all.filter((i) => !first.includes(i));
    return html`
      <div class="prediction" role="group" aria-label="${t("evaluation.askNet")}">
        ${first.map((i) => this.#input(i))}
        <div class="figure"><span aria-hidden="true">${t("evaluation.prediction")}</span><output aria-label="${t("evaluation.prediction")}" aria-live="off">${value}</output></div>
        <span class="meaning">${meaning || "\u00a0"}</span>
        ${
          others.length
            ? html`
          <details class="other-inputs" @toggle=${(/** @type {EventOn<HTMLDetailsElement>} */ event) => (this.isOpen = event.currentTarget.open)}>
            <summary>${others.length} ${t("evaluation.moreInputs")}</summary>
            ${this.isOpen ? this.#others(others, columns) : nothing}
          </details>`
            : nothing
        }
      </div>
    `;
  }

  /** What is asked about is chosen, or drawn, in the evaluation panel. @param {import("../../session/protocol.js").Description} description @param {import("../../session/protocol.js").Frame | null} frame */
  #ofPicture(description, frame) {
    const outputs = frame?.outputs?.length === description.outputs ? frame.outputs : undefined;
    const { value, meaning } = said(description, outputs, frame?.classes?.[0]);
    return html`
      <div class="prediction" role="group" aria-label="${t("evaluation.askNet")}">
        <div class="figure"><span aria-hidden="true">${t("evaluation.prediction")}</span><output aria-label="${t("evaluation.prediction")}" aria-live="off">${value}</output></div>
        <span class="meaning">${meaning || "\u00a0"}</span>
      </div>
    `;
  }

  #others(/** @type {number[]} */ others, /** @type {string[]} */ columns) {
    const found = others.filter((i) => columns[i].toLowerCase().includes(this.sought.toLowerCase()));
    const shown = found.slice(0, MOST_FOLDED);
    return html`
      ${
        others.length > MOST_FOLDED
          ? html`<input type="search" class="seek" aria-label="${t("evaluation.findInput")}" placeholder="${t("evaluation.findInput")}" .value=${this.sought}
        @input=${(/** @type {EventOn<HTMLInputElement>} */ event) => (this.sought = event.currentTarget.value)} />`
          : nothing
      }
      <div>${shown.map((i) => this.#input(i))}</div>
      ${found.length > shown.length ? html`<p class="note">${parts("evaluation.moreFindThemName", { found: found.length - shown.length })}</p>` : nothing}
    `;
  }

  #input(/** @type {number} */ i) {
    const { ask } = this.state;
    const description = /** @type {import("../../session/protocol.js").Description} */ (this.state.description);
    const name = description.columns[i];
    const value = ask[i] ?? 0;
    const kind = kindOf(description, i);
    const label = html`<span title=${name}>${name}</span>`;
    if (kind !== "category" && kind !== "date") return askField(this, label, i);
    const id = `${this.uid}-${i}`;
    const set = (/** @type {number} */ asked) =>
      Number.isFinite(asked) && this.playground.askAbout(this.state.ask.map((one, j) => (i === j ? asked : one)));
    if (kind === "category") {
      const categories = (description.categories?.[i] ?? []).map((category, j) => ({
        value: String(j),
        label: category,
      }));
      return select({ id, label, choices: categories, value: String(value), enter: (text) => set(Number(text)) });
    }
    const asked = (/** @type {EventOn<HTMLInputElement>} */ event) => set(dayOf(event.currentTarget.value));
    return labeled(
      { id, label },
      html`<span class="number"><input type="date" id=${id} .value=${typed(formatDay(value))} @input=${asked} /></span>`,
    );
  }
}

/**
 * A number in the target's own unit, or the class that the engine decided on with its probability or score.
 *
 * @param {import("../../session/protocol.js").Description} description
 * @param {Float64Array | undefined} outputs
 * @param {number | undefined} decided
 */
function said(description, outputs, decided = 0) {
  if (!outputs || !Number.isFinite(outputs[0])) return { value: "–", meaning: "" };
  if (description.task === "regression") return { value: formatValue(outputs[0]), meaning: description.target ?? "" };
  return {
    value: markedName(description, decided),
    meaning: certaintyWords(description, outputs, decided, (i) => shortName(description, i)),
  };
}
