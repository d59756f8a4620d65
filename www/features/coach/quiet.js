// @ts-check
/** What the coach says where there is nothing to say. */

/** @type {import("./trainingMonitor.js").WatchState} */
export const QUIET = { alert: null, judged: 0, canGoBack: false, rescue: null };
