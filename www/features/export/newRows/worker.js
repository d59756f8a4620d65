// @ts-check
/**
 * New rows, scored by the run as it stands: read, matched by the names of columns, predicted, and written again with what was
 * predicted beside each row's own cells.
 *
 * @typedef {import("../../../worker/engines.js").FullTrainer} Trainer
 * @typedef {import("../../../pkg-full/trainyard.js").Table} Table
 * @typedef {ReturnType<Trainer["describe"]>} Description
 *
 * @typedef {object} Scored
 * @property {number} rows
 * @property {string[]} missing       columns that the model uses and the file lacks
 * @property {string[]} unfilled      of these, those that nothing fills: rows can't be predicted
 * @property {string[]} extra         columns that the model doesn't use
 * @property {[string, string][]} renamed   written otherwise: the file's name, and the model's
 * @property {{column: string, names: string[], rows: number}[]} unseen   names that no training row had
 * @property {{column: string, rows: number, isFilled: boolean}[]} gaps
 * @property {{column: string, texts: string[], rows: number}[]} unread   what is there and is none of the column's values
 * @property {number} unpredicted     rows without a prediction
 * @property {string[]} notes         what the reader of the file says
 * @property {{head: string[], rows: string[][]}} preview
 * @property {Blob} file
 * @property {Judged | null} judged   where the file has the target, too
 *
 * @typedef {object} Judged
 * @property {import("../../metrics/worker.js").Scores | null} scores   null where no row is left to judge
 * @property {number} rows
 * @property {number} sealed          rows left out since they are locked test rows
 * @property {number} learned         rows that the model learned from
 * @property {number} unknown         rows whose target is missing, or is none that the model knows
 */
import { hasProbabilities } from "../../../base/probabilities.js";
import { isTable } from "../../../settings/tableNames.js";
import { commandError } from "../../../worker/commandError.js";
import { t } from "../../../base/text.js";
import { placeOfName, readColumns } from "./columns.js";
import { lineOf } from "./csv.js";

/** Training cells that settle how a column is read. */
const MOST_KNOWN = 20_000;

/** Rows that are predicted, and written, at a time. */
const PIECE = 2000;

/** Rows, columns and texts that are shown. */
const SHOWN = { rows: 8, columns: 6, texts: 3 };

/** How much of the work each step is, as it goes. */
const SHARES = { reading: 0.3, understanding: 0.5, predicting: 1 };

/**
 * @param {import("../../../worker/jobs.js").JobParts} parts
 * @param {import("../../../session/protocol.js").JobCourse<"newRows">} course
 * @param {() => Promise<typeof import("../../../worker/full.js")>} loadFull
 * @param {(progress: {share: number}) => void} onProgress
 * @returns {Promise<Scored | null>}   null where it was canceled
 */
export async function scoreRows(
  { engines, clock, signal },
  { spec, bytes, file, name, isSealed },
  loadFull,
  onProgress,
) {
  const full = await loadFull();
  const turn = async () => {
    await clock.turn();
    if (signal.aborted) throw CANCELED;
  };
  /** @type {Table | null} */
  let fresh = null;
  /** @type {Trainer | null} */
  let trainer = null;
  try {
    const isOfTable = isTable(spec.data?.source);
    trainer = /** @type {Trainer} */ (
      isOfTable ? await engines.cpu(spec) : await engines.full(spec, t("export.scoresRows"))
    );
    await trainer.branch(bytes);
    const description = trainer.describe();
    if (description.spec.data?.source && !description.columns.length)
      throw commandError("data", t("export.rowsNoColumns"));
    const intake = full.createIntake({ name, read: {} });
    try {
      const taken = await streamed(file, intake, turn, (share) => onProgress({ share: share * SHARES.reading }));
      fresh = taken.table;
      const about = full.describedTable(taken);
      const known = isOfTable ? /** @type {Table} */ ((await (await engines.tables()).given(spec)).rows) : null;
      const given = { description, about, fresh, known, trainer, full, turn, isSealed };
      const columns = await understood(given, spec);
      onProgress({ share: SHARES.understanding });
      return await predicted({ ...given, columns }, (share) =>
        onProgress({ share: SHARES.understanding + share * (SHARES.predicting - SHARES.understanding) }),
      );
    } finally {
      intake.free();
    }
  } catch (error) {
    if (error === CANCELED) return null;
    throw error;
  } finally {
    fresh?.free();
    trainer?.free();
  }
}

