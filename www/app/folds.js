// @ts-check
/** The questions below the panels, by their element; what answers each is loaded when it is opened. */
import { html } from "lit";
import { foldOf } from "../ui/fold.js";

export const FOLDS = {
  "ty-data-fold": foldOf(
    "Your own data, real data, and the data doctor",
    (playground) => html`<ty-data-step .playground=${playground}></ty-data-step>`,
  ),
  "ty-microscope-fold": foldOf(
    "Microscope: look inside one update",
    (playground) => html`<ty-microscope .playground=${playground}></ty-microscope>`,
  ),
  "ty-confusion-fold": foldOf(
    "Which classes are taken for which?",
    (playground) => html`<ty-confusion .playground=${playground}></ty-confusion>`,
  ),
  "ty-contest-fold": foldOf(
    "What if one thing were different?",
    (playground) => html`<ty-contest .playground=${playground}></ty-contest>`,
  ),
  "ty-race-fold": foldOf(
    "When is the GPU worth it?",
    (playground) => html`<ty-race-panel .playground=${playground}></ty-race-panel>`,
  ),
};
