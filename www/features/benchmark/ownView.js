// @ts-check
/** The page's own model on both engines: one button, what moves, a bar each, and whether the run gains by the GPU. */
import { html, nothing } from "lit";
import { patterns, raceBars } from "./bars.js";
import { adapterWords, agreementWords, teamWords } from "./model.js";
import { OwnRace, answerWords, stepWords, volumeWords } from "./ownRace.js";
import { stepParts } from "./stepView.js";
import { StoreController } from "../../ui/storeController.js";
import { SvgPanel } from "../../ui/svgPanel.js";
import { t } from "../../base/text.js";

/** @typedef {import("./ownRace.js").OwnLap} OwnLap */

export class OwnRaceView extends SvgPanel {
  /** @type {OwnRace} set before it is drawn */
  race = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.race.store);
  size = { width: 420, height: 0, unit: 1 };

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, run, table }) {
    return [settings, description, run === null, run?.state === "failed", table.description];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".race-bars"));
  }

  connectedCallback() {
    this.race ??= new OwnRace(this.playground);
    super.connectedCallback();
  }

  /** Away from the page nobody sees how it ends. */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.race.stop();
  }

  updated() {
    super.updated();
    this.measure();
  }

  render() {
    const { phase, problem, lap, batchSize, epochs } = this.race.store.get();
    const { isRunning, isStale } = this.race;
    const { description, run } = this.state;
    const lacksRun = !description || !run || run.state === "failed";
    const words = {
      ready: t("benchmark.ownHow"),
      running: t("benchmark.ownRunning"),
      stopping: t("benchmark.stopping"),
      done: "",
    };
    return html`
      <section class="own-race" aria-label=${t("benchmark.ownTitle")}>
        <h3>${t("benchmark.ownTitle")}</h3>
        <div class="race-controls">
          <button type="button" class="button" ?disabled=${phase === "stopping" || (lacksRun && !isRunning)}
            @click=${() => (isRunning ? this.race.stop() : void this.race.start())}>
            ${isRunning ? t("benchmark.stop") : t("benchmark.ownStart")}
          </button>
          <p class="note" role="status">${isStale && lap ? t("benchmark.ownStale") : words[phase]}</p>
        </div>
        ${problem ? html`<p class="race-lack" role="alert">${problem}</p>` : nothing}
        ${lap ? this.#outcome(lap, batchSize, epochs) : nothing}
      </section>
    `;
  }

  /** @param {OwnLap} lap @param {number} batchSize @param {number | null} epochs */
  #outcome(lap, batchSize, epochs) {
    const { gpu, adapter } = lap;
    return html`
      ${gpu || lap.team ? this.#bars(lap) : nothing}
      <div class="own-words" role="status">
        <p>${stepWords(lap)} ${teamWords([lap])}</p>
        <p>${volumeWords(lap, batchSize)}</p>
        ${gpu ? html`<p class="race-verdict">${answerWords(lap, batchSize, epochs)}</p>` : nothing}
      </div>
      ${gpu && adapter ? html`<p class="note">GPU: ${adapter.name}. ${adapterWords(adapter)} ${agreementWords([lap])}</p>` : nothing}
    `;
  }

  #bars(/** @type {OwnLap} */ lap) {
    const { gpu, team } = lap;
    return html`
      <div class="own-step">
        <svg class="race-bars ${gpu && team ? "three" : ""}" role="img" aria-label="${stepWords(lap)} ${teamWords([lap])}">${patterns(this.uid)}${raceBars(this.size, { ...lap, uid: this.uid })}</svg>
        ${gpu ? stepParts(this.uid, gpu) : nothing}
      </div>
    `;
  }
}
