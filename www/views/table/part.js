// @ts-check
/** All that the first screen needs for a table: what brings it, and its views. Loaded with the first of them. */
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

export function define(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!registry.get(name)) registry.define(name, view);
  }
}
