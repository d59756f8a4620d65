// @ts-check
/**
 * The settings that only a table has, in the table's form (config.js): which column is learned from which, and
 * what is done to the rows before. Lists of names and documents travel in the link as compact JSON.
 */
import { taskOf } from "./sources.js";
import { isTable } from "./tableNames.js";

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
  { key: "corrupt", path: null, label: "Damage", kind: "view", type: "json", default: {} },
  {
    key: "target",
    path: "data.target",
    label: "Target",
    kind: "data",
    type: "text",
    default: null,
    none: "auto",
    when: isOfTable,
  },
  {
    key: "task",
    path: "data.task",
    label: "Task",
    kind: "data",
    type: "choice",
    when: isOfTable,
    labels: { auto: "As found", classification: "Classes", regression: "A number" },
  },
  {
    key: "read",
    path: "data.read",
    label: "How the file is read",
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "kinds",
    path: "data.kinds",
    label: "Kinds of columns",
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "clean",
    path: "data.clean",
    label: "Fixes",
    kind: "data",
    type: "json",
    default: [],
    when: isOfTable,
  },
  {
    key: "axes",
    path: null,
    label: "Axes",
    kind: "view",
    type: "json",
    default: null,
    none: "auto",
    when: isOfTable,
  },
  {
    key: "picture",
    path: null,
    label: "Picture",
    kind: "view",
    type: "choice",
    default: "field",
    choices: [
      { value: "field", label: "Over two columns" },
      { value: "components", label: "Principal components" },
      { value: "truth", label: "Predicted against true" },
    ],
    when: isOfTable,
  },
];
