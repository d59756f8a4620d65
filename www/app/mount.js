// @ts-check
/** Builds a playground into a given element; what the browser has to have, the caller has made sure of. */
import { html, render } from "lit";
import { createEngineTimings } from "../session/engineTimings.js";
import { createPlayground } from "../session/playground.js";
import { addressOf, fetchFile } from "../base/files.js";
import { inTime } from "../base/inTime.js";
import { randomSeed } from "../base/randomSeed.js";
import { watch } from "../base/store.js";
import { tellLack } from "../session/pending.js";
import { defineViews } from "./define.js";
import { partOf } from "./partOf.js";
import { listenToDrops } from "./dropping.js";
import { isTable } from "../settings/tableNames.js";
import { createFrames } from "../ui/frames.js";
import { listenToKeys } from "../ui/keyboard.js";
import { allTurnsDone } from "../ui/turns.js";
import { withStyle } from "../ui/withStyle.js";
import { t } from "../base/text.js";

/** On a phone one panel is shown at a time. */
const TABS = [
  { name: t("app.picture"), panel: "ty-output-panel" },
  { name: t("app.network"), panel: "ty-model-panel" },
  { name: t("app.training"), panel: "ty-training-panel" },
  { name: t("app.data"), panel: "ty-data-panel" },
];

/** Below this width the picture comes right after the data, so that one sees what Play does. */
const NARROW = "(max-width: 73.6875em)";

/**
 * A playground that is under way, before there is a place to show it.
 *
 * @param {object} options
 * @param {() => Worker} options.spawn
 * @param {Promise<WebAssembly.Module>} options.core   the compiled training core
 * @param {string} options.hash
 * @param {(hash: string) => void} options.rememberHash
 * @param {() => HTMLElement} options.place            where it will be shown
 */
export function prepare({ spawn, core, hash, rememberHash, place }) {
  const kept = storage();
  const measured = createEngineTimings(kept);
  const fetchSet = (/** @type {string} */ file) => fetchFile(`data/${file}`);
  const loadTables = () => loadStyled(partOf("evaluation"))(place());
  return createPlayground({
    spawn,
    core,
    hash,
    rememberHash,
    nextFrame: createFrames(),
    randomSeed,
    storage: kept,
    measured,
    fetchSet,
    loadTables,
    reload: () => location.reload(),
  });
}

/** Shows it. @param {HTMLElement} root @param {import("../session/playground.js").Playground} playground */
export function mount(root, playground) {
  defineViews();
  render(page(root, playground), root);

  const main = /** @type {HTMLElement} */ (root.querySelector("main"));
  const narrow = matchMedia(NARROW);
  const arrange = () => arrangePanels(main, narrow.matches);
  arrange();
  showTab(root, TABS[0].panel);
  narrow.addEventListener("change", arrange);
  const stopDrops = listenToDrops(root, (file) => {
    openData(root);
    const detail = playground.openTable(file, file.name);
    const tell = () => root.dispatchEvent(new CustomEvent("ty-brought", { detail }));
    if (root.querySelector("ty-data-fold")) tell();
    else root.addEventListener("ty-later", tell, { once: true });
  });
  const stopKeys = listenToKeys(root.ownerDocument, playground, actOf(root));
  const stopHiding = listenToHidden(root, playground);
  const compact = listenToLayout(root, playground);
  const table = inTime(tableStands(playground), TABLE_MS).catch(() => {});
  const layout = inTime(compact.there, LAYOUT_MS).catch(() => {});
  const drawn = Promise.all([layout, table]).then(allTurnsDone);
  const stopLater = whenDrawn(playground, async () => {
    await drawn;
    return (await loadStyled(LATER)(root)).attach(root, playground);
  });
  return {
    /** Resolves when every panel has drawn itself. */
    drawn,
    dispose() {
      stopLater();
      stopKeys();
      stopHiding();
      compact.stop();
      stopDrops();
      narrow.removeEventListener("change", arrange);
      playground.dispose();
      render(null, root);
    },
  };
}

/** Says what is missing instead of a page that breaks. */
export function showLack(/** @type {HTMLElement} */ root, /** @type {string} */ sentence) {
  render(html`<main class="lack"><h1>Trainyard</h1><p role="alert">${sentence}</p></main>`, root);
}

