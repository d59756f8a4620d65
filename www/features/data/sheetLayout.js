// @ts-check
/**
 * Where a table's rows and columns stand while it scrolls by whole rows and columns, so that only those in sight have
 * to be there.
 */

/** Browsers have a highest element; below it, a pixel of scrolling stands for more than a pixel's worth of rows. */
const LONGEST = 4_000_000;

/**
 * @param {{width: number, height: number}} size   of the frame, in pixels
 * @param {{rows: number, columns: number}} table
 * @param {{row: number, column: number, head: number, index: number}} parts   heights and widths of them
 */
export function layoutOf(size, table, parts) {
  const fitting = (/** @type {number} */ room, /** @type {number} */ part, /** @type {number} */ count) =>
    Math.min(Math.max(1, Math.floor(room / part)), count);
  const rows = fitting(size.height - parts.head, parts.row, table.rows);
  const columns = fitting(size.width - parts.index, parts.column, table.columns);
  const hidden = { rows: table.rows - rows, columns: table.columns - columns };
  const pitch = { row: hidden.rows ? Math.min(parts.row, LONGEST / hidden.rows) : parts.row, column: parts.column };
  return {
    rows,
    columns,
    hidden,
    pitch,
    extent: { width: size.width + hidden.columns * pitch.column, height: size.height + hidden.rows * pitch.row },
  };
}

/** The first row and column in sight. */
export function firstOf(
  /** @type {ReturnType<typeof layoutOf>} */ { hidden, pitch },
  /** @type {{left: number, top: number}} */ scrolled,
) {
  const at = (/** @type {number} */ place, /** @type {number} */ part, /** @type {number} */ most) =>
    Math.min(Math.max(Math.round(place / part), 0), most);
  return { row: at(scrolled.top, pitch.row, hidden.rows), column: at(scrolled.left, pitch.column, hidden.columns) };
}

/** How far to scroll so that a cell comes into sight, from where `first` is the first. */
export function scrollFor(
  /** @type {ReturnType<typeof layoutOf>} */ layout,
  /** @type {{row: number, column: number}} */ first,
  /** @type {{row: number, column: number}} */ cell,
) {
  const near = (/** @type {number} */ from, /** @type {number} */ count, /** @type {number} */ at) =>
    at < from ? at : at >= from + count ? at - count + 1 : from;
  return {
    top: near(first.row, layout.rows, cell.row) * layout.pitch.row,
    left: near(first.column, layout.columns, cell.column) * layout.pitch.column,
  };
}
