// @ts-check
/**
 * What the Data step shows of the table: which column is looked at, what the doctor found, what was done. It asks
 * again when the table, or how it is seen, has changed. What is done to the rows are settings of the playground, so
 * that they are in the link and in the Spec.
 *
 * @typedef {import("../../session/tables.js").Finding} Finding
 * @typedef {import("../../settings/spec.js").CleaningStep} CleaningStep
 * @typedef {import("../../session/tables.js").Report} Report
 * @typedef {import("../../session/tables.js").Histogram} Histogram
 *
 * @typedef {object} InspectorState
 * @property {string | null} column           the one looked at
 * @property {number | null} row              a row to be brought into sight
 * @property {Finding[] | null} findings      null while the doctor looks
 * @property {number} examined                how much of that is done, from 0 to 1
 * @property {boolean} isStopped              whether somebody has stopped him
 * @property {Report | null} report
 * @property {Histogram | null} histogram     of the column looked at
 * @property {Histogram | null} classes       of the target, where it names classes
 * @property {import("../../session/tables.js").Correlations | null} correlations   once asked for
 * @property {{kind: "columns" | "components", x: string | null, y: string | null}} plot   what the dots are over
 * @property {import("../../session/scatter.js").Scatter | null} scatter          once asked for
 * @property {import("../../session/scatter.js").Components | {problem: string} | null} components   once asked for
 * @property {string | null} problem
 */
import { MISSING, MISSING_AMONG_NUMBERS } from "./missing.static.js";
import { dataOf } from "../../settings/spec.js";
import { createStore, watch } from "../../base/store.js";

/** Bars of a histogram. */
export const COLUMN_BINS = 24;

/** How often the page asks how far the doctor is; of most tables he has said all before the first time. */
const ASK_MS = 600;

/** Dots of a scatter plot: more would lie on each other. */
const DOTS = 2000;

/** @type {InspectorState} */
const NOTHING = {
  column: null,
  row: null,
  findings: null,
  examined: 0,
  isStopped: false,
  report: null,
  histogram: null,
  classes: null,
  correlations: null,
  plot: { kind: "columns", x: null, y: null },
  scatter: null,
  components: null,
  problem: null,
};

const codeOf = (/** @type {any} any: what was thrown */ error) => error?.code;

const failed = (/** @type {any} any: as above */ error, /** @type {InspectorState} */ { findings }) => ({
  problem: String(error?.message ?? error),
  findings: findings ?? [],
});

export class TableInspector {
  #playground;
  /** Which round of questions is the newest. */
  #round = 0;
  #rows = 0;

