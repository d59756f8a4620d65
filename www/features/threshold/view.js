// @ts-check
/**
 * ROC and precision–recall curve of one class against all others, with one threshold that moves both points, the counts, and
 * the decision boundary on the picture.
 */
import { html, nothing } from "lit";
import { formatCount, formatNumber, formatShare } from "../../base/format.js";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { choosePositive, otherOutput, positiveOf } from "../../session/positiveClass.js";
import { markedName } from "../../session/markedName.js";
import { moveThreshold, thresholdOf, usualThreshold } from "../../session/threshold.js";
import { RowsPanel } from "../../ui/rowsPanel.js";
import { typed } from "../../ui/typed.js";
import { Curves } from "./curves.js";
import {
  cheapest,
  costFrom,
  costOf,
  countsAt,
  lackOf,
  limitsOf,
  mirrored,
  placeOf,
  sweepOf,
  thresholdAt,
} from "./model.js";
import { select } from "../../ui/select.js";
import { slider } from "../../ui/slider.js";
import { numberField } from "../../ui/numberField.js";
import { t } from "../../base/text.js";

/** So many points stand in the table beside the pictures. */
const TABLE_ROWS = 12;

/** Three decimals, as scores between 0 and 1 have them. */
const write = (/** @type {number} */ value) => (Number.isFinite(value) ? formatNumber(value, 3) : "–");

/** What the counts at a threshold mean. @param {import("./model.js").Sweep} sweep @param {number} place @param {string} name */
function countWords(sweep, place, name) {
  const { truePositives, falsePositives } = countsAt(sweep, place);
  const found = t("threshold.foundAndFalseAlarms", {
    found: formatCount(truePositives),
    rows: t("count.rows", { count: sweep.positives }),
    name,
    recall: formatShare(sweep.truePositiveRate[place]),
    alarms: formatCount(falsePositives),
    others: t("count.rows", { count: sweep.negatives }),
    rate: formatShare(sweep.falsePositiveRate[place]),
  });
  return truePositives + falsePositives
    ? `${found} ${t("threshold.precisionIs", { precision: formatShare(sweep.precision[place]), name })}`
    : `${found} ${t("threshold.nothingPredicted", { name })}`;
}

export class ThresholdPanel extends RowsPanel {
  static properties = { ...RowsPanel.properties, chosen: { state: true }, costs: { state: true } };

  scoringOf = scoringOf;
  unlock = () => turnLock(this.playground.store);
  #curves = new Curves();

  constructor() {
    super();
    /** Of more than two, the class that is told from all others. */
    this.chosen = 1;
    /** As they were typed. */
    this.costs = { falsePositive: "1", falseNegative: "1" };
  }

  /** @param {string} task */
  lacksTask(task) {
    return task === "regression" ? t("threshold.targetNumber") : "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [...super.picks(state), state.threshold, state.shown, state.settings.positive];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".unit-plot"));
  }

  /**
   * A class against all others, as it is shown. Of two classes the engine's sweep and its threshold are about the second one.
   *
   * @param {import("../../session/protocol.js").Description} of
   * @param {import("../../pkg-full/trainyard.js").ClassScores} scores
   * @param {number} chosen   among more than two
   */
  shownOf(of, scores, chosen) {
    const areTwo = scores.perClass.length === 2;
    const index = areTwo ? positiveOf(this.state.settings) : Math.min(chosen, scores.perClass.length - 1);
    const about = areTwo ? 1 : index;
    const sweep = sweepOf(scores, about);
    if (!sweep) return null;
    const isOther = index !== about;
    const flip = isOther ? otherOutput(of) : (/** @type {number} */ output) => output;
    const [usual, own] = [usualThreshold(of), thresholdOf(this.state)];
    const at = own?.class === about ? own.at : usual;
    const limits = limitsOf(sweep, hasProbabilities(of));
    const last = sweep.thresholds.length - 1;
    const across = (/** @type {number} */ place) => (isOther ? last - place : place);
    const move = (/** @type {number} */ to) => moveThreshold(this.playground, { class: about, at: to });
    const ends = limits.map(flip);
    return {
      index,
      name: markedName(of, index),
      sweep: isOther ? mirrored(sweep, flip) : sweep,
      isChosen: own?.class === about,
      usual: flip(usual),
      at: flip(at),
      limits: isOther ? ends.reverse() : ends,
      place: across(placeOf(sweep, at)),
      /** To a threshold, or to a point of the curves. */
      move: (/** @type {number} */ to) => move(flip(to)),
      go: (/** @type {number} */ place) => move(thresholdAt(sweep, across(place), limits)),
    };
  }

