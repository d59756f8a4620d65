// Each step's view, with results in it: whole at every width and in each language, and readable for everybody.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults } from "./faults.mjs";
import { assertNoProblems, findings, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

const VIEWS = ["data", "model", "training", "evaluation", "selection", "export"];
const WIDTHS = [320, 360, 390, 600, 820, 1024, 1280, 1440];
const LOOKS = [
  { colorScheme: "light", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "none" },
  { colorScheme: "light", forcedColors: "active" },
];

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const settle = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const OPENED = [
  ["en", "penguins", 20],
  ["de", "auto-mpg", 5],
];
const MORE = [
  ["de", "penguins", 20],
  ["en", "xor", 10],
];

for (const [language, source, epochs] of process.env.TRAINYARD_ALL ? [...OPENED, ...MORE] : OPENED) {
  test(`the views of ${source}, in ${language}: nothing is cut or off the screen at any width, and axe finds nothing`, async () => {
    const found = {};
    for (const view of VIEWS) {
      const { page, problems } = await site.open(
        `#source=${source}&epochs=${epochs}&validationShare=0.2&view=${view}`,
        { locale: language },
      );
      await ready(page);
      await page.locator("ty-run-bar .round.primary").click();
      await page.waitForFunction(
        () => document.querySelector("ty-run-bar").playground.store.get().run.state === "finished",
      );
      await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .on-its-way"));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await settle(page);
        const { wide, cut, off } = await page.evaluate(faults);
        if (wide.length + cut.length + off.length) found[`${view} ${width}`] = [...wide, ...cut, ...off];
      }
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        for (const look of LOOKS) {
          await page.emulateMedia(look);
          await settle(page);
          const broken = await findings(page);
          if (broken.length) found[`${view} ${width} ${Object.values(look)}`] = broken;
        }
      }
      await page.close();
      assertNoProblems(problems);
    }
    assert.deepEqual(found, {});
  });
}
