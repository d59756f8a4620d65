// @ts-check
/** The page: gives the playground its place, and the address as memory. */
import { isForeign, ownHash } from "../settings/foreignLink.js";
import { inTime } from "../base/inTime.js";
import { loadPart } from "../base/loadPart.js";
import { tellLack } from "../session/pending.js";
import { mount, prepare, showLack as showLackIn } from "./mount.js";
import { t } from "../base/text.js";
import { turn } from "../ui/turns.js";

const root = () => /** @type {HTMLElement} */ (document.getElementById("app"));

/** The page takes the place of what stands there until it is drawn. */
function showPage() {
  const shell = document.getElementById("shell");
  const isFocused = shell?.contains(document.activeElement);
  shell?.remove();
  if (isFocused) /** @type {HTMLElement | null} */ (root().querySelector("ty-run-bar .primary"))?.focus();
}

const address = (/** @type {string} */ hash) => `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;

/**
 * The scripts don't wait for the page's own text and style, but what they draw needs both.
 */
async function pageIsThere() {
  if (document.readyState === "loading") await happens(document, "DOMContentLoaded");
  const style = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=stylesheet]"));
  if (style && !style.sheet && document.readyState !== "complete") {
    await Promise.race([happens(style, "load"), happens(style, "error"), happens(window, "load")]); // it may have failed already
  }
  // A page that came in its place makes an empty sheet.
  if (style && !getComputedStyle(style).getPropertyValue("--gap")) throw new Error(t("app.pagesStyleCouldNot"));
}

const happens = (/** @type {EventTarget} */ target, /** @type {string} */ name) =>
  new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

const loadForeign = () => loadPart("settings/tfPlayground.js");

const own = (/** @type {string} */ hash) => ownHash(hash, loadForeign);

/** So long the page waits for what reads a foreign link, in milliseconds, before it opens without. */
const FOREIGN_MS = 3000;

/** @param {{core: Promise<WebAssembly.Module>, spawn: () => Worker, played: Promise<void>}} parts */
export async function open({ core, spawn, played }) {
  const { rememberHash, forget } = createMemory();
  const hash = await inTime(own(location.hash), FOREIGN_MS).catch(() => null);
  const playground = prepare({ spawn, core, hash: hash ?? "", rememberHash, place: root });
  playground.era = history.state?.era ?? Date.now();
  void played.then(() => playground.play());
  await pageIsThere();
  await turn();
  const { drawn } = mount(root(), playground);
  void drawn.then(showPage);
  // Somebody edits the address or goes back: the link is the experiment then too. Between steps of the page it stays.
  const follow = async () => {
    forget();
    const { view, era } = history.state ?? {};
    if (era === playground.era) return playground.set("view", view);
    playground.era = Date.now();
    try {
      playground.openLink(await own(location.hash));
      const { lang } = playground.store.get().settings;
      if (lang !== "auto" && lang !== document.documentElement.lang && origin !== "null") location.reload();
      await tellForeign();
    } catch (error) {
      tellLack(
        playground.store,
        t("app.whatReadsLinksTensorflow", { message: /** @type {Error} */ (error).message }),
        follow,
      );
    }
  };
  addEventListener("hashchange", follow);
  const tellForeign = async () => {
    if (isForeign(location.hash)) playground.store.set({ notice: { tone: "info", text: (await loadForeign()).NOTE } });
  };
  if (hash === null) void follow();
  else void tellForeign();
}

/** Between two writes of the address, in milliseconds: Safari throws after a hundred in ten seconds. */
const ADDRESS_MS = 110;

/** The address follows the settings: at once, or a moment later where it has just been written or can't be for now. */
function createMemory() {
  /** @type {string | null} */
  let next = null;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  const write = () => {
    timer = null;
    if (next === null) return;
    try {
      history.replaceState(history.state, "", address(next));
      next = null;
    } catch {
      // Too many for this browser just now: it is asked again.
    }
    timer = setTimeout(write, next === null ? ADDRESS_MS : 1000);
  };
  addEventListener("pagehide", write);
  return {
    rememberHash(/** @type {string} */ hash) {
      next = hash;
      if (timer === null) write();
    },
    /** Somebody wrote another one. */
    forget() {
      next = null;
    },
  };
}

/** Says what this browser lacks. */
export async function showLack(/** @type {string} */ sentence) {
  await pageIsThere();
  showPage();
  showLackIn(root(), sentence);
}