const CANCELED = Symbol();

/** @param {Blob} file @param {import("../../data/worker/formats/intake.js").Intake} intake @param {() => Promise<void>} turn @param {(share: number) => void} tell */
async function streamed(file, intake, turn, tell) {
  const reader = file.stream().getReader();
  let done = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    await intake.take(next.value);
    done += next.value.length;
    tell(done / file.size);
    await turn();
  }
  return intake.finish();
}

/** By its name, or by one that differs in case and blanks alone; −1 where there is none. @param {string[]} header @param {string} name */
function placeOf(header, name) {
  const plain = (/** @type {string} */ text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  const exact = header.indexOf(name);
  const alike = header.flatMap((one, i) => (plain(one) === plain(name) ? [i] : []));
  return exact >= 0 ? exact : alike.length === 1 ? alike[0] : -1;
}

/** All cells of a column. @param {Table} table @param {number} column @param {number} rows @param {() => Promise<void>} [turn] */
async function cellsOf(table, column, rows, turn = async () => {}) {
  /** @type {string[]} */
  const cells = [];
  for (let from = 0; from < rows; from += PIECE) {
    for (const [cell] of table.cells(from, Math.min(PIECE, rows - from), column, 1)) cells.push(cell);
    await turn();
  }
  return cells;
}

/**
 * @typedef {object} Given
 * @property {Description} description
 * @property {import("../../../session/tables.js").TableDescription} about   of the file
 * @property {Table} fresh
 * @property {Table | null} known   what the model learned from
 * @property {Trainer} trainer
 * @property {typeof import("../../../worker/full.js")} full
 * @property {() => Promise<void>} turn
 * @property {boolean} isSealed
 *
 * @typedef {object} Understood     what the file has of what the model wants
 * @property {Float64Array} inputs   rows × raw columns, as `predict` takes them
 * @property {Float64Array | null} targets   class indices or values, NaN where unknown
 * @property {boolean[]} isFound     of each raw column
 * @property {Pick<Scored, "missing" | "unfilled" | "extra" | "renamed" | "unseen" | "gaps" | "unread">} said
 */

/** @param {Given} given @param {import("../../../session/protocol.js").Spec} spec @returns {Promise<Understood>} */
async function understood({ description, about, fresh, known, full, turn }, spec) {
  const header = about.columns.map(({ name }) => name);
  const { columns: names, columnKinds: kinds, target, features } = description;
  const isUsed = names.map((name) => isWanted(name, features, spec));
  const places = names.map((name, i) => (isUsed[i] ? placeOf(header, name) : -1));
  if (places.every((place) => place < 0))
    throw commandError(
      "data",
      t("export.rowsNothingMatches", { wanted: brief(names.filter((_, i) => isUsed[i])), found: brief(header) }),
    );
  const goal = target === null ? -1 : placeOf(header, target);
  const knownNames = known ? known.describe(spec.data ?? {}).columns.map(({ name }) => name) : [];
  const knownRows = known ? Math.min(known.describe(spec.data ?? {}).rows, MOST_KNOWN) : 0;
  const columnOf = async (
    /** @type {string} */ name,
    /** @type {number} */ place,
    /** @type {"number" | "category" | "date"} */ kind,
  ) => ({
    kind,
    known: known ? await cellsOf(known, knownNames.indexOf(name), knownRows) : [],
    cells: await cellsOf(fresh, place, about.rows, turn),
  });
  const asked = names.flatMap((name, i) =>
    places[i] < 0 ? [] : [{ name, place: places[i], kind: kinds[i] ?? "number", column: i }],
  );
  const isOfClasses = description.task === "classification";
  const wanted = [];
  for (const { name, place, kind } of asked) wanted.push(await columnOf(name, place, kind));
  if (goal >= 0) wanted.push(await columnOf(/** @type {string} */ (target), goal, isOfClasses ? "category" : "number"));
  const read = await readColumns(full, wanted, spec.data?.read ?? {}, turn);
  const steps = /** @type {{fix: string, column?: string | null}[]} */ (spec.data?.clean ?? []);
  const filled = names.map((name) => steps.some(({ fix, column }) => fix === "impute" && column === name));

  const inputs = new Float64Array(about.rows * names.length).fill(NaN);
  /** @type {Understood["said"]} */
  const said = { missing: [], unfilled: [], extra: [], renamed: [], unseen: [], gaps: [], unread: [] };
  for (const [at, { name, place, kind, column }] of asked.entries()) {
    const { values, names: found } = read[at];
    if (header[place] !== name) said.renamed.push([header[place], name]);
    const own = description.categories[column] ?? [];
    const meant = found.map((one) => placeOfName(one, name, own, steps));
    const unseen = new Map();
    const unread = new Map();
    let gaps = 0;
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      const text = wanted[at].cells[row];
      if (Number.isNaN(value)) {
        if (text.trim()) unread.set(text, (unread.get(text) ?? 0) + 1);
        else gaps += 1;
        continue;
      }
      if (kind === "category" && meant[value] < 0) unseen.set(found[value], (unseen.get(found[value]) ?? 0) + 1);
      // One that is beyond all names is none of them.
      inputs[row * names.length + column] = kind !== "category" ? value : meant[value] < 0 ? own.length : meant[value];
    }
    const sum = (/** @type {Map<string, number>} */ counts) => [...counts.values()].reduce((a, b) => a + b, 0);
    const some = (/** @type {Map<string, number>} */ counts) => [...counts.keys()].slice(0, SHOWN.texts);
    if (unseen.size) said.unseen.push({ column: name, names: some(unseen), rows: sum(unseen) });
    if (unread.size) said.unread.push({ column: name, texts: some(unread), rows: sum(unread) });
    if (gaps) said.gaps.push({ column: name, rows: gaps, isFilled: filled[column] });
  }
  said.missing = names.filter((_, i) => isUsed[i] && places[i] < 0);
  said.unfilled = names.filter((_, i) => isUsed[i] && places[i] < 0 && !filled[i] && kinds[i] !== "category");
  said.extra = header.filter((_, i) => !places.includes(i) && i !== goal);
  const targets = goal < 0 ? null : targetsOf(read[read.length - 1], description, steps);
  return { inputs, targets, isFound: places.map((place) => place >= 0), said };
}

