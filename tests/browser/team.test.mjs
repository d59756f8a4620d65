// Several workers that train one network, as the page has them: the bits of one, whatever is set, lost or gone back to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildFolder, openBare, openSite } from "./support.mjs";

let site;
let page;
before(async () => {
  ({ site, page } = await openBare());
  await page.evaluate(() => {
    globalThis.lead = () => {
      const worker = new Worker("/tests/browser/team.worker.js", { type: "module" });
      const ask = (name, values = {}) =>
        new Promise((resolve, reject) => {
          // The built scripts answer as well: to them these are no commands.
          worker.onmessage = ({ data }) => {
            if (data.error) reject(new Error(data.error));
            else if ("value" in data) resolve(data.value);
          };
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage({ name, ...values });
        });
      return { ask, end: () => worker.terminate() };
    };
  });
});
after(() => site?.close());

const folder = `/dist/${buildFolder()}`;
const spec = {
  seed: 7,
  data: { source: "spiral", samples: 900, split: { train: 0.8, validation: 0.1, test: 0.1 } },
  model: { layers: [720, 720].map((units) => ({ type: "dense", units, activation: "relu" })) },
  training: { batchSize: 400, optimizer: { type: "adam", learningRate: 0.001 }, stop: { maxEpochs: null } },
};

/** A page that knows of a network that a step takes so long on one worker, as if it had measured that before. */
const KEY = "522001 parameters, 512 rows: dense 2-720, dense 720-720, dense 720-1";

async function playLarge(whole) {
  const known = JSON.stringify({ [KEY]: { cpuMs: 1e6, gpuMs: null, adapter: null } });
  await whole.evaluate((text) => localStorage.setItem("trainyard.measured", text), known);
  await whole.goto(`${whole.url().split("#")[0]}#source=spiral&samples=2000&layers=720,720&batchSize=512`);
  await whole.reload();
  await whole.locator(".run-buttons .primary").click();
}

/**
 * Until several workers train. On a machine that is busy they may not be there in time: then one goes on, which is no fault,
 * and the next run asks for them anew.
 */
async function untilShared(whole) {
  const reason = () => whole.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().engine?.reason);
  for (let tries = 0; tries < 4; tries++) {
    const isChosen = () =>
      /^CPU( × \d)?: /.test(document.querySelector("ty-run-bar").playground.store.get().engine?.reason ?? "");
    await whole.waitForFunction(isChosen, null, { timeout: 120_000 });
    if (/^CPU × \d/.test(await reason())) return;
    await whole.evaluate(() => {
      const { playground } = document.querySelector("ty-run-bar");
      playground.reset();
      playground.play();
    });
    await whole.waitForFunction(() =>
      document.querySelector("ty-run-bar").playground.store.get().engine?.reason.startsWith("CPU. Not timed yet"),
    );
  }
  assert.fail(await reason());
}

test("the page trains a large network with several workers, and says so", async () => {
  const built = await openSite({});
  try {
    const { page: whole, problems } = await built.open("");
    await playLarge(whole);
    await untilShared(whole);
    await whole.locator(".chip-engine", { hasText: /^CPU × \d$/ }).waitFor();
    await whole.locator("summary.chip").click();
    const card = whole.locator("ty-engine-card");
    await card.getByText("data-parallel SGD").waitFor();
    // One that says nothing for too long, as on a busy machine, is replaced, which is told instead.
    const words = /^CPU × \d: (\S+ ms per step on \d workers vs\. |a worker stopped answering)/;
    assert.match((await card.innerText()).replaceAll("\n", " "), words);
    const steps = () => whole.evaluate(() => Number(document.querySelector('output[aria-label="Steps"]').textContent));
    const before = await steps();
    await whole.waitForFunction(
      (count) => Number(document.querySelector('output[aria-label="Steps"]').textContent) > count + 2,
      before,
    );
    await whole.keyboard.press("Escape");
    await whole.locator(".run-buttons .primary").click();
    await whole.locator(".status", { hasText: "Paused after" }).waitFor();
    const paused = await steps();
    await whole.locator(".run-step").click();
    await whole.waitForFunction(
      (count) => Number(document.querySelector('output[aria-label="Steps"]').textContent) === count + 1,
      paused,
    );
    assert.deepEqual(problems ?? [], []);
  } finally {
    await built.close();
  }
});

test("where what several workers need doesn't come, one goes on", async () => {
  const built = await openSite({});
  try {
    const { page: whole } = await built.open("");
    let asked = 0;
    await whole.route("**/worker/team.js*", (route) => (asked++, route.fulfill({ status: 404, body: "not found" })));
    await playLarge(whole);
    const isSettled = () =>
      /^CPU: .* ms per step/.test(document.querySelector("ty-run-bar").playground.store.get().engine?.reason ?? "");
    await whole.waitForFunction(isSettled, null, { timeout: 60_000 });
    assert.ok(asked, "it was asked for");
    const { step } = await whole.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame);
    await whole.waitForFunction(
      (least) => document.querySelector("ty-run-bar").playground.store.get().frame.step > least,
      step,
      { timeout: 60_000 },
    );
  } finally {
    await built.close();
  }
});

/** What a team of so many says, asked for these one after the other. @param {number} cores @param {[string, object][]} asks */
const told = (cores, asks) =>
  page.evaluate(
    async ({ spec, folder, cores, asks }) => {
      const { ask, end } = globalThis.lead();
      const answers = [await ask("open", { spec, folder, cores })];
      for (const [name, values] of asks) answers.push(await ask(name, values));
      answers.push(await ask("hashes"));
      await ask("close");
      end();
      return answers;
    },
    { spec, folder, cores, asks },
  );

for (const cores of [2, 3])
  test(`a team of ${cores} trains to the bits of one worker, through edits and back in time`, async () => {
    const answers = await told(cores, [
      ["advance", { steps: 3 }],
      ["edit", { steps: 2 }],
      ["rewind", { steps: 7 }],
    ]);
    assert.equal(answers[0], cores);
    const [together, alone] = answers.at(-1);
    assert.equal(together, alone);
  });

test("a member that is killed in mid-step loses nothing: the others go on, and a new one takes its place", async () => {
  for (const [cores, left] of [
    [2, 1],
    [3, 2],
  ]) {
    const answers = await told(cores, [
      ["advance", { steps: 2 }],
      ["kill", { steps: 3 }],
    ]);
    const { left: smaller, whole, workers } = answers[2];
    assert.equal(smaller[0], left);
    assert.match(smaller[1], left > 1 ? /^CPU × 2: a worker stopped answering/ : /^CPU: the other workers stopped/);
    assert.deepEqual([whole[0], workers], [cores, cores]);
    assert.match(whole[1], /^CPU × [23]: a worker stopped answering, and a new one took its place/);
    const [together, alone] = answers.at(-1);
    assert.equal(together, alone);
  }
});
