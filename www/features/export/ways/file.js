// @ts-check
/** The experiment as a file: settings, rows and weights. */
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const file = {
  id: "file",
  about: t("export.settingsRowsWeights"),
  actions: [
    { id: "download", name: t("menu.downloadExperiment"), act: "download" },
    { id: "open", name: t("share.openExperiment2"), act: "share" },
  ],
};
