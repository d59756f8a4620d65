// @ts-check
/**
 * Rows dealt into folds, for all jobs that train in them, and scores as plain numbers.
 *
 * @typedef {import("../pkg-full/trainyard.js").Folding} Folding
 * @typedef {(spec: import("../session/protocol.js").Spec, options: object) => Promise<Folding>} MakeFolding
 */

/** The rows dealt last: rounds come one after the other. @type {{key: string, folding: Folding} | null} */
let dealt = null;

/** The rows dealt as asked; kept for the next round. */
export async function foldingOf(
  /** @type {import("../session/protocol.js").Spec} */ spec,
  /** @type {object} */ options,
  /** @type {string} */ rows,
  /** @type {MakeFolding} */ make,
) {
  const key = JSON.stringify([spec, options, rows]);
  if (dealt?.key === key) return dealt.folding;
  dealt?.folding.free();
  dealt = null;
  const folding = await make(spec, options);
  dealt = { key, folding };
  return folding;
}

/**
 * The fold of each row, by the row's number: for those who train elsewhere in the same ones.
 *
 * @param {import("../session/protocol.js").JobCourse<"deal">} course
 * @param {MakeFolding} make
 */
export async function dealRows({ spec, options, rows }, make) {
  const folding = await foldingOf(spec, options, rows, make);
  return { rows: folding.rows(), folds: Uint32Array.from(folding.dealt()[0]) };
}

/** The single numbers of scores, by name; the mean F1 over classes among them. @returns {Record<string, number> | null} */
export function figuresOf(/** @type {any} any: either task's */ scores) {
  if (!scores) return null;
  const numbers = Object.entries(scores).filter(([name, value]) => typeof value === "number" && name !== "rows");
  return { ...Object.fromEntries(numbers), ...(scores.macro ? { f1: scores.macro.f1 } : {}) };
}
