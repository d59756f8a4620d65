// @ts-check
/** What a button beside the error of a part says and does: the part is tried again, or the page loaded anew where only that helps. */
import { mustReload } from "../base/loadPart.js";
import { t } from "../base/text.js";

/** @param {() => void} again @returns {{label: string, run: () => void}} */
export const remedy = (again) =>
  mustReload() ? { label: t("base.reload"), run: () => location.reload() } : { label: t("base.tryAgain"), run: again };
