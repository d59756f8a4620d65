// @ts-check
/**
 * Who computed the steps of a run, so that it travels with the run: into kept runs, files and reports. Only what the exact core
 * computed alone is the same on every machine, to the last bit.
 *
 * @typedef {"cpu" | "fast" | "gpu" | "unknown"} Engine   the exact core, the fast one, a GPU, or whoever an old file was of
 * @typedef {object} Computed
 * @property {Engine[]} by      in the order in which they came first
 * @property {number} until     up to this step it is known already: whoever computes now only goes on from there
 * @typedef {import("./playground.js").Playground} Playground
 */
import { t } from "../base/text.js";

/** @type {Record<Engine, string>} */
const NAMES = {
  cpu: "CPU",
  fast: t("session.engineFast"),
  gpu: "GPU",
  unknown: t("session.engineUnknown"),
};

/** All that a file may name. */
export const ENGINES = Object.keys(NAMES);

/** Whether a file, or this browser's storage, can be believed: each of them once. @returns {by is Engine[]} */
export const isEngines = (/** @type {unknown} */ by) =>
  Array.isArray(by) && new Set(by).size === by.length && by.every((one) => ENGINES.includes(one));

/** Whether these made the same bits as any machine would. */
export const isExact = (/** @type {Engine[]} */ by) => by.every((one) => one === "cpu");

/** "CPU, GPU" */
export const enginesWords = (/** @type {Engine[]} */ by) => by.map((one) => NAMES[one]).join(", ");

/** Who computed it, in a sentence, where that wasn't the exact core alone. */
export const inexactWords = (/** @type {Engine[]} */ by) =>
  isExact(by) ? "" : t("session.computedBy", { engines: enginesWords(by) });

/** Who computed a run, and what another machine gives, for what is written of it. @param {Pick<import("./state.js").State, "computed" | "engine">} state */
export function computedWords(state) {
  const by = enginesOf(state);
  const name = state.engine?.adapter?.name;
  const words = enginesWords(by.length ? by : ["cpu"]).replace(NAMES.gpu, (gpu) => (name ? `${gpu} (${name})` : gpu));
  return `${t("session.computedBy", { engines: words })} ${isExact(by) ? t("session.sameBits") : t("session.otherDigits")}`;
}

/** @param {import("./state.js").EngineInfo} engine @returns {Engine} */
const nowOf = ({ engine, isFast }) => (engine === "gpu" ? "gpu" : isFast ? "fast" : "cpu");

/** Who computed the run on the page; of one that was not trained yet, who is about to. @param {Pick<import("./state.js").State, "computed" | "engine">} state @returns {Engine[]} */
export const enginesOf = ({ computed, engine }) => (computed?.by.length ? computed.by : engine ? [nowOf(engine)] : []);

/** The run goes on from a checkpoint, which these computed; null: nobody knows. */
export const carriedOn = (/** @type {Playground} */ { store }, /** @type {Engine[] | null} */ by) =>
  store.set(({ run }) => ({ computed: { by: by ?? ["unknown"], until: run?.step ?? 0 } }));

/** Notes who computes, step by step. @returns {() => void} ends it */
export function followComputed(/** @type {Playground} */ { store }) {
  /** @type {Engine | null} */
  let last = null;
  let [isDue, isNew] = [false, true];
  const look = () => {
    const { frame, engine, run, computed = { by: [], until: 0 } } = store.get();
    isDue = false;
    if (!frame || !engine) return;
    const now = nowOf(engine);
    let { by, until } = computed;
    // A checkpoint that was just loaded is further than the last picture.
    const isAtStart = !frame.step && (isNew || !run?.step);
    isNew = false;
    if (isAtStart) [by, until] = [by.length ? [] : by, 0];
    else if (frame.step) {
      // Another one has computed nothing of what is shown; after a way back, whoever computes does it once more.
      until = last && last !== now ? frame.step : Math.min(until, frame.step);
      if (frame.step > until && !by.includes(now)) by = [...by, now];
    }
    last = now;
    const reason = reasonOf(engine, by);
    store.set({
      ...(by === computed.by && until === computed.until ? {} : { computed: { by, until } }),
      ...(reason === engine.reason ? {} : { engine: { ...engine, reason } }),
    });
  };
  // After all have heard of a change: to who comes later, what a listener sets would come before what it heard.
  const later = () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(look);
  };
  later();
  return store.subscribe(({ frame, engine, computed, description }, before) => {
    isNew ||= description !== before.description;
    if (isNew || frame?.step !== before.frame?.step || engine !== before.engine || computed !== before.computed)
      later();
  });
}

/** What the exact core says of its results holds for a run that is all its own. @param {import("./state.js").EngineInfo} engine @param {Engine[]} by */
function reasonOf({ reason }, by) {
  const [exact, mixed, unknown] = [t("worker.cpuChosenSameNumbers"), t("session.cpuMixed"), t("session.cpuUnknown")];
  if (![exact, mixed, unknown].includes(reason)) return reason;
  return isExact(by) ? exact : by.some((one) => one === "fast" || one === "gpu") ? mixed : unknown;
}
