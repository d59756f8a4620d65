// @ts-check
/** How long is trained at a time. */

/** The longest a slice may train, in milliseconds, before waiting commands are read. */
export const SLICE_MS = 12;

/** More steps than any slice can do: the time budget ends it. */
export const NO_LIMIT = 0x7fffffff;
