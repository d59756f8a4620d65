// @ts-check
/** Every setting as a document. */
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const spec = {
  id: "spec",
  about: t("export.everySettingJson"),
  actions: [{ id: "edit", name: t("menu.editSpec"), act: "spec" }],
};
