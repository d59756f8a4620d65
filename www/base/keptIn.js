// @ts-check
/** The database that what was under way is kept in, for the next visit. */
export const KEPT_IN = "trainyard";
