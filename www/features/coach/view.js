// @ts-check
/**
 * What the page has to say about the run: why it diverged and how to go on, or one alert at a time. One line in the run
 * bar, in the place of the status, so that it covers nothing and moves nothing; the reasons open over the picture.
 */
import { html, nothing } from "lit";
import { formatCount, formatRate } from "../../base/format.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";
import { PICTURE, placeOver } from "./placing.js";
import { iconButton } from "../../ui/roundButton.js";
import { parts, t } from "../../base/text.js";

export class Coach extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false } };

  follows = new StoreController(this, () => this.parts.coach);

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
  }

  connectedCallback() {
    super.connectedCallback();
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener("scroll", this.#follow, { passive: true, signal });
    addEventListener("resize", this.#follow, { signal });
    addEventListener("keydown", this.#escape, { signal });
    this.atEnd(() => listening.abort());
  }

  get #why() {
    return /** @type {HTMLDetailsElement | null} */ (this.querySelector(".coach-why[open]"));
  }

  /** The reasons stay over the picture, and close when it has left the window. */
  #follow = () => {
    const why = this.#why;
    if (why && !placeOver(/** @type {HTMLElement} */ (why.lastElementChild), this.closest("ty-run-bar")))
      why.open = false;
  };

  #escape = (/** @type {KeyboardEvent} */ event) => {
    const why = this.#why;
    if (event.key !== "Escape" || !why) return;
    why.open = false;
    why.querySelector("summary")?.focus();
  };

  #opened(/** @type {Event} */ { currentTarget }) {
    const why = /** @type {HTMLDetailsElement} */ (currentTarget);
    if (!why.open) return;
    const isThere = placeOver(/** @type {HTMLElement} */ (why.lastElementChild), this.closest("ty-run-bar"));
    if (isThere) return;
    document.querySelector(PICTURE)?.scrollIntoView({ block: "nearest" }); // the page moves only where it has to
    this.#follow();
  }

  render() {
    const { rescue, alert } = this.parts.coach.get();
    return html`<div class="coach" role="region" aria-label="${t("coach.coach")}">${rescue ? this.#rescue(rescue) : alert ? this.#alert(alert) : nothing}</div>`;
  }

  /** What opens: the reasons. @param {unknown} reasons */
  #because(reasons, isOpen = false) {
    return html`
      <details class="coach-why" ?open=${isOpen} @toggle=${(/** @type {Event} */ event) => this.#opened(event)}>
        <summary>${t("coach.why")}</summary>
        <div class="coach-reasons">${reasons}</div>
      </details>
    `;
  }

  #rescue(/** @type {import("./trainingMonitor.js").Rescue} */ { reason, epoch, sound, rate, clips, isTried }) {
    const trainingMonitor = /** @type {import("./trainingMonitor.js").TrainingMonitor} */ (this.parts.trainingMonitor);
    const from = sound > 0 ? t("coach.epoch", { sound: formatCount(sound) }) : t("coach.start");
    const reasons = html`
      <p>${reason}</p>
      <p class="note">${parts("coach.weightsShownLastFinite", { from })}${isTried && rate === null ? t("coach.noSmallerLearningRate") : ""}</p>
      <div class="coach-buttons">
        ${
          rate === null
            ? nothing
            : html`
          <button type="button" class="small-button main" title="${t("coach.fromLearningRateWhich", { from })}" @click=${() => trainingMonitor.slower()}>${t("coach.goBackUseLearning")} ${formatRate(rate)}</button>`
        }
        ${clips ? html`<button type="button" class="small-button" title="${t("coach.fromGradientNormClipped", { from })}" @click=${() => trainingMonitor.clip()}>${t("coach.clipGradients")}</button>` : nothing}
        <button type="button" class="small-button" title="${t("coach.startOverFromInitial")}" @click=${() => this.playground.reset()}>${t("coach.reset")}</button>
      </div>
    `;
    return html`
      <section class="coach-card" data-tone="error" aria-labelledby="${this.uid}-rescue">
        <div class="coach-head">
          <h2 id="${this.uid}-rescue">${t("coach.trainingDiverged")} ${epoch ? t("coach.after", { epoch: t("count.epochs", { count: epoch }) }) : t("coach.firstEpoch")}</h2>
          ${this.#because(reasons, true)}
        </div>
      </section>
    `;
  }

  #alert(/** @type {import("./alerts.js").Alert} */ { title, evidence, advice, best, remedies = [] }) {
    const trainingMonitor = /** @type {import("./trainingMonitor.js").TrainingMonitor} */ (this.parts.trainingMonitor);
    return html`
      <section class="coach-card" aria-labelledby="${this.uid}-alert">
        <div class="coach-head">
          <h2 id="${this.uid}-alert">${title}</h2>
          ${this.#because(html`<p>${evidence}</p><p class="note">${advice}</p>${remedies.map(({ label, effect }) => html`<p class="note"><b>${label}</b> – ${effect}</p>`)}`)}
        </div>
        <div class="coach-buttons">
          ${remedies.map((remedy) => html`<button type="button" class="small-button" title=${remedy.effect} @click=${() => void trainingMonitor.apply(remedy)}>${remedy.label}</button>`)}
          ${
            best === undefined || !this.parts.coach.get().canGoBack
              ? nothing
              : html`
            <button type="button" class="small-button" title="${t("coach.goesBackWhereHeld")}" @click=${() => void trainingMonitor.goBack()}>${t("coach.seeEpoch")} ${formatCount(best)}</button>`
          }
          ${iconButton(t("coach.dismiss"), closeIcon, () => trainingMonitor.dismiss(), "", t("coach.dontShowAgainRun"))}
        </div>
      </section>
    `;
  }
}
