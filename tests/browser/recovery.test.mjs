// Work survives: a table of faults. Whatever stops the worker, the GPU or the page, at whatever moment, on whatever rows and
// engine, the page says so, and the run goes on with at most two seconds of its training lost and nothing of what was set.
// Every pair of values is tried each time; TRAINYARD_ALL=1 tries every cell, in every way that a fault comes about.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { combinations, pairsOf, spread } from "./cells.mjs";
import {
  REPLACED,
  ROWS,
  SOURCES,
  crash,
  logOf,
  lostMs,
  openRows,
  openSource,
  playground,
  record,
  untilTold,
  untilTrained,
} from "./losing.mjs";
import { button, ready, state, until, untilEpoch } from "./playground.mjs";
import { openSite, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite({ args: [webgpuFlag] })));
after(() => site?.close());

const CELLS = combinations(
  {
    fault: [
      "the worker crashes",
      "the worker falls silent",
      "the page goes",
      "the GPU falls silent",
      "the GPU refuses",
      "the GPU is lost",
    ],
    moment: ["starting", "training", "paused", "where nobody looks", "beside another tab"],
    source: Object.keys(SOURCES),
    engine: ["cpu", "gpu"],
  },
  ({ fault, engine }) => engine === "gpu" || !fault.startsWith("the GPU"),
);

/** How fast it trains: each in turn. */
const SPEEDS = ["epoch", "max", "slow"];

/** Training that may be lost, in milliseconds. */
const MOST_LOST = 2000;

/** What the worker does instead of its work. */
const SILENCE = { "closes itself": "self.close();", "loops without end": "for (;;);" };

/** In the worker: long waits for the GPU are short once `isQuick`, and its clock runs as much faster. */
const QUICK = `{
  const wait = setTimeout;
  const now = performance.now.bind(performance);
  let since = 0;
  performance.now = () => (globalThis.isQuick ? (since ||= now()) + 20 * (now() - since) : now());
  // A busy machine may take long to find its adapter: that is no fault here.
  const inStead = (ms) => (ms === 5000 ? 60000 : ms >= 20000 && globalThis.isQuick ? ms / 20 : ms);
  globalThis.setTimeout = (act, ms, ...rest) => wait(act, inStead(ms), ...rest);
}\n`;
const NO_DEVICE = `globalThis.isQuick = true;
  GPUAdapter.prototype.requestDevice = () => new Promise(() => {});\n`;
const NO_ANSWER = "globalThis.isQuick = true; GPUBuffer.prototype.mapAsync = () => new Promise(() => {});\n";

/** How the GPU refuses: as the standard has it, and at once, as some Safaris do. */
const REFUSALS = {
  rejects: '() => Promise.reject(new DOMException("no more", "OperationError"))',
  throws: '() => { throw new TypeError("no more"); }',
};

const GPU_GONE = /^The CPU takes over from the GPU\./;
const reason = (page) => playground(page, "return playground.store.get().engine?.reason");

const untilReason = (page, words) =>
  page.waitForFunction(
    (source) =>
      new RegExp(source).test(document.querySelector("ty-run-bar").playground.store.get().engine?.reason ?? ""),
    words.source,
    { timeout: 60_000 },
  );

async function startAgain(page, words, label) {
  await page.getByRole("alert").getByText(words).waitFor({ timeout: 60_000 });
  await button(page, label).click();
}

/**
 * By fault, the ways in which it comes about. `first`: what the first worker runs before its own script; `strike`: does it
 * to a run that stands, and resolves to the page that is there then; `atStart`: the same while the page starts; `isLasting`:
 * the next run meets it too; `told`: resolves when the reader has read the sentence and taken the way on that it offers.
 */
