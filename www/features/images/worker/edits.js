// @ts-check
/**
 * Labels that were changed by hand and pictures that were left out, by the steps of a Spec's `data.clean`. Which pictures are
 * tested doesn't change by that, and test pictures stay as they are: else a score would rise without a better model. The core
 * deals rows by their number and class, so the rows that are left are put where it deals them as they were dealt before.
 *
 * @typedef {import("../../../session/protocol.js").Spec} Spec
 * @typedef {import("../../../pkg-full/trainyard.js").Rows} Rows
 * @typedef {import("../../../worker/engines.js").FullTrainer} FullTrainer
 * @typedef {(spec: Spec, rows: Rows) => Promise<FullTrainer>} Create
 * @typedef {{labels: Map<number, number>, dropped: Set<number>}} Edits
 */
import { commandError } from "../../../worker/commandError.js";
import { t } from "../../../base/text.js";

/** Throws a sentence about a step that no picture can take. @param {unknown} steps @param {number} count   of the pictures @param {string[]} names   of the classes @returns {Edits} */
export function editsOf(steps, count, names) {
  /** @type {Edits} */
  const edits = { labels: new Map(), dropped: new Set() };
  const all = /** @type {{fix?: string, row?: number, rows?: number[], to?: string}[]} */ (steps ?? []);
  all.forEach(({ fix, row, rows = [], to }, i) => {
    const where = `data.clean[${i}]`;
    const fail = (/** @type {string} */ sentence) => {
      throw Object.assign(commandError("data", sentence), { where });
    };
    const checked = (/** @type {unknown} */ number) =>
      Number.isSafeInteger(number) && Number(number) >= 0 && Number(number) < count
        ? Number(number)
        : fail(t("images.editRow", { where, row: JSON.stringify(number) ?? "–", last: count - 1 }));
    if (fix === "drop-rows" && Array.isArray(rows)) for (const one of rows) edits.dropped.add(checked(one));
    else if (fix === "relabel") {
      const label = names.indexOf(String(to));
      if (label < 0) fail(t("images.editLabel", { where, to: JSON.stringify(to) ?? "–", names: names.join(", ") }));
      edits.labels.set(checked(row), label);
    } else fail(t("images.editFix", { where, fix: JSON.stringify(fix) ?? "–" }));
  });
  return edits;
}

/** The part of each row, as the core deals them: a model without layers on one number a row is soon made. @param {Spec} spec @param {number} rows @param {ArrayLike<number>} targets @param {number} classes @param {Create} create */
async function dealt(spec, rows, targets, classes, create) {
  const { split } = /** @type {NonNullable<Spec["data"]>} */ (spec.data);
  const data = { source: "rows", scale: "none", split };
  const one = { inputs: new Float32Array(rows), targets: Float32Array.from(targets), shape: [1], classes };
  const bare = /** @type {Spec} */ ({ version: 1, seed: spec.seed, engine: "cpu", data, model: { layers: [] } });
  const trainer = await create(bare, one);
  const part = trainer.points().part.slice();
  trainer.free();
  return part;
}

/**
 * The pictures that are left, in the order in which the core is given them; their labels; and how they are to be split.
 *
 * @param {Edits} edits @param {Uint8Array} labels @param {number} classes @param {Spec} spec   with its split @param {Create} create
 */
export async function arranged({ labels: others, dropped }, labels, classes, spec, create) {
  const before = await dealt(spec, labels.length, labels, classes, create);
  /** The numbers of those of each part. @type {number[][]} */
  const parts = [[], [], []];
  labels.forEach((_, row) => {
    if (before[row] === TEST || !dropped.has(row)) parts[before[row]].push(row);
  });
  const rows = parts.reduce((sum, { length }) => sum + length, 0);
  if (!parts[0].length) throw Object.assign(commandError("data", t("images.editAll")), { where: "data.clean" });
  const [train, validation, test] = parts.map(({ length }) => length / rows);
  const split = { train, validation, test, stratify: false };
  const after = await dealt({ ...spec, data: { ...spec.data, split } }, rows, new Float32Array(rows), classes, create);
  const next = [0, 0, 0];
  const order = Uint32Array.from(after, (part) => parts[part][next[part]++]);
  const targets = Uint8Array.from(order, (row, at) =>
    after[at] === TEST ? labels[row] : (others.get(row) ?? labels[row]),
  );
  return {
    split,
    order,
    labels: targets,
    relabeled: targets.reduce((sum, label, at) => sum + Number(label !== labels[order[at]]), 0),
    dropped: labels.length - rows,
  };
}

/** As `points().part` has it. */
const TEST = 2;
