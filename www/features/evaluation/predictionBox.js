// @ts-check
/** Type an input, read the output. */
import { html, nothing } from "lit";
import { splitAnswers } from "../../base/grid.js";
import { predictionWords } from "../../session/statusText.js";
import { Panel } from "../../ui/panel.js";
import { askField } from "./askField.js";
import { t } from "../../base/text.js";

export class PredictionBox extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ ask, description, frame }) {
    return [ask, description, frame];
  }

  render() {
    const { description, frame } = this.state;
    if (description?.target) return nothing; // a table's run, about to be asked otherwise: it may have thousands of columns
    const columns = description?.columns ?? ["x", "y"];
    const answer = frame?.outputs && splitAnswers(frame.outputs, description?.outputs).answer;
    const { value, meaning } = description
      ? predictionWords(description, answer, frame?.classes?.at(-1))
      : { value: "–", meaning: "" };
    return html`
      <div class="prediction" role="group" aria-label="${t("evaluation.askNet")}">
        ${columns.map((name, i) => askField(this, name.toUpperCase(), i))}
        <div class="figure"><span aria-hidden="true">${t("evaluation.prediction")}</span><output aria-label="${t("evaluation.prediction")}" aria-live="off">${value}</output></div>
        ${description?.task === "regression" ? nothing : html`<span class="meaning">${meaning || "\u00a0"}</span>`}
      </div>
    `;
  }
}
