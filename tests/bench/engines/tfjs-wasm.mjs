// With SIMD and one thread: the page is not cross-origin isolated.
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { startOn } from "./tfjs.mjs";

export function start(work, data) {
  setWasmPaths(new URL("./", document.baseURI).href);
  return startOn("wasm", work, data);
}
