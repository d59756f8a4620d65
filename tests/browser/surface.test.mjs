// The loss surface in Chromium: what is drawn is the run's own loss, and it can be read and turned without a mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, picture, trainTo, until, untilRedrawn } from "./playground.mjs";
import { openFold } from "./studies.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** What was drawn, and the run's own loss as it is shown. */
const seen = (page) =>
  page.evaluate(() => {
    const { drawn, phase, isWhole, problem } = document.querySelector("ty-surface").job.store.get();
    const { frame, lock } = document.querySelector("ty-run-bar").playground.store.get();
    return {
      ...drawn,
      losses: drawn && [...drawn.losses],
      path: drawn && [...drawn.path],
      trails: drawn?.trails.map((trail) => ({ ...trail, path: [...trail.path] })),
      phase,
      isWhole,
      problem,
      loss: frame.training.loss,
      now: frame.step,
      lock,
    };
  });

/** Draws it, and resolves to what is seen when another picture is there. */
async function draw(page, label = "Draw the surface") {
  const before = await page.evaluateHandle(() => document.querySelector("ty-surface").job.store.get().drawn);
  await button(page, label).click();
  await page.waitForFunction(
    (earlier) => {
      const { drawn, phase, problem } = document.querySelector("ty-surface").job.store.get();
      return problem || (phase === "done" && drawn !== earlier);
    },
    before,
    { timeout: 60_000 },
  );
  const outcome = await seen(page);
  assert.equal(outcome.problem, "");
  return outcome;
}

const MIDDLE = 20 * 41 + 20;

