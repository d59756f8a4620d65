// @ts-check
/** Which classes are taken for which? */
import { html } from "lit";
import { Fold } from "./fold.js";

export class ConfusionFold extends Fold {
  get question() {
    return "Which classes are taken for which?";
  }

  contents() {
    return html`<ty-confusion .playground=${this.playground}></ty-confusion>`;
  }
}
