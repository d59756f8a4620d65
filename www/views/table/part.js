// @ts-check
/** All that the first screen needs for a table: what brings it, and its views. Loaded with the first of them. */
import { defineAll } from "../defineAll.js";
import { ColumnList } from "./columnList.js";
import { TableFacts } from "./facts.js";
import { TableOutput } from "./output.js";
import { TableQuestion } from "./question.js";

export { TableRun } from "../../core/tableRun.js";

const VIEWS = {
  "ty-column-list": ColumnList,
  "ty-table-facts": TableFacts,
  "ty-table-output": TableOutput,
  "ty-table-question": TableQuestion,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
