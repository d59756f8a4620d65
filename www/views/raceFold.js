// @ts-check
/** When is the GPU worth it? The question; what answers it is loaded once somebody asks. */
import { html, nothing } from "lit";
import { Panel } from "./panel.js";

export class RaceFold extends Panel {
  static properties = { ...Panel.properties, load: { attribute: false }, stage: { state: true } };

  constructor() {
    super();
    /** Gets the panel, and its style into this element. @type {(place: HTMLElement) => Promise<void>} */
    this.load = async () => {};
    /** @type {"closed" | "loading" | "there" | "failed"} */
    this.stage = "closed";
  }

  render() {
    return html`
      <details @toggle=${this.#toggled}>
        <summary><h2>When is the GPU worth it?</h2></summary>
        ${this.stage === "there" ? html`<ty-race-panel .playground=${this.playground}></ty-race-panel>` : nothing}
        ${this.stage === "failed" ? html`<p class="note" role="alert">This part could not be loaded. Check the connection, then open it again.</p>` : nothing}
      </details>
    `;
  }

  async #toggled(/** @type {any} */ event) {
    if (!event.currentTarget.open || this.stage === "loading" || this.stage === "there") return;
    this.stage = "loading";
    this.stage = await this.load(this).then(() => /** @type {const} */ ("there"), () => /** @type {const} */ ("failed"));
  }
}
