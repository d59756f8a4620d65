// @ts-check
/** What the page has to say about the run: why it diverged and how to go on, or one alert at a time. */
import { html, nothing } from "lit";
import { counted, formatCount, formatRate } from "../../base/format.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";

export class Coach extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false } };

  follows = new StoreController(this, () => this.parts.trainingMonitor.store);

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
  }

  render() {
    const { rescue, alert } = this.parts.trainingMonitor.store.get();
    return html`<div class="coach" role="region" aria-label="Coach" aria-live="polite">${rescue ? this.#rescue(rescue) : alert ? this.#alert(alert) : nothing}</div>`;
  }

  #rescue(/** @type {import("./trainingMonitor.js").Rescue} */ { reason, epoch, sound, rate, clips, isTried }) {
    const { trainingMonitor } = this.parts;
    const from = sound > 0 ? `epoch ${formatCount(sound)}` : "the start";
    return html`
      <section class="coach-card" data-tone="error" aria-labelledby="${this.uid}-rescue">
        <h2 id="${this.uid}-rescue">Training diverged ${epoch ? `after ${counted(epoch, "epoch")}` : "in its first epoch"}</h2>
        <p>${reason}</p>
        <p class="note">The weights shown are the last finite ones. The last stable point was ${from}.${isTried && rate === null ? " No smaller learning rate that was tried from there holds: change the model or the data, then press Reset." : ""}</p>
        <div class="coach-buttons">
          ${
            rate === null
              ? nothing
              : html`
            <button type="button" class="primary-small" title="From ${from}, with a learning rate at which the run does not diverge again" @click=${() => trainingMonitor.slower()}>Go back and use a learning rate of ${formatRate(rate)}</button>`
          }
          ${clips ? html`<button type="button" title="From ${from}, with the gradient norm clipped to 1" @click=${() => trainingMonitor.clip()}>Clip gradients</button>` : nothing}
          <button type="button" title="Start over from the initial weights" @click=${() => this.playground.reset()}>Reset</button>
        </div>
      </section>
    `;
  }

  #alert(/** @type {import("./alerts.js").Alert} */ { title, evidence, advice, best }) {
    const { trainingMonitor } = this.parts;
    return html`
      <section class="coach-card" aria-labelledby="${this.uid}-alert">
        <div class="coach-head">
          <h2 id="${this.uid}-alert">${title}</h2>
          <button type="button" class="round small" aria-label="Dismiss" title="Don’t show again in this run" @click=${() => trainingMonitor.dismiss()}>${closeIcon}</button>
        </div>
        <p>${evidence}</p>
        <p class="note">${advice}</p>
        ${
          best === undefined || !trainingMonitor.store.get().canGoBack
            ? nothing
            : html`
          <div class="coach-buttons"><button type="button" @click=${() => trainingMonitor.goBack()}>See epoch ${formatCount(best)}</button></div>`
        }
      </section>
    `;
  }
}
