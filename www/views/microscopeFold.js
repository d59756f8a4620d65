// @ts-check
/** Microscope: look inside one update. */
import { html } from "lit";
import { Fold } from "./fold.js";

export class MicroscopeFold extends Fold {
  get question() {
    return "Microscope: look inside one update";
  }

  contents() {
    return html`<ty-microscope .playground=${this.playground}></ty-microscope>`;
  }
}