const FAULTS = {
  "the worker crashes": [
    { name: "by an error", strike: crash, atStart: crash, told: (page) => untilTold(page, REPLACED) },
  ],
  "the worker falls silent": Object.entries(SILENCE).map(([name, script]) => ({
    name,
    first: script,
    async strike(page, { stir }) {
      void page
        .workers()
        .at(-1)
        .evaluate(
          (text) =>
            void setTimeout(
              text === "for (;;);"
                ? () => {
                    for (;;);
                  }
                : () => self.close(),
            ),
          script,
        )
        .catch(() => {});
      await stir();
    },
    async told(page, { isEarly }) {
      if (isEarly) return startAgain(page, /training worker has not arrived yet/, "Try again");
      await startAgain(page, /does not respond/, "Restart");
      await untilTold(page, REPLACED);
    },
  })),
  "the page goes": [
    { name: "it is loaded again", leave: async (page) => (await page.reload(), page) },
    { name: "its process dies", leave: crashPage },
  ],
  "the GPU falls silent": [
    {
      name: "it never answers",
      first: NO_ANSWER,
      async strike(page, { stir }) {
        await page
          .workers()
          .at(-1)
          .evaluate(() => {
            globalThis.isQuick = true;
            GPUBuffer.prototype.mapAsync = () => new Promise(() => {});
          });
        await stir();
      },
      async told(page) {
        await untilReason(
          page,
          /^CPU: the GPU was lost \(it has not answered for 20 seconds\), and training goes on here$/,
        );
        if (await page.evaluate(() => globalThis.log)) await untilTold(page, GPU_GONE);
      },
    },
    {
      name: "it gives no device",
      moments: ["starting"],
      isLasting: true,
      first: NO_DEVICE,
      told: (page) => untilReason(page, /^CPU: the GPU does not answer$/),
    },
  ],
  "the GPU refuses": Object.entries(REFUSALS)
    .flatMap(([how, stub]) => [
      {
        name: `mapAsync ${how}`,
        isLasting: true,
        first: `GPUBuffer.prototype.mapAsync = ${stub};\n`,
        async strike(page, { stir }) {
          await page
            .workers()
            .at(-1)
            .evaluate((how) => {
              GPUBuffer.prototype.mapAsync = () => {
                if (how === "throws") throw new TypeError("no more");
                return Promise.reject(new DOMException("no more", "OperationError"));
              };
            }, how);
          await stir();
        },
        async told(page) {
          await untilReason(page, /^CPU: the GPU was lost \(the device gave no answer\), and training goes on here$/);
          if (await page.evaluate(() => globalThis.log)) await untilTold(page, GPU_GONE);
        },
      },
      {
        name: `requestDevice ${how}`,
        moments: ["starting"],
        isLasting: true,
        first: `GPUAdapter.prototype.requestDevice = ${stub};\n`,
        told: (page) => untilReason(page, /^CPU: the adapter opens no device \((OperationError|TypeError): no more\)$/),
      },
    ])
    .concat({
      name: "submit throws",
      first: `GPUQueue.prototype.submit = ${REFUSALS.throws};\n`,
      async strike(page, { stir }) {
        await page
          .workers()
          .at(-1)
          .evaluate(() => {
            GPUQueue.prototype.submit = () => {
              throw new TypeError("no more");
            };
          });
        await stir();
      },
      async told(page) {
        await untilReason(page, /^CPU \(GPU: .*no more\)$/);
        if (await page.evaluate(() => globalThis.log)) await untilTold(page, GPU_GONE);
      },
    }),
  "the GPU is lost": [
    {
      name: "by its driver",
      // Whenever the first run is opened, which has the device: what is said to none before it is forgotten.
      atStart: (page) =>
        playground(
          page,
          `const again = setInterval(() => playground.client.loseDevice(), 20);
           const end = playground.store.subscribe(({ frame, settings }) => {
             if (frame || settings.source === "table") (clearInterval(again), end());
           });`,
        ),
      async strike(page, { stir }) {
        await playground(page, "playground.client.loseDevice()");
        await stir();
      },
      async told(page, { play }) {
        if (play) await play();
        await untilReason(page, /^CPU: the GPU was lost .*training goes on here/);
        if (await page.evaluate(() => globalThis.log)) await untilTold(page, GPU_GONE);
      },
    },
  ],
};

/** Ends the page's process, and opens its address in another page, as somebody does whose tab died. */
async function crashPage(page) {
  const address = page.url();
  const died = new Promise((resolve) => page.once("crash", resolve));
  void page.goto("chrome://crash").catch(() => {});
  await died;
  const next = await page.context().newPage();
  await next.goto(address);
  await page.close();
  return next;
}

