// @ts-check
import { html } from "lit";
import { Spoken } from "../../session/spoken.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";

/** Speaks where the run is; the coach's own line, whose figures move, is silent. */
export class SpokenStatus extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false } };

  #spoken = new Spoken();
  #words = "";

  follows = new StoreController(this, () => this.parts.coach);

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ run, frame, shown }) {
    return [run?.state, frame?.step, shown];
  }

  render() {
    this.#words = this.#spoken.next(this.state, this.parts.coach.get().alert?.title) ?? this.#words;
    return html`<p class="spoken" role="status">${this.#words}</p>`;
  }
}
