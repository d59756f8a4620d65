// Many elements in a page of another origin, elements that come and go, and pages that allow little.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { many, openHost, stateIs, stateOf } from "./elementHost.mjs";

let host;
before(async () => (host = await openHost({ args: ["--js-flags=--expose-gc"] })));
after(() => host?.close());

test("fifty elements share one compiled core and four workers, and those in sight train", async () => {
  host.asked.length = 0;
  const { page, problems } = await host.open(many(50));
  await page.waitForFunction(() => document.querySelector("#y0").state?.epoch > 0);
  assert.equal(await page.evaluate(() => document.querySelector("#y40").state.status), "waiting");
  for (const i of [10, 25, 49]) {
    await page.locator(`#y${i}`).evaluate((element) => element.scrollIntoView({ block: "center" }));
    await page.waitForFunction((id) => document.querySelector(id).state?.epoch > 1, `#y${i}`);
  }
  // Out of sight they wait.
  await page.waitForFunction(() => document.querySelector("#y0").state?.status === "waiting");
  const before = await stateOf(page, "#y0");
  await page.waitForFunction(() => document.querySelector("#y49").state?.epoch > 20);
  assert.deepEqual(await stateOf(page, "#y0"), before);
  // What was put away goes on where it was.
  await page.locator("#y0").evaluate((element) => element.scrollIntoView({ block: "center" }));
  await page.waitForFunction((epoch) => document.querySelector("#y0").state?.epoch > epoch, before.epoch);
  const { most, live } = await page.evaluate(() => ({ most: window.mostWorkers, live: window.workers.size }));
  assert.ok(most <= 4 && live <= 4, `${most} workers at most, ${live} now`);
  assert.equal(host.asked.filter((address) => address.endsWith("trainyard_bg.wasm")).length, 1);
  assert.deepEqual(problems, []);
  await page.close();
});

test("a run that was put away ends as one that never was", async () => {
  const one =
    '<train-yard id="y0" view="field" source="circle" seed="1" max-epochs="60" style="height: 320px"></train-yard>';
  const alone = await host.open(one);
  await stateIs(alone.page, "#y0", "ready");
  await alone.page.locator("#y0").evaluate((element) => element.play());
  await stateIs(alone.page, "#y0", "finished");
  const expected = await stateOf(alone.page, "#y0");
  await alone.page.close();

  const others = Array.from(
    { length: 6 },
    (_, i) => `<train-yard id="z${i}" view="field" source="xor" style="height: 320px"></train-yard>`,
  );
  const { page } = await host.open(`${one}<div style="height: 3000px"></div>${others.join("")}`);
  await stateIs(page, "#y0", "ready");
  await page.locator("#y0").evaluate((element) => element.play());
  await page.waitForFunction(() => document.querySelector("#y0").state?.epoch > 3);
  for (const i of [0, 1, 2, 3, 4, 5]) {
    await page.locator(`#z${i}`).evaluate((element) => element.scrollIntoView({ block: "center" }));
    await stateIs(page, `#z${i}`, "ready");
  }
  const { epoch } = await stateOf(page, "#y0");
  assert.ok(epoch < 60, `it was put away in time, at epoch ${epoch}`);
  await page.locator("#y0").evaluate((element) => element.scrollIntoView({ block: "center" }));
  await stateIs(page, "#y0", "finished");
  assert.deepEqual(await stateOf(page, "#y0"), expected);
  await page.close();
});

test("an element keeps its run when it moves, and one that is gone frees its worker", async () => {
  const { page } = await host.open(
    '<div id="a"><train-yard view="field" source="xor"></train-yard></div><div id="b"></div>',
  );
  await stateIs(page, "train-yard", "ready");
  await page.locator("train-yard").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures?.epoch === 1);
  const before = await stateOf(page, "train-yard");
  const after = await page.evaluate(async () => {
    const yard = document.querySelector("train-yard");
    yard.remove();
    document.querySelector("#b").append(yard); // in one task
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (Element.prototype.moveBefore) document.querySelector("#a").moveBefore(yard, null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return yard.state;
  });
  assert.deepEqual(after, before);
  await page.locator("train-yard").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures?.epoch === 2);
  assert.equal(await page.evaluate(() => window.workers.size), 1);
  await page.locator("train-yard canvas").first().waitFor();
  await page.evaluate(() => document.querySelector("train-yard").remove());
  await page.waitForFunction(() => window.workers.size === 0);
  await page.close();
});

