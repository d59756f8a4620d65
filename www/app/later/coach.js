// @ts-check
/** The coach comes with the first run that it has something to say of. */
import { tellLack } from "../../session/pending.js";
import { withStyle } from "../../ui/withStyle.js";
import { partOf } from "../partOf.js";
import { t } from "../../base/text.js";

/**
 * @param {HTMLElement} bar   the run bar
 * @param {import("../../session/playground.js").Playground} playground
 * @param {import("../later.js").LaterParts} parts
 * @param {(name: string) => HTMLElement} make
 * @returns {() => void} ends it
 */
export function followCoach(bar, playground, parts, make) {
  const { store } = playground;
  let isOver = false;
  /** @type {HTMLElement | null} */
  let coach = null;
  const get = async () => {
    try {
      /** @type {typeof import("../../features/coach/part.js")} */
      const { TrainingMonitor } = await withStyle(bar, partOf("coach"));
      if (isOver) return;
      parts.trainingMonitor = new TrainingMonitor(playground, parts.travel, parts.coach);
      coach = make("ty-coach");
      bar.append(coach);
    } catch (error) {
      tellLack(store, t("app.coachCouldNot", { message: /** @type {Error} */ (error).message }), get);
    }
  };
  const look = () => {
    const { run, frame } = store.get();
    if (!(run?.state === "training" || run?.state === "diverged" || (frame?.step ?? 0) > 0)) return;
    stop();
    void get();
  };
  const stop = store.subscribe(look);
  look();
  return () => {
    isOver = true;
    stop();
    coach?.remove();
    parts.trainingMonitor?.dispose();
  };
}