  /** The threshold that was chosen, and what it does. @param {import("../../session/scoring.js").Answer} answer */
  reported({ of, scores }) {
    if (scores.task !== "classification") return null;
    const shown = this.shownOf(of, scores, thresholdOf(this.state)?.class ?? 0);
    if (!shown?.isChosen || lackOf(shown.sweep)) return null;
    const { sweep, place, name, at } = shown;
    const counts = countsAt(sweep, place);
    const costs = this.#validCosts;
    return {
      title: t("app.rocAndThreshold"),
      facts: [
        `${t("threshold.positiveClass")}: ${name}`,
        `${t("threshold.threshold")}: ${write(at)}`,
        ...(costs
          ? [
              `${t("threshold.costFalsePositive")}: ${this.costs.falsePositive.trim()}`,
              `${t("threshold.costFalseNegative")}: ${this.costs.falseNegative.trim()}`,
              t("threshold.expectedCost", { cost: write(costOf(counts, costs)) }),
            ]
          : []),
      ],
      tables: [
        {
          head: ["", `${t("threshold.predicted")} ${name}`, t("threshold.predictedOther")],
          rows: [
            [`${t("threshold.actual")} ${name}`, formatCount(counts.truePositives), formatCount(counts.falseNegatives)],
            [t("threshold.actualOther"), formatCount(counts.falsePositives), formatCount(counts.trueNegatives)],
          ],
        },
      ],
      words: [countWords(sweep, place, name)],
    };
  }

