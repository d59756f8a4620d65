// @ts-check
/** Stands in for base/files.js in the worker of a sandboxed frame: its page gets the files for it. */
import { unpacked } from "./parts.js";
import { t } from "../base/text.js";

export { importFile } from "./parts.js";

/** Where it asks the page: comes with the first message, before all that the worker is for. @type {Promise<MessagePort>} */
const page = new Promise((resolve) =>
  addEventListener(
    "message",
    (event) => {
      event.stopImmediatePropagation();
      resolve(event.ports[0]);
    },
    { once: true },
  ),
);

/** @param {string} name @param {RequestInit} [options] @returns {Promise<Response>} */
export async function fetchFile(name, { signal } = {}) {
  const { port1, port2 } = new MessageChannel();
  (await page).postMessage(name, [port2]);
  const packed = await new Promise((resolve, reject) => {
    const fail = () => reject(new TypeError(t("carried.didNotArrive", { name })));
    port1.onmessage = ({ data }) => (data ? resolve(data) : fail());
    signal?.addEventListener("abort", fail);
  });
  port1.close();
  return unpacked(name, packed);
}
