// @ts-check
/** The page in a sandboxed frame: the same one, with all of its parts in one classic script. */
import { begin } from "../app/begin.js";
import * as app from "../app/app.js";
import { addressOf, fetchFile, packedFile } from "./pageFiles.js";

export const start = () =>
  begin({
    begun: globalThis.trainyardBegun,
    createWorker,
    fetchCore: () => fetchFile("pkg/trainyard_bg.wasm"),
    page: Promise.resolve(app),
  });

/**
 * A worker of our own address would be refused; what begins in a text of ours may take in a classic script from there. Of a
 * blob, too, but Chromium shows a GPU only to workers that are a secure context, and that isn't one here.
 */
function createWorker() {
  const script = `importScripts(${JSON.stringify(addressOf(`${globalThis.TRAINYARD_SCRIPTS}carried/worker.js`))})`;
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(script)}`, { name: "trainyard" });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = async ({ data: name, ports: [asker] }) => {
    const packed = await packedFile(name).catch(() => null);
    asker.postMessage(packed, packed ? [packed.buffer] : []);
  };
  worker.postMessage("files", [port2]);
  return worker;
}
