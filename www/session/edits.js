// @ts-check
/**
 * Weights and biases by hand: set, zeroed, locked, and all of that undone, step by step. It belongs to one run: a
 * reset starts with no locks and nothing to undo.
 *
 * @typedef {import("./playground.js").Playground} Playground
 *
 * @typedef {object} Edit
 * @property {string} what                  in words: "Weight … set to 0.5"
 * @property {[number, number][]} values    index and value of each parameter before it
 * @property {number[]} locked              what was locked before it
 *
 * @typedef {object} Edits
 * @property {import("./protocol.js").Description} of   the run they belong to
 * @property {Edit[]} past                  the newest last
 */

/** So many can be undone. */
const MOST_EDITS = 200;

/** What is locked: those parameters keep their value in training. @returns {number[]} */
export const lockedIn = (/** @type {Playground} */ { client }) => Array.from(client.recall("freeze")?.indices ?? []);

/** What can be undone. */
export function pastOf(/** @type {Playground} */ playground) {
  const { edits, description } = playground.store.get();
  return edits && edits.of === description ? edits.past : [];
}

/** Sets parameters by hand. @param {Playground} playground @param {[number, number][]} changes index and value @param {string} what */
export function setWeights(playground, changes, what) {
  const { parameters } = playground.store.get().frame ?? {};
  if (!parameters) return;
  remember(playground, {
    what,
    values: changes.map(([index]) => [index, parameters[index]]),
    locked: lockedIn(playground),
  });
  for (const [index, value] of changes) playground.client.send("setParameter", { index, value });
}

/** Locks parameters, or lets them go. @param {Playground} playground @param {number[]} indices @param {boolean} isLocked @param {string} what */
export function setLocked(playground, indices, isLocked, what) {
  const locked = lockedIn(playground);
  freeze(
    playground,
    isLocked ? [...new Set([...locked, ...indices])] : locked.filter((index) => !indices.includes(index)),
  );
  remember(playground, { what, values: [], locked });
}

/** Takes back the newest edit. */
export function undo(/** @type {Playground} */ playground) {
  const past = pastOf(playground);
  const edit = past[past.length - 1];
  if (!edit) return;
  for (const [index, value] of edit.values) playground.client.send("setParameter", { index, value });
  freeze(playground, edit.locked);
  keep(playground, past.slice(0, -1));
}

function freeze(/** @type {Playground} */ { client }, /** @type {number[]} */ indices) {
  client.remember("freeze", { indices: Uint32Array.from(indices).sort() });
}

const remember = (/** @type {Playground} */ playground, /** @type {Edit} */ edit) =>
  keep(playground, [...pastOf(playground), edit].slice(-MOST_EDITS));

function keep(/** @type {Playground} */ { store }, /** @type {Edit[]} */ past) {
  const { description } = store.get();
  if (description) store.set({ edits: { of: description, past } });
}
