// A walk through a locked run: every view, file, spoken text and store is searched for figures of its test rows. The same
// walk through the run with its padlock open finds them in each of these places, so that it is known to look there.
import { SETS } from "../../www/data/sets.js";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, labeled, ready, state, until, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** What the page shows, says, hands out and holds from now on. */
const listen = (page) =>
  page.evaluate(() => {
    const walk = { texts: new Set(), weights: new Set(), files: [], stores: [], shelf: [], others: new Set() };
    globalThis.walk = walk;
    // Figures of other rows come and go with the frames.
    const numbers = (metrics) => Object.values(metrics ?? {}).forEach((value) => walk.others.add(value));
    document.querySelector("ty-run-bar").playground.store.subscribe(({ frame, view }) => {
      for (const part of [frame?.training, frame?.validation, { ...view?.flat() }]) numbers(part);
      for (const value of [frame?.gradientNorm, frame?.learningRate]) walk.others.add(value);
    });
    walk.followContest = () =>
      document.querySelector("ty-comparison").run.store.subscribe(({ runs }) => {
        for (const { training, curve } of runs)
          (numbers(training), curve.training.forEach((value) => walk.others.add(value)));
      });
    const SPOKEN = ["aria-label", "aria-valuetext", "aria-description", "title", "alt", "placeholder", "content"];
    const hear = (node) => {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!(element instanceof Element)) return;
      // There all numbers are of weights and single rows, so many that some are written like some figure.
      const texts = element.closest("ty-microscope-fold, ty-model-panel, ty-residuals-fold")
        ? walk.weights
        : walk.texts;
      if (node !== element) return void texts.add(node.data.trim());
      for (const name of SPOKEN) if (node.hasAttribute(name)) texts.add(node.getAttribute(name));
      if ("value" in node) texts.add(String(node.value));
      node.childNodes.forEach(hear);
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === "childList") addedNodes.forEach(hear);
        else hear(target);
      }
      walk.texts.add(document.title);
    }).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: SPOKEN,
    });
    hear(document.documentElement);

    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      walk.files.push(blob);
      return create.call(URL, blob);
    };
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (text) => void walk.files.push(new Blob([text])) },
    });

    /** Every number that can be reached from a value, those of a list together; stores by what they hold. */
    const numbersOf = (start) => {
      const found = { single: new Set(), lists: [] };
      const seen = new Set();
      const open = [start];
      while (open.length) {
        const value = open.pop();
        if (typeof value === "number") found.single.add(value);
        if (
          typeof value !== "object" ||
          value === null ||
          seen.has(value) ||
          value instanceof Node ||
          value instanceof Worker
        )
          continue;
        seen.add(value);
        if ((ArrayBuffer.isView(value) && value.length) || (Array.isArray(value) && typeof value[0] === "number"))
          found.lists.push(new Set(Array.from(value, Math.fround)));
        else if (value instanceof Map || value instanceof Set) open.push(...value.values(), ...value.keys());
        else {
          if (typeof value.get === "function" && typeof value.subscribe === "function") open.push(value.get());
          open.push(...Object.values(value));
        }
      }
      return found;
    };
    /** What all elements of the page hold, and what is kept in the browser's database. */
    walk.lookInside = async () => {
      for (const element of document.querySelectorAll("*"))
        if (element.localName.startsWith("ty-")) walk.stores.push(numbersOf(Object.values(element)));
      const shelf = await new Promise((resolve) => {
        const asked = indexedDB.open("trainyard-shelf");
        asked.onsuccess = () => {
          const all = asked.result.transaction("runs").objectStore("runs").getAll();
          all.onsuccess = () => (asked.result.close(), resolve(all.result));
        };
      });
      walk.shelf.push(numbersOf(shelf));
      walk.runs = shelf.length;
    };
    /** The files as texts, and of a checkpoint in one the integers of its header as bits of an f64, and its arrays. */
    walk.read = async () => {
      const files = await Promise.all(walk.files.filter(({ type }) => type !== "image/png").map((blob) => blob.text()));
      const bits = new DataView(new ArrayBuffer(8));
      const checkpoints = files
        .filter((text) => text.startsWith("{"))
        .map((text) => {
          const bytes = Uint8Array.from(atob(JSON.parse(text).checkpoint), (letter) => letter.charCodeAt(0));
          const view = new DataView(bytes.buffer);
          const end = 13 + view.getUint32(9, true);
          const whole = new Set(
            [...new TextDecoder().decode(bytes.subarray(13, end)).matchAll(/\d{15,}/g)].map(
              ([digits]) => (bits.setBigUint64(0, BigInt(digits)), bits.getFloat64(0)),
            ),
          );
          const halves = [...whole].map(Math.fround);
          for (let at = end; at + 4 <= bytes.length; at += 4) halves.push(view.getFloat32(at, true));
          for (let at = 0; at + 8 <= bytes.length; at++) whole.add(view.getFloat64(at, true));
          return { whole: [...whole], halves };
        });
      return { files, checkpoints, pictures: walk.files.filter(({ type }) => type === "image/png").length };
    };
    /** Which figures are there: singly, or so many in one list that it is no chance. */
    walk.find = (places, figures) =>
      places.flatMap(({ single, lists }) => {
        const rough = figures.map(Math.fround);
        const many = lists
          .map((list) => rough.filter((value) => list.has(value)))
          .filter(({ length }) => length > 0.1 * figures.length);
        return [...figures.filter((value) => single.has(value)), ...many.flat()];
      });
    walk.forget = () => {
      for (const place of [walk.files, walk.stores, walk.shelf]) place.length = 0;
      walk.texts.clear();
      walk.weights.clear();
      hear(document.documentElement);
    };
  });