/** A page of its own that hurries its watchdog, and whose first worker runs `first` before its own script. */
async function newPage(first) {
  const context = await site.browser.newContext({ serviceWorkers: "block", viewport: { width: 1440, height: 900 } });
  await context.addInitScript(() => {
    const every = globalThis.setInterval;
    globalThis.setInterval = (act, ms, ...rest) => every(act, ms === 1000 ? 250 : ms, ...rest);
  });
  let workers = 0;
  await context.route("**/worker/main.js", async (route) => {
    const response = await route.fetch().catch(() => null); // the page may be gone meanwhile
    if (!response) return;
    const body = QUICK + (workers++ ? "" : first) + (await response.text());
    await route.fulfill({ response, body }).catch(() => {});
  });
  const page = await context.newPage();
  const errors = [];
  context.on("page", (other) => other.on("pageerror", (error) => errors.push(String(error))));
  page.on("pageerror", (error) => errors.push(String(error)));
  return { context, page, errors };
}

const hashOf = ({ source, engine }) => `${SOURCES[source].hash}&engine=${engine}`;

/** The fault comes before there is a first picture: afterwards a run on the same rows trains. */
async function early(cell, way) {
  const { rows } = SOURCES[cell.source];
  const { context, page: first, errors } = await newPage(way.first ?? "");
  await first.goto(new URL(hashOf(cell), site.url).href, { waitUntil: "commit" });
  await first.waitForFunction(() => document.querySelector("ty-run-bar")?.playground);
  // Rows of one's own are on their way when it comes.
  if (rows && !way.first)
    void playground(first, `void playground.openTable(new Blob([value]), "mine.csv")`, rows).catch(() => {});
  await way.atStart?.(first);
  const page = way.leave ? await way.leave(first) : first;
  if (!way.leave && cell.fault !== "the worker crashes" && cell.fault !== "the GPU is lost")
    await way.told(page, { isEarly: true });
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground.store.get().frame, null, {
    timeout: 60_000,
  });
  const isThere = await playground(page, `return playground.store.get().settings.source === "table"`);
  if (rows && (way.first || way.leave) && !isThere) await openRows(page, rows);
  else if (rows)
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "c",
    );
  const { settings } = await state(page);
  assert.deepEqual(
    [settings.source, settings.engine],
    [rows ? "table" : (/source=(\w+)/.exec(SOURCES[cell.source].hash)?.[1] ?? "circle"), cell.engine],
  );
  const play = () => button(page, "Play").click();
  // Rows of one's own are another run than the one that lost its GPU: it is given the next, unless there is none.
  const isLeft = cell.fault.startsWith("the GPU") && (!rows || way.isLasting);
  if (isLeft && cell.fault === "the GPU is lost") await way.told(page, { play });
  else await play();
  await untilEpoch(page, 2);
  if (isLeft)
    assert.match(
      await reason(page),
      /^CPU(: | \()(the GPU does not answer|the GPU was lost|GPU: |the adapter opens no device)/,
    );
  else assert.equal(await playground(page, "return playground.store.get().engine.engine"), cell.engine);
  assert.deepEqual(errors, []);
  await context.close();
}

/** The run is back where it was when the page went: what it lost, and whether all was kept. */
async function resumed(page) {
  await page
    .locator(".notice")
    .getByText(/^Continue where you left off\? (This experiment|“.+”) was at about epoch [\d,]+\. Resume$/)
    .waitFor({ timeout: 60_000 });
  await button(page, "Resume").click();
  await page
    .locator(".notice")
    .getByText(/Restored at epoch [\d,]+\./)
    .waitFor({ timeout: 60_000 });
}

