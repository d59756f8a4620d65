// @ts-check
/** The experiment as a program of PyTorch. */
import { html } from "lit";
import { t } from "../../../base/text.js";
import { withStyle } from "../../../ui/withStyle.js";

const PART = { script: "features/export/program/part.js", style: "features/export/program/style.css" };

async function load() {
  try {
    await withStyle(document.head, PART);
  } catch (error) {
    throw new Error(t("program.missing", { why: /** @type {Error} */ (error).message }));
  }
}

/** @type {import("./all.js").Way} */
export const program = {
  id: "program",
  about: t("program.about"),
  actions: [{ id: "show", name: t("program.show"), run: load }],
  contents: () => html`<ty-program></ty-program>`,
};