  /** Whether the dots are on their way. */
  #isFilling = false;

  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    this.#playground = playground;
    /** @type {import("../../base/store.js").Store<InspectorState>} */
    this.store = createStore(NOTHING);
  }

  /** Begins to follow the table; returns the function that ends it. */
  open() {
    const { store } = this.#playground;
    const ends = [
      watch(
        store,
        (/** @type {import("../../session/playground.js").State} */ { table, settings }) => [
          table.phase,
          table.description,
          settings.source,
        ],
        () => void this.#look(),
      ),
      // What the net is shown of the rows, and which of them are for training.
      watch(
        store,
        (/** @type {import("../../session/playground.js").State} */ { description }) => description,
        () => this.store.set({ components: null }),
      ),
    ];
    void this.#look();
    return () => ends.forEach((end) => end());
  }

  get #settings() {
    return this.#playground.store.get().settings;
  }

  get description() {
    return this.#playground.store.get().table.description;
  }

  async #look() {
    const { table, settings } = this.#playground.store.get();
    const mine = ++this.#round;
    if (table.phase !== "ready" || !table.description || table.source !== settings.source)
      return this.store.set(NOTHING);
    const { columns, target, rows, task } = table.description;
    const isOther = rows !== this.#rows;
    this.#rows = rows;
    const before = this.store.get().column;
    const column = columns.some(({ name }) => name === before) ? before : target;
    this.store.set({
      column,
      row: isOther ? null : this.store.get().row,
      findings: null,
      examined: 0,
      isStopped: false,
      report: null,
      correlations: null,
      scatter: null,
      components: null,
      problem: null,
    });
    const update = (/** @type {Partial<InspectorState>} */ patch) => mine === this.#round && this.store.set(patch);
    const { tables } = this.#playground;
    const data = dataOf(this.#settings);
    try {
      update({ histogram: await tables.histogram(data, /** @type {string} */ (column), COLUMN_BINS) });
      update({ classes: task === "classification" ? await tables.histogram(data, target, COLUMN_BINS) : null });
      update({ report: await tables.report(data) });
      await tables.pictured(); // the doctor takes longest
      if (mine === this.#round) await this.examine(data); // as the other questions of this round
    } catch (error) {
      update(failed(error, this.store.get()));
    }
  }

  /** Has the doctor look, and tells how far he is. */
  async examine(data = dataOf(this.#settings)) {
    const mine = this.#round;
    const { tables } = this.#playground;
    const update = (/** @type {Partial<InspectorState>} */ patch) => mine === this.#round && this.store.set(patch);
    update({ findings: null, examined: 0, isStopped: false });
    const asking = setInterval(() => {
      tables.examined().then(
        (examined) => !this.store.get().findings && update({ examined }),
        () => {}, // the doctor's own answer says why
      );
    }, ASK_MS);
    try {
      update({ findings: await tables.doctor(data) });
    } catch (error) {
      update(codeOf(error) === "cancelled" ? { isStopped: true } : failed(error, this.store.get()));
    } finally {
      clearInterval(asking);
    }
  }

  /** Stops the doctor. */
  async stop() {
    await this.#playground.tables.stopDoctor();
  }

  /** Looks at a column. */
  async choose(/** @type {string} */ column) {
    this.store.set({ column, histogram: null });
    const mine = this.#round;
    const histogram = await this.#playground.tables
      .histogram(dataOf(this.#settings), column, COLUMN_BINS)
      .catch(() => null);
    if (mine === this.#round && this.store.get().column === column) this.store.set({ histogram });
  }

  /** Brings a row into sight, and a column with it. */
  show(/** @type {number} */ row, /** @type {string | null} */ column) {
    this.store.set({ row });
    if (column && column !== this.store.get().column) void this.choose(column);
  }

  async correlate() {
    const mine = this.#round;
    const correlations = await this.#playground.tables.correlations(dataOf(this.#settings)).catch(() => null);
    if (mine === this.#round) this.store.set({ correlations });
  }

  // Dots

  /** The two columns of the scatter plot: the chosen ones, else the first two numbers that are no target. */
  get plotColumns() {
    const { columns = [], target = "" } = this.description ?? {};
    const { x, y } = this.store.get().plot;
    const numbers = columns.filter(({ kind, name }) => kind === "number" && name !== target).map(({ name }) => name);
    const [first = target, second = target] = [
      ...numbers,
      ...columns.map(({ name }) => name).filter((name) => !numbers.includes(name)),
    ];
    const known = (/** @type {string | null} */ name) => columns.some((column) => column.name === name);
    return [known(x) ? x : first, known(y) ? y : second].map(String);
  }

  plotKind(/** @type {"columns" | "components"} */ kind) {
    this.store.set(({ plot }) => ({ plot: { ...plot, kind } }));
  }

  plotOver(/** @type {string} */ x, /** @type {string} */ y) {
    this.store.set(({ plot }) => ({ plot: { ...plot, x, y }, scatter: null }));
  }

  /** Asks for the dots that are to be seen, if they aren't here. */
  async fillPlot() {
    const { plot, scatter, components } = this.store.get();
    if (this.#isFilling || (plot.kind === "columns" ? scatter : components)) return;
    this.#isFilling = true;
    const mine = this.#round;
    const { tables } = this.#playground;
    const data = dataOf(this.#settings);
    const [x, y] = this.plotColumns;
    const problem = (/** @type {Thrown} */ error) => ({ problem: String(error?.message ?? error) });
    const patch =
      plot.kind === "columns"
        ? await tables.scatter(data, x, y, DOTS).then((found) => ({ scatter: found }), problem)
        : { components: await tables.components(data, this.#settings.seed).catch(problem) };
    this.#isFilling = false;
    const isAsked = mine === this.#round && JSON.stringify(this.store.get().plot) === JSON.stringify(plot);
    if (isAsked) this.store.set(patch);
    else void this.fillPlot();
  }

  // What is done to the table

  /** @returns {CleaningStep[]} the steps so far, in order */
  get cleaning() {
    return this.#settings.clean;
  }

  apply(/** @type {CleaningStep} */ fix) {
    // What a column is has a place of its own, where it can be chosen anew.
    if (fix.fix === "kind") return this.setKind(fix.column, fix.to);
    this.#playground.set("clean", [...this.cleaning, fix]);
  }

  /** Takes back the last step. */
  undo() {
    this.#playground.set("clean", this.cleaning.slice(0, -1));
  }

  undoAll() {
    this.#playground.set("clean", []);
  }

  /** Writes another text into a cell. */
  edit(/** @type {number} */ row, /** @type {string} */ column, /** @type {string} */ to) {
    const before = this.cleaning;
    const last = before.at(-1);
    const isSame = last?.fix === "set" && last.row === row && last.column === column;
    this.#playground.set("clean", [...(isSame ? before.slice(0, -1) : before), { fix: "set", row, column, to }]);
  }

  /** Takes a column for something else; what it looks like needs no saying. */
  setKind(/** @type {string} */ column, /** @type {string} */ kind) {
    const { [column]: _, ...others } = this.#settings.kinds;
    const inferred = this.description?.columns.find(({ name }) => name === column)?.inferred;
    this.#playground.set("kinds", kind === inferred ? others : { ...others, [column]: kind });
  }

  /** Has the file read otherwise; `auto` leaves it to its looks again. */
  setRead(/** @type {string} */ key, /** @type {unknown} */ value) {
    const { [key]: _, ...others } = this.#settings.read;
    this.#playground.set("read", value === "auto" ? others : { ...others, [key]: value });
  }

  /** Another column to learn; what was asked of the one before has no meaning for it. */
  setTarget(/** @type {string} */ column) {
    this.#playground.setAll({ target: column, task: "auto", features: null, axes: null });
  }
}

/** What was written into cells by hand, by row and column. */
export function editsOf(/** @type {CleaningStep[]} */ steps) {
  /** @type {Map<string, string>} */
  const edits = new Map();
  for (const one of steps) if (one.fix === "set") edits.set(cellKey(one.row, one.column), one.to);
  return edits;
}

export const cellKey = (/** @type {number} */ row, /** @type {string} */ column) => `${row} ${column}`;

const NOTHING_THERE = new Set(["", "-", ...MISSING]);

/** Whether a cell of a column of that kind holds nothing. */
export function isMissing(/** @type {string} */ text, kind = "category") {
  const word = text.trim().toLowerCase();
  if (NOTHING_THERE.has(word)) return true;
  return kind !== "category" && kind !== "ignore" && MISSING_AMONG_NUMBERS.includes(word);
}

/** Which cells and rows the doctor's examples are, by row and column; whole rows by row alone. */
export function marksOf(/** @type {Finding[] | null} */ findings) {
  /** @type {Map<string, string>} */
  const marks = new Map();
  for (const { kind, column, rows } of findings ?? []) {
    if (kind === "missing") continue; // one sees that by itself
    for (const row of rows) marks.set(column === null ? String(row) : cellKey(row, column), kind);
  }
  return marks;
}
