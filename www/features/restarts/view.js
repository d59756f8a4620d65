// @ts-check
/** Twenty restarts: where their losses end, a picture of each, and what they give together. */
import { html, nothing } from "lit";
import { curveThumb, ensembleChart, lossStrip } from "./charts.js";
import { RESTARTS, Restarts, answerWords, ensembleOf, lossWords, restartWords, standingOf } from "./model.js";
import { formatCount } from "../../base/format.js";
import { aboutOf } from "../../session/poolJob.js";
import { classRange } from "../../session/statusText.js";
import { colorRange, rangeOf } from "../../ui/charts/scale.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { segments } from "../../ui/segments.js";
import { parts, t } from "../../base/text.js";

/** @typedef {import("./model.js").Restart} Restart */

/** @extends {StudyPanel<Restarts>} */
export class RestartsPanel extends StudyPanel {
  static properties = {
    ...StudyPanel.properties,
    isLinear: { state: true },
    taken: { state: true },
    refusal: { state: true },
  };

  constructor() {
    super();
    this.isLinear = false;
    /** The one that was put on the page last. @type {number | null} */
    this.taken = null;
    this.refusal = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [...super.picks(state), state.points];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".restart-strip"));
  }

  createJob() {
    return new Restarts(this.playground);
  }

  render() {
    const { phase } = this.job.store.get();
    return html`
      <p class="study-about">${t("restarts.about")}</p>
      <div class="study-top">
        ${segments({
          name: `${this.uid}-model`,
          label: t("restarts.model"),
          choices: [
            { value: false, label: t("restarts.asSet") },
            { value: true, label: t("restarts.linearModel") },
          ],
          value: this.isLinear,
          choose: (isLinear) => (this.isLinear = isLinear),
          disabled: this.job.isRunning,
        })}
        ${studyControls(this.job, {
          label: t("restarts.try20Seeds"),
          start: () => this.#start(),
          cannot: this.lacksRun,
          note: phase === "ready" ? t("restarts.sameRowsOther", { count: RESTARTS }) : nothing,
        })}
      </div>
      ${this.#outcome()}
    `;
  }

  #start() {
    this.taken = null;
    this.refusal = "";
    void this.job.start(this.isLinear);
  }

  #outcome() {
    const { phase, runs, isLinear, epoch, epochs } = this.job.store.get();
    if (!runs.some(Boolean)) return nothing;
    const standing = standingOf(runs);
    const words = restartWords(runs, isLinear);
    const choose = (/** @type {number} */ index) => void this.#take(index);
    return html`
      <svg class="restart-strip study-svg" role="img" aria-label="${t("restarts.stripLabel")} ${words}">${lossStrip(this.size, runs, { chosen: this.taken, isGood: standing.isGood, choose })}</svg>
      <p class="restart-words" role="status">${phase === "running" ? t("restarts.underWay", { epoch: formatCount(epoch), epochs: formatCount(epochs) }) : words}</p>
      ${this.refusal ? html`<p class="problem" role="alert">${this.refusal}</p>` : nothing}
      <ul class="restart-list" aria-label=${t("restarts.each")}>${runs.map((run, i) => run && html`<li>${this.#one(run, i, standing.isGood(run))}</li>`)}</ul>
      ${this.#together()}
    `;
  }

  /** Whether they can take the place of the run on the page: it has to be the same experiment. */
  get #canTake() {
    const { phase, about, isLinear } = this.job.store.get();
    const isSame = about === aboutOf(this.state);
    return phase === "done" && isSame && (!isLinear || this.state.settings.layers.length === 0);
  }

  #one(/** @type {Restart} */ run, /** @type {number} */ index, /** @type {boolean} */ isGood) {
    return html`
      <button type="button" class="restart" data-good=${isGood} aria-pressed=${this.taken === index} ?disabled=${!this.#canTake || !run.bytes}
        title=${this.#canTake ? t("restarts.loadSeed") : nothing} @click=${() => void this.#take(index)}>
        ${this.#picture(run)}
        <span>${t("restarts.seed", { seed: run.seed })}</span> <b>${lossWords(run)}</b>
      </button>
    `;
  }

  #picture(/** @type {Restart} */ { outputs, classes }) {
    const { asked } = this.job.store.get();
    if (!asked || !outputs) return nothing;
    const { description, cells, view } = asked;
    const { outputs: width } = description;
    const shown = outputs.subarray(0, cells * width);
    if (view.length === 1)
      return width === 1
        ? html`<svg class="restart-thumb" viewBox="0 0 60 60" aria-hidden="true">${curveThumb(shown, this.#valueRange())}</svg>`
        : nothing;
    const of = { values: shown, size: Math.sqrt(cells), range: this.#range(), width, classes };
    return html`<ty-cells aria-hidden="true" .playground=${this.playground} .cells=${of}></ty-cells>`;
  }

  /** The values at the ends of the colors. @returns {[number, number]} */
  #range() {
    const { description, points } = this.state;
    return description?.task === "classification" ? classRange(description) : colorRange(points?.targets ?? []);
  }

  /** The values that a curve's picture shows. @returns {[number, number]} */
  #valueRange() {
    return rangeOf(this.state.points?.targets ?? [], 0.35);
  }

  #together() {
    const { asked, runs, phase } = this.job.store.get();
    const { points } = this.state;
    const together = ensembleOf(runs);
    if (!asked || !together || !points || phase !== "done") return nothing;
    const { cells, description, view, ask } = asked;
    const { outputs: width } = description;
    const answer = answerWords(runs, asked);
    const size = Math.sqrt(cells);
    const mean = together.mean.subarray(0, cells * width);
    const spread = Float64Array.from({ length: cells }, (_, cell) => {
      const of = together.spread.subarray(cell * width, (cell + 1) * width);
      return of.reduce((sum, one) => sum + one, 0) / width;
    });
    const most = Math.max(...spread, 1e-12);
    return html`
      <h3>${t("restarts.together")}</h3>
      ${
        answer &&
        html`<p class="restart-answer">${answer.question ? parts("restarts.forThey", { question: answer.question, count: answer.count }) : t("restarts.toTheQuestion", { count: answer.count })} <output aria-label=${t("restarts.meanAndSpread")}>${answer.value}</output>. ${answer.said}</p>`
      }
      <p class="note">${t("restarts.spreadWords")}</p>
      ${
        view.length === 1
          ? width === 1
            ? html`<svg class="ensemble study-svg" role="img" aria-label=${t("restarts.ensembleCurve")}>${ensembleChart(
                { ...this.size, height: this.querySelector(".ensemble")?.clientHeight || 260 },
                {
                  curves: runs.flatMap((run) => (run?.outputs ? [run.outputs.subarray(0, cells)] : [])),
                  mean,
                  spread,
                  view: view[0],
                  range: this.#valueRange(),
                  points,
                  ask: ask[0],
                },
              )}</svg>`
            : nothing
          : html`
            <div class="ensemble-fields">
              <figure><ty-cells .playground=${this.playground} .label=${t("restarts.meanLabel")} .cells=${{ values: mean, size, range: this.#range(), width, classes: width > 1 ? winners(mean, width) : undefined }}></ty-cells><figcaption>${t("restarts.mean")}</figcaption></figure>
              <figure><ty-cells .playground=${this.playground} .label=${t("restarts.spreadLabel")} .cells=${{ values: spread, size, range: [-most, most], width: 1 }}></ty-cells><figcaption>${t("restarts.spread")}</figcaption></figure>
            </div>`
      }
    `;
  }

  async #take(/** @type {number} */ index) {
    const run = this.job.store.get().runs[index];
    if (!run?.bytes || !this.#canTake) return;
    try {
      await this.job.take(run);
      this.taken = index;
      this.refusal = "";
    } catch (error) {
      this.refusal = String(/** @type {Error} */ (error).message);
    }
  }
}

/** The class with the largest mean output in each cell. */
function winners(/** @type {Float64Array} */ mean, /** @type {number} */ width) {
  return Uint32Array.from({ length: mean.length / width }, (_, cell) => {
    let best = 0;
    for (let i = 1; i < width; i++) if (mean[cell * width + i] > mean[cell * width + best]) best = i;
    return best;
  });
}