/** Presses whatever tells something. */
async function walkThrough(page) {
  const clickAll = (selector) =>
    page.evaluate((all) => document.querySelectorAll(all).forEach((one) => one.click()), selector);
  const rest = () =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  for (let more = true; more; await rest()) {
    more = await page.evaluate(() => {
      const closed = [...document.querySelectorAll("details:not([open])")];
      closed.forEach((one) => (one.open = true));
      return (
        closed.length > 0 || [...document.querySelectorAll(".fold-panel")].some(({ stage }) => stage === "loading")
      );
    });
  }
  for (const part of await page.locator(".confusion-parts button").all()) {
    await part.click();
    await rest();
  }
  await clickAll(".confusion tbody button:not(:disabled)");
  // A contest goes by the test rows where it may.
  await page.evaluate(() => globalThis.walk.followContest());
  await page.locator("ty-comparison .contest-buttons .button").click();
  await page.waitForFunction(() => document.querySelector("ty-comparison").run.store.get().phase === "done", null, {
    timeout: 120_000,
  });
  await clickAll("ty-scatter-plot details");
  for (const picture of await page
    .locator("[data-setting=picture] option")
    .evaluateAll((options) => options.map(({ value }) => value))) {
    await page.locator("[data-setting=picture]").selectOption(picture);
    await rest();
  }
  // Over the chart, along the time, along a chart by epoch.
  await page.locator("ty-loss-chart .plot").hover();
  const moment = labeled(page, "Epoch timeline");
  await page.waitForFunction(() => !document.querySelector("input.moment").disabled);
  for (const key of ["ArrowLeft", "ArrowLeft", "Home", "End"]) {
    await moment.press(key);
    await page.waitForFunction(() => !document.querySelector("ty-moments").parts.travel.isGoing);
    await rest();
  }
  await page.waitForFunction(() =>
    document.querySelector("ty-charts-panel .plot .u-over, ty-charts-panel .plot canvas"),
  );
  for (const slider of await page.locator("ty-chart-box .plot[role=slider]").all())
    for (const key of ["End", "ArrowLeft", "ArrowLeft"]) await slider.press(key);
  const pictures = await page.evaluate(() => document.querySelectorAll("button[aria-label$='as PNG']").length);
  await clickAll("button[aria-label$='as CSV'], button[aria-label$='as PNG']");
  // The menu.
  for (const [key, close] of [
    ["?", "Escape"],
    ["Control+k", "Escape"],
  ]) {
    await page.locator("h1").click();
    await page.keyboard.press(key);
    await page.locator("dialog[open]").waitFor();
    if (key === "Control+k") for (const words of ["test", "loss", ""]) await page.keyboard.type(words);
    await page.keyboard.press(close);
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
  await button(page, "Share").click();
  await page.locator("ty-share-dialog .share").waitFor();
  const before = await page.evaluate(() => globalThis.walk.files.length);
  await clickAll("ty-share-dialog .share button[type=button]");
  await page.waitForFunction((count) => globalThis.walk.files.length >= count + 4, before); // link, embed code, report, its copy, experiment
  await page.waitForFunction(() => globalThis.walk.files.some(({ type }) => type === "application/json"));
  await page.keyboard.press("Escape");
  await page.waitForFunction(
    (count) => globalThis.walk.files.filter(({ type }) => type === "image/png").length >= count,
    pictures,
  );
  await page.evaluate(() => globalThis.walk.lookInside());
}

/** The figures of the test rows at every moment that is kept, and those of all others. */
const figuresOf = (page) =>
  page.evaluate(async () => {
    const { frame } = document.querySelector("ty-run-bar").playground.store.get();
    const { travel } = document.querySelector("ty-moments").parts;
    await travel.refresh();
    const stands = [...travel.store.get().moments, frame];
    const numbers = (metrics) =>
      Object.entries(metrics ?? {})
        .filter(([key]) => key !== "rows")
        .map(([, value]) => value);
    const shares = new Set(stands.flatMap(({ test }) => test?.accuracy ?? []));
    return {
      test: [...new Set([...stands.flatMap(({ test }) => numbers(test)), ...frame.curve.test])].filter(
        (value) => !shares.has(value),
      ), // of few rows they may well be others'
      others: [
        ...new Set([
          ...globalThis.walk.others,
          ...stands.flatMap(({ training, validation, gradientNorm, learningRate }) => [
            ...numbers(training),
            ...numbers(validation),
            gradientNorm,
            learningRate,
          ]),
          ...frame.curve.training,
          ...frame.parameters,
        ]),
      ].filter(Number.isFinite),
      last: frame.test.loss,
    };
  });

/** What of these figures stands in the texts, in digits enough to know it by; not what another figure, or number known before, is written as. */
function toldIn(texts, { test: figures, others }, known) {
  const written = (numbers) =>
    new Set(
      numbers.flatMap((value) =>
        [2, 3, 4, 5, 6, 7, 8, 9].flatMap((digits) => [
          Number(value.toPrecision(digits)),
          Number(value.toFixed(digits)),
          Number(Math.fround(value).toPrecision(digits)),
        ]),
      ),
    );
  const [wanted, innocent] = [written(figures), written(others)];
  const found = [];
  for (const text of texts) {
    for (const [token] of (text.includes("\n") ? text : text.replaceAll(",", "")).matchAll(/\d+\.\d+(?:e[-+]?\d+)?/g)) {
      const digits = token
        .replace(/e.*/, "")
        .replace(".", "")
        .replace(/^0+|0+$/g, "").length;
      const least = /\b(test|loss|accuracy|error)/i.test(text) && text.length < 1000 ? 3 : 4;
      if (digits >= least && wanted.has(Number(token)) && !innocent.has(Number(token)) && !known.has(Number(token)))
        found.push(`${token} in: ${text.slice(Math.max(0, text.indexOf(token) - 60), text.indexOf(token) + 40)}`);
    }
  }
  return found;
}

/** What of these figures is in a checkpoint, to the bit: singly as they are, or many as numbers of half the size. */
function inBytes(checkpoints, { test: figures }) {
  const rough = new Set(figures.map(Math.fround));
  return checkpoints.flatMap(({ whole, halves }) => {
    const many = halves.filter((value) => rough.has(value));
    const exact = new Set(whole);
    return [...figures.filter((value) => exact.has(value)), ...(many.length > 0.1 * rough.size ? many : [])];
  });
}

/** What was found of the figures, place by place. */
async function findings(page, figures, known) {
  const { files, checkpoints, pictures } = await page.evaluate(() => globalThis.walk.read());
  const texts = await page.evaluate(() => [...globalThis.walk.texts]);
  const inside = (place) =>
    page.evaluate(([name, numbers]) => globalThis.walk.find(globalThis.walk[name], numbers), [place, figures.test]);
  return {
    found: {
      texts: toldIn(texts, figures, known),
      files: toldIn(files, figures, known),
      checkpoints: inBytes(checkpoints, figures),
      stores: await inside("stores"),
      shelf: await inside("shelf"),
    },
    seen: { texts: texts.length, files: files.length, pictures, checkpoints: checkpoints.length },
  };
}

const setSpeed = (page) => labeled(page, "Speed").selectOption("max");

/** Numbers of the rows themselves, which a sheet may show. */
const numbersIn = (text) => new Set([...text.matchAll(/-?\d+(?:\.\d+)?/g)].map(([token]) => Math.abs(Number(token))));

/** Overlapping classes and more inputs than help: what is learned by heart is of no use on other rows. */
const ownRows = () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const row = () => {
    const values = Array.from({ length: 6 }, () => (random() * 10).toFixed(1));
    return [...values, Number(values[0]) + 4 * random() > 7 ? "up" : "down"].join(",");
  };
  return ["a,b,c,d,e,f,kind", ...Array.from({ length: 120 }, row)].join("\n");
};

