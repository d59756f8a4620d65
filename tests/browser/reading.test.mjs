// How a file is read, in Chromium: guesses above the table, choices by hand that the link keeps, questions, other formats.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, assertNoProblems, button, findings, ready } from "./playground.mjs";
import { STYLES, xlsx } from "../web/workbookFiles.js";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const store = (page, pick) =>
  page.evaluate(
    (body) => new Function("state", `return ${body}`)(document.querySelector("ty-run-bar").playground.store.get()),
    pick,
  );
const columns = (page) => store(page, "state.table.description?.columns.map(({ name }) => name)");

/** Resolves when the columns have these names, and a run on them stands. */
const has = (page, names) =>
  page.waitForFunction(
    (wanted) => {
      const { table, run, description } = document.querySelector("ty-run-bar").playground.store.get();
      return (
        !table.isRereading &&
        table.description?.columns.map(({ name }) => name).join("|") === wanted &&
        run?.state === "ready" &&
        description?.target
      );
    },
    names.join("|"),
    { timeout: 60_000 },
  );

/** As somebody who drops a file, of text or of bytes. */
async function drop(page, content, name) {
  const bytes = typeof content === "string" ? [...new TextEncoder().encode(content)] : [...content];
  const transfer = await page.evaluateHandle(
    ([numbers, file]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(numbers)], file));
      return data;
    },
    [bytes, name],
  );
  await page.dispatchEvent("#app", "drop", { dataTransfer: transfer });
}

const field = (page, name) => page.locator("ty-reading-bar").getByLabel(name, { exact: true });
const rows = (line, count = 24) => Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** Semicolons cut it into more columns than pipes do. */
const SHOP = `size|w;price;kind\n${rows((i) => `${i % 7}|${i % 3};${i % 2};${i % 2 ? "x" : "y"}`)}\n`;

test("a choice by hand reads the same file again, is marked, in the link, and can be taken back", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await drop(page, SHOP, "shop.csv");
  await has(page, ["size|w", "price", "kind"]);
  await field(page, "Delimiter").focus();
  assert.match(await page.locator(".reading-why").textContent(), /Delimiter: .+\./);
  await field(page, "Delimiter").selectOption({
    label: await field(page, "Delimiter").locator("optgroup option").filter({ hasText: "Vertical bar" }).textContent(),
  });
  await has(page, ["size", "w;price;kind"]);
  assert.match(decodeURIComponent(await address(page)), /read=\{"delimiter":"\|"\}/);
  assert.equal(await page.locator('.reading-aspect[data-read="delimiter"]').getAttribute("data-chosen"), "true");
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest("[data-read]")?.dataset.read),
    "delimiter",
    "the field keeps the keyboard",
  );
  assert.deepEqual(await findings(page), []);
  const { page: other, problems: others } = await site.open(new URL(await address(page)).hash);
  await other.waitForFunction(
    () => document.querySelector("ty-run-bar")?.playground.store.get().run?.state === "failed",
  );
  await drop(other, SHOP, "shop.csv");
  await has(other, ["size", "w;price;kind"]);
  await other.close();
  await page.getByRole("button", { name: "Delimiter, chosen by hand: back to how the file looks" }).click();
  await has(page, ["size|w", "price", "kind"]);
  assert.doesNotMatch(await address(page), /read=/);
  await page.close();
  assertNoProblems([...problems, ...others]);
});

