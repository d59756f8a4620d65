// @ts-check
/**
 * The ways in which an experiment leaves the page, in the order of the Export step: what each is called, and other words by
 * which the palette finds it. Each has a file of its name in features/export/ways.
 */
import { t } from "../base/text.js";

/** @typedef {{id: string, name: string, words: string}} WayName */

/** @type {WayName[]} */
export const WAYS = [
  { id: "link", name: t("share.link"), words: t("menu.urlAddressShare") },
  { id: "file", name: t("export.file"), words: t("menu.exportSaveFileWeights") },
  { id: "weights", name: t("export.weights"), words: t("export.weightsWords") },
  { id: "onnx", name: t("export.onnx"), words: t("export.onnxWords") },
  { id: "program", name: t("program.name"), words: t("program.words") },
  { id: "predictor", name: t("export.predictor"), words: t("export.predictorWords") },
  { id: "rows", name: t("export.rows"), words: t("export.rowsWords") },
  { id: "report", name: t("share.report"), words: t("menu.exportSaveSummary") },
  { id: "spec", name: t("menu.spec"), words: t("menu.jsonDocumentExportCode") },
];
