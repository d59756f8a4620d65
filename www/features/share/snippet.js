// @ts-check
/**
 * The experiment as a piece of somebody's page: one picture of it, with what its reader may change. As `<train-yard>`, or as
 * the frame of embed.html.
 *
 * @typedef {import("../../settings/spec.js").Settings} Settings
 * @typedef {{view: string, controls: string[], theme: string, height: number, as: "element" | "iframe"}} Draft
 */
import { applies, settingOf } from "../../settings/config.js";
import { USUAL_CONTROLS } from "../../settings/elementControls.js";
import { changedSettings } from "../../settings/spec.js";
import { escaped } from "../../base/escaped.js";
import { kebab } from "../../base/letterCase.js";
import { embedCode } from "./builder.js";
import { t } from "../../base/text.js";

export const VIEWS = [
  { value: "field", label: t("share.viewField") },
  { value: "network", label: t("share.viewNetwork") },
  { value: "loss", label: t("share.viewLoss") },
  { value: "confusion", label: t("share.viewConfusion") },
  { value: "roc", label: t("share.viewRoc") },
  { value: "surface", label: t("share.viewSurface") },
  { value: "page", label: t("share.wholePage") },
];

export const THEMES = [
  { value: "", label: t("share.themeSystem") },
  { value: "light", label: t("share.themeLight") },
  { value: "dark", label: t("share.themeDark") },
];

const BUTTONS = [
  { name: "play", label: t("share.play") },
  { name: "step", label: t("share.step") },
  { name: "reset", label: t("share.reset") },
  { name: "new-seed", label: t("training.newSeed") },
];
const FIGURES = [
  { name: "epoch", label: t("training.epoch") },
  { name: "training-loss", label: t("training.trainingLoss") },
  { name: "test-loss", label: t("training.testLoss") },
];
const FIELDS = ["learningRate", "batchSize", "activation", "noise", "trainingShare", "optimizer", "epochs"];

/** What the reader may see and change, with these settings. @param {Settings} settings */
export const controlsOf = (settings) => [
  ...BUTTONS,
  ...FIGURES,
  ...FIELDS.map(settingOf)
    .filter((row) => applies(row, settings))
    .map(({ key, label }) => ({ name: kebab(key), label })),
];

export const LEAST_HEIGHT = 160;
export const MOST_HEIGHT = 4000;

/** @type {Draft} */
export const USUAL = {
  view: "field",
  controls: USUAL_CONTROLS,
  theme: "",
  height: 420,
  as: "element",
};

/** @param {Draft} draft @param {string} name @param {boolean} isShown @param {Settings} settings @returns {Draft} */
export function withControl(draft, name, isShown, settings) {
  const wanted = new Set(draft.controls);
  if (isShown) wanted.add(name);
  else wanted.delete(name);
  return {
    ...draft,
    controls: controlsOf(settings)
      .map((one) => one.name)
      .filter((one) => wanted.has(one)),
  };
}

/** What an element calls otherwise, or has no use for. */
const LEFT_OUT = ["goal", "goalLoss", "goalAccuracy"];

/** The attributes that say all of it. @param {Settings} settings @param {Draft} draft @param {string[]} [lock]   settings that the reader only sees @returns {[string, string][]} */
export function attributesOf(settings, { view, controls, theme }, lock = []) {
  const own = changedSettings(settings).filter(([key]) => settingOf(key).kind !== "view" && !LEFT_OUT.includes(key));
  const isOwnTable = settings.source === "table";
  return [
    ...own
      .filter(([key]) => !isOwnTable || key !== "source")
      .map(([key, text]) => /** @type {[string, string]} */ ([kebab(key), text])),
    ...(isOwnTable ? [/** @type {[string, string]} */ (["data-src", "rows.csv"])] : []),
    ["view", view],
    ["controls", controls.join(",") || "none"],
    ...(lock.length ? [/** @type {[string, string]} */ (["lock", lock.map(kebab).join(",")])] : []),
    ...(theme ? [/** @type {[string, string]} */ (["theme", theme])] : []),
  ];
}

/** The address of the same in a frame. @param {string} base   where the page lies @param {[string, string][]} attributes */
export const frameLink = (base, attributes) =>
  new URL(`embed.html#${attributes.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&")}`, base).href;

/** @param {string} base @param {string} link   of the whole page @param {Settings} settings @param {Draft} draft @param {string[]} [lock] */
export function snippetOf(base, link, settings, draft, lock) {
  const attributes = attributesOf(settings, draft, lock);
  const title = settings.title || t("share.trainyardNeuralNetworkLearns");
  if (draft.as === "iframe") return embedCode(frameLink(base, attributes), { title, height: draft.height });
  const written = attributes.map(([name, text]) => `${name}="${escaped(text)}"`).join(" ");
  return [
    `<script type="module" src="${escaped(new URL("element.js", base).href)}"></script>`,
    `<train-yard ${written} aria-label="${escaped(title)}" style='height:${draft.height}px'>`,
    `  <a href="${escaped(link)}">${escaped(title)}</a>`,
    "</train-yard>",
  ].join("\n");
}
