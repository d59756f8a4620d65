// @ts-check
/** When is the GPU worth it? */
import { html } from "lit";
import { Fold } from "./fold.js";

export class RaceFold extends Fold {
  get question() {
    return "When is the GPU worth it?";
  }

  contents() {
    return html`<ty-race-panel .playground=${this.playground}></ty-race-panel>`;
  }
}