const page = (
  /** @type {HTMLElement} */ root,
  /** @type {import("../session/playground.js").Playground} */ playground,
) => html`
  <header class="masthead">
    <h1>Trainyard</h1>
    <p class="tagline">${t("app.seeSteerHowNeural")}</p>
    <ty-menu-bar role="group" aria-label="${t("app.page")}" .playground=${playground} .load=${loadMenu(root, playground)}></ty-menu-bar>
  </header>
  <nav class="tabs" aria-label="${t("app.panels")}"><div role="tablist">
    ${TABS.map(({ name, panel }) => html`<button type="button" role="tab" data-panel=${panel} @click=${() => showTab(root, panel)}>${name}</button>`)}
  </div></nav>
  <ty-run-bar role="region" aria-label="${t("app.runBar")}" .playground=${playground}></ty-run-bar>
  <ty-notices .playground=${playground}></ty-notices>
  <div class="question" role="region" aria-label="${t("app.question")}" @ty-open-data=${() => openData(root)} @ty-go=${(/** @type {CustomEvent<string>} */ { detail }) => goTo(root, detail)}></div>
  <main @ty-open-data=${() => openData(root)}>
    <ty-data-panel class="panel" role="region" aria-label="${t("app.data")}" .playground=${playground}></ty-data-panel>
    <ty-model-panel class="panel" role="region" aria-label="${t("app.model")}" .playground=${playground} .loadMore=${loadStyled(partOf("advanced"))} .loadOverlay=${loadStyled(partOf("model"))}></ty-model-panel>
    <ty-training-panel class="panel" role="region" aria-label="${t("app.training")}" .playground=${playground} .loadMore=${loadStyled(partOf("advanced"))}></ty-training-panel>
    <ty-output-panel class="panel" role="region" aria-label="${t("app.evaluation")}" .playground=${playground}></ty-output-panel>
    <ty-figures class="panel" role="region" aria-label="${t("app.figures")}" .playground=${playground}></ty-figures>
  </main>
`;

/** Does what a key or a button asks for. */
const actOf = (/** @type {HTMLElement} */ root) => (/** @type {string} */ action) =>
  void (/** @type {import("../features/menu/menuBar.js").MenuBar} */ (root.querySelector("ty-menu-bar")).act(action));

/** What follows every run. */
const LATER = { script: "later.js", style: "later.css" };

/** What opens from the menu bar, with the tools that it needs of the page. */
const loadMenu =
  (/** @type {HTMLElement} */ root, /** @type {import("../session/playground.js").Playground} */ playground) =>
  async (/** @type {import("../session/history.js").Moment | undefined} */ first) => {
    const { Menu } = await loadStyled(partOf("menu"))(root);
    return new Menu(root, playground, {
      goTo: (/** @type {string} */ place) => goTo(root, place),
      // Where one can go just now.
      places: () =>
        [...root.querySelectorAll("main > [role], .fold-panel, .band")]
          .filter((part) => !part.closest("[hidden]"))
          .map((part) => ({ name: part.getAttribute("aria-label") ?? "", place: part.localName })),
      storage: storage(),
      reload: () => location.reload(),
      first,
    });
  };

/** Gets a part, and its style into the place that it is for. @param {{script: string, style: string}} part */
const loadStyled = (part) => (/** @type {HTMLElement} */ place) => withStyle(place, part);

/**
 * Resolves when a table's views have something to show, or when it is told why they don't: before, they have no size. So
 * long the page waits for that, in milliseconds.
 */
const TABLE_MS = 7000;

const tableStands = (/** @type {import("../session/playground.js").Playground} */ { store }) =>
  new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const look = () => {
      const { settings, frame, run, pending } = store.get();
      if (isTable(settings.source) && !frame?.outputs && run?.state !== "failed" && !pending.length) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });

