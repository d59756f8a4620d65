// @ts-check
/** What if one thing were different? */
import { html } from "lit";
import { Fold } from "./fold.js";

export class ContestFold extends Fold {
  get question() {
    return "What if one thing were different?";
  }

  contents() {
    return html`<ty-contest .playground=${this.playground}></ty-contest>`;
  }
}
