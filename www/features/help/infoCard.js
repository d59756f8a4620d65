// @ts-check
/**
 * What a setting is for: an ⓘ beside its label opens a card with two lines, a drawing where that helps, and the field's
 * term. It lies over everything, whole inside the window, and is spoken when it opens.
 */
import { html, nothing, render } from "lit";
import { COURSE } from "../../base/course.js";
import { settingOf } from "../../settings/config.js";
import { HELP } from "../../settings/help.static.js";
import { TERMS } from "../../settings/terms.js";
import { canVary, vary } from "../../session/varied.js";
import { DRAWINGS } from "./drawings.js";
import { ENTRIES } from "./glossary.static.js";
import { t } from "../../base/text.js";

/** What each figure of the run bar says, by its label there. @type {Record<string, string>} */
const FIGURES = {
  [t("training.epoch")]: t("help.epoch"),
  [t("training.steps")]: t("help.steps"),
  [t("training.trainingLoss")]: t("help.trainingLoss"),
  [t("training.validationLoss")]: t("help.validationLoss"),
  [t("training.testLoss")]: t("help.testLoss"),
};

/** From the window's edge, and from the button, in pixels. */
const EDGE = 8;
const GAP = 6;

/** The setting that an ⓘ is about: its field may have become another one's. @param {Element} info */
function keyOf({ parentElement: place }) {
  const about = /** @type {HTMLElement | null} */ (place?.querySelector(":scope > [data-about]"));
  const control = /** @type {HTMLElement | null} */ (place?.querySelector("[data-setting]"));
  return about?.dataset.about ?? control?.dataset.setting ?? "";
}

/** What stands in the card: of a setting, or of a word that brings its own line. @param {Element} info */
function toldOf(info) {
  const word = /** @type {HTMLElement | null} */ (info.parentElement?.querySelector(":scope > [data-line]"));
  if (word) return { key: "", name: word.textContent, line: word.dataset.line, drawing: nothing, term: undefined };
  const figure = info.parentElement?.classList.contains("figure") ? info.parentElement.querySelector("span") : null;
  if (figure) {
    const name = figure.textContent ?? "";
    return { key: "", name, line: FIGURES[name], drawing: nothing, term: undefined };
  }
  const key = keyOf(info);
  return { key, name: settingOf(key).label, line: HELP[key], drawing: DRAWINGS[key]?.() ?? nothing, term: TERMS[key] };
}

/** A term, with what the glossary says of it. @param {string} key @param {string} term */
function entryOf(key, term) {
  const entry = ENTRIES[key];
  const address = `${COURSE}glossary.html#${entry}`;
  return entry ? html`<a href=${address} target="_blank">${term}</a>` : term;
}

/** The playground whose panel an ⓘ stands in. @param {Element} info @returns {import("../../session/playground.js").Playground | null} */
function playgroundOf(info) {
  for (let at = info.parentElement; at; at = at.parentElement)
    if ("playground" in at) return /** @type {import("../../ui/panel.js").Panel} */ (at).playground;
  return null;
}

/** Opens and closes the card of a page. Returns the function that ends it. @param {HTMLElement} root */
export function attachCard(root) {
  const live = document.createElement("div");
  live.className = "info-live";
  live.setAttribute("role", "status");
  root.append(live);
  /** @type {HTMLElement | null} */
  let open = null;
  const listening = new AbortController();
  const { signal } = listening;

  const place = () => {
    const card = /** @type {HTMLElement | null} */ (live.querySelector(".info-card"));
    if (!card || !open) return;
    const at = open.getBoundingClientRect();
    // Its control is gone, or out of sight.
    if (!open.isConnected || !at.width || at.bottom < 0 || at.top > innerHeight) return close();
    const { width, height } = card.getBoundingClientRect();
    const below = at.bottom + GAP;
    const above = at.top - GAP - height;
    const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
    card.style.left = `${Math.max(EDGE, Math.min(innerWidth - EDGE - width, at.left + at.width / 2 - width / 2))}px`;
    card.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - EDGE - height))}px`;
  };
  const close = () => {
    open?.setAttribute("aria-expanded", "false");
    open?.removeAttribute("aria-controls");
    open = null;
    render(nothing, live);
  };
  /** Varies the setting in a search, and leads there; null where it can't be, or the page has no search. */
  const searchFor = (/** @type {HTMLElement} */ info, /** @type {string} */ key) => {
    const playground = playgroundOf(info);
    const fold = /** @type {(HTMLElement & {open: () => void}) | null} */ (root.querySelector("ty-search-fold"));
    if (!key || !playground || !fold) return null;
    const { hide, embed } = playground.store.get().settings;
    if (hide?.includes("folds") || embed === "compact" || !canVary(playground, key)) return null;
    return () => {
      close();
      vary(playground, key);
      root.dispatchEvent(new CustomEvent("ty-reveal", { detail: fold }));
      fold.open();
      fold.scrollIntoView({ block: "start" });
      /** @type {HTMLElement | null} */ (fold.querySelector("summary"))?.focus({ preventScroll: true });
    };
  };
  const show = (/** @type {HTMLElement} */ info) => {
    close();
    open = info;
    info.setAttribute("aria-expanded", "true");
    info.setAttribute("aria-controls", "info-card");
    const { key, name, line, drawing, term } = toldOf(info);
    const search = searchFor(info, key);
    render(
      html`<div class="info-card" id="info-card">
        <p class="info-name">${name}</p>
        <p>${line}</p>
        ${drawing}
        ${term ? html`<p class="info-term">${t("help.term")} <dfn>${entryOf(key, term)}</dfn></p>` : nothing}
        ${search ? html`<button type="button" class="button info-vary" @click=${search}>${t("help.vary")}</button>` : nothing}
      </div>`,
      live,
    );
    place();
  };

  /** What can be done in the card comes right after its ⓘ, though it lies elsewhere. */
  const byTab = (/** @type {KeyboardEvent} */ event) => {
    const within = /** @type {HTMLElement[]} */ ([...live.querySelectorAll("a, button")]);
    const info = /** @type {HTMLElement} */ (open);
    const at = within.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 && (event.target !== info || event.shiftKey)) return;
    const next = within[at + (event.shiftKey ? -1 : 1)];
    if (next || event.shiftKey) event.preventDefault();
    (next ?? info).focus(); // from where the key goes on
  };

  root.addEventListener(
    "click",
    (event) => {
      const info = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".info"));
      if (!info) return;
      event.preventDefault(); // a label or a summary around it stays as it is
      event.stopPropagation(); // and the picture under it asks nothing
      if (info === open) close();
      else show(info);
    },
    { signal, capture: true },
  );
  const isOther = (/** @type {Event} */ { target }) =>
    open && target instanceof Node && !open.contains(target) && !live.contains(target);
  addEventListener("pointerdown", (event) => isOther(event) && close(), { signal });
  addEventListener("focusin", (event) => isOther(event) && close(), { signal });
  addEventListener(
    "keydown",
    (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Tab" && open) return byTab(event);
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      event.preventDefault();
      const info = open;
      close();
      info.focus();
    },
    { signal, capture: true },
  );
  for (const moved of ["scroll", "resize"]) addEventListener(moved, place, { signal, capture: true, passive: true });
  return () => {
    listening.abort();
    live.remove();
  };
}
