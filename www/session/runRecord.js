// @ts-check
/**
 * The runs that were tried: what is kept of each, what they are called, and what changed from one to the next.
 *
 * @typedef {object} Kept
 * @property {string} id
 * @property {number} at              when it was kept, in milliseconds
 * @property {string} name            given by hand; empty: it is made of the settings
 * @property {boolean} isStarred
 * @property {import("../settings/spec.js").Settings} settings
 * @property {import("../settings/spec.js").Settings} hand
 * @property {object} spec            the experiment as one document
 * @property {number} seed
 * @property {{epoch: number[], training: number[], validation?: number[], test: number[]}} curve   validation where there are such rows
 * @property {import("./computedBy.js").Engine[]} [engines]   who computed it; older ones don't say
 * @property {number} from            the epoch at which it branched off another; 0 for one from the start
 * @property {number} epochs
 * @property {number} steps
 * @property {number} seconds         of training
 * @property {string} outcome         the state it was left in
 * @property {import("./protocol.js").Metrics} training
 * @property {import("./protocol.js").Metrics | null} test   null while the padlock was shut
 * @property {boolean} isOpen         whether there was anything to see of test rows
 */
import { SETTINGS, applies } from "../settings/config.js";
import { activationsOf, layerWords } from "../settings/layerWords.js";
import { formatRate } from "../base/format.js";
import { write } from "../settings/parse.js";
import { sourceOf } from "../settings/sources.js";
import { t } from "../base/text.js";

/** As many are kept; the oldest without a star go first. */
export const MOST_RUNS = 200;

/** Points of a kept curve. */
const POINTS = 400;

/** "Circle · 4–2 tanh · rate 0.03" */
export function nameOf(/** @type {Pick<Kept, "name" | "settings">} */ { name, settings }) {
  if (name) return name;
  const { layers, optimizer, learningRate, source } = settings;
  const kinds = [...new Set(activationsOf(settings))];
  const net = layers.length ? `${layerWords(layers)} ${kinds.join("/")}` : t("session.noHiddenLayer");
  const rule =
    optimizer === "sgd"
      ? ""
      : `${SETTINGS.find(({ key }) => key === "optimizer")?.choices?.find(({ value }) => value === optimizer)?.label} · `;
  return t("session.rate", { label: sourceOf(source).label, net, rule, learningRate: formatRate(learningRate) });
}

/** What is about the page alone makes no difference to a run. */
const counts = (/** @type {import("../settings/config.js").Setting} */ row) =>
  row.kind !== "view" && row.key !== "speed";

/** A setting's value as its field shows it. */
export const labeled = (
  /** @type {import("../settings/config.js").Setting} */ row,
  /** @type {any} any: a setting's */ value,
) => {
  if (row.type === "flag") return value ? t("session.wordOn") : t("session.wordOff");
  const names =
    row.type === "activations" || row.type === "choice"
      ? [value].flat().map((one) => row.choices?.find((choice) => choice.value === one)?.label ?? one)
      : null;
  return names ? names.join(", ") : write(row, value) || t("session.wordNone");
};

/** What is different, in words: "Learning rate 0.03 → 0.1". @param {import("../settings/spec.js").Settings | undefined} before @param {import("../settings/spec.js").Settings} after */
export function changesBetween(before, after) {
  if (!before) return [];
  const isOther = (/** @type {import("../settings/config.js").Setting} */ row) =>
    counts(row) &&
    (applies(row, before) || applies(row, after)) &&
    JSON.stringify(before[row.key]) !== JSON.stringify(after[row.key]);
  return SETTINGS.filter(isOther).map((row) => {
    const [old, now] = [before, after].map((settings) =>
      applies(row, settings) ? labeled(row, settings[row.key]) : "–",
    );
    return row.type === "json" ? t("session.changed", { label: row.label }) : `${row.label} ${old} → ${now}`;
  });
}

/** At most `most` of them, and how many more there are. */
export function shortList(/** @type {string[]} */ changes, most = 4) {
  return changes.length <= most
    ? changes
    : [...changes.slice(0, most - 1), t("session.more", { changes: changes.length - most + 1 })];
}

/** A curve with so many points at most, the last one among them. */
export function subsampledCurve(/** @type {import("./protocol.js").Curve} */ curve) {
  const stride = Math.ceil(curve.epoch.length / POINTS);
  const is = (/** @type {number} */ i) => i % stride === 0 || i === curve.epoch.length - 1;
  const pick = (/** @type {Float32Array} */ values) => Array.from(values).filter((_, i) => is(i));
  const [epoch, training, test] = [curve.epoch, curve.training, curve.test].map(pick);
  return { epoch, training, test, ...(curve.validation && { validation: pick(curve.validation) }) };
}

/** The newest first, and no more than there may be. @param {Kept[]} runs */
export function bounded(runs, most = MOST_RUNS) {
  const newest = runs.toSorted((a, b) => b.at - a.at);
  const surplus = newest.length - most;
  if (surplus <= 0) return { kept: newest, dropped: [] };
  const worst = [...newest]
    .reverse()
    .sort((a, b) => Number(a.isStarred) - Number(b.isStarred))
    .slice(0, surplus);
  return { kept: newest.filter((run) => !worst.includes(run)), dropped: worst };
}
