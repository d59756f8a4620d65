// @ts-check
/** Keeps the page's files for the next visit, and offers a new build when one is there. */
import { tellPending } from "../../session/pending.js";
import { addressOf } from "../../base/files.js";
import { t } from "../../base/text.js";

/** How often a page that stays open asks whether there is a new build, in milliseconds. */
const EVERY_MS = 60 * 60 * 1000;

/** So long what the page itself still loads goes first, in milliseconds: then there is nothing to be fetched twice. */
const LATER_MS = 2000;

/** Not for those who pay by the byte; where it can't be had, the page is whole without. */
export function keepForNextVisit(/** @type {import("../../session/playground.js").Playground} */ playground) {
  if (/** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection?.saveData) return;
  setTimeout(() => void keep(playground).catch(() => {}), LATER_MS);
}

async function keep(/** @type {import("../../session/playground.js").Playground} */ playground) {
  const container = navigator.serviceWorker; // some browsers have none, and in a sandboxed frame it throws
  const script = new URL(addressOf("../sw.js")); // its place is its reach
  const registration = await container.register(script, { updateViaCache: "none" });
  const tell = (/** @type {{used: boolean}} */ how) =>
    void container.ready.then(({ active }) => active?.postMessage({ speaks: globalThis.TRAINYARD_LANGUAGE, ...how }));
  tell({ used: false });
  onceUsed(playground, () => tell({ used: true }));
  const offer = () => {
    const { waiting } = registration;
    if (!waiting || !container.controller) return; // the first one needs no offer
    const run = () => {
      container.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take over");
    };
    const text = t("app.newVersionTrainyardReady");
    tellPending(playground.store, { tone: "info", text, action: { label: t("base.reload"), run } });
  };
  const follow = () => registration.installing?.addEventListener("statechange", offer);
  offer();
  follow(); // the browser may have found it before this page asked
  registration.addEventListener("updatefound", follow);
  setInterval(() => void registration.update().catch(() => {}), EVERY_MS);
}

/** With the first click, key or step, or at once if there was one: who only looks gets no more than what is to be seen. */
function onceUsed(
  /** @type {import("../../session/playground.js").Playground} */ { store },
  /** @type {() => void} */ then,
) {
  const listening = new AbortController();
  const isUsed = () => {
    if (listening.signal.aborted) return;
    listening.abort();
    stop();
    then();
  };
  const hasStepped = () => (store.get().frame?.step ?? 0) > 0 && isUsed();
  const stop = store.subscribe(hasStepped);
  for (const sign of ["pointerdown", "keydown"])
    addEventListener(sign, isUsed, { capture: true, signal: listening.signal });
  hasStepped();
}
