// @ts-check
/**
 * One run as a report: what was trained on what, how, and what came out. It is a title, a link and sections, of plain text;
 * `markdownOf` gives it a form.
 *
 * @typedef {import("../../base/reported.js").Section} Section
 * @typedef {{title: string, link: string, sections: Section[]}} Report
 */
import { SETTINGS, applies, effective, settingOf } from "../../settings/config.js";
import { formatCount, formatLoss, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { augmentWords } from "../../session/augmentation.js";
import { computedWords } from "../../session/computedBy.js";
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
  "augment",
  "axes",
  "picture",
  "corrupt",
  "hide",
  "lock",
  "lang",
];

/**
 * @param {import("../../session/state.js").State} state   of a run that stands or trains
 * @param {string} link                       the experiment's address
 * @param {{cleaning?: Section | null, more?: Section[]}} [besides]   what else there is: it stands after the data, and at the end
 * @returns {Report | null}   null of no run
 */
export function reportOf(state, link, { cleaning = null, more = [] } = {}) {
  const { settings, description, frame, run, table, lock } = state;
  if (!description || !frame) return null;
  const title = description.target ? (table.title ?? sourceOf(settings.source).label) : sourceOf(settings.source).label;
  /** @type {Record<string, string[]>} */
  const parts = { data: [], hyperparameter: [] };
  const defaults = defaultsFor(settings.source);
  for (const row of SETTINGS) {
    const list = row.kind === "run" ? parts.hyperparameter : parts[row.kind];
    const isTold = ALWAYS.includes(row.key) || JSON.stringify(settings[row.key]) !== JSON.stringify(defaults[row.key]);
    if (!list || ELSEWHERE.includes(row.key) || !applies(row, settings) || !isTold) continue;
    list.push(`${row.label}: ${labeled(row, effective(row, settings))}`);
  }
  const layers = settings.layers.length
    ? t("share.neurons", {
        layers: layerWords(settings.layers, ", "),
        settingOf: labeled(settingOf("activation"), settings.activation),
      })
    : t("share.noLayers");
  const augmented = description.image ? augmentWords(settings.augment) : "";
  const data = [
    t("share.target", {
      value:
        description.task === "regression" ? t("share.number") : t("share.classes", { classes: description.classes }),
      value2: description.target ? `, ${description.target}` : "",
    }),
    t("share.rows", { rows: splitWords(description.rows, formatCount(description.rows.train)) }),
    ...(settings.clean?.length ? [t("share.fixes", { clean: settings.clean.length })] : []),
    ...(augmented ? [t("images.augmented", { words: augmented })] : []),
    ...(lock ? [t("share.looksTestRows", { looks: formatCount(lock.looks) })] : []),
    ...parts.data,
  ];
  const model = [
    t("share.hiddenLayers", { layers }),
    t("share.parameters", { parameterCount: formatCount(description.parameterCount) }),
  ];
  const training = [t("share.loss", { loss: description.loss }), ...parts.hyperparameter, computedWords(state)];
  const end = t("share.in", {
    step: t("count.steps", { count: frame.step }),
    epoch: t("count.epochs", { count: frame.epoch }),
    run: ending(run),
  });
  return {
    title: `${title}: ${t("count.epochs", { count: frame.epoch })}`,
    link,
    sections: [
      { title: t("share.data"), facts: data },
      ...(cleaning ? [cleaning] : []),
      { title: t("share.model"), facts: model },
      { title: t("share.training"), facts: training },
      { title: t("share.result"), tables: [result(state)], words: [end] },
      ...more,
    ],
  };
}

function ending(/** @type {import("../../session/state.js").RunInfo | null} */ run) {
  if (run?.state === "diverged") return t("share.lossGrewBeyondAll");
  return run?.state === "finished" ? (run.why ?? t("share.wordDone")) : t("share.notYetEnd");
}

/** A row for each figure that there is. @param {import("../../session/state.js").State} state */
function result(state) {
  const { frame, description } = state;
  /** @typedef {import("../../session/protocol.js").Metrics} Metrics */
  /** @type {[string, Metrics | null | undefined][]} */
  const parts = [
    [t("ui.trainingRows"), frame?.training],
    ...(description?.rows.validation
      ? [/** @type {[string, Metrics | null | undefined]} */ ([t("ui.validationRows"), frame?.validation])]
      : []),
    [t("ui.testRows"), isLocked(state) ? null : frame?.test],
  ];
  const row = (/** @type {string} */ name, /** @type {(metrics: Metrics) => string} */ write) => [
    name,
    ...parts.map(([, metrics], i) =>
      metrics ? write(metrics) : i === parts.length - 1 && isLocked(state) ? t("share.wordLocked") : "–",
    ),
  ];
  const { accuracy, mae, rmse } = frame?.training ?? {};
  return {
    head: ["", ...parts.map(([name]) => name)],
    rows: [
      row(t("share.loss2"), ({ loss }) => formatLoss(loss)),
      ...(accuracy === undefined ? [] : [row(t("share.accuracy"), ({ accuracy }) => formatShare(accuracy))]),
      ...(mae === undefined ? [] : [row(t("share.meanAbsoluteError"), ({ mae }) => formatValue(mae))]),
      ...(rmse === undefined ? [] : [row(t("share.rootMeanSquaredError"), ({ rmse }) => formatValue(rmse))]),
    ],
  };
}

/** A report in Markdown; of no report nothing. @param {Report | null} report */
export function markdownOf(report) {
  if (!report) return "";
  const line = (/** @type {string[]} */ cells) => `| ${cells.map(plain).join(" | ")} |`.replace(/^\|  \|/, "| |");
  const blocks = report.sections.flatMap(({ title, facts = [], tables = [], words = [] }) => [
    `## ${plain(title)}`,
    ...(facts.length ? [facts.map((fact) => `- ${plain(fact)}`).join("\n")] : []),
    ...tables.map(({ head, rows }) =>
      [
        line(head),
        `|---${"|---:".repeat(head.length - 1)}|`,
        ...rows.map((cells) => line(head.map((_, i) => cells[i] ?? ""))),
      ].join("\n"),
    ),
    ...words.map(plain),
  ]);
  return [`# ${plain(report.title)}`, `<${report.link}>`, ...blocks, ""].join("\n\n").replace(/\n\n$/, "\n");
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
