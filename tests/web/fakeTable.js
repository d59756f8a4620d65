// @ts-check
/**
 * A double of the package's tables: it reads simple CSV and answers as the package does, plainly and in few
 * lines, so that the runner and the page can be tested without the core.
 */
import { FakeTrainer } from "./fakeTrainer.js";

const refuse = (/** @type {string} */ message, code = "table", more = {}) =>
  Object.assign(new Error(message), { code, ...more });

export class FakeTableReader {
  static made = 0;
  #text = "";
  #decoder = new TextDecoder();
  freed = false;

  /** @param {{delimiter?: string}} [read] */
  constructor({ delimiter } = {}) {
    FakeTableReader.made += 1;
    this.delimiter = delimiter;
  }

  push(/** @type {Uint8Array} */ bytes) {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    if (this.#text.includes("too large")) throw refuse("The table has more than 10,000,000 cells.");
    return Math.max(0, this.#text.split("\n").length - 2);
  }

  finish() {
    const lines = this.#text.split("\n").filter((line) => line.trim());
    if (lines.length < 2) throw refuse("There are no rows below the names of the columns.");
    const [names, ...rows] = lines.map((line) => line.split(this.delimiter ?? ","));
    return new FakeTable(names, rows, this.delimiter);
  }

  free() {
    this.freed = true;
  }
}

const namesOf = (/** @type {string[]} */ cells) => [...new Set(cells)].sort();

const isMissing = (/** @type {string} */ cell) => cell === "" || cell === "NA";

export class FakeTable {
  static examinationsFreed = 0;
  freed = false;

  constructor(/** @type {string[]} */ names, /** @type {string[][]} */ rows, delimiter = "") {
    this.delimiter = delimiter;
    this.names = names;
    this.rows = rows;
  }

  free() {
    this.freed = true;
  }

  column(/** @type {number} */ i) {
    return this.rows.map((row) => row[i] ?? "");
  }

  describe(/** @type {any} */ { target = null, task = "auto", kinds = {} } = {}) {
    const columns = this.names.map((name, i) => {
      const present = this.column(i).filter((cell) => !isMissing(cell));
      const numbers = present.map(Number);
      const inferred = numbers.every(Number.isFinite) ? "number" : "category";
      const kind = kinds[name] ?? inferred;
      const sorted = [...numbers].sort((a, b) => a - b);
      const isNumber = kind === "number";
      return {
        name,
        unit: null,
        kind,
        inferred,
        missing: this.rows.length - present.length,
        distinct: new Set(present).size,
        min: isNumber ? sorted[0] : null,
        max: isNumber ? sorted.at(-1) : null,
        mean: isNumber ? numbers.reduce((sum, x) => sum + x, 0) / numbers.length : null,
        median: isNumber ? sorted[sorted.length >> 1] : null,
        categories: isNumber
          ? []
          : namesOf(present).map((name) => ({ name, count: present.filter((cell) => cell === name).length })),
      };
    });
    const wanted = target ?? this.names.at(-1);
    const column = columns.find(({ name }) => name === wanted);
    if (!column) throw refuse(`data.target: "${wanted}" is no column of this table.`, "spec", { where: "data.target" });
    const reading = [
      {
        key: "delimiter",
        value: this.delimiter || ",",
        isChosen: this.delimiter !== "",
        isSure: true,
        choices: [",", ";"].map((value) => ({ value, label: value })),
        sentence: "The double cuts at commas.",
      },
    ];
    return {
      rows: this.rows.length,
      notes: [],
      reading,
      columns,
      target: wanted,
      task: task !== "auto" ? task : column.kind === "number" ? "regression" : "classification",
    };
  }

  cells(/** @type {number} */ from, /** @type {number} */ count, first = 0, columns = Infinity) {
    return this.rows.slice(from, from + count).map((row) => row.slice(first, first + columns));
  }

  doctor(/** @type {any} */ { clean = [] } = {}) {
    const mended = new Set(clean.map((/** @type {any} */ fix) => fix.column));
    return this.names.flatMap((column, i) => {
      const rows = this.column(i).flatMap((cell, row) => (isMissing(cell) ? [row] : []));
      if (!rows.length || mended.has(column)) return [];
      return [
        {
          kind: "missing",
          column,
          count: rows.length,
          rows: rows.slice(0, 20),
          sentence: `${rows.length} of ${this.rows.length} rows have no ${column}.`,
          remedies: [
            { label: "Leave these rows out", fix: { fix: "drop-missing", column } },
            { label: "Fill in the median", fix: { fix: "impute", column, by: "median" } },
          ],
        },
      ];
    });
  }

  /** The doctor at work, in four looks. */
  examination(/** @type {any} */ data) {
    const findings = this.doctor(data);
    let looks = 0;
    return {
      step: () => ++looks < 4,
      get share() {
        return looks / 4;
      },
      findings: () => findings,
      free: () => (FakeTable.examinationsFreed += 1),
    };
  }

  report(/** @type {any} */ { clean = [] } = {}) {
    const reported = clean.map((/** @type {any} */ fix) => ({
      fix: fix.fix,
      rows: fix.fix === "set" ? 1 : 2,
      cells: 2,
      sentence: `${fix.fix} on ${fix.column ?? "all columns"}.`,
    }));
    const left = reported.filter(({ fix }) => fix.startsWith("drop")).reduce((sum, { rows }) => sum + rows, 0);
    return { rowsIn: this.rows.length, rowsOut: this.rows.length - left, reported };
  }

  histogram(/** @type {any} */ data, /** @type {string} */ column, /** @type {number} */ bins) {
    const { columns, target, task } = this.describe(data);
    const at = this.names.indexOf(column);
    const { min, max, kind } = columns[at];
    const namesIn = (/** @type {string} */ name) =>
      namesOf(this.column(this.names.indexOf(name)).filter((cell) => !isMissing(cell)));
    const categories = namesIn(column);
    const classes = task === "classification" ? namesIn(target) : ["all"];
    const isNumber = kind === "number";
    const count = isNumber ? bins : categories.length;
    const step = isNumber ? (max - min || 1) / bins : 1;
    const byClass = classes.map((name) => ({ name, counts: new Uint32Array(count) }));
    for (const row of this.rows) {
      if (isMissing(row[at])) continue;
      const bin = isNumber
        ? Math.min(bins - 1, Math.floor((Number(row[at]) - min) / step))
        : categories.indexOf(row[at]);
      const one = classes.length > 1 ? classes.indexOf(row[this.names.indexOf(target)]) : 0;
      if (one >= 0) byClass[one].counts[bin] += 1;
    }
    return { edges: Float64Array.from({ length: count + 1 }, (_, i) => (isNumber ? min + i * step : i)), byClass };
  }

  correlations() {
    const names = this.describe()
      .columns.filter(({ kind }) => kind === "number")
      .map(({ name }) => name);
    return {
      names,
      matrix: Float64Array.from(names.flatMap((_, i) => names.map((_, j) => (i === j ? 1 : 0.3 * Math.sin(i + j))))),
    };
  }

  tryFormula(/** @type {any} */ data, /** @type {string} */ text) {
    const isKnown = this.names.some((name) => text.includes(name));
    return { problem: isKnown ? null : "No such column.", low: isKnown ? 0 : null, high: isKnown ? 1 : null };
  }

  csv() {
    return [this.names, ...this.rows].map((row) => row.join(",")).join("\n");
  }
}

const sortedNames = (/** @type {any} */ { categories }) => categories.map(({ name }) => name).sort();

/** A trainer on a table: the double of the toy's, with the table's columns. */
export class FakeTableTrainer extends FakeTrainer {
  static async create(/** @type {any} */ spec, /** @type {FakeTable | null} */ table = null) {
    if (!table) return FakeTrainer.create(spec);
    return new FakeTableTrainer(spec, table);
  }

  constructor(/** @type {any} */ spec, /** @type {FakeTable} */ table) {
    const { columns, target, task } = table.describe(spec.data);
    super({
      ...spec,
      data: {
        ...spec.data,
        features: spec.data.features ?? columns.filter(({ name }) => name !== target).map(({ name }) => name),
      },
    });
    this.table = table;
    this.target = columns.find(({ name }) => name === target);
    this.used = columns.filter(({ name }) => name !== target);
    const value = (/** @type {any} */ column, /** @type {string} */ cell) =>
      column.kind === "number" ? Number(cell) : sortedNames(column).indexOf(cell);
    this.whole = table.rows.flatMap((row, i) => (row.some(isMissing) ? [] : [i]));
    const full = this.whole.map((i) => table.rows[i]);
    const at = (/** @type {any} */ { name }) => table.names.indexOf(name);
    this.sample = {
      task,
      columns: this.used.map(({ name }) => name),
      inputs: Float64Array.from(full.flatMap((row) => this.used.map((column) => value(column, row[at(column)])))),
      targets: Float64Array.from(full, (row) => value(this.target, row[at(this.target)])),
    };
  }

  describe() {
    const { columns, task } = this.sample;
    return {
      ...super.describe(),
      columns,
      task,
      columnKinds: this.used.map(({ kind }) => kind),
      categories: this.used.map((column) => (column.kind === "number" ? null : sortedNames(column))),
      target: this.target.name,
      classNames: task === "classification" ? sortedNames(this.target) : null,
      inputNames: columns,
      domain: this.used.map(({ kind, min, max, categories }) =>
        kind === "number" ? [min, max] : [0, categories.length - 1],
      ),
    };
  }

  engine() {
    return {
      engine: "cpu",
      reason: "A double: no engine at all.",
      adapter: null,
      deviceBytes: 0,
      dispatchesPerStep: 0,
    };
  }

  points() {
    return { ...super.points(), tableRows: Uint32Array.from(this.whole) };
  }

  async predict(/** @type {Float64Array} */ rows) {
    const { columns, targets, task } = this.sample;
    const middle = targets.reduce((sum, value) => sum + value, 0) / targets.length;
    return Float64Array.from({ length: rows.length / columns.length }, (_, i) =>
      task === "regression" ? middle : (Math.tanh(rows[i * columns.length] - 40) + 1) / 2,
    );
  }

  async evaluate(/** @type {string} */ part) {
    const metrics = await super.evaluate(part);
    if (!metrics) return undefined;
    return this.sample.task === "regression"
      ? { loss: metrics.loss, mae: metrics.loss * 100, rmse: metrics.loss * 130, rows: 10 }
      : { ...metrics, accuracy: 0.9 };
  }
}
