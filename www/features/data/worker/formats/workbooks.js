// @ts-check
/**
 * Which sheet of a workbook is read, and what is to be said of it.
 *
 * @typedef {ReturnType<typeof createWorkbooks>} Workbooks
 */
import { commandError } from "../../../../worker/commandError.js";
import { t } from "../../../../base/text.js";

/** Bytes of a workbook: it has to be held whole, unpacked, and as text. */
export const MOST_BYTES = 64 * 2 ** 20;

/** @param {typeof import("../../../../pkg-workbook/trainyard.js").Workbook} Workbook */
export const createWorkbooks = (Workbook) => ({
  MOST_BYTES,

  /**
   * @param {string} name   of the file
   * @param {Uint8Array} bytes
   * @param {string | null} wanted   the sheet chosen by hand; else it is the first with a header and a row
   */
  read(name, bytes, wanted) {
    try {
      const workbook = new Workbook(bytes);
      const sheets = /** @type {string[]} */ (workbook.names());
      const chosen = wanted !== null && sheets.includes(wanted) ? wanted : null;
      let [sheet, found] = [sheets[0], { csv: "", rows: 0, errors: 0 }];
      for (const one of chosen === null ? sheets : [chosen]) {
        const next = workbook.sheet(one);
        if (next.rows > found.rows) [sheet, found] = [one, next];
        if (found.rows > 1) break;
      }
      workbook.free();
      if (!found.rows)
        throw chosen === null
          ? t("data.hasNoSheetAnything")
          : t("data.hasNothingSheetSheets", { chosen, sheets: sheets.join(", ") });
      return { sheets, sheet, ...found };
    } catch (error) {
      if (typeof error === "string") throw commandError("table", `${name} ${error}`);
      throw error;
    }
  },
});
