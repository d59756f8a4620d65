// @ts-check
/** The experiment as a program of PyTorch. */
import { html } from "lit";
import { t } from "../../../base/text.js";
import { download, saved } from "../../../ui/download.js";
import { withStyle } from "../../../ui/withStyle.js";

const PART = { script: "features/export/program/part.js", style: "features/export/program/style.css" };

/** @returns {Promise<typeof import("../program/part.js")>} */
async function load() {
  try {
    return await withStyle(document.head, PART);
  } catch (error) {
    throw new Error(t("program.missing", { why: /** @type {Error} */ (error).message }));
  }
}

/** @type {import("./all.js").Way} */
export const program = {
  id: "program",
  about: t("program.about"),
  actions: [
    { id: "show", name: t("program.show"), run: async () => void (await load()) },
    {
      id: "download",
      name: t("program.downloadAll"),
      run: async ({ playground, fileName }) => {
        const { everything } = await load();
        download(await everything(playground), fileName("zip"));
        return saved(t("program.archive"));
      },
    },
  ],
  contents: () => html`<ty-program></ty-program>`,
};
