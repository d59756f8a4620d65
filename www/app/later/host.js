// @ts-check
/**
 * The page in somebody's `<train-yard>`: the page around says hello, then hears how the run stands, and may steer it. Nothing
 * is told of locked test rows: frames have no figures of them.
 */
import { specFrom } from "../../settings/spec.js";

/** @param {import("../../session/playground.js").Playground} playground @returns {() => void} ends it */
export function followHost(playground) {
  if (parent === window) return () => {};
  const { store } = playground;
  let end = () => {};
  const tell = (/** @type {object} */ what) => parent.postMessage({ type: "trainyard-state", ...what }, "*");
  const tellState = (isNew = true) => {
    const { shown, run, frame, settings } = store.get();
    const { epoch, step, training, validation, test } = frame ?? {};
    const figures = frame && { epoch, step, training, validation, test };
    tell({ shown, run, frame: figures, ...(isNew && { spec: specFrom(settings) }) });
  };
  const follow = () => {
    end();
    end = store.subscribe(({ frame, run, settings }, before) => {
      const isNew = settings !== before.settings;
      if (isNew || frame !== before.frame || run !== before.run) tellState(isNew);
    });
    tellState();
  };
  const obey = (/** @type {MessageEvent} */ { source, data }) => {
    if (source !== parent) return;
    const asked = data?.trainyard;
    if (asked === "hello") follow();
    else if (asked === "play") playground.play();
    else if (asked === "pause") playground.pause();
    else if (asked === "step") playground.step(data.unit === "epoch" ? "epoch" : "batch");
    else if (asked === "reset") playground.reset();
  };
  addEventListener("message", obey);
  tell({ isThere: true });
  return () => {
    end();
    removeEventListener("message", obey);
  };
}
