// @ts-check
/** A GPU may fall silent: what is asked of it is not waited for without end. */
import { inTime } from "../base/loadPart.js";
import { commandError } from "./commandError.js";
import { t } from "../base/text.js";

/** So long finding an adapter, opening a device with its kernels, and an answer may take, in milliseconds. */
export const ADAPTER_MS = 5000;
export const DEVICE_MS = 30_000;
export const ANSWER_MS = 20_000;

/** An answer in time. After a fatal error the run has to go on elsewhere. @template T @param {Promise<T>} work @param {boolean} [isFatal] */
export const fromGpu = (work, isFatal = false) =>
  inTime(work, ANSWER_MS).catch((error) => {
    throw error.code === "late" ? commandError("gpu-silent", t("worker.gpuHasNotAnswered"), isFatal) : error;
  });
