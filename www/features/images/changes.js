// @ts-check
/**
 * Labels corrected and pictures dropped by hand, as steps of `data.clean`: they travel in the link, and Undo takes them back,
 * like those of a table. Some are gathered before the model is trained again, since a new run begins with nothing learned.
 *
 * @typedef {import("../../session/playground.js").Playground} Playground
 * @typedef {{fix: "relabel", row: number, to: string}} Relabel
 * @typedef {Relabel | {fix: "drop-rows", rows: number[]}} Step
 * @typedef {{labels: Map<number, string>, dropped: number[]}} Changes   by the pictures' numbers
 */
import { createStore, watch } from "../../base/store.js";

/** @returns {Changes} */
export function changesOf(/** @type {Step[]} */ steps) {
  const dropped = new Set(steps.flatMap((step) => (step.fix === "drop-rows" ? step.rows : [])));
  const labels = steps.flatMap((step) => (step.fix === "relabel" && !dropped.has(step.row) ? [step] : []));
  return { labels: new Map(labels.map(({ row, to }) => [row, to])), dropped: [...dropped] };
}

/** As few steps as it takes, in the pictures' order, so that the same changes are the same link. @returns {Step[]} */
export function stepsOf(/** @type {Changes} */ { labels, dropped }) {
  const byRow = (/** @type {number} */ a, /** @type {number} */ b) => a - b;
  return [
    ...[...labels]
      .sort(([a], [b]) => byRow(a, b))
      .map(([row, to]) => /** @type {Relabel} */ ({ fix: "relabel", row, to })),
    ...(dropped.length ? [/** @type {const} */ ({ fix: "drop-rows", rows: dropped.toSorted(byRow) })] : []),
  ];
}

/** The steps with another one for a picture: a label, or none of it (`dropped`), or as it was. @param {Step[]} steps @param {number} row @param {{to?: string, dropped?: boolean}} change */
export function changed(steps, row, { to, dropped = false }) {
  const { labels, dropped: before } = changesOf(steps);
  labels.delete(row);
  if (to !== undefined) labels.set(row, to);
  return stepsOf({ labels, dropped: [...before.filter((one) => one !== row), ...(dropped ? [row] : [])] });
}

/**
 * What has an effect on the run that stands: test pictures take no change.
 *
 * @param {Changes} changes @param {import("../../session/protocol.js").Points} points @param {number} left   how many pictures the run does without
 */
export function effectOf({ labels, dropped }, { inputs, part }, left) {
  const relabeled = [...labels.keys()].filter((row) => {
    const at = inputs.indexOf(row);
    return at >= 0 && part[at] !== 2;
  }).length;
  return { relabeled, dropped: left, without: labels.size - relabeled + dropped.length - left };
}

/** Changes that wait to be trained on. @typedef {{of: unknown, source: string, steps: Step[]}} Draft */

/** @type {WeakMap<Playground, import("../../base/store.js").Store<{draft: Draft | null}>>} */
const drafts = new WeakMap();

/** @returns {import("../../base/store.js").Store<{draft: Draft | null}>} */
export function draftStore(/** @type {Playground} */ playground) {
  const store = drafts.get(playground) ?? createStore({ draft: /** @type {Draft | null} */ (null) });
  drafts.set(playground, store);
  return store;
}

/** The steps as they are wanted; a draft ends with the settings that it is of. @returns {Step[]} */
export function wanted(/** @type {Playground} */ playground) {
  const { draft } = draftStore(playground).get();
  const { clean, source } = playground.store.get().settings;
  return draft && draft.of === clean && draft.source === source ? draft.steps : clean;
}

export function draft(/** @type {Playground} */ playground, /** @type {Step[]} */ steps) {
  const { clean, source } = playground.store.get().settings;
  draftStore(playground).set({ draft: { of: clean, source, steps } });
}

/** A new run with these steps, which trains as soon as it stands. */
export function trainAgain(/** @type {Playground} */ playground, /** @type {Step[]} */ steps) {
  const end = watch(
    playground.store,
    ({ description }) => description,
    (description) => {
      if (!description) return;
      end();
      if (playground.store.get().run?.state === "ready") playground.play();
    },
  );
  playground.set("clean", steps);
}