test("two hundred that come and go leave nothing behind", async () => {
  const { page } = await host.open("");
  const rounds = (count) =>
    page.evaluate(async (times) => {
      for (let i = 0; i < times; i++) {
        const yard = Object.assign(document.createElement("train-yard"), { id: "one" });
        for (const [name, value] of [
          ["view", "field"],
          ["source", "xor"],
          ["loading", "eager"],
        ])
          yard.setAttribute(name, value);
        document.body.append(yard);
        // Each tenth is seen to the end of its first picture; the others go on their way there.
        while (i % 10 === 0 && yard.state?.status !== "ready") await new Promise((resolve) => setTimeout(resolve, 10));
        yard.remove();
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, count);
  await page.waitForFunction(() => customElements.get("train-yard"));
  const session = await page.context().newCDPSession(page);
  const used = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  // What the browser makes of the code itself is there after some rounds; their last timers end a moment later.
  await rounds(120);
  let start = Infinity;
  for (let tries = 0; tries < 10; tries++) {
    await page.waitForTimeout(200);
    start = Math.min(start, await used());
  }
  await rounds(200);
  let end = Infinity;
  for (let tries = 0; tries < 40 && !(end < start * 1.05); tries++) {
    await page.waitForTimeout(250);
    end = await used();
  }
  assert.ok(end < start * 1.05, `${(start / 1e6).toFixed(2)} MB, then ${(end / 1e6).toFixed(2)} MB`);
  assert.equal(await page.evaluate(() => window.workers.size), 0);
  await page.close();
});

test("two elements with different Specs don't meet, and no style leaks in or out", async () => {
  const plain = await host.open('<p id="p" class="panel note stage">Text</p><button class="round primary">B</button>');
  const lookOf = (page) =>
    page.evaluate(() =>
      ["#p", "button.round", "body", "html"].map((name) => {
        const { font, color, padding, backgroundColor, display } = getComputedStyle(document.querySelector(name));
        return [font, color, padding, backgroundColor, display];
      }),
    );
  const untouched = await lookOf(plain.page);
  await plain.page.close();
  const wild =
    "<style>* { letter-spacing: 9px; color: red !important; } canvas, button { display: none !important; } html { font-size: 6px; }</style>";
  const { page } = await host.open(
    `<p id="p" class="panel note stage">Text</p><button class="round primary">B</button>
     <train-yard id="a" view="field" source="xor" layers="3"></train-yard><train-yard id="b" view="field" source="circle" layers="5,5" seed="4"></train-yard>`,
  );
  await stateIs(page, "#a", "ready");
  await stateIs(page, "#b", "ready");
  assert.deepEqual(await lookOf(page), untouched);
  const quiet = await stateOf(page, "#b");
  await page.locator("#a").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("#a").state?.figures?.epoch === 1);
  assert.deepEqual(await stateOf(page, "#b"), quiet);
  assert.deepEqual(
    await page.evaluate(() =>
      ["#a", "#b"].map((id) => document.querySelector(id).spec.model.layers.map(({ units }) => units)),
    ),
    [[3], [5, 5]],
  );
  await page.close();

  const { page: loud } = await host.open(`${wild}<train-yard id="a" view="field" source="xor"></train-yard>`);
  await stateIs(loud, "#a", "ready");
  const play = loud.locator("#a").getByRole("button", { name: "Play" });
  await play.waitFor();
  const { letterSpacing, width } = await play.evaluate((button) => ({
    letterSpacing: getComputedStyle(button).letterSpacing,
    width: button.offsetWidth,
  }));
  assert.equal(letterSpacing, "normal");
  assert.ok(width >= 38, `${width} px`);
  await loud.close();
});

test("under the strict policy that the README names it works, and another is told by what it refuses", async () => {
  const origin = new URL(host.files).origin;
  const policy = `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; worker-src blob: ${origin}; frame-src ${origin}; img-src data:`;
  const strict = await host.open('<train-yard view="loss" source="xor" max-epochs="3"></train-yard>', {
    headers: { "content-security-policy": policy },
  });
  await stateIs(strict.page, "train-yard", "ready");
  await strict.page.locator("train-yard .plot canvas").first().waitFor();
  await strict.page.locator("train-yard").evaluate((element) => element.play());
  await stateIs(strict.page, "train-yard", "finished");
  assert.deepEqual(strict.problems, []);
  await strict.page.close();

  const tight = await host.open('<train-yard view="loss" source="xor"></train-yard>', {
    headers: { "content-security-policy": policy.replace(/worker-src [^;]*/, "worker-src 'none'") },
  });
  const lack = tight.page.locator("train-yard .lack");
  await lack.waitFor();
  assert.match(await lack.textContent(), /security policy.*worker-src.*blob/s);
  await tight.page.close();
});

test("a host may serve core and worker itself; one that is not there is told by its address", async () => {
  const policy = `default-src 'none'; script-src ${host.origin} ${host.files} 'wasm-unsafe-eval'; connect-src ${host.origin} ${host.files}; worker-src ${host.origin} ${host.files}; img-src data:; style-src 'self'`;
  const from = host.asked.length;
  const { page, problems } = await host.open(
    '<train-yard view="loss" source="gaussians" max-epochs="3" autoplay wasm-url="/own/core.wasm" worker-url="/own/worker.js"></train-yard>',
    { headers: { "content-security-policy": policy } },
  );
  await stateIs(page, "train-yard", "finished");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    host.asked.slice(from).filter((url) => url.endsWith(".wasm")),
    [],
  );
  await page.close();

  for (const [attribute, address] of [
    ["wasm-url", "/own/gone.wasm"],
    ["worker-url", "/own/gone.js"],
  ]) {
    const lost = await host.open(`<train-yard view="loss" source="gaussians" ${attribute}="${address}"></train-yard>`);
    const lack = lost.page.locator("train-yard .lack");
    await lack.waitFor();
    assert.match(await lack.textContent(), /gone\.(wasm|js)/);
    await lost.page.close();
  }
});

