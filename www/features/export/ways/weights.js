// @ts-check
/** The weights alone, in the file that PyTorch and its like read and write. */
import { html, nothing } from "lit";
import { download } from "../../../ui/download.js";
import { exporting } from "../../../session/exporting.js";
import { openWeights, weightsOf } from "../../../session/weightsFile.js";
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
    {
      id: "take",
      name: t("export.weightsOpen"),
      accept: ".safetensors",
      run: ({ playground }, file) => openWeights(playground, /** @type {File} */ (file)),
    },
  ],
  contents: ({ playground }) => {
    const taken = weightsOf(playground);
    if (!taken) return nothing;
    return html`<div class="export-actions">
      <span class="note">${t("export.weightsFrom", { name: taken.name })}</span>
      <button type="button" class="small-button" data-action="back" @click=${taken.back}>${t("export.weightsBack")}</button>
    </div>`;
  },
};
