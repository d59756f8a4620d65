// @ts-check
/** One of the works on several workers, which share each batch: by the page's own team. */
import { form } from "../worker/team.js";
import { parametersOf, rowsOf, sessionOf, specOf } from "./ours.js";
import { t } from "../base/text.js";

/**
 * @param {typeof import("../pkg-full/trainyard.js").Trainer} Trainer
 * @param {WebAssembly.Module} module   compiled, of that package
 * @param {import("./works.js").Work} work
 * @param {import("./works.js").Data} data
 * @param {number} size       how many workers
 * @param {() => Worker} spawn   another worker like this one
 * @returns {Promise<import("./ours.js").Session>}
 */
export async function startTeam(Trainer, module, work, data, size, spawn) {
  const [spec, rows] = [specOf(work, "cpu"), rowsOf(work, data)];
  const trainer = await Trainer.create(spec, rows);
  const shared = { trainer, spec, rows, modules: { core: module, full: module } };
  const team = await form({ shared, clock: performance, cores: size, spawn });
  // The figures of one worker are never shown as those of several.
  const mustBeWhole = () => {
    if (team?.size !== size) throw new Error(t("bench.noTeam", { count: size }));
  };
  mustBeWhole();
  await trainer.setParameters(parametersOf(work));
  return sessionOf(trainer, work, data, async (count) => {
    await trainer.advance(count, Infinity);
    mustBeWhole();
  });
}
