// @ts-check
/** Data of one's own, real data, and what is wrong with it. */
import { html } from "lit";
import { Fold } from "./fold.js";

export class DataFold extends Fold {
  get question() {
    return "Your own data, real data, and the data doctor";
  }

  contents() {
    return html`<ty-data-step .playground=${this.playground}></ty-data-step>`;
  }
}