test("in a sandboxed frame it works, without an origin and without storage", async () => {
  const { page } = await host.open(
    `<iframe sandbox="allow-scripts" src="${host.files}embed.html#view=field&source=xor&max-epochs=3&autoplay" width="500" height="400"></iframe>
     <script>addEventListener("message", ({ data }) => (window.told ??= []).push(data));</script>`,
    { script: false },
  );
  await page.waitForFunction(() => window.told?.some(({ type }) => type === "trainyard-stop"));
  await page.frameLocator("iframe").locator("train-yard canvas").first().waitFor();
  await page.close();
});

test("a CSV of the host's own is learned from, its test rows locked; one that is not there is told", async () => {
  const { page, heard } = await host.open(
    '<train-yard id="own" view="field" data-src="/rows.csv" goal="test-loss<99" controls="play,test-loss"></train-yard>',
  );
  await page.waitForFunction(() => document.querySelector("#own").spec?.data.source === "table");
  await page.waitForFunction(() => document.querySelector("#own").state.figures);
  await page.locator("#own").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("#own").state?.figures?.epoch === 1);
  const { figures } = await stateOf(page, "#own");
  assert.ok(Number.isFinite(figures["training-loss"]));
  assert.equal(figures["test-loss"], null);
  assert.deepEqual(
    (await heard()).filter(([name]) => name === "goal"),
    [],
  );
  assert.equal(await page.locator("#own").getByRole("status", { name: "Test loss" }).textContent(), "locked");
  await page.close();

  const lost = await host.open('<train-yard view="field" data-src="/gone.csv"></train-yard>');
  const lack = lost.page.locator("train-yard .lack");
  await lack.waitFor();
  assert.match(await lack.textContent(), /gone\.csv could not be loaded \(404\)/);
  await lost.page.close();
});

test("what stands in the tag is there until a click, for those who ask for one, and nothing is loaded before", async () => {
  host.asked.length = 0;
  const { page } = await host.open('<train-yard view="field" loading="click"><p>A picture</p></train-yard>');
  await page.getByText("A picture").waitFor();
  const start = page.getByRole("button", { name: "Start" });
  await start.waitFor();
  assert.deepEqual(
    host.asked.filter((address) => /live\.js|\.wasm|worker/.test(address)),
    [],
  );
  await start.click();
  await stateIs(page, "train-yard", "training");
  await page.getByText("A picture").waitFor({ state: "hidden" });
  await page.close();
});
