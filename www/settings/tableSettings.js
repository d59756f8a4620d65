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
  {
    key: "corrupt",
    path: null,
    label: "Damage",
    help: "What is spoilt of the training rows of the second twin, to see what bad data cost.",
    kind: "view",
    type: "json",
    default: {},
  },
  {
    key: "target",
    path: "data.target",
    label: "Target",
    help: "The column to be told from the others.",
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
    help: "Classes: which kind a row is of. A number: how much of something.",
    kind: "data",
    type: "choice",
    when: isOfTable,
    labels: { auto: "As found", classification: "Classes", regression: "A number" },
  },
  {
    key: "read",
    path: "data.read",
    label: "How the file is read",
    help: "Delimiter, encoding, header and the like, where the file is not what it looks like.",
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "kinds",
    path: "data.kinds",
    label: "Kinds of columns",
    help: "What a column holds, where it is not what it looks like.",
    kind: "data",
    type: "json",
    default: {},
    when: isOfTable,
  },
  {
    key: "clean",
    path: "data.clean",
    label: "Fixes",
    help: "What was done to the rows, in order. The table itself stays as it was loaded.",
    kind: "data",
    type: "json",
    default: [],
    when: isOfTable,
  },
  {
    key: "axes",
    path: null,
    label: "Axes",
    help: "The two columns that the picture is drawn over.",
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
    help: "What the picture shows: the net's output over two columns, or for each row what it says against what is true.",
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
