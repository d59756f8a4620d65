// @ts-check
/**
 * Why a GPU computes, or doesn't, in the reader's language. The core says it in English (src/web/describe.rs, with what
 * src/engine/gpu and src/run give for causes). What a driver says in its own words stays as it is.
 */
import { t } from "../base/text.js";

/** Causes without a value. @type {Record<string, string>} */
const CAUSES = {
  "this browser offers no GPU to web pages": t("worker.noGpuToPages"),
  "data.augment varies training images, which only the CPU does": t("worker.augmentOnCpu"),
  "it has not answered for 20 seconds": t("worker.gpuSilent"),
  "the device gave no answer": t("worker.gpuNoAnswer"),
  "the device was destroyed": t("worker.gpuDestroyed"),
  "the device was lost": t("worker.gpuDeviceLost"),
  "the device was lost before it answered": t("worker.gpuLostBefore"),
  "WebAssembly with 128-bit SIMD, the same numbers on every machine": t("worker.cpuSimd"),
};

/** What may be too large for an adapter. @type {Record<string, (values: {bytes: string, most: string}) => string>} */
const SIZES = {
  "the activations of a batch": ({ bytes, most }) => t("worker.gpuTooManyActivations", { bytes, most }),
  "the parameters and the optimizer's state": ({ bytes, most }) => t("worker.gpuTooManyParameters", { bytes, most }),
  "the data set": ({ bytes, most }) => t("worker.gpuTooMuchData", { bytes, most }),
};

const SIZE = /^(.+) take (\d+) bytes, and the adapter allows (\d+)$/;
const LOST = /^the GPU was lost \((.*)\), and training goes on here$/s;
const NO_DEVICE = /^the adapter opens no device \((.*)\)$/s;

/** @param {string} cause @returns {string} */
function causeWords(cause) {
  if (Object.hasOwn(CAUSES, cause)) return CAUSES[cause];
  const [, what = "", bytes = "", most = ""] = SIZE.exec(cause) ?? [];
  if (Object.hasOwn(SIZES, what)) return SIZES[what]({ bytes, most });
  const [, why] = LOST.exec(cause) ?? [];
  if (why !== undefined) return t("worker.gpuLost", { why: causeWords(why) });
  const [, words] = NO_DEVICE.exec(cause) ?? [];
  return words === undefined ? cause : t("worker.gpuNoDevice", { words });
}

/** @param {string} reason   "CPU: " or "GPU: ", and why */
export function gpuReason(reason) {
  const [, name, cause = ""] = /^([CG]PU: )(.*)$/s.exec(reason) ?? [];
  if (!name) return reason;
  if (name === "CPU: ") return name + causeWords(cause);
  const adapter = cause.replace(/, which is software$/, "").replace(/^unnamed adapter$/, t("worker.adapterHasNoName"));
  return t("worker.gpu", { name: adapter, value: / which is software$/.test(cause) ? t("worker.whichSoftware") : "" });
}

/** Has trainers of a package say it so. @param {{prototype: {engine: () => {reason: string}}}} Trainer */
export function wordReasons({ prototype }) {
  const { engine } = prototype;
  prototype.engine = function () {
    const told = engine.call(this);
    return { ...told, reason: gpuReason(told.reason) };
  };
}
