// @ts-check
/** All that the first screen needs for a table: what brings it, and its views. Loaded with the first of them. */
import { defineAll } from "../../ui/defineAll.js";
import { ColumnList } from "./columnList.js";
import { TableFacts } from "./facts.js";
import { TableFigures } from "./tableFigures.js";
import { TableOutput } from "./tableOutput.js";
import { TableQuestion } from "./question.js";

export { TableRun } from "../../session/tableRun.js";

const VIEWS = {
  "ty-column-list": ColumnList,
  "ty-table-facts": TableFacts,
  "ty-table-figures": TableFigures,
  "ty-table-output": TableOutput,
  "ty-table-question": TableQuestion,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