/** Whether the model sees a column, itself or in a formula; of made data it sees all. @param {string} name @param {string[]} features @param {import("../../../session/protocol.js").Spec} spec */
function isWanted(name, features, spec) {
  const chosen = /** @type {(string | {formula: string})[] | null} */ (spec.data?.features ?? null);
  if (!chosen || !isTable(spec.data?.source)) return true;
  return chosen.some((one) => (typeof one === "string" ? one === name : one.formula.includes(name)));
}

const brief = (/** @type {string[]} */ names) => `${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;

/** @param {import("./columns.js").Read} read @param {Description} description @param {{fix: string, column?: string | null}[]} steps */
function targetsOf({ values, names }, { target, classNames }, steps) {
  if (!classNames) return values;
  const meant = names.map((name) => placeOfName(name, target ?? "", classNames, steps));
  return values.map((value) => (Number.isNaN(value) || meant[value] < 0 ? NaN : meant[value]));
}

/** @param {Given & {columns: Understood}} given @param {(share: number) => void} tell @returns {Promise<Scored>} */
async function predicted({ description, about, fresh, trainer, full, turn, isSealed, columns }, tell) {
  const { inputs, targets, said } = columns;
  const width = description.columns.length;
  const { rows } = about;
  const header = about.columns.map(({ name }) => name);
  const answer = answerOf(description, header);
  /** @type {string[]} */
  const parts = [lineOf([...header, ...answer.head])];
  const preview = { head: [...answer.head, ...header.slice(0, SHOWN.columns)], rows: /** @type {string[][]} */ ([]) };
  const outputs = new Float64Array(rows * description.outputs);
  const decided = new Uint32Array(rows);
  let unpredicted = 0;
  for (let from = 0; from < rows; from += PIECE) {
    const count = Math.min(PIECE, rows - from);
    const some = inputs.subarray(from * width, (from + count) * width);
    const found = await trainer.classify(some);
    outputs.set(found.outputs, from * description.outputs);
    if (found.classes) decided.set(found.classes, from);
    const cells = fresh.cells(from, count);
    for (let i = 0; i < count; i++) {
      const own = outputs.subarray((from + i) * description.outputs, (from + i + 1) * description.outputs);
      const isThere = own.every(Number.isFinite);
      if (!isThere) unpredicted += 1;
      const told = isThere ? answer.of(own, decided[from + i]) : answer.head.map(() => "");
      parts.push(lineOf([...cells[i], ...told]));
      if (preview.rows.length < SHOWN.rows) preview.rows.push([...told, ...cells[i].slice(0, SHOWN.columns)]);
    }
    tell((from + count) / rows);
    await turn();
  }
  return {
    rows,
    ...said,
    unpredicted,
    notes: about.notes.map(({ sentence }) => sentence),
    preview,
    file: new Blob(parts, { type: "text/csv" }),
    judged: targets && judge({ description, trainer, full, isSealed, columns }, outputs, decided, targets),
  };
}

/** What is written beside a row: the class and a number a class, or the value. @param {Description} description @param {string[]} header */
function answerOf(description, header) {
  const { classes, classNames, target } = description;
  const taken = new Set(header);
  const own = (/** @type {string} */ name) => {
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name} ${i}`;
    taken.add(unique);
    return unique;
  };
  const goal = target ?? t("export.rowsTarget");
  const written = (/** @type {number} */ value) => String(Number(value.toPrecision(7)));
  const first = own(t("export.rowsPredicted", { target: goal }));
  if (!classes) return { head: [first], of: (/** @type {Float64Array} */ [value]) => [written(value)] };
  const names = classNames ?? Array.from({ length: classes }, (_, i) => String(i));
  const isSure = hasProbabilities(description);
  const isOne = description.outputs === 1;
  const head = isSure
    ? names.map((name) => own(t("export.rowsProbability", { name })))
    : isOne
      ? [own(t("export.rowsScore", { name: names[1] }))]
      : names.map((name) => own(t("export.rowsScore", { name })));
  return {
    head: [first, ...head],
    of: (/** @type {Float64Array} */ outputs, /** @type {number} */ decided) => {
      const values = isSure && isOne ? [1 - outputs[0], outputs[0]] : [...outputs];
      return [names[decided], ...values.map(written)];
    },
  };
}

