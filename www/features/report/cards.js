// @ts-check
/** What a report says besides what was done: what the rows are, what the model is, and how to get the same numbers again. */
import { KIND_WORDS, classWord, formatRaw, writerOf } from "../../base/columnFormat.js";
import { formatCount } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { sha256 } from "../../base/sha256.js";
import { computedWords, enginesOf, isExact } from "../../session/computedBy.js";
import { pastOf } from "../../session/edits.js";
import { OWN_NAME, isTable } from "../../settings/tableNames.js";
import { inputLabel } from "../../settings/sources.js";
import { specFrom } from "../../settings/spec.js";
import { t } from "../../base/text.js";

/**
 * @typedef {import("../../session/playground.js").Playground} Playground
 * @typedef {import("../../session/state.js").State} State
 * @typedef {import("./page.js").Part} Part
 * @typedef {{origin: string, reference: string, license: string}} Provenance   of a set that is built in
 */

/** Names that are listed; of more, how many. */
const MOST_NAMES = 40;
const listed = (/** @type {string[]} */ names) =>
  names.length > MOST_NAMES
    ? t("report.andMore", {
        names: names.slice(0, MOST_NAMES).join(", "),
        count: formatCount(names.length - MOST_NAMES),
      })
    : names.join(", ");

/** @param {State} state @param {Provenance | null} set @returns {Part} */
export function dataCard({ settings, description, table }, set) {
  const title = t("report.dataCard");
  const isFile = isTable(settings.source);
  const facts = set
    ? [
        t("report.origin", { origin: set.origin }),
        t("report.reference", { reference: set.reference }),
        t("report.license", { license: set.license }),
      ]
    : [settings.source === OWN_NAME ? t("report.originOwn") : isFile ? "" : t("report.originMade")].filter(Boolean);
  const columns = isFile && !description?.image ? (table.description?.columns ?? []) : [];
  if (!columns.length) {
    const made = (description?.columns ?? []).slice(0, MOST_NAMES);
    const rows = made.map((name, i) => [
      inputLabel(name),
      ...(description?.domain[i] ?? []).map((value) =>
        formatRaw(/** @type {any} any: it is there */ (description), i, value),
      ),
    ]);
    const isShort = (description?.columns.length ?? 0) <= MOST_NAMES && !description?.image;
    return {
      title,
      facts,
      tables: isShort && rows.length ? [{ head: [t("report.column"), t("report.from"), t("report.to")], rows }] : [],
    };
  }
  const shown = columns.slice(0, 200);
  const rows = shown.map((column) => {
    const write = writerOf(column);
    const isOfNames = column.kind === "category";
    return [
      column.name,
      KIND_WORDS[column.kind],
      formatCount(column.missing),
      formatCount(column.distinct),
      ...(isOfNames ? ["–", "–", "–"] : [column.min, column.median, column.max].map((value) => write(value))),
      isOfNames && column.categories.length
        ? `${column.categories[0].name} (${formatCount(column.categories[0].count)})`
        : "–",
    ];
  });
  const head = [
    t("report.column"),
    t("report.kind"),
    t("report.missing"),
    t("report.distinct"),
    t("report.least"),
    t("report.median"),
    t("report.most"),
    t("report.mostFrequent"),
  ];
  const more = columns.length - shown.length;
  return {
    title,
    facts,
    tables: [{ head, rows }],
    words: [t("report.afterCleaning"), ...(more ? [t("report.moreColumns", { count: formatCount(more) })] : [])],
  };
}

