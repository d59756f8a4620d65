// @ts-check
/**
 * A band below the panels for each step of the process: its title and question, and its features as cards. Its head opens
 * the step as a view of the whole page, with all its features open (views.js).
 *
 * @typedef {import("../ui/fold.js").Fold} Card
 * @typedef {HTMLElement & {open: () => void, step: import("./features.js").Step, cards: Card[]}} Band
 */
import { html, render } from "lit";
import { watch } from "../base/store.js";
import { STEPS } from "./features.js";
import { FOLDED, foldOf } from "./foldOf.js";
import { chevronIcon } from "../ui/icons.js";
import { t } from "../base/text.js";

/**
 * The bands of all steps that have features; one in which there is nothing to see is hidden.
 *
 * @param {import("../session/playground.js").Playground} playground
 * @param {object} parts                         what the features follow besides
 * @param {(step: string) => void} go            opens a step, or with "" the playground
 * @returns {{bands: Band[], end: () => void}}
 */
export function bandsOf(playground, parts, go) {
  const all = FOLDED.map((feature) => ({ ...feature, card: foldOf(feature, { playground, parts }) }));
  const bands = STEPS.map((one) => {
    const cards = all.filter(({ step }) => step === one.id).map(({ card }) => card);
    return bandOf(one, cards, go);
  }).filter(({ cards }) => cards.length);
  const choose = () => {
    const state = playground.store.get();
    for (const { card, when } of all) if (when) card.hidden = !when(state);
    for (const band of bands) band.hidden = band.cards.every(({ hidden }) => hidden);
  };
  choose();
  return { bands, end: watch(playground.store, ({ description }) => description, choose) };
}

/** @param {import("./features.js").Step} step @param {Card[]} cards @param {(step: string) => void} go @returns {Band} */
function bandOf(step, cards, go) {
  const { id, title, question } = step;
  const open = () => go(id);
  const band = /** @type {Band} */ (document.createElement(`ty-${id}-band`));
  band.className = "band";
  band.setAttribute("role", "region");
  band.setAttribute("aria-label", t("app.band", { step: title }));
  const head = html`
    <h2 class="band-top"><button type="button" class="band-head" @click=${open}>
      <span class="band-title">${title}</span> <span class="band-open">${t("app.openStep")}${chevronIcon}</span>
      <span class="band-question">${question}</span>
    </button></h2>
    <div class="band-cards">${cards}</div>
  `;
  render(head, band);
  return Object.assign(band, { open, step, cards });
}
