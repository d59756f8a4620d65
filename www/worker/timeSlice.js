// @ts-check
/** How long is trained at a time, how much is kept of the way, and what a start waits for. */

/** The longest a slice may train, in milliseconds, before waiting commands are read. */
export const SLICE_MS = 12;

/** More steps than any slice can do: the time budget ends it. */
export const NO_LIMIT = 0x7fffffff;

/** How many points of the loss curve are kept, whatever the number of epochs. */
export const CURVE_POINTS = 1000;

/** So long training waits, at its start, for what goes back in time, in milliseconds. */
export const TRAVEL_MS = 1000;