/** The fault comes to a run that was trained for some seconds. */
async function late(cell, way, speed) {
  const { context, page: first, errors } = await newPage("");
  await openSource(first, site, { ...SOURCES[cell.source], hash: hashOf(cell) });
  assert.equal(await playground(first, "return playground.store.get().engine.engine"), cell.engine);
  const other = cell.moment === "beside another tab" ? await context.newPage() : null;
  if (other) {
    await openSource(other, site, { hash: "#source=xor&epochs=unlimited&engine=cpu" });
    await button(other, "Play").click();
  }
  await playground(first, `playground.set("speed", value)`, speed);
  await playground(first, `playground.set("learningRate", 0.02)`);
  await record(first);
  const isPaused = cell.moment === "paused";
  if (cell.moment === "where nobody looks")
    await first.evaluate(() => {
      globalThis.requestAnimationFrame = () => 0;
    });
  await button(first, "Play").click();
  await untilTrained(first, 2500);
  if (isPaused) {
    await button(first, "Pause").click();
    await until(first, "paused");
    // Its last copy comes home from a GPU in a moment; what is asked twice comes after that.
    await first.evaluate(async () => {
      const { client } = document.querySelector("ty-run-bar").playground;
      for (let i = 0; i < 2; i++) await client.save(true);
    });
    if (way.leave) await first.waitForTimeout(300); // the database takes its time
  }
  const before = await state(first);
  const { seen, life } = await logOf(first);
  const lastStep = isPaused ? before.run.step : seen.at(-1)[1];
  // A run that is paused asks nothing: only a step finds out.
  const stir = async () => {
    if (isPaused) await button(first, "Step").click();
  };
  const page = way.leave ? await way.leave(first) : (await way.strike(first, { stir }), first);
  if (way.leave) await resumed(page);
  else await way.told(page, {});
  const least = way.leave
    ? (await state(page)).run.step
    : await page
        .waitForFunction(
          (life) =>
            globalThis.log.seen
              .filter(([, , of]) => of > life)
              .reduce((least, [, step]) => Math.min(least ?? step, step), null),
          life,
          { polling: 100 },
        )
        .then((handle) => handle.jsonValue());
  const lost = lostMs(seen, least);
  assert.ok(lost <= MOST_LOST, `${Math.round(lost)} ms of training are lost: from step ${lastStep} back to ${least}`);
  if (isPaused) assert.ok(least >= lastStep, `paused at step ${lastStep}, back at ${least}`);
  const { settings, run } = await state(page);
  // Rows that were kept are read as they were written, however their file was read.
  const read = way.leave ? settings.read : before.settings.read;
  assert.deepEqual({ ...settings, speed }, { ...before.settings, speed, read });
  assert.equal(settings.learningRate, 0.02);
  if (SOURCES[cell.source].rows)
    assert.equal(
      await playground(page, "return playground.store.get().table.description.rows"),
      ROWS.trim().split("\n").length - 1,
    );
  // It goes on by itself where it trained; a page that was opened anew waits for Play.
  if (isPaused || way.leave) {
    assert.equal(run.state, "paused");
    await button(page, "Play").click();
  }
  await page.waitForFunction(
    (step) => document.querySelector("ty-run-bar").playground.store.get().frame.step > step,
    least,
    { timeout: 60_000, polling: 100 },
  );
  if (other) {
    const step = (await state(other)).step;
    await other.waitForFunction(
      (step) => document.querySelector("ty-run-bar").playground.store.get().frame.step > step,
      step,
      { timeout: 60_000, polling: 100 },
    );
    assert.equal(await other.locator(".notice").count(), 0, "the other tab has heard of nothing");
  }
  assert.deepEqual(errors, []);
  await context.close();
}

test("the cells that are tried each time hold every pair of values", () => {
  const pairs = new Set(spread(CELLS).flatMap(pairsOf));
  assert.deepEqual(
    CELLS.flatMap(pairsOf).filter((pair) => !pairs.has(pair)),
    [],
  );
});

const chosen = process.env.TRAINYARD_ALL ? CELLS : spread(CELLS);
for (const [i, cell] of chosen.entries()) {
  const { fault, moment, source, engine } = cell;
  const ways = FAULTS[fault].filter(({ moments }) => !moments || moments.includes(moment));
  for (const [j, way] of ways.entries()) {
    // What is of one moment has few cells: each of them tries it.
    if (!process.env.TRAINYARD_ALL && !way.moments && j !== i % ways.length) continue;
    const isEarly = moment === "starting";
    const speed = SPEEDS[(i + j) % SPEEDS.length];
    test(`${fault}, ${way.name}: ${moment}${isEarly ? "" : `, ${speed}`}, ${source}, ${engine}`, () =>
      isEarly ? early(cell, way) : late(cell, way, speed));
  }
}
