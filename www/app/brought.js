// @ts-check
/**
 * Rows that somebody has brought by hand are what he wants to see: once they are there, the table is in view, with the focus
 * on its name. A link or a run that is resumed moves nothing.
 */
import { settle } from "./views.js";

/**
 * @param {HTMLElement} root
 * @param {import("../session/playground.js").Playground} playground
 * @param {import("./bands.js").Card[]} cards
 * @returns {() => void} ends it
 */
export function followBrought(root, playground, cards) {
  const { store } = playground;
  const card = cards.find(({ localName }) => localName === "ty-data-fold");
  if (!card) return () => {};
  let newest = 0;
  const show = async (/** @type {Event} */ event) => {
    const { detail: rows } = /** @type {CustomEvent<Promise<boolean | undefined>>} */ (event);
    const mine = ++newest;
    const { description: before } = store.get().table;
    let isOnItsWay = true;
    // Who says how to read the file already stays where he is.
    let isTaken = false;
    const take = (/** @type {FocusEvent} */ { target }) =>
      void (isTaken ||= /** @type {Element} */ (target).closest("ty-reading-bar") !== null);
    card.addEventListener("focusin", take);
    let settled =
      card.stage === "there" ? Promise.resolve() : settle(root, [card], "brought", () => isOnItsWay && mine === newest);
    // From its first row on all is drawn anew: nothing is seen to take its place.
    const stop = store.subscribe(({ table, settings }) => {
      if (table.phase !== "ready" || table.source !== settings.source || table.description === before) return;
      stop();
      settled = settle(root, [card], "all", () => isOnItsWay && mine === newest);
    });
    const areThere = await rows;
    await playground.tables?.pictured();
    stop();
    isOnItsWay = false;
    await settled;
    card.removeEventListener("focusin", take);
    const name = /** @type {HTMLElement | null} */ (card.querySelector(".rows h3"));
    if (isTaken || !areThere || mine !== newest || !name?.checkVisibility()) return;
    name.focus({ preventScroll: true });
    name.scrollIntoView({ behavior: "instant", block: "start" });
  };
  root.addEventListener("ty-brought", show);
  return () => root.removeEventListener("ty-brought", show);
}