/**
 * How good the predictions are, of the rows whose target is known. Locked test rows tell nothing of themselves here either.
 *
 * @param {Pick<Given & {columns: Understood}, "description" | "trainer" | "full" | "isSealed" | "columns">} given
 * @param {Float64Array} outputs
 * @param {Uint32Array} decided
 * @param {Float64Array} targets
 * @returns {Judged}
 */
function judge({ description, trainer, full, isSealed, columns }, outputs, decided, targets) {
  const { classes, columns: names, outputs: width } = description;
  const points = trainer.points();
  const seen = names.flatMap((_, i) => (columns.isFound[i] ? [i] : []));
  const key = (/** @type {ArrayLike<number>} */ inputs, /** @type {number} */ row, /** @type {number} */ target) =>
    `${seen.map((column) => inputs[row * names.length + column])},${target}`;
  const rowsOf = (/** @type {number} */ part) =>
    new Set(
      Array.from(points.part.keys())
        .filter((row) => points.part[row] === part)
        .map((row) => key(points.inputs, row, points.targets[row])),
    );
  const [training, test] = [rowsOf(0), isSealed ? rowsOf(2) : new Set()];
  const all = Array.from(targets.keys());
  const isKnown = (/** @type {number} */ row) => Number.isFinite(targets[row]) && Number.isFinite(outputs[row * width]);
  const known = all.filter(isKnown);
  const isTest = (/** @type {number} */ row) => test.has(key(columns.inputs, row, targets[row]));
  const open = known.filter((row) => !isTest(row));
  const own = Float64Array.from(open.flatMap((row) => [...outputs.subarray(row * width, (row + 1) * width)]));
  const goals = Float64Array.from(open, (row) => targets[row]);
  const options = { intervals: true };
  const scores = !open.length
    ? null
    : classes
      ? full.scores(own, goals, {
          ...options,
          classes,
          decided: Uint32Array.from(open, (row) => decided[row]),
          raw: !hasProbabilities(description),
        })
      : full.scores(own, goals, options);
  return {
    scores,
    rows: open.length,
    sealed: known.length - open.length,
    learned: open.filter((row) => training.has(key(columns.inputs, row, targets[row]))).length,
    unknown: all.length - known.length,
  };
}
