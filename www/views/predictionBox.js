// @ts-check
/** Type an input, read the output. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { splitAnswers } from "../core/grid.js";
import { answersOf, axesOf, kindOf } from "../core/slice.js";
import { dayOf, formatDay } from "../core/units.js";
import { predictionWords } from "../core/words.js";
import { options } from "./field.js";
import { Panel } from "./panel.js";

/** More inputs fold, but for the two on the picture's axes. */
const MOST = 6;

export class PredictionBox extends Panel {
  /** @param {import("../core/playground.js").State} state */
  picks({ ask, description, frame, settings }) {
    return [ask, description, frame?.outputs, settings.axes];
  }

  render() {
    const { description, frame, settings } = this.state;
    const columns = description?.columns ?? ["x", "y"];
    const answer = description && frame?.outputs && splitAnswers(answersOf(description, frame.outputs).picture, description.outputs).answer;
    const { value, meaning } = description ? predictionWords(description, answer || undefined) : { value: "–", meaning: "" };
    const all = columns.map((_, i) => i);
    const first = all.length <= MOST || !description ? all : axesOf(description, settings.axes);
    const others = all.filter((i) => !first.includes(i));
    return html`
      <form class="prediction" aria-label="Ask the net" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${first.map((i) => this.#input(i))}
        ${others.length ? html`<details class="other-inputs"><summary>${others.length} more inputs</summary><div>${others.map((i) => this.#input(i))}</div></details>` : nothing}
        <span class="arrow" aria-hidden="true">→</span>
        <div class="figure"><span aria-hidden="true">Prediction</span><output aria-label="Prediction" aria-live="off">${value}</output></div>
        ${description?.task === "regression" && !description.target ? nothing : html`<span class="meaning">${meaning || "\u00a0"}</span>`}
      </form>
    `;
  }

  #input(/** @type {number} */ i) {
    const { ask, description } = this.state;
    const name = description?.columns[i] ?? ["x", "y"][i];
    const value = ask[i] ?? 0;
    const kind = description ? kindOf(description, i) : "number";
    const set = (/** @type {number} */ asked) => Number.isFinite(asked) && this.playground.askAbout(this.state.ask.map((one, j) => (i === j ? asked : one)));
    const label = description?.target ? name : name.toUpperCase();
    if (kind === "category") {
      const categories = (description?.categories?.[i] ?? []).map((category, j) => ({ value: String(j), label: category }));
      return html`<label title=${name}><span>${label}</span><select @change=${(/** @type {any} */ event) => set(Number(event.currentTarget.value))}>${options(categories, String(value))}</select></label>`;
    }
    if (kind === "date") {
      return html`<label title=${name}><span>${label}</span><input type="date" .value=${live(formatDay(value))} @input=${(/** @type {any} */ event) => set(dayOf(event.currentTarget.value))} /></label>`;
    }
    // Half a number ("-", "1e") is not a question yet.
    const typed = (/** @type {any} */ { currentTarget: input }) => input.value !== "" && set(input.valueAsNumber);
    return html`<label title=${name}><span>${label}</span><input type="number" step="any" .value=${live(String(value))} @input=${typed} /></label>`;
  }
}
