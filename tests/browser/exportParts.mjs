// What buttons of the Export step load, for the tests of parts that may fail to come.
import { button } from "./playground.mjs";

/** @param {string} name   of the button @param {string} there   what is there once it came */
const ofExport = (name, there) => {
  const ask = (page) => button(page, name).click();
  return { hash: "#view=export", ask, words: /that writes this could not be loaded/, again: ask, there };
};

export const EXPORT_PARTS = {
  "features/export/predictor/part.js": ofExport("Download in Python", "[data-way=predictor] .export-said:not(:empty)"),
  "features/export/newRows/part.js": ofExport("Predict rows…", "ty-new-rows textarea"),
  "features/report/part.js": ofExport("Download as a web page", "[data-way=report] .export-said:not(:empty)"),
};