  /** What errors cost, where that was typed as it can be. */
  get #validCosts() {
    const falsePositive = costFrom(this.costs.falsePositive);
    const falseNegative = costFrom(this.costs.falseNegative);
    return falsePositive === null || falseNegative === null ? null : { falsePositive, falseNegative };
  }

  /** @param {import("../../session/scoring.js").Answer} answer */
  body({ of, scores }) {
    if (scores.task !== "classification") return nothing;
    const shown = this.shownOf(of, scores, this.chosen);
    if (!shown) return html`<p class="note">${t("threshold.tooManyClasses")}</p>`;
    const lack = lackOf(shown.sweep);
    return html`
      ${this.#class(of, shown.index, scores)}
      ${lack ? html`<p class="note">${this.#lackWords(lack, shown.name)}</p>` : this.#all(of, shown)}
    `;
  }

  #lackWords(/** @type {"positives" | "negatives" | "equal"} */ lack, /** @type {string} */ name) {
    if (lack === "positives") return t("threshold.noRowOfClass", { name });
    return lack === "negatives" ? t("threshold.onlyRowsOfClass", { name }) : t("threshold.allOutputsEqual");
  }

  /** Which class is told from all others. @param {import("../../session/protocol.js").Description} of @param {number} chosen @param {import("../../pkg-full/trainyard.js").ClassScores} scores */
  #class(of, chosen, { perClass, auroc, averagePrecision }) {
    const own = perClass[chosen];
    const choices = perClass.map((_, i) => ({ value: String(i), label: markedName(of, i) }));
    const areTwo = perClass.length === 2;
    const id = `${this.uid}-class`;
    const choose = (/** @type {string} */ text) => {
      if (areTwo) return choosePositive(this.playground, Number(text));
      this.chosen = Number(text);
      moveThreshold(this.playground, null);
    };
    return html`
      <div class="threshold-head">
        ${select({ id, label: areTwo ? t("threshold.positiveClass") : t("threshold.classAgainstRest"), choices, value: String(chosen), enter: choose })}
        <p class="threshold-areas"><span>${t("threshold.areaUnderRoc")} <b>${write(own.auroc)}</b></span> <span>${t("threshold.averagePrecision")} <b>${write(own.averagePrecision)}</b></span>${perClass.length > 2 ? html` <span>${t("threshold.meansOverClasses", { auroc: write(auroc), precision: write(averagePrecision) })}</span>` : nothing}</p>
      </div>
    `;
  }

  /** @param {import("../../session/protocol.js").Description} of @param {NonNullable<ReturnType<ThresholdPanel["shownOf"]>>} shown */
  #all(of, { sweep, name, isChosen, usual, at, limits, place, move, go }) {
    const drag = (/** @type {number} */ to) => to !== place && go(to);
    return html`
      <div class="threshold-handle">
        ${slider({ id: `${this.uid}-threshold`, label: t("threshold.threshold"), as: "beside", min: limits[0], max: limits[1], step: "any", value: at, shown: write(at), enter: (text) => move(Number(text)) })}
        <button type="button" class="small-button" ?disabled=${!isChosen} @click=${() => moveThreshold(this.playground, null)}>${t("threshold.backTo", { usual: formatNumber(usual, 1) })}</button>
      </div>
      <div class="threshold-body">
        ${this.#curves.draw(sweep, place, this.size, drag)}
        <div class="threshold-side">
          ${this.#counts(sweep, place, { name, at })}
          ${of.columns.length > 1 ? html`<ty-threshold-map .playground=${this.playground}></ty-threshold-map>` : nothing}
        </div>
        <div class="threshold-under">
          ${this.#table(sweep)}
          ${this.#costs(sweep, place, go)}
        </div>
      </div>
    `;
  }

  /** @param {import("./model.js").Sweep} sweep @param {number} place @param {{name: string, at: number}} positive */
  #counts(sweep, place, { name, at }) {
    const counts = countsAt(sweep, place);
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
    const cell = (/** @type {number} */ count, /** @type {boolean} */ isRight, /** @type {string} */ words) =>
      html`<td class="tally-fixed" data-right=${isRight}><b>${formatCount(count)}</b> <span>${words}</span></td>`;
    return html`
      <div class="threshold-counts">
        <table>
          <caption>${t("threshold.countsAt", { at: write(at) })}</caption>
          <thead><tr><td></td><th scope="col">${t("threshold.predicted")} ${name}</th><th scope="col">${t("threshold.predictedOther")}</th></tr></thead>
          <tbody>
            <tr><th scope="row">${t("threshold.actual")} ${name}</th>${cell(truePositives, true, t("threshold.truePositives"))}${cell(falseNegatives, false, t("threshold.falseNegatives"))}</tr>
            <tr><th scope="row">${t("threshold.actualOther")}</th>${cell(falsePositives, false, t("threshold.falsePositives"))}${cell(trueNegatives, true, t("threshold.trueNegatives"))}</tr>
          </tbody>
        </table>
        <p>${countWords(sweep, place, name)}</p>
      </div>
    `;
  }

  /** What the pictures show, in numbers. */
  #table(/** @type {import("./model.js").Sweep} */ sweep) {
    const last = sweep.thresholds.length - 1;
    const count = Math.min(TABLE_ROWS, last);
    const places = Array.from({ length: count }, (_, i) => 1 + Math.round((i * (last - 1)) / Math.max(count - 1, 1)));
    return html`
      <details class="as-table">
        <summary>${t("threshold.curvesAsTable")}</summary>
        <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("threshold.curvesAsTable")}">
          <table>
            <thead><tr>${[t("threshold.outputAtLeast"), t("threshold.truePositiveRate"), t("threshold.falsePositiveRate"), t("threshold.precision")].map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
            <tbody>${places.map((i) => html`<tr>${[sweep.thresholds, sweep.truePositiveRate, sweep.falsePositiveRate, sweep.precision].map((column) => html`<td>${write(column[i])}</td>`)}</tr>`)}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  /** @param {import("./model.js").Sweep} sweep @param {number} place @param {(place: number) => void} go */
  #costs(sweep, place, go) {
    const falsePositive = costFrom(this.costs.falsePositive);
    const falseNegative = costFrom(this.costs.falseNegative);
    const costs = this.#validCosts;
    const field = (
      /** @type {"falsePositive" | "falseNegative"} */ key,
      /** @type {string} */ words,
      /** @type {number | null} */ cost,
    ) =>
      numberField({
        id: `${this.uid}-${key}`,
        label: words,
        text: typed(this.costs[key]),
        isWrong: cost === null,
        about: `${this.uid}-cost`,
        type: (text) => (this.costs = { ...this.costs, [key]: text }),
      });
    return html`
      <div class="threshold-costs" role="group" aria-label="${t("threshold.whatErrorsCost")}">
        ${field("falsePositive", t("threshold.costFalsePositive"), falsePositive)}
        ${field("falseNegative", t("threshold.costFalseNegative"), falseNegative)}
        <button type="button" class="small-button" ?disabled=${!costs} @click=${() => costs && go(cheapest(sweep, costs))}>${t("threshold.useCheapest")}</button>
        <p id="${this.uid}-cost" role="status" class=${costs ? "" : "problem"}>${costs ? t("threshold.expectedCost", { cost: write(costOf(countsAt(sweep, place), costs)) }) : t("threshold.costsNotNegative")}</p>
      </div>
      ${this.scoring.part === 2 ? html`<p class="note">${t("threshold.chosenOnTestRows")}</p>` : nothing}
    `;
  }
}
