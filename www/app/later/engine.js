// @ts-check
/** Says that a GPU is gone while a run is on it; who opens a run elsewhere knows. */
import { t } from "../../base/text.js";

/** @param {import("../../session/playground.js").Playground} playground @returns {() => void} ends it */
export const followEngine = ({ store }) =>
  store.subscribe(({ engine, description }, before) => {
    const isGone = engine?.engine === "cpu" && before.engine?.engine === "gpu" && description === before.description;
    if (isGone) store.set({ notice: { tone: "warning", text: t("session.cpuTakesOver") } });
  });
