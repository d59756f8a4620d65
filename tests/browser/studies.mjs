// What browser tests do with every study: open its fold, begin it, wait until it has ended, and look at what it came to.
import { button, ready } from "./playground.mjs";

/** Opens a feature's fold, by its element, as soon as it is there. */
export async function openFold(page, name) {
  await ready(page);
  await page.waitForSelector(`ty-${name}-fold`, { state: "attached" });
  await page.evaluate((fold) => document.querySelector(fold).open(), `ty-${name}-fold`);
  await page.waitForSelector(`ty-${name}`);
}

/** Begins a study, and resolves when it has ended. */
export async function runStudy(page, name, label) {
  await button(page, label).click();
  await studyEnded(page, name);
}

export const studyEnded = (page, name) =>
  page.waitForFunction(
    (view) => {
      const { phase, problem } = document.querySelector(view).job.store.get();
      return phase === "done" || problem;
    },
    `ty-${name}`,
    { timeout: 120_000 },
  );

export const study = (page, name) =>
  page.evaluate((view) => document.querySelector(view).job.store.get(), `ty-${name}`);