/** What can wait until there is something to see: loads it with the first frame; when that fails, it is told. */
function whenDrawn(
  /** @type {import("../session/playground.js").Playground} */ playground,
  /** @type {() => Promise<() => void>} */ load,
) {
  let end = () => {};
  const get = () =>
    void load().then(
      (dispose) => (end = dispose),
      (error) => tellLack(playground.store, t("app.timelineCoachKeptRuns", { message: error.message }), get),
    );
  // Of what can't be trained there is no picture: the parts that mend it come all the same.
  const stop = playground.store.subscribe(({ frame, run }) => {
    if (!frame && run?.state !== "failed") return;
    stop();
    get();
  });
  return () => (stop(), end());
}

/** Opens the Data step and brings it into view. */
const openData = (/** @type {HTMLElement} */ root) => goTo(root, "ty-data-fold");

/** Brings a part into view; a fold is opened, as soon as it is there. */
function goTo(/** @type {HTMLElement} */ root, /** @type {string} */ place) {
  const part = /** @type {(Element & {open?: () => void}) | null} */ (root.querySelector(place));
  if (!part) return root.addEventListener("ty-later", () => goTo(root, place), { once: true });
  root.dispatchEvent(new CustomEvent("ty-reveal", { detail: part }));
  part.open?.();
  show(root, place);
}

/** Goes to a step: into view, and with the keyboard too. The address keeps the experiment. */
function show(/** @type {HTMLElement} */ root, /** @type {string} */ panel) {
  showTab(root, panel);
  const heading = /** @type {HTMLElement | null} */ (root.querySelector(`${panel} :is(h2[tabindex], summary)`));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  heading?.closest(".panel")?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  heading?.focus({ preventScroll: true });
}

/** Shows the tab that a panel is in, if it is in one. */
function showTab(/** @type {HTMLElement} */ root, /** @type {string} */ panel) {
  if (!TABS.some((tab) => tab.panel === panel)) return;
  for (const { panel: name } of TABS) {
    const isShown = name === panel;
    root.querySelector(name)?.toggleAttribute("data-shown", isShown);
    const tab = /** @type {HTMLElement} */ (root.querySelector(`[data-panel="${name}"]`));
    tab.ariaSelected = String(isShown);
    tab.tabIndex = isShown ? 0 : -1;
  }
}

/** The order in the document is the order on the screen, for the keyboard's sake. */
function arrangePanels(/** @type {HTMLElement} */ main, /** @type {boolean} */ isNarrow) {
  const [model, ...output] = ["ty-model-panel", "ty-output-panel", "ty-figures"].map(
    (name) => /** @type {Element} */ (main.querySelector(name)),
  );
  if (isNarrow) model.before(...output);
  else main.append(...output.toReversed());
}

/** Takes off the page what the link leaves out. Returns the function that ends it. */
function listenToHidden(
  /** @type {HTMLElement} */ root,
  /** @type {import("../session/playground.js").Playground} */ playground,
) {
  const hide = (/** @type {string[] | null} */ names) => {
    if (names && !root.querySelector("link[data-hides]")) {
      const style = document.createElement("link");
      Object.assign(style, { rel: "stylesheet", href: addressOf("hide.css") });
      style.dataset.hides = "";
      root.append(style);
    }
    root.dataset.hide = names?.join(" ") ?? "";
  };
  hide(playground.store.get().settings.hide);
  return watch(playground.store, ({ settings }) => settings.hide, hide);
}

/** So long the page waits for the style of a layout, in milliseconds, before it is shown without. */
const LAYOUT_MS = 3000;

/** A compact embed shows a part of the page. */
function listenToLayout(
  /** @type {HTMLElement} */ root,
  /** @type {import("../session/playground.js").Playground} */ playground,
) {
  const { store } = playground;
  let isAsked = false;
  const show = async (/** @type {string} */ layout) => {
    root.dataset.embed = layout;
    if (layout !== "compact" || isAsked) return;
    isAsked = true;
    try {
      (await loadStyled(partOf("embed"))(root)).attach(root, playground);
    } catch (error) {
      isAsked = false;
      const text = t("app.compactLayoutCouldNot", { message: /** @type {Error} */ (error).message });
      tellLack(store, text, () => show(layout));
    }
  };
  return {
    /** Resolves when the layout that was asked for first is there. */
    there: show(store.get().settings.embed),
    stop: watch(store, ({ settings }) => settings.embed, show),
  };
}

/** Where the browser keeps things for this page, if it lets us. */
function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
