// @ts-check
/** One run as a short text in Markdown: what was trained on what, how, and what came out. */
import { SETTINGS, applies, effective, settingOf } from "../../settings/config.js";
import { formatCount, formatLoss, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { labeled } from "../../session/runRecord.js";
import { layerWords } from "../../settings/layerWords.js";
import { sourceOf } from "../../settings/sources.js";
import { defaultsFor } from "../../settings/spec.js";
import { formatValue } from "../../base/columnFormat.js";
import { splitWords } from "../../session/statusText.js";
import { t } from "../../base/text.js";

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
  "lang",
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
    ? t("share.neurons", {
        layers: layerWords(settings.layers, ", "),
        settingOf: labeled(settingOf("activation"), settings.activation),
      })
    : "none";
  return [
    `# ${title}: ${t("count.epochs", { count: frame.epoch })}`,
    "",
    `<${link}>`,
    "",
    "## Data",
    "",
    t("share.target", {
      value:
        description.task === "regression" ? t("share.number") : t("share.classes", { classes: description.classes }),
      value2: description.target ? `, ${plain(description.target)}` : "",
    }),
    t("share.rows", { rows: splitWords(description.rows, formatCount(description.rows.train)) }),
    ...(settings.clean?.length ? [t("share.fixes", { clean: settings.clean.length })] : []),
    ...(lock ? [t("share.looksTestRows", { looks: formatCount(lock.looks) })] : []),
    ...parts.data,
    "",
    "## Model",
    "",
    t("share.hiddenLayers", { layers }),
    t("share.parameters", { parameterCount: formatCount(description.parameterCount) }),
    "",
    "## Training",
    "",
    t("share.loss", { loss: description.loss }),
    ...parts.hyperparameter,
    t("share.computed", { toUpperCase: (engine?.engine ?? "cpu").toUpperCase() }),
    "",
    "## Result",
    "",
    t("share.trainingRowsTestRows"),
    "|---|---:|---:|",
    ...scores(state).map((cells) => `| ${cells.join(" | ")} |`),
    "",
    t("share.in", {
      step: t("count.steps", { count: frame.step }),
      epoch: t("count.epochs", { count: frame.epoch }),
      run: ending(run),
    }),
    "",
  ].join("\n");
}

function ending(/** @type {import("../../session/state.js").RunInfo | null} */ run) {
  if (run?.state === "diverged") return t("share.lossGrewBeyondAll");
  return run?.state === "finished" ? (run.why ?? t("share.wordDone")) : t("share.notYetEnd");
}

/** A row for each figure that there is. @param {import("../../session/state.js").State} state */
function scores(state) {
  const { frame } = state;
  if (!frame) return [];
  const { training, test } = frame;
  const held = (/** @type {(metrics: import("../../session/protocol.js").Metrics) => string} */ write) =>
    isLocked(state) ? t("share.wordLocked") : test ? write(test) : "–";
  const row = (
    /** @type {string} */ name,
    /** @type {(metrics: import("../../session/protocol.js").Metrics) => string} */ write,
  ) => [name, write(training), held(write)];
  return [
    row(t("share.loss2"), ({ loss }) => formatLoss(loss)),
    ...(training.accuracy === undefined ? [] : [row(t("share.accuracy"), ({ accuracy }) => formatShare(accuracy))]),
    ...(training.mae === undefined ? [] : [row(t("share.meanAbsoluteError"), ({ mae }) => formatValue(mae))]),
    ...(training.rmse === undefined ? [] : [row(t("share.rootMeanSquaredError"), ({ rmse }) => formatValue(rmse))]),
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