for (const { name, address, rows } of [
  { name: "a real set, a number", address: "#source=diabetes&layers=32,32&epochs=3000&learningRate=0.01" },
  { name: "rows of one's own, classes, with rows to validate on", address: "", rows: ownRows() },
]) {
  test(`locked, nothing tells of test rows: ${name}`, async () => {
    const { page, problems } = await site.open(address);
    await ready(page);
    if (rows) {
      await page.evaluate(
        (text) => document.querySelector("ty-run-bar").playground.openTable(new Blob([text]), "own.csv"),
        rows,
      );
      await page.waitForFunction(
        () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "kind",
      );
      await page.evaluate(() =>
        document.querySelector("ty-run-bar").playground.setAll({
          layers: [24],
          activation: ["tanh"],
          epochs: 600,
          learningRate: 0.05,
          validationShare: 0.2,
          showTestData: true,
        }),
      );
      await page.waitForFunction(
        () => document.querySelector("ty-run-bar").playground.store.get().description?.rows.validation > 0,
      );
    }
    await listen(page);
    await setSpeed(page);
    await button(page, "Play").click();
    await until(page, "finished", 120_000);
    await untilEpoch(page, (await state(page)).settings.epochs);
    await walkThrough(page);
    // What was heard is kept apart; only then is the lock opened, and the truth asked.
    const heard = await page.evaluate(async () => ({
      ...(await globalThis.walk.read()),
      texts: [...globalThis.walk.texts],
      weights: [...globalThis.walk.weights],
    }));
    // What is told of the set itself is the same whatever is split off.
    const ofSet = JSON.stringify(SETS.find((set) => set.name === "diabetes").score);
    const known = numbersIn(rows ?? ofSet + (await (await fetch(new URL("data/diabetes.csv", site.url))).text()));
    await page.evaluate(() => {
      globalThis.locked = { stores: [...globalThis.walk.stores], shelf: [...globalThis.walk.shelf] };
    });
    assert.equal(await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().lock.looks), 0);
    await button(page, "Locked: unlock").click();
    await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.test);
    const figures = await figuresOf(page);
    assert.ok(figures.test.length > 50, `${figures.test.length} figures that could be told`);

    const inside = (place) =>
      page.evaluate(
        ([which, numbers]) => globalThis.walk.find(globalThis.locked[which], numbers),
        [place, figures.test],
      );
    assert.deepEqual(
      {
        texts: toldIn(heard.texts, figures, known),
        files: toldIn(heard.files, figures, known),
        checkpoints: inBytes(heard.checkpoints, figures),
        stores: await inside("stores"),
        shelf: await inside("shelf"),
      },
      { texts: [], files: [], checkpoints: [], stores: [], shelf: [] },
    );
    const byChance = new Set(toldIn(heard.weights, figures, known).map((found) => found.split(" ")[0])).size;
    assert.ok(
      byChance <= 0.02 * figures.test.length,
      `${byChance} of ${figures.test.length} figures among the weights`,
    );
    assert.ok(
      heard.texts.length > 200 && heard.files.length >= 6 && heard.pictures >= 4 && heard.checkpoints.length === 1,
    );

    // The same walk with the lock open.
    await page.evaluate(() => globalThis.walk.forget());
    await walkThrough(page);
    const { found } = await findings(page, figures, known);
    for (const [place, those] of Object.entries(found))
      assert.ok(those.length > 0, `open, the walk finds figures in: ${place}`);
    // Shut again, they are gone from what the page holds.
    await page.getByRole("button", { name: /test rows: unlock/ }).click();
    await page.evaluate(() => globalThis.walk.forget());
    await page.evaluate(() => globalThis.walk.lookInside());
    assert.deepEqual((await findings(page, figures, known)).found.stores, []);
    await page.close();
    assertNoProblems(problems.filter((problem) => problem !== "console warning: No available adapters.")); // said by whoever looks for a GPU
  });
}
