// @ts-check
/** Garbage in, garbage out: sliders for the damage, two runs side by side, and what it cost. */
import { html, nothing } from "lit";
import { twinCurves } from "./chart.js";
import { formatCount, formatLoss, formatShare } from "../../base/format.js";
import { CORRUPTIONS, CorruptionRun, damageWords } from "./model.js";
import { taskOf } from "../../settings/sources.js";
import { StoreController } from "../../ui/storeController.js";
import { SvgPanel } from "../../ui/svgPanel.js";
import { slider } from "../../ui/slider.js";
import { parts, t } from "../../base/text.js";

const MOST_CORRUPTION = 0.5;
const STEP = 0.05;

export class CorruptionPanel extends SvgPanel {
  /** @type {CorruptionRun} */
  twins = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.twins.store);

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, run, lock }) {
    return [settings, run?.state, lock];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".twin-curves"));
  }

  connectedCallback() {
    this.twins ??= new CorruptionRun(this.playground);
    super.connectedCallback();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.twins.stop();
  }

  render() {
    return html`
      <details class="twins" @toggle=${() => this.measure()}>
        <summary>${t("corruption.garbageGarbageOutTrain")}</summary>
        <p class="twins-about">${t("corruption.twoNetsSameSeed")}${this.state.lock ? t("corruption.countsLookThem") : ""}</p>
        <div class="twins-body">
          <div class="twins-side">${CORRUPTIONS.map((kind) => this.#slider(kind))}${this.#controls()}</div>
          <div class="twins-picture">${this.#picture()}</div>
        </div>
        ${this.#words()}
      </details>
    `;
  }

  #slider(/** @type {(typeof CORRUPTIONS)[number]} */ { key, label }) {
    const { corrupt } = this.state.settings;
    const value = corrupt[key] ?? 0;
    const set = (/** @type {string} */ text) => {
      const { [key]: _, ...others } = corrupt;
      const share = Number(text);
      this.playground.set("corrupt", share > 0 ? { ...others, [key]: share } : others);
    };
    const id = `${this.uid}-${key}`;
    return slider({
      id,
      label,
      max: MOST_CORRUPTION,
      step: STEP,
      value,
      shown: formatShare(value, 0),
      enter: set,
      disabled: this.twins.isRunning,
    });
  }

  #controls() {
    const { phase, progress } = this.twins.store.get();
    const { isRunning } = this.twins;
    const isNothing = damageWords(this.state.settings.corrupt, true) === "";
    const cannot = this.state.run === null || this.state.run.state === "failed";
    return html`
      <div class="twins-controls">
        <button type="button" class="button main" ?disabled=${phase === "stopping" || (!isRunning && (isNothing || cannot))}
          @click=${() => (isRunning ? this.twins.stop() : void this.twins.start())}>${isRunning ? t("corruption.cancel") : t("corruption.trainTwins")}</button>
        ${isRunning ? html`<progress max=${progress.epochs || 1} .value=${progress.epoch} aria-label="${t("corruption.epochsBothTwins")}"></progress>` : nothing}
        <span class="note">${isRunning ? t("corruption.epochs", { epoch: formatCount(progress.epoch), epochs: formatCount(progress.epochs) }) : isNothing ? t("corruption.spoilSomethingFirst") : ""}</span>
      </div>
    `;
  }

  #picture() {
    const { curves, progress } = this.twins.store.get();
    const last = (/** @type {import("../../session/protocol.js").Curve} */ { test }) =>
      formatLoss(test[test.length - 1]);
    const words = curves
      ? t("corruption.lossesBothTwinsEpoch", { clean: last(curves.clean), dirty: last(curves.dirty) })
      : t("corruption.lossesBothTwinsEpoch2");
    return html`
      <p class="twins-legend" aria-hidden="true"><span class="twin-key twin-key-clean">${t("corruption.clean")}</span><span class="twin-key twin-key-dirty">${t("corruption.spoilt")}</span><span>${t("corruption.thickTestLossThin")}</span></p>
      <svg class="twin-curves" role="img" aria-label=${words}>${twinCurves(this.size, curves, Math.max(progress.epochs, 10))}</svg>
    `;
  }

  /** Where accuracy says nothing more, losses may. */
  #losses() {
    const { curves } = this.twins.store.get();
    const last = (/** @type {Float32Array} */ losses) => formatLoss(losses[losses.length - 1]);
    return curves
      ? html`<p class="note">${parts("corruption.lossThemCleanSpoilt", { test: last(curves.clean.test), test2: last(curves.dirty.test) })}</p>`
      : nothing;
  }

  #words() {
    const { verdict, caution, problem, phase } = this.twins.store.get();
    const isClasses = taskOf(this.state.settings) === "classification";
    return html`
      <div class="twins-words" role="status">${verdict ? html`<p class="twins-verdict">${verdict}</p>${this.#losses()}${caution ? html`<p class="note">${caution}</p>` : nothing}` : phase === "running" ? html`<p class="note">${parts("corruption.cleanAgainst", { corrupt: damageWords(this.state.settings.corrupt, isClasses) })}</p>` : nothing}</div>
      ${problem ? html`<p class="bring-problem" role="alert">${problem}</p>` : nothing}
    `;
  }
}
