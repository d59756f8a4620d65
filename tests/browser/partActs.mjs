// What a test of a part that comes later does on the page: opens, presses, brings a file.
import { xlsx } from "../web/workbookFiles.js";
import { button } from "./playground.mjs";

export const open = (fold) => (page) => page.locator(`${fold} summary`).click();
export const press = (name) => (page) => button(page, name).click();
export const inTurn =
  (...acts) =>
  async (page) => {
    for (const act of acts) await act(page);
  };
export const openChip = (page) => page.locator("ty-engine-chip summary").click();
/** Opens a file of one's own. */
export const file = (name, bytes) => (page) =>
  page.evaluate(
    ({ name, bytes }) =>
      void document.querySelector("ty-run-bar").playground.openTable(new Blob([new Uint8Array(bytes)]), name),
    { name, bytes: [...bytes] },
  );
const ROWS = Array.from({ length: 60 }, (_, i) => ({ a: i, b: i % 7, c: i % 2 ? "yes" : "no" }));
export const JSON_FILE = file("rows.json", Buffer.from(JSON.stringify(ROWS)));
export const BOOK = file(
  "book.xlsx",
  Buffer.from(xlsx({ Rows: [["a", "b", "c"], ...ROWS.map((row) => Object.values(row))] })),
);
export const openBook = inTurn(open("ty-data-fold"), BOOK);