test("the middle is the loss that is shown, of a trained network too; it is read and turned by keys, and drawn again", async () => {
  const { page, problems } = await site.open("#source=circle&layers=4,2");
  await openFold(page, "surface");
  const fresh = await draw(page);
  assert.deepEqual([fresh.kind, fresh.step, fresh.share], ["random", 0, null]);
  assert.ok(Math.abs(fresh.losses[MIDDLE] - fresh.loss) <= 1e-5, `${fresh.losses[MIDDLE]} and ${fresh.loss}`);

  await trainTo(page, 30);
  assert.ok(await button(page, "Draw again").isVisible());
  const drawn = await draw(page, "Draw again");
  assert.equal(await button(page, "Draw again").count(), 0);
  assert.deepEqual([drawn.kind, drawn.step, drawn.isWhole], ["trajectory", drawn.now, true]);
  assert.ok(Math.abs(drawn.losses[MIDDLE] - drawn.loss) <= 1e-5, `${drawn.losses[MIDDLE]} and ${drawn.loss}`);
  assert.ok(Math.abs(drawn.center - drawn.loss) <= 1e-5);
  assert.ok(drawn.share > 0.5 && drawn.path.length > 20);
  const shown = await labeled(page, "Training loss").textContent();
  const reading = page.locator(".surface-read");
  assert.equal(await reading.textContent(), `first axis of the path 0, second axis 0: loss ${shown.trim()}`);
  assert.equal(await page.locator(".surface-trail").count(), 1);
  assert.equal(await page.locator(".surface-start").count(), 1);

  const map = page.getByRole("group", { name: /^Read the loss/ });
  await map.press("ArrowRight");
  await map.press("Shift+ArrowUp");
  const cross = () => page.evaluate(() => document.querySelector("ty-surface").cross);
  assert.deepEqual(await cross(), [21, 25]);
  assert.ok((await reading.textContent()).endsWith(`loss ${drawn.losses[25 * 41 + 21].toFixed(4)}`));
  await map.press("Home");
  assert.deepEqual(await cross(), [20, 20]);
  await page.locator(".surface-contours").hover({ position: { x: 90, y: 60 } });
  assert.notDeepEqual(await cross(), [20, 20]);

  const before = await picture(page, ".surface-landscape");
  await page.locator(".surface-landscape").press("ArrowLeft");
  await untilRedrawn(page, ".surface-landscape", before);
  const turned = await picture(page, ".surface-landscape");
  await labeled(page, "Tilt").fill("60");
  await untilRedrawn(page, ".surface-landscape", turned);
  const box = await page.locator(".surface-landscape").boundingBox();
  const tilted = await picture(page, ".surface-landscape");
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 100);
  await page.mouse.up();
  await untilRedrawn(page, ".surface-landscape", tilted);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("random directions are others with another seed, and those of the Hessian say their curvature; the colors stay", async () => {
  const { page, problems } = await site.open("#source=iris");
  await openFold(page, "surface");
  await trainTo(page, 20);
  await labeled(page, "Directions").selectOption("random");
  const one = await draw(page);
  const scale = () => page.evaluate(() => document.querySelector("ty-surface").job.store.get().scale);
  const first = await scale();
  const other = await draw(page, "New directions");
  assert.notDeepEqual(other.losses, one.losses);
  assert.equal(other.losses[MIDDLE], one.losses[MIDDLE]);
  const second = await scale();
  assert.ok(second.low <= first.low && second.last >= first.last);
  assert.ok(one.share > 0 && one.share < 0.9, `${one.share}`);
  await labeled(page, "Directions").selectOption("hessian");
  const bent = await draw(page);
  assert.ok(bent.eigenvalues[0] >= bent.eigenvalues[1] && bent.eigenvalues[0] > 0, `${bent.eigenvalues}`);
  assert.ok(Math.abs(bent.losses[MIDDLE] - bent.loss) <= 1e-5);
  assert.deepEqual([bent.lock.isOpen, bent.lock.looks], [false, 0], "the test set stays sealed");
  await page.close();
  assertNoProblems(problems);
});

test("optimizers race from one start: each has its path, its number, its end and its share; the run stays where it is", async () => {
  const { page, problems } = await site.open("#source=circle");
  await openFold(page, "surface");
  await trainTo(page, 20);
  const raced = await draw(page, "Race optimizers");
  assert.equal(raced.kind, "trajectory");
  const names = ["SGD", "Momentum", "Adagrad", "RMSprop", "Adam"];
  assert.deepEqual(
    raced.trails.map(({ name }) => name),
    names,
  );
  const [first] = raced.trails;
  for (const { name, path, share, loss } of raced.trails) {
    assert.ok(path.length >= 4 && share > 0 && share <= 1 && loss > 0, `${name}: ${share}, ${loss}`);
    assert.deepEqual(path.slice(0, 2), first.path.slice(0, 2), `${name} begins elsewhere`);
  }
  assert.ok(Math.abs(raced.losses[MIDDLE] - raced.loss) <= 1e-5 && raced.step === raced.now);
  assert.equal(await page.locator(".surface-racer").count(), names.length);
  assert.equal(await page.locator(".surface-number").count(), names.length);
  assert.equal(await page.locator(".surface-racers li").count(), names.length);
  assert.deepEqual(await findings(page), []);
  const section = await page.evaluate(() => document.querySelector("ty-surface").job.reported());
  assert.equal(section.title, "Loss surface");
  assert.deepEqual(
    section.words.slice(1).map((words) => words.split(":")[0]),
    names,
  );
  // The next picture is of the run alone.
  const alone = await draw(page);
  assert.deepEqual(alone.trails, []);
  assert.equal(await page.locator(".surface-racer").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("of a line it is the bowl over weight and bias: a quadratic", async () => {
  const { page, problems } = await site.open("#source=line&layers=none");
  await openFold(page, "surface");
  await trainTo(page, 10);
  const { losses, kind, share, center, loss, size } = await draw(page);
  assert.equal(kind, "parameters");
  assert.ok(share > 1 - 1e-9 && Math.abs(center - loss) <= 1e-5);
  const at = (column, row) => losses[row * size + column];
  const alike = (bends) => {
    const [first] = bends;
    assert.ok(
      first > 0 && bends.every((bend) => Math.abs(bend - first) <= 1e-4 * first),
      `${first}: ${Math.max(...bends)}`,
    );
  };
  // Differences over ten places: losses have 32-bit numbers behind them.
  const inner = Array.from({ length: size - 20 }, (_, i) => i + 10);
  alike(inner.flatMap((i) => inner.map((j) => at(i - 10, j) - 2 * at(i, j) + at(i + 10, j))));
  alike(inner.flatMap((i) => inner.map((j) => at(i, j - 10) - 2 * at(i, j) + at(i, j + 10))));
  alike(inner.flatMap((i) => inner.map((j) => at(i + 10, j + 10) - at(i + 10, j) - at(i, j + 10) + at(i, j))));
  await page.close();
  assertNoProblems(problems);
});

test("a surface that is canceled shows what there is, and the run goes on", async () => {
  const { page, problems } = await site.open("#source=spiral&samples=5000&layers=64,64,64");
  await openFold(page, "surface");
  await button(page, "Draw the surface").click();
  await page.waitForFunction(() => document.querySelector("ty-surface").job.store.get().share > 0);
  await button(page, "Cancel").click();
  await button(page, "Draw the surface").waitFor();
  const { isWhole, losses, loss, phase } = await seen(page);
  assert.deepEqual([phase, isWhole], ["done", false]);
  const done = losses.filter(Number.isFinite).length;
  assert.ok(done >= 41 && done < 41 * 41, `${done} places`);
  assert.ok(Math.abs(losses[MIDDLE] - loss) <= 1e-5);
  await button(page, "Play").click();
  await until(page, "training");
  await page.close();
  assertNoProblems(problems);
});
