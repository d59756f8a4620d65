// @ts-check
/** The trained network as one file of plain arithmetic. */
import { download } from "../../../ui/download.js";
import { t } from "../../../base/text.js";

/** @param {"javascript" | "python"} language @param {string} name @param {string} type @returns {import("./all.js").Action} */
const action = (language, name, type) => ({
  id: language,
  name: t("export.predictorIn", { language: language === "python" ? "Python" : "JavaScript" }),
  async run({ playground, load }) {
    const { predictorOf } = await load("features/export/predictor/part.js");
    download(new Blob([await predictorOf(playground, language)], { type }), name);
    return t("export.predictorSaved", { name });
  },
});

/** @type {import("./all.js").Way} */
export const predictor = {
  id: "predictor",
  about: t("export.predictorAbout"),
  actions: [action("javascript", "model.mjs", "text/javascript"), action("python", "model.py", "text/x-python")],
};
