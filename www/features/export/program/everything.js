// @ts-check
/** The experiment as a folder of programs, with rows, weights and folds: one archive. */
import { checkOf, dataFiles, foldsFile, toPredict } from "./python/bundle.js";
import { factsOfExport } from "./python/facts.js";
import { notebook } from "./python/notebook.js";
import { readmeOf } from "./python/readme.js";
import { programsOf } from "./programs.js";
import { zipOf } from "./zip.js";
import { enginesOf } from "../../../session/computedBy.js";
import { exporting } from "../../../session/exporting.js";
import { PoolJob, READY } from "../../../session/poolJob.js";
import { specOfRounds } from "../../../session/rounds.js";
import { variedOf } from "../../../session/varied.js";

/** @typedef {import("../../../session/playground.js").Playground} Playground */

/** @param {Playground} playground @returns {Promise<Blob>}   throws a sentence */
export async function everything(playground) {
  const state = playground.store.get();
  const engines = state.frame?.step ? enginesOf(state) : [];
  const exported = await exporting(playground, ["describe", "safetensors", "optimizerState", "rows"]);
  const { predict } = await exporting(playground, ["predict"], { given: { inputs: toPredict(exported) } });
  const facts = factsOfExport(exported.describe);
  const check = checkOf(exported, predict);
  const choices = variedOf(playground).get();
  const programs = programsOf(facts, { settings: playground.store.get().settings, choices }, check);
  const dealt = await dealtRows(playground, choices.folds);
  const files = [
    ...programs.filter(({ name }) => dealt || name !== "folds.py").map(({ name, code }) => ({ name, data: code })),
    { name: "notebook.ipynb", data: notebook(facts, check) },
    ...dataFiles(exported),
    ...(dealt ? [foldsFile(dealt)] : []),
  ];
  const readme = readmeOf(
    files.map(({ name }) => name),
    exported.describe,
    engines,
  );
  return zipOf([{ name: "README.md", data: readme }, ...files]);
}

/** The folds that the page's own studies have; null where there are too few rows for so many. */
async function dealtRows(/** @type {Playground} */ playground, /** @type {number} */ folds) {
  const { spec } = specOfRounds(playground.store.get().settings);
  const { signal } = new AbortController();
  const job = new PoolJob(playground, READY);
  const course = { spec, options: { folds }, rows: job.rowsKey };
  const [outcome] = await job.ask([{ kind: "deal", course }], signal);
  return outcome && "value" in outcome ? /** @type {{rows: Uint32Array, folds: Uint32Array}} */ (outcome.value) : null;
}
