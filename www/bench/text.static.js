// @ts-check
/** What the page says before it measures, in the language of the build; for the build alone. */
import { LANE_WORDS } from "./words.js";
import { t } from "../base/text.js";

export const LANES = LANE_WORDS;

export const WORDS = {
  title: t("bench.title"),
  about: t("bench.about"),
  how: t("bench.how"),
  privacy: t("bench.privacy"),
  start: t("bench.start"),
  copy: t("bench.copy"),
  result: t("bench.result"),
  machines: t("bench.machines"),
  machinesAbout: t("bench.machinesAbout"),
  where: t("bench.where"),
  thisDevice: t("bench.thisDeviceAny"),
  works: { W1: t("bench.w1"), W2: t("bench.w2"), W3: t("bench.w3"), W3b: t("bench.w3b"), W5: t("bench.w5") },
  table: t("bench.table"),
  progress: t("bench.progress"),
  otherLanguage: t("lessons.otherLanguage"),
  skip: t("lessons.skip"),
  playground: t("lessons.playground"),
  needsScripts: t("bench.needsScripts"),
  pages: t("bench.pages"),
};
