// @ts-check
/** The predictor without dependencies, of the run as it stands. Loaded when somebody asks for one. */
import { exporting } from "../../../session/exporting.js";
import { javascriptOf } from "./javascript.js";
import { checkedRows, lackOf, planOf } from "./plan.js";
import { pythonOf } from "./python.js";

const WRITERS = { javascript: javascriptOf, python: pythonOf };

/**
 * The file's text; throws a sentence for a network that it can't be written for.
 *
 * @param {import("../../../session/playground.js").Playground} playground
 * @param {keyof typeof WRITERS} language
 */
export async function predictorOf(playground, language) {
  const { describe, rows } = await exporting(playground, ["describe", "rows"]);
  const lack = lackOf(describe);
  if (lack) throw new Error(lack);
  const checked = checkedRows(describe, rows);
  const width = describe.columns.length;
  const inputs = Float64Array.from(checked.flatMap((row) => [...rows.inputs.subarray(row * width, (row + 1) * width)]));
  // The run may be a step further by now, its rows are the same: weights and predictions are of one moment.
  const now = await exporting(playground, ["describe", "parameters", "predict"], { given: { inputs } });
  return WRITERS[language](planOf(now.describe, now.parameters, rows, checked, now.predict));
}
