// @ts-check
/**
 * The settings that only a table has, in the table's form (config.js): which column is learned from which, and
 * what is done to the rows before. Lists of names and documents travel in the link as compact JSON.
 */
import { taskOf } from "./sources.js";
import { isTable } from "./tableNames.js";
import { t } from "../base/text.js";

/** @typedef {import("./spec.js").Settings} Settings */

/** What the picture is: predictions against the truth are for numbers. */
export const pictureOf = (/** @type {Settings} */ settings) =>
  isTable(settings.source) && (settings.picture !== "truth" || taskOf(settings) === "regression")
    ? settings.picture
    : "field";

const isOfTable = (/** @type {Settings} */ { source }) => isTable(source);

/** @type {import("./config.js").Setting[]} */
export const TABLE_SETTINGS = [
  // Of the twin alone: what is trained above stays clean.
  {
    key: "corrupt",
    path: null,
    label: t("settings.damage"),
    help: t("settings.whatSpoiltTrainingRows"),
    kind: "view",
    type: "json",
    default: {},
  },
  {
    key: "target",
    path: "data.target",
    label: t("settings.target"),
    help: t("settings.columnToldFromOthers"),
    kind: "data",
    type: "text",
    default: null,
    none: "auto",
    when: isOfTable,
  },
  {
    key: "task",
    path: "data.task",
    label: t("settings.task"),
    help: t("settings.classesWhichKindRow"),
    kind: "data",
    type: "choice",
    when: isOfTable,
    labels: { auto: t("settings.found"), classification: t("settings.classes"), regression: t("settings.number") },
  },
  {
    key: "read",
    path: "data.read",
    label: t("settings.howFileRead"),
    help: t("settings.delimiterEncodingHeaderLike"),
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "kinds",
    path: "data.kinds",
    label: t("settings.kindsColumns"),
    help: t("settings.whatColumnHoldsWhere"),
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "clean",
    path: "data.clean",
    label: t("settings.fixes"),
    help: t("settings.whatWasDoneRows"),
    kind: "data",
    type: "json",
    default: [],
    when: isOfTable,
  },
  {
    key: "augment",
    path: "data.augment",
    label: t("settings.augment"),
    help: t("settings.augmentHelp"),
    kind: "data",
    type: "json",
    default: null,
    when: isOfTable,
  },
  {
    key: "axes",
    path: null,
    label: t("settings.axes"),
    help: t("settings.twoColumnsPictureDrawn"),
    kind: "view",
    type: "json",
    default: null,
    none: "auto",
    when: isOfTable,
  },
  {
    key: "picture",
    path: null,
    label: t("settings.picture"),
    help: t("settings.whatPictureShowsNets"),
    kind: "view",
    type: "choice",
    default: "field",
    choices: [
      { value: "field", label: t("settings.overTwoColumns") },
      { value: "components", label: t("settings.principalComponents") },
      { value: "truth", label: t("settings.predictedAgainstTrue") },
    ],
    when: isOfTable,
  },
];
