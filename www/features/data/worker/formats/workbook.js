// @ts-check
/** Workbooks: read by a package of its own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then workbooks are refused with a sentence
import init, { Workbook } from "../../../../pkg-workbook/trainyard.js";
import { startPackage } from "../../../../base/loadPart.js";
import { createWorkbooks } from "./workbooks.js";

export async function load() {
  await startPackage(init, "pkg-workbook/trainyard_bg.wasm");
  return createWorkbooks(Workbook);
}
