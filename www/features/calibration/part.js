// @ts-check
/** Calibration: what was predicted against what is true, by bins of about as many rows each; loaded when it is asked for. */
import { html, nothing, svg } from "lit";
import { formatCount, formatShare } from "../../base/format.js";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { markedName } from "../../session/markedName.js";
import { axes } from "../../ui/charts/axes.js";
import { RowsPanel } from "../../ui/rowsPanel.js";
import { choosePositive, positiveOf } from "../../session/positiveClass.js";
import { binsOf, calibrationWords, isMissed, mirroredBins } from "./model.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

export function define(registry = customElements) {
  if (!registry.get("ty-calibration")) registry.define("ty-calibration", Calibration);
}

const write = (/** @type {number} */ value) => formatShare(value, 0);

export class Calibration extends RowsPanel {
  static properties = { ...RowsPanel.properties, chosen: { state: true } };

  scoringOf = scoringOf;
  unlock = () => turnLock(this.playground.store);

  constructor() {
    super();
    /** Of more than two, the class whose probabilities are looked at. */
    this.chosen = 1;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [...super.picks(state), state.settings.positive];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".unit-plot"));
  }

  /** @param {string} task */
  lacksTask(task) {
    return task === "regression" ? t("calibration.targetNumber") : "";
  }

  /** @param {import("../../session/scoring.js").Answer} answer */
  body({ of, scores }) {
    if (scores.task !== "classification") return nothing;
    if (!hasProbabilities(of)) return html`<p class="note">${t("calibration.noProbabilities")}</p>`;
    const classes = scores.perClass.length;
    const areTwo = classes === 2;
    const chosen = areTwo ? positiveOf(this.state.settings) : Math.min(this.chosen, classes - 1);
    const curve = scores.curves.calibration[areTwo ? 0 : chosen];
    if (!curve) return html`<p class="note">${t("calibration.tooManyClasses")}</p>`;
    const names = scores.perClass.map((_, i) => markedName(of, i));
    const bins = areTwo && chosen === 0 ? mirroredBins(binsOf(curve)) : binsOf(curve);
    const words = calibrationWords(bins, names[chosen]);
    const choose = (/** @type {string} */ text) =>
      areTwo ? choosePositive(this.playground, Number(text)) : (this.chosen = Number(text));
    const id = `${this.uid}-class`;
    const choices = names.map((label, i) => ({ value: String(i), label }));
    return html`
      ${select({ id, label: t("calibration.probabilityOf"), as: "calibration-class", choices, value: String(chosen), enter: choose })}
      <p class="calibration-words">${words}</p>
      <div class="calibration-body">
        <svg class="unit-plot" role="img" aria-label="${t("calibration.sharesAgainstProbabilities")} ${words}">${this.#picture(bins)}</svg>
        ${this.#table(bins, names[chosen])}
      </div>
    `;
  }

  #picture(/** @type {import("./model.js").Bin[]} */ bins) {
    const { unit } = this.size;
    const { x, y, drawn } = axes(
      this.size,
      { range: [0, 1], name: t("calibration.predicted"), write },
      { range: [0, 1], name: t("calibration.actualShare"), write },
    );
    return svg`${drawn}
      <line class="guess-line" x1=${x(0)} x2=${x(1)} y1=${y(0)} y2=${y(1)} />
      ${bins.map(
        (bin) => svg`
        <line class="bin-bar" data-missed=${isMissed(bin)} x1=${x(bin.predicted)} x2=${x(bin.predicted)} y1=${y(bin.low)} y2=${y(bin.high)} />
        ${dot(x(bin.predicted), y(bin.observed), 5 * unit, isMissed(bin))}
      `,
      )}`;
  }

  /** @param {import("./model.js").Bin[]} bins @param {string} name */
  #table(bins, name) {
    return html`
      <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("calibration.bins")}">
        <table class="calibration-bins">
          <caption>${t("calibration.binsOfEqualCounts")}</caption>
          <thead><tr><th scope="col">${t("calibration.predicted")}</th><th scope="col">${t("calibration.actually")} ${name}</th><th scope="col">${t("calibration.interval")}</th><th scope="col">${t("calibration.rows")}</th></tr></thead>
          <tbody>
            ${bins.map(
              (bin) => html`
              <tr data-missed=${isMissed(bin)}><td>${formatShare(bin.predicted)}</td><td>${formatShare(bin.observed)}</td><td>${formatShare(bin.low)} – ${formatShare(bin.high)}${isMissed(bin) ? html` <span title="${t("calibration.missed")}">◆</span>` : nothing}</td><td>${formatCount(bin.count)}</td></tr>
            `,
            )}
          </tbody>
        </table>
        <p class="note">${t("calibration.whatMarksMean")}</p>
      </div>
    `;
  }
}

/** A dot; a diamond where the interval misses the diagonal. */
const dot = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ r,
  /** @type {boolean} */ isMissed,
) =>
  isMissed
    ? svg`<path class="bin-dot" data-missed="true" d="M${x} ${y - 1.4 * r}L${x + 1.4 * r} ${y}L${x} ${y + 1.4 * r}L${x - 1.4 * r} ${y}Z" />`
    : svg`<circle class="bin-dot" cx=${x} cy=${y} r=${r} />`;
