// @ts-check
/**
 * A step as a view of the whole page: its band with all features open, or its panel where it has no band. The rest of the
 * page steps aside, but for the run bar. The view is a setting of the link; each is an entry of the browser's history, and
 * going back and forth changes the view alone, never the experiment.
 */
import { html, nothing, render } from "lit";
import { watch } from "../base/store.js";
import { writeHash } from "../settings/url.js";
import { chevronIcon } from "../ui/icons.js";
import { STEPS } from "./features.js";
import { t } from "../base/text.js";

/** What the setting says where no step is open. */
const PLAYGROUND = "playground";

/** What closes with Escape before a view does. */
const OPEN = "dialog[open], .engine[open], .coach-why[open]";

/** What uses Escape itself. */
const OWN_KEYS = "input, select, textarea, [role=slider], [role=grid], ty-network-overlay, ty-network-card";

/** The step that is open; none in an embed, and where a link leaves out what lies below the panels. @param {import("../settings/spec.js").Settings} settings */
export const stepOf = ({ view, embed, hide }) =>
  view === PLAYGROUND || embed === "compact" || hide?.includes("folds") ? "" : view;

/**
 * @param {HTMLElement} root
 * @param {import("../session/playground.js").Playground} playground
 * @param {import("./bands.js").Band[]} bands
 */
export function createViews(root, playground, bands) {
  const { store } = playground;
  const page = root.ownerDocument;
  let shown = "";
  /** Whether the page has been seen: before, nobody's focus is anywhere. */
  let isDrawn = false;
  /** Where the playground was left: how far down, and by which control. */
  let left = { top: 0, by: /** @type {HTMLElement | null} */ (null) };
  /** Cards that the view has opened. @type {import("./bands.js").Card[]} */
  let opened = [];

  const bandOf = (/** @type {string} */ step) => bands.find((band) => band.step.id === step && !band.hidden);

  /** An entry of its own in the browser's history; where there is none to be had, the view changes all the same. */
  function push(/** @type {string} */ view) {
    const { settings } = store.get();
    const { era } = playground;
    try {
      history.replaceState({ ...history.state, view: settings.view, era }, "");
      const hash = writeHash({ ...settings, view });
      history.pushState(
        { view, from: settings.view, era },
        "",
        `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`,
      );
    } catch {
      // A sandboxed frame, or too many entries for this browser.
    }
  }

  /** At once, so that what is in it can be scrolled to. */
  function change(/** @type {string} */ step) {
    push(step || PLAYGROUND);
    playground.set("view", step || PLAYGROUND);
  }

  function go(/** @type {string} */ step) {
    const { view } = store.get().settings;
    const { view: here, from } = history.state ?? {};
    if (step === stepOf(store.get().settings)) return;
    // Back to where one came from is no new entry.
    if (here === view && from === (step || PLAYGROUND)) history.back();
    else change(step);
  }

  /** Above the view: what it is, and the way back. */
  let head = document.createElement("div");
  const main = /** @type {HTMLElement} */ (root.querySelector("main"));

  function show(/** @type {string} */ id) {
    if (id === shown) return;
    const band = bandOf(id);
    if (!shown) left = { top: scrollY, by: /** @type {HTMLElement | null} */ (page.activeElement) };
    shown = id;
    const step = STEPS.find((one) => one.id === id);
    // Another element each time, and nothing in sight until it has its place: so nothing is seen to move.
    const next = document.createElement("div");
    render(step ? headOf(step) : nothing, next);
    head.remove();
    head = next;
    head.className = "view-head";
    if (step) (band ?? main).prepend(head);
    // What shows of the page: the band, with all its cards open, or the panel.
    for (const card of opened) card.isOpen = false;
    opened = (band?.cards ?? []).filter((card) => !card.hidden && !card.isOpen);
    for (const card of opened) card.isOpen = true;
    for (const one of bands) {
      one.toggleAttribute("data-open", one === band);
      one.setAttribute("role", one === band ? "main" : "region");
    }
    const panel = band ? "" : step?.panel;
    for (const one of main.children) one.toggleAttribute("data-alone", one.localName === panel);
    if (step) root.dataset.view = step.title;
    else delete root.dataset.view;
    scrollTo({ top: step ? 0 : left.top, behavior: "instant" });
    const focus = step ? head.querySelector("h2") : left.by;
    if (isDrawn && focus?.isConnected) focus.focus({ preventScroll: true });
    void settle(root, band?.cards ?? []);
  }

  const headOf = (/** @type {import("./features.js").Step} */ { title, question }) => html`
    <button type="button" class="view-back" @click=${() => go("")}>${chevronIcon}${t("app.backPlayground")}</button>
    <h2 tabindex="-1">${title}</h2>
    <p>${question}</p>
  `;

  const stop = watch(store, ({ settings }) => stepOf(settings), show);
  const listening = new AbortController();
  const { signal } = listening;
  page.addEventListener(
    "keydown",
    ({ key, target }) => {
      if (key !== "Escape" || !shown || page.querySelector(OPEN)) return;
      if (!(/** @type {Element} */ (target).closest?.(OWN_KEYS))) go("");
    },
    { signal, capture: true }, // what closes first is open still
  );
  // Somebody is led to a part of the page: the view that it is in, or the playground.
  const reveal = (/** @type {CustomEvent<Element>} */ { detail: part }) => {
    const band = /** @type {import("./bands.js").Band | null} */ (part.closest(".band"));
    const isInSight = !shown || (band ? band.step.id === shown : part.closest("[data-alone], ty-run-bar"));
    if (!isInSight) change(band ? band.step.id : "");
    const card = band?.cards.find((one) => one === part);
    if (card?.stage === "closed") void settle(root, [card]);
  };
  root.addEventListener("ty-reveal", /** @type {EventListener} */ (reveal), { signal });
  show(stepOf(store.get().settings));
  isDrawn = true;
  return {
    go,
    end() {
      stop();
      head.remove();
      listening.abort();
    },
  };
}

/** What is loaded is out of sight so long at most, rows longer that somebody brings, and once it has its size for so long, in milliseconds. */
const LONGEST_MS = { bands: 5000, brought: 3000, all: 5000 };
const STILL_MS = 150;

/** What is being settled, by its page. @type {WeakMap<HTMLElement, object>} */
const settling = new WeakMap();

/**
 * Keeps the bands out of sight until those cards have what they show and stand still.
 *
 * @param {HTMLElement} root
 * @param {import("./bands.js").Card[]} cards
 * @param {keyof typeof LONGEST_MS} [what]   "all": the panels, too
 * @param {() => boolean} [isAwaited]   whether something else is on its way
 */
export async function settle(root, cards, what = "bands", isAwaited = () => false) {
  const mine = {};
  settling.set(root, mine);
  root.dataset.settling = what;
  const start = performance.now();
  let since = start;
  const observer = new ResizeObserver(() => (since = performance.now()));
  for (const card of cards) observer.observe(card);
  // Its script, its first drawing, and what is asked of the worker. One that isn't for these data never comes.
  const isComing = (/** @type {import("./bands.js").Card} */ card) =>
    !card.hidden &&
    (card.stage === "closed" || card.querySelector("[data-loading], :scope > details > :not(summary):empty"));
  for (let now = start, frames = 0; frames < 2 || (cards.length > 0 && now - start < LONGEST_MS[what]); frames++) {
    await new Promise(requestAnimationFrame);
    now = performance.now();
    if (frames > 1 && !isAwaited() && !cards.some(isComing) && now - since > STILL_MS) break;
  }
  observer.disconnect();
  if (settling.get(root) === mine) delete root.dataset.settling;
}
