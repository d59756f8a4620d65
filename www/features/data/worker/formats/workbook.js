// @ts-check
/** Workbooks: read by a package of its own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then workbooks are refused with a sentence
import init, { Workbook } from "../../../../pkg-workbook/trainyard.js";
import { PATIENCE_MS, addressOf, orAdvice } from "../../../../base/loadPart.js";
import { createWorkbooks } from "./workbooks.js";

export async function load() {
  // One that is late never comes, as with the package of tables (main.js).
  const core = fetch(addressOf("pkg-workbook/trainyard_bg.wasm"), { signal: AbortSignal.timeout(PATIENCE_MS) });
  await orAdvice(init({ module_or_path: core }));
  return createWorkbooks(Workbook);
}