test("Windows-1252 by the Windows table, and a question where two encodings fit", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  // œuf, €, “maison” – letters between 80 and 9F.
  const western = rows((i) => `\x9cuf \x93bio\x94,${i},${i % 2 ? "\x80" : "cr\xe8me \x96 br\xfbl\xe9e"}`);
  await drop(
    page,
    Uint8Array.from(`produit,prix,genre\n${western}\n`, (letter) => letter.charCodeAt(0)),
    "carte.csv",
  );
  await has(page, ["produit", "prix", "genre"]);
  const cells = () => page.evaluate(() => document.querySelector("ty-run-bar").playground.tables.cells(0, 2));
  assert.deepEqual(await cells(), [
    ["œuf “bio”", "0", "crème – brûlée"],
    ["œuf “bio”", "1", "€"],
  ]);
  assert.equal(await page.locator(".reading-question").count(), 0);
  const hungarian = rows((i) => `${i % 2 ? "Erd\xf5s" : "Szab\xf3"},${i},${i % 2 ? "Gy\xf5r" : "P\xe9cs"}`);
  await drop(
    page,
    Uint8Array.from(`n\xe9v,kor,hely\n${hungarian}\n`, (letter) => letter.charCodeAt(0)),
    "nevek.csv",
  );
  await has(page, ["név", "kor", "hely"]);
  const question = page.locator('.reading-question[data-aspect="encoding"]');
  assert.match(await question.textContent(), /more than one encoding fits/);
  await question.getByRole("button", { name: /Windows-1250/ }).click();
  await page.waitForFunction(
    () =>
      !document.querySelector(".reading-question") &&
      document.querySelector("ty-run-bar").playground.store.get().settings.read.encoding === "windows-1250",
  );
  assert.deepEqual((await cells())[1], ["Erdős", "1", "Győr"]);
  await page.close();
  assertNoProblems(problems);
});

test("JSON and gzip are read, a Markdown table is named, and what was open stays", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const list = JSON.stringify(
    Array.from({ length: 30 }, (_, i) => ({ a: i, b: { c: i % 3 }, kind: i % 2 ? "x" : "y" })),
  );
  const packed = await page.evaluate(
    async (text) => [
      ...new Uint8Array(
        await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
      ),
    ],
    list,
  );
  await drop(page, packed, "data.json.gz");
  await has(page, ["a", "b.c", "kind"]);
  assert.match(await page.locator("ty-reading-bar").textContent(), /unpacked \(gzip\).*30 objects/);
  assert.equal(await field(page, "Delimiter").count(), 0, "JSON has none");
  await drop(page, "| a | b |\n|---|---|\n| 1 | 2 |\n", "notes.md");
  await page.locator(".bring-problem").waitFor();
  assert.match(await page.locator(".bring-problem").textContent(), /notes\.md is a Markdown table/);
  assert.deepEqual(await columns(page), ["a", "b.c", "kind"]);
  await page.close();
  assertNoProblems(problems);
});

test("a workbook's sheets are to choose from, and its dates are dates", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const prices = Array.from({ length: 20 }, (_, i) => [
    { value: 45000 + (i % 5), style: STYLES.date },
    i % 4,
    i % 2 ? "x" : "y",
  ]);
  const people = Array.from({ length: 20 }, (_, i) => [i % 6, i % 3 ? "p" : "q"]);
  await drop(
    page,
    xlsx({ Prices: [["day", "price", "kind"], ...prices], People: [["age", "team"], ...people] }),
    "book.xlsx",
  );
  await has(page, ["day", "price", "kind"]);
  assert.equal(await store(page, "state.table.description.columns[0].kind"), "date");
  await field(page, "Sheet").selectOption({ label: "People" });
  await has(page, ["age", "team"]);
  assert.match(decodeURIComponent(await address(page)), /read=\{"sheet":"People"\}/);
  await page.close();
  assertNoProblems(problems);
});

test("the bar has room on a narrow screen", async () => {
  const { page, problems } = await site.open("", { viewport: { width: 320, height: 800 } });
  await ready(page);
  await drop(
    page,
    `size;a rather long name of a column\n${rows((i) => `${i % 7};${i}`)}\n`,
    "a-file-with-a-long-name-that-has-no-blank-in-it.csv",
  );
  await has(page, ["size", "a rather long name of a column"]);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.close();
  assertNoProblems(problems);
});
