// @ts-check
/** The whole predictor as ONNX. */
import { download } from "../../../ui/download.js";
import { exporting } from "../../../session/exporting.js";
import { t } from "../../../base/text.js";

/** @type {import("./all.js").Way} */
export const onnx = {
  id: "onnx",
  about: t("export.onnxAbout"),
  actions: [
    {
      id: "onnx",
      name: t("export.downloadOnnx"),
      async run({ playground, fileName }) {
        const { onnx: bytes } = await exporting(playground, ["onnx"]);
        const name = fileName("onnx");
        download(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]), name);
        return t("export.savedAs", { name });
      },
    },
  ],
};
