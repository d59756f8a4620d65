// @ts-check
/** How long is trained at a time, and how much is kept of the way. */

/** The longest a slice may train, in milliseconds, before waiting commands are read. */
export const SLICE_MS = 12;

/** More steps than any slice can do: the time budget ends it. */
export const NO_LIMIT = 0x7fffffff;

/** How many points of the loss curve are kept, whatever the number of epochs. */
export const CURVE_POINTS = 1000;
