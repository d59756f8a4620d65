// @ts-check
/** How a table's rows are read that were written as CSV by ourselves, whatever they look like. */
export const WRITTEN = {
  delimiter: ",",
  header: true,
  skip: 0,
  comment: "none",
  quote: '"',
  escape: "double",
  rowNames: false,
  unitsRow: false,
};

/** The choices under which a table that was read with `read` is the same again from its CSV: cells keep their texts. */
export const asWritten = (/** @type {import("../settings/spec.js").ReadChoices} */ read) => ({
  ...WRITTEN,
  ...Object.fromEntries(Object.entries(read).filter(([key]) => key === "decimal" || key === "dates")),
});
