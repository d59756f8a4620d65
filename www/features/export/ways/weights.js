// @ts-check
/** The weights alone, in the file that PyTorch and its like read. */
import { download } from "../../../ui/download.js";
import { exporting } from "../../../session/exporting.js";
import { t } from "../../../base/text.js";

/** @param {"safetensors" | "optimizerSafetensors"} what @param {string} ending */
const write =
  (what, ending) =>
  async (/** @type {import("./all.js").Place} */ { playground, fileName }) => {
    const { [what]: bytes } = await exporting(playground, [what]);
    const name = fileName(ending);
    download(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]), name);
    return t("export.savedAs", { name });
  };

/** @type {import("./all.js").Way} */
export const weights = {
  id: "weights",
  about: t("export.weightsAbout"),
  actions: [
    { id: "weights", name: t("export.downloadWeights"), run: write("safetensors", "safetensors") },
    {
      id: "optimizer",
      name: t("export.downloadOptimizer"),
      run: write("optimizerSafetensors", "optimizer.safetensors"),
    },
  ],
};
