// @ts-check
/**
 * Weights from a file (safetensors) in place of those of the run: of the same model, checked tensor by tensor. The run begins
 * anew with them, at epoch 0: its curve, its optimizer's state and its order of rows are those of a run that was reset.
 */
import { formatBytes } from "../base/format.js";
import { carriedOn } from "./computedBy.js";
import { lockedIn } from "./edits.js";
import { exporting } from "./exporting.js";
import { opened } from "./opened.js";
import { t } from "../base/text.js";

/** Twice what the largest model takes, in bytes: 67,108,864 parameters of 64 bits. */
export const MOST_BYTES = 2 ** 30;

/** Sentences about tensors that are told at once. */
const MOST_TOLD = 4;

/** @typedef {import("./playground.js").Playground} Playground */
/** @typedef {{name: string, of: object, back: () => Promise<unknown>}} Taken   the file, the run that began with it, and what brings the one before back */

/** The newest of each page. @type {WeakMap<Playground, Taken>} */
const newest = new WeakMap();

/** What the run began with, if that is a file. */
export function weightsOf(/** @type {Playground} */ playground) {
  const taken = newest.get(playground);
  return taken && taken.of === playground.store.get().description ? taken : null;
}

/** Throws a sentence for what doesn't fit, and leaves the run as it is then. @param {Playground} playground @param {File} file */
export async function openWeights(playground, file) {
  if (file.size > MOST_BYTES)
    throw new Error(t("export.weightsTooLarge", { size: formatBytes(file.size), most: formatBytes(MOST_BYTES) }));
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 9).arrayBuffer()));
  if (head.startsWith("PK\x03\x04")) throw new Error(t("export.weightsPickled"));
  if (head[8] !== "{") throw new Error(t("export.weightsForeign"));
  const { description } = playground.store.get();
  if (!description) throw new Error(t("export.weightsNoModel"));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { readSafetensors } = await exporting(playground, ["readSafetensors"], { given: { bytes }, isFresh: true });
  const { problems, checkpoint } = readSafetensors;
  if (!checkpoint) throw new Error(told(problems));
  // Another run was opened meanwhile: the weights were checked against this one.
  if (playground.store.get().description !== description) throw new Error(t("export.weightsOther"));
  playground.pause();
  const before = playground.store.get().run?.step ? await playground.client.save(true) : null;
  const frozen = lockedIn(playground);
  const { computed } = playground.store.get();
  const back = () =>
    begin(playground, before).then(
      () => {
        if (before && computed) carriedOn(playground, computed.by);
        if (frozen.length) playground.client.remember("freeze", { indices: Uint32Array.from(frozen) });
      },
      ({ message }) => playground.store.set({ notice: { tone: "warning", text: message } }),
    );
  await begin(playground, checkpoint, () => {
    const of = /** @type {object} */ (playground.store.get().description);
    newest.set(playground, { name: file.name, of, back });
  });
  const action = { label: t("export.weightsBack"), run: () => void back() };
  playground.store.set({ notice: { tone: "info", text: t("export.weightsTaken", { name: file.name }), action } });
}

/** The run from its start, and then where a checkpoint has it. @param {Playground} playground @param {Uint8Array | null} checkpoint @param {() => void} [stood] */
async function begin(playground, checkpoint, stood = () => {}) {
  const stands = opened(playground);
  playground.reset();
  await stands;
  stood();
  if (checkpoint) await playground.client.load(checkpoint);
}

/** What doesn't fit, a sentence a tensor. @param {import("./exporting.js").Asked["readSafetensors"]["problems"]} problems */
function told(problems) {
  const sentences = problems.slice(0, MOST_TOLD).map(({ code, name, found, expected }) => {
    switch (code) {
      case "missing":
        return t("export.tensorMissing", { name, expected });
      case "unexpected":
        return t("export.tensorUnexpected", { name, found });
      case "shape":
        return t("export.tensorShape", { name, found, expected });
      case "type":
        return t("export.tensorType", { name, found, expected });
      default:
        return t("export.tensorNumber", { name, found });
    }
  });
  const more = problems.length - sentences.length;
  if (more > 0) sentences.push(t("export.tensorsMore", { count: more }));
  return [t("export.weightsUnfit"), ...sentences].join(" ");
}
