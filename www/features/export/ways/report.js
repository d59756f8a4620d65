// @ts-check
/** What was done, with its numbers. */
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const report = {
  id: "report",
  about: t("export.whatWasTrained"),
  actions: [
    { id: "markdown", name: t("menu.downloadReport"), act: "report" },
    { id: "print", name: t("export.print"), act: "print" },
  ],
};
