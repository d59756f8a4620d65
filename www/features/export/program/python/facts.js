// @ts-check
/**
 * What a program is written from: the experiment as it stands, with all that the data decide of it.
 *
 * @typedef {import("../../../../session/protocol.js").Description} Description
 *
 * @typedef {object} Column        what a row holds before anything is made of it
 * @property {string} name         also what data.csv calls it
 * @property {string[] | null} names   of a column of names: those of training rows, each an input
 * @property {string | null} impute    how gaps are filled; null: there are none
 *
 * @typedef {object} Facts
 * @property {any} spec            with all defaults; any: as the core writes it
 * @property {Column[]} columns    those that a row has, in their order
 * @property {(string | {formula: string})[] | null} features   null: all columns
 * @property {number[] | null} image   channels, height, width
 * @property {string[]} targets    columns to predict
 * @property {string[] | null} classes
 * @property {boolean} isScaled    whether targets are, as values of a table are
 * @property {string} part         the column that says which part a row is of
 * @property {number} inputs       numbers of a row as the net sees it
 * @property {number} outputs
 * @property {"mse" | "mae" | "huber" | "hinge" | "half-mse" | "binary" | "categorical"} loss
 * @property {{train: number, validation: number, test: number}} rows
 */

/** A name that none of these has. @param {string} name @param {string[]} taken @returns {string} */
const free = (name, taken) => (taken.includes(name) ? free(`${name}_`, taken) : name);

/**
 * From what the page knows of a run: enough to write a program by.
 *
 * @param {Description} description
 * @param {any} [spec]   as the settings have it by now; any: a whole document
 * @returns {Facts}
 */
export function factsOf(description, spec = description.spec) {
  const { columns, categories, inputNames, target, classNames, classes, task, outputs, loss, image, rows } =
    description;
  const names = (/** @type {string} */ column, /** @type {string[]} */ all) =>
    all.filter((name) => inputNames.includes(`${column} = ${name}`));
  return settled(spec, {
    columns: columns.map((name, i) => ({
      name,
      names: categories[i]?.length ? names(name, categories[i] ?? []) : null,
    })),
    image: image ? [1, image.height, image.width] : null,
    target,
    classes: classNames ?? (classes ? Array.from({ length: classes }, (_, i) => String(i)) : null),
    isRegression: task === "regression",
    inputs: inputNames.length,
    outputs,
    loss,
    rows,
  });
}

/**
 * From what a run is exported by.
 *
 * @param {import("../../../../session/exporting.js").ExportDescription} described
 * @returns {Facts}
 */
export function factsOfExport({ columns, image, features, target, outputs, loss, split, spec }) {
  const names = (/** @type {number} */ column) =>
    features.flatMap(({ type, columns: of, category }) => (type === "is" && of[0] === column ? [category ?? ""] : []));
  return settled(spec, {
    columns: columns.map(({ name, categories }, i) => ({ name, names: categories ? names(i) : null })),
    image: image?.shape ?? null,
    target: target.name,
    classes: target.classes,
    isRegression: target.task === "regression",
    inputs: features.length,
    outputs,
    loss,
    rows: { train: split.train.length, validation: split.validation.length, test: split.test.length },
  });
}

/**
 * @param {any} spec   any: a whole document
 * @param {object} found
 * @param {{name: string, names: string[] | null}[]} found.columns
 * @param {number[] | null} found.image
 * @param {string | null} found.target   of a table
 * @param {string[] | null} found.classes
 * @param {boolean} found.isRegression
 * @param {number} found.inputs
 * @param {number} found.outputs
 * @param {string} found.loss
 * @param {Facts["rows"]} found.rows
 * @returns {Facts}
 */
function settled(spec, { columns, image, target, classes, isRegression, inputs, outputs, loss, rows }) {
  const steps = /** @type {any[]} any: cleaning steps */ (spec.data.clean ?? []);
  const imputed = new Map(
    steps.filter(({ fix }) => fix === "impute").map(({ column, by }) => [column, by ?? "median"]),
  );
  const taken = columns.map(({ name }) => name);
  const width = isRegression ? outputs : 1;
  const targets =
    width === 1
      ? [target ?? free("target", taken)]
      : Array.from({ length: width }, (_, i) => free(`target${i + 1}`, taken));
  return {
    spec,
    columns: image ? [] : columns.map((column) => ({ ...column, impute: imputed.get(column.name) ?? null })),
    features: spec.data.features ?? null,
    image,
    targets,
    classes,
    isScaled: target !== null && isRegression,
    part: free("part", [...taken, ...targets]),
    inputs: image ? image.reduce((a, b) => a * b) : inputs,
    outputs,
    loss: lossOf(loss, outputs),
    rows,
  };
}

/** Cross-entropy of two classes is on one output. @param {string} loss @param {number} outputs @returns {Facts["loss"]} */
const lossOf = (loss, outputs) =>
  loss.endsWith("cross-entropy") ? (outputs === 1 ? "binary" : "categorical") : /** @type {Facts["loss"]} */ (loss);
