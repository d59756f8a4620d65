// @ts-check
/**
 * Stands in for ui/download.js in a sandboxed frame, which saves and prints only where the page around it says so. Nothing
 * tells whether it does: so it is said what to do if nothing comes.
 */
import * as plain from "../ui/download.js";
import { t } from "../base/text.js";

const lacks = (/** @type {string} */ what, /** @type {string} */ leave) =>
  t("carried.ifPageAroundFrame", { what, leave });

/** A dialog covers what is told on the page, and says it itself. */
function tell(/** @type {string} */ text) {
  if (document.querySelector("dialog[open]")) return;
  const bar = /** @type {import("../ui/panel.js").Panel | null} */ (document.querySelector("ty-run-bar"));
  bar?.playground.store.set({ notice: { tone: "info", text } });
}

/** @template {unknown[]} T @param {(...rest: T) => void} hand @returns {(...rest: T) => void} */
const told =
  (hand) =>
  (...rest) => {
    hand(...rest);
    tell(saved("file"));
  };

export const download = told(plain.download);
export const downloadPicture = told(plain.downloadPicture);
export const downloadText = told(plain.downloadText);

export const saved = (/** @type {string} */ what) => lacks(t("carried.notYourDownloads", { what }), "allow-downloads");

export function printPage() {
  plain.printPage();
  tell(lacks(t("carried.nothingPrinted"), "allow-modals"));
}