/** @param {State} state @returns {Part} */
export function modelCard(state) {
  const { description, frame, lock } = state;
  if (!description || !frame) return { title: t("report.modelCard") };
  const { rows, layers, classes } = description;
  const names = Array.from({ length: classes ?? 0 }, (_, i) => classWord(description, i));
  const target = description.target ? `${description.target}: ` : "";
  const predicts = classes ? t("report.oneOf", { names: listed(names) }) : t("report.aNumber");
  const inputs = description.image
    ? t("report.imageInputs", { inputs: formatCount(description.inputNames.length) })
    : t("report.namedInputs", {
        inputs: formatCount(description.inputNames.length),
        names: listed(description.inputNames.map(inputLabel)),
      });
  const sizeOf = (/** @type {{shape: number[]}} */ { shape }) => shape.reduce((all, size) => all * size, 1);
  const table = {
    head: [
      t("report.layer"),
      t("report.type"),
      t("report.inputs"),
      t("report.outputs"),
      t("report.activation"),
      t("report.parameters"),
    ],
    rows: layers.map((layer, i) => [
      formatCount(i + 1),
      layer.type,
      formatCount(layer.inputs),
      formatCount(layer.outputs),
      layer.activation,
      formatCount(sizeOf(layer.weight) + sizeOf(layer.bias)),
    ]),
  };
  const isShut = isLocked(state);
  const words = [
    isShut
      ? t("report.testLocked")
      : rows.test
        ? t("report.testOpen", { rows: formatCount(rows.test) })
        : t("report.testNone"),
    ...(lock?.looks ? [t("report.testLooks", { looks: formatCount(lock.looks) })] : []),
    ...(isShut && !rows.validation ? [t("report.onlyTraining")] : []),
    t("report.limits"),
    t("report.people"),
  ];
  return {
    title: t("report.modelCard"),
    facts: [
      t("report.predicts", { predicts: `${target}${predicts}` }),
      t("report.from2", { inputs }),
      t("report.learnedFrom", { rows: formatCount(rows.train) }),
    ],
    tables: [table],
    words,
  };
}

/** Seeds, versions and hashes. @param {Playground} playground @param {string} link @returns {Promise<Part>} */
export async function receipt(playground, link) {
  const state = playground.store.get();
  const { settings, description, frame, table } = state;
  const spec = JSON.stringify(specFrom(settings), null, 2);
  const origin = isTable(settings.source) ? playground.tables?.origin : null;
  const [ofSpec, ofWeights, ofRows] = await Promise.all([
    sha256(spec),
    frame?.parameters ? sha256(littleEndian(frame.parameters)) : null,
    origin ? hashOfRows(origin) : null,
  ]);
  const edits = pastOf(playground).length;
  const isSame = isExact(enginesOf(state));
  const again = origin && settings.source === OWN_NAME ? t("report.sameAgainOwn") : t("report.sameAgain");
  return {
    title: isSame ? t("report.receipt") : t("report.receiptInexact"),
    facts: [
      t("report.build", { build: globalThis.TRAINYARD_BUILD ?? "–" }),
      t("report.link", { link }),
      t("report.seed", { seed: String(settings.seed) }),
      t("report.trained", {
        epochs: t("count.epochs", { count: frame?.epoch ?? 0 }),
        steps: t("count.steps", { count: frame?.step ?? 0 }),
      }),
      computedWords(state),
      t("report.parameterCount", { count: formatCount(description?.parameterCount ?? 0) }),
      t("report.weightsHash", { hash: ofWeights ?? t("report.notFinite") }),
      ...(origin
        ? [t("report.rowsHash", { title: table.title || origin.title, hash: ofRows ?? t("report.rowsGone") })]
        : []),
      t("report.specHash", { hash: ofSpec }),
      ...(edits ? [t("report.edits", { count: formatCount(edits) })] : []),
    ],
    words: [isSame ? again : t("report.otherAgain")],
    text: spec,
  };
}

/** As safetensors and files of NumPy have them. */
function littleEndian(/** @type {Float32Array} */ values) {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

/** Of the file as it was opened; nothing where it is gone since. @param {import("../../session/tables.js").Origin} origin */
const hashOfRows = (origin) =>
  origin.open().then(
    async (blob) => sha256(new Uint8Array(await blob.arrayBuffer())),
    () => null,
  );
