// @ts-check
/** What the page has to say about the run: why it blew up and how to go on, or one alert at a time. */
import { html, nothing } from "lit";
import { formatCount, formatRate } from "../../core/format.js";
import { closeIcon } from "../icons.js";
import { Panel } from "../panel.js";

export class Coach extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false } };

  constructor() {
    super();
    /** @type {any} */
    this.parts = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(this.parts.watchman.store.subscribe(() => this.requestUpdate()));
  }

  render() {
    const { rescue, alert } = this.parts.watchman.store.get();
    return html`<div class="coach" role="region" aria-label="Coach" aria-live="polite">${rescue ? this.#rescue(rescue) : alert ? this.#alert(alert) : nothing}</div>`;
  }

  #rescue(/** @type {import("../../core/watchman.js").Rescue} */ { reason, epoch, sound, rate }) {
    const { watchman } = this.parts;
    const from = sound && sound.epoch > 0 ? `epoch ${formatCount(sound.epoch)}` : "the start";
    return html`
      <section class="coach-card" data-tone="error" aria-labelledby="${this.uid}-rescue">
        <h2 id="${this.uid}-rescue">Training blew up after ${formatCount(epoch)} epoch${epoch === 1 ? "" : "s"}</h2>
        <p>${reason}</p>
        <p class="note">The run stands at its last finite weights. The last sound moment is ${from}.</p>
        <div class="coach-buttons">
          <button type="button" class="primary-small" title="From ${from}, with a learning rate of ${formatRate(rate)}" @click=${() => watchman.slower()}>Go back and use a third of the rate</button>
          <button type="button" title="From ${from}, with every gradient cut to a length of 1" @click=${() => watchman.clip()}>Clip gradients</button>
          <button type="button" title="The same start again" @click=${() => this.playground.reset()}>Reset</button>
        </div>
      </section>
    `;
  }

  #alert(/** @type {import("../../core/alerts.js").Alert} */ { title, evidence, advice, since, step }) {
    const { watchman } = this.parts;
    return html`
      <section class="coach-card" aria-labelledby="${this.uid}-alert">
        <div class="coach-head">
          <h2 id="${this.uid}-alert">${title}</h2>
          <button type="button" class="round small" aria-label="Dismiss" title="Not again in this run" @click=${() => watchman.dismiss()}>${closeIcon}</button>
        </div>
        <p>${evidence}</p>
        <p class="note">${advice}</p>
        ${step === undefined ? nothing : html`
          <div class="coach-buttons"><button type="button" @click=${() => watchman.goBack()}>See epoch ${formatCount(since)}</button></div>`}
      </section>
    `;
  }
}
