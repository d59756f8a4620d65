// @ts-check
/** What is not waited for without end. */
import { t } from "./text.js";

/** A timer that is late itself, as after a sleep, says nothing of the work: then it is waited for anew. @template T @param {Promise<T>} work @param {number} ms @returns {Promise<T>} */
export function inTime(work, ms) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((/** @type {(value: never) => void} */ _, reject) => {
    const wait = () => {
      const due = performance.now() + ms;
      timer = setTimeout(
        () =>
          performance.now() > due + 2000
            ? wait()
            : reject(Object.assign(new Error(t("base.noAnswerTime")), { code: "late" })),
        ms,
      );
    };
    wait();
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
