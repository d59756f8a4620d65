// @ts-check
/** One run as a short text in Markdown: what was trained on what, how, and what came out. */
import { SETTINGS, applies, effective, settingOf } from "../../settings/config.js";
import { counted, formatCount, formatLoss, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { labeled } from "../../session/runRecord.js";
import { layerWords } from "../../settings/layers.js";
import { sourceOf } from "../../settings/sources.js";
import { defaultsFor } from "../../settings/spec.js";
import { formatValue } from "../../base/columnFormat.js";
import { splitWords } from "../../session/statusText.js";

/** Said of every run, changed or not. */
const ALWAYS = ["batchSize", "learningRate", "optimizer", "epochs", "seed"];

/** Said in words of their own, or not about the run. */
const ELSEWHERE = [
  "source",
  "points",
  "layers",
  "activation",
  "loss",
  "engine",
  "target",
  "task",
  "kinds",
  "clean",
  "axes",
  "picture",
  "corrupt",
  "hide",
];

/**
 * @param {import("../../session/state.js").State} state   of a run that stands or trains
 * @param {string} link                       the experiment's address
 */
export function reportOf(state, link) {
  const { settings, description, frame, run, table, engine, lock } = state;
  if (!description || !frame) return "";
  const title = plain(
    description.target ? (table.title ?? sourceOf(settings.source).label) : sourceOf(settings.source).label,
  );
  /** @type {Record<string, string[]>} */
  const parts = { data: [], hyperparameter: [] };
  const defaults = defaultsFor(settings.source);
  for (const row of SETTINGS) {
    const list = row.kind === "run" ? parts.hyperparameter : parts[row.kind];
    const isTold = ALWAYS.includes(row.key) || JSON.stringify(settings[row.key]) !== JSON.stringify(defaults[row.key]);
    if (!list || ELSEWHERE.includes(row.key) || !applies(row, settings) || !isTold) continue;
    list.push(`- ${row.label}: ${plain(labeled(row, effective(row, settings)))}`);
  }
  const layers = settings.layers.length
    ? `${layerWords(settings.layers, ", ")} neurons, ${labeled(settingOf("activation"), settings.activation)}`
    : "none";
  return [
    `# ${title}: ${counted(frame.epoch, "epoch")}`,
    "",
    `<${link}>`,
    "",
    "## Data",
    "",
    `- Target: ${description.task === "regression" ? "a number" : `${description.classes} classes`}${description.target ? `, ${plain(description.target)}` : ""}`,
    `- Rows: ${splitWords(description.rows, formatCount(description.rows.train))}`,
    ...(settings.clean?.length ? [`- Fixes: ${settings.clean.length}`] : []),
    ...(lock ? [`- Looks at the test rows: ${formatCount(lock.looks)}`] : []),
    ...parts.data,
    "",
    "## Model",
    "",
    `- Hidden layers: ${layers}`,
    `- Parameters: ${formatCount(description.parameterCount)}`,
    "",
    "## Training",
    "",
    `- Loss: ${description.loss}`,
    ...parts.hyperparameter,
    `- Computed by the ${(engine?.engine ?? "cpu").toUpperCase()}`,
    "",
    "## Result",
    "",
    "| | Training rows | Test rows |",
    "|---|---:|---:|",
    ...scores(state).map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `${counted(frame.step, "step")} in ${counted(frame.epoch, "epoch")}: ${ending(run)}.`,
    "",
  ].join("\n");
}

function ending(/** @type {import("../../session/state.js").RunInfo | null} */ run) {
  if (run?.state === "diverged") return "the loss grew beyond all numbers";
  return run?.state === "finished" ? (run.why ?? "done") : "not yet at its end";
}

/** A row for each figure that there is. @param {import("../../session/state.js").State} state */
function scores(state) {
  const { frame } = state;
  if (!frame) return [];
  const { training, test } = frame;
  const held = (/** @type {(metrics: import("../../session/protocol.js").Metrics) => string} */ write) =>
    isLocked(state) ? "locked" : test ? write(test) : "–";
  const row = (
    /** @type {string} */ name,
    /** @type {(metrics: import("../../session/protocol.js").Metrics) => string} */ write,
  ) => [name, write(training), held(write)];
  return [
    row("Loss", ({ loss }) => formatLoss(loss)),
    ...(training.accuracy === undefined ? [] : [row("Accuracy", ({ accuracy }) => formatShare(accuracy))]),
    ...(training.mae === undefined ? [] : [row("Mean absolute error", ({ mae }) => formatValue(mae))]),
    ...(training.rmse === undefined ? [] : [row("Root mean squared error", ({ rmse }) => formatValue(rmse))]),
  ];
}

/**
 * What users named, without meaning in Markdown. An address, a name after "@" and a number after "#" are made links from the
 * text that is shown, whatever escapes stand in it: a blank without width parts them.
 */
const plain = (/** @type {string} */ text) =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_~[\]<>|#&$]/g, "\\$&")
    .replace(/@|\\#(?=\w)|:(?=\/\/)|\bwww(?=\.)/gi, "$&&#8203;");
