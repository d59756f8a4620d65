// @ts-check
/** Keeps the page's files for the next visit, and offers a new build when one is there; loaded once there is something to see. */
import { tellPending } from "../session/pending.js";
import { t } from "../base/text.js";

/** How often a page that stays open asks whether there is a new build, in milliseconds. */
const EVERY_MS = 60 * 60 * 1000;

/**
 * @param {import("../session/playground.js").Playground} playground
 * @param {URL} script
 */
export async function keepForNextVisit(playground, script) {
  const container = navigator.serviceWorker; // some browsers have none, and in a sandboxed frame it throws
  const registration = await container.register(script, { updateViaCache: "none" });
  void container.ready.then(({ active }) => active?.postMessage({ speaks: globalThis.TRAINYARD_LANGUAGE }));
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
