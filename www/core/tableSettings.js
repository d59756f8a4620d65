// @ts-check
/**
 * The settings that only a table has, in the table's form (config.js): which column is learnt from which, and
 * what is done to the rows before. Lists of names and documents travel in the link as compact JSON.
 */
import { taskOf } from "./sources.js";
import { isTable } from "./tableNames.js";

const isOfTable = (/** @type {Record<string, any>} */ { source }) => isTable(source);

/** @type {import("./config.js").Setting[]} */
export const TABLE_SETTINGS = [
  {
    key: "target", path: "data.target", label: "Target", kind: "data", type: "text", default: null, none: "auto", when: isOfTable,
    help: "The column to be told from the others.",
  },
  {
    key: "task", path: "data.task", label: "Task", kind: "data", type: "choice", default: "auto", when: isOfTable,
    choices: [
      { value: "auto", label: "As found" }, { value: "classification", label: "Classes" }, { value: "regression", label: "A number" },
    ],
    help: "Classes: which kind a row is of. A number: how much of something.",
  },
  {
    key: "kinds", path: "data.kinds", label: "Kinds of columns", kind: "data", type: "json", default: {}, when: isOfTable,
    help: "What a column holds, where it is not what it looks like.",
  },
  {
    key: "clean", path: "data.clean", label: "Remedies", kind: "data", type: "json", default: [], when: isOfTable,
    help: "What was done to the rows, in order. The table itself stays as it was loaded.",
  },
  {
    key: "axes", path: null, label: "Axes", kind: "view", type: "json", default: null, none: "auto", when: isOfTable,
    help: "The two columns that the picture is drawn over.",
  },
  {
    key: "picture", path: null, label: "Picture", kind: "view", type: "choice", default: "field",
    choices: [{ value: "field", label: "Over two columns" }, { value: "truth", label: "Predicted against true" }],
    when: (settings) => isTable(settings.source) && taskOf(settings) === "regression",
    help: "What the picture shows: the net's output over two columns, or for each row what it says against what is true.",
  },
];
