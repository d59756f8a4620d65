// @ts-check
/** Sounds: understood by a package of its own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then the page says that the part could not be loaded
import init, { Sound } from "../../../pkg-audio/trainyard.js";
import { startPackage } from "../../../base/loadPart.js";

export async function load() {
  await startPackage(init, "pkg-audio/trainyard_bg.wasm");
  return Sound;
}
