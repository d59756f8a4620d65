// How long the threshold handle takes on 10,000 rows: from the pointer's input to a page that is laid out anew, with both
// points, the counts and the sentence. Sorting is the core's, once a frame; the handle looks up.
//
//     node tests/bench/threshold.mjs        or ./build.sh bench threshold
import { fileURLToPath } from "node:url";
import { openSite } from "../browser/support.mjs";

const ROWS = 10_000;
const MOVES = 200;
const BUDGET_MS = 16;

/** Moves the handle, and returns what is to be said of it. */
export async function thresholdWords(site) {
  const { page } = await site.open(`#source=moons&noise=0.3&samples=${ROWS}&trainingShare=0.9`);
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground?.store.get().frame?.outputs);
  await page.locator("ty-threshold-fold summary").click();
  await page.locator("ty-threshold-panel").getByRole("button", { name: "Training rows", exact: true }).click();
  await page.locator(".tally-fixed").first().waitFor();
  const { times, rows } = await page.evaluate(async (moves) => {
    const panel = document.querySelector("ty-threshold-panel");
    const slider = panel.querySelector("input[type=range]");
    const times = [];
    for (let i = 0; i <= moves; i++) {
      slider.value = String(i / moves);
      const start = performance.now();
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await panel.updateComplete;
      panel.getBoundingClientRect();
      times.push(performance.now() - start);
    }
    const { rows } = panel.scoring.answer.scores;
    return { times: times.sort((a, b) => a - b), rows };
  }, MOVES);
  await page.close();
  const at = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1);
  return `Threshold on ${rows} rows, ${MOVES} moves: median ${at(0.5)} ms, 95% ${at(0.95)} ms, longest ${at(1)} ms (${
    at(0.95) <= BUDGET_MS ? "within" : "above"
  } the ${BUDGET_MS} ms of a frame)`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const site = await openSite();
  try {
    console.log(await thresholdWords(site));
  } finally {
    await site.close();
  }
}
