// How the page itself does: from a cold load to the first step, how much of the engine's own pace it keeps on W1 while it
// shows it, with nothing and with everything open and panel by panel, and Lighthouse's marks. `./build.sh bench page`,
// with `start` or `pace` behind it for the first or the second alone; folders behind `start` are other builds to compare.
import { dist, findChromium } from "../browser/support.mjs";
import { answer, serve } from "../serve.mjs";
import { serveEngine, tellPace } from "./pace.mjs";
import { tellStart } from "./startSpeed.mjs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const ROUNDS = 5;
const COLD_ROUNDS = 20;

/** In a process of its own: this one serves the page meanwhile. */
async function marks(url, preset) {
  const out = path.join(os.tmpdir(), `trainyard-lighthouse-${process.pid}.json`);
  const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ].join(" ");
  const args = [
    url,
    ...(preset === "desktop" ? ["--preset=desktop"] : []),
    "--quiet",
    "--no-enable-error-reporting",
    "--output=json",
    `--output-path=${out}`,
    `--chrome-flags=${flags}`,
  ];
  await promisify(execFile)(path.join(here, "node_modules/.bin/lighthouse"), args, {
    env: { ...process.env, CHROME_PATH: findChromium() },
    timeout: 120_000,
  });
  const { categories } = JSON.parse(fs.readFileSync(out, "utf8"));
  fs.rmSync(out);
  return Object.values(categories)
    .map(({ title, score }) => `${title} ${Math.round(score * 100)}`)
    .join(" · ");
}

const [only, ...folders] = process.argv.slice(2);
if (only !== "pace") await tellStart(COLD_ROUNDS, [dist, ...folders]);
if (only !== "start") {
  const site = await serve(dist, { before: serveEngine(answer, path.join(here, "../../www/pkg")) });
  await tellPace(site.url, ROUNDS);
  if (only !== "pace")
    for (const preset of ["desktop", "mobile"])
      console.log(`Lighthouse, ${preset.padEnd(12)} ${await marks(site.url, preset)}`);
  await site.close();
}
