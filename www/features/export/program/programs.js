// @ts-check
/**
 * All programs of an experiment, by the names of their files.
 *
 * @typedef {{name: string, about: string, code: string}} Program
 * @typedef {import("./python/facts.js").Facts} Facts
 * @typedef {import("../../../settings/spec.js").Settings} Settings
 *
 * @typedef {object} Around   what the page knows beside the experiment
 * @property {Settings} settings
 * @property {import("../../../session/varied.js").Choices} choices   what is marked for a search
 */
import { distributedScript } from "./python/distributed.js";
import { foldsScript } from "./python/folds.js";
import { trainScript } from "./python/script.js";
import { searchScript } from "./python/search.js";
import { USUAL_EPOCHS } from "../../../session/varied.js";
import { problemOf, putAll, variedIn } from "../../../session/variables.js";
import { specFrom } from "../../../settings/spec.js";
import { t } from "../../../base/text.js";

/**
 * @param {Facts} facts
 * @param {Around} around
 * @param {import("./python/script.js").Check | null} [check]
 * @returns {Program[]}
 */
export function programsOf(facts, around, check = null) {
  const search = searchOf(facts, around);
  return [
    { name: "train.py", about: t("program.train"), code: trainScript(facts, check) },
    { name: "train_ddp.py", about: t("program.distributed"), code: distributedScript(facts) },
    { name: "folds.py", about: t("program.folds"), code: foldsScript(facts) },
    ...(search ? [{ name: "search.py", about: t("program.search"), code: search }] : []),
  ];
}

/** The search, where something is marked for one. @param {Facts} facts @param {Around} around */
function searchOf(facts, { settings, choices }) {
  const varied = variedIn(settings, choices.axes).filter(({ variable, axis }) => !problemOf(variable, axis));
  if (!varied.length) return null;
  const judge = facts.rows.validation && choices.judge !== "folds" ? "validation" : "folds";
  const optimizers = varied.find(({ variable }) => variable.id === "optimizer")?.axis.values ?? [];
  const epochs = choices.epochs ?? Math.min(settings.epochs ?? USUAL_EPOCHS, USUAL_EPOCHS);
  return searchScript(varying(facts, settings, varied), {
    axes: varied.map(({ variable, axis }) => ({
      id: variable.id,
      label: variable.label,
      low: Number(axis.low),
      high: Number(axis.high),
      isLog: axis.isLog,
      isWhole: variable.isWhole,
      values: variable.choices ? axis.values : null,
    })),
    by: choices.by,
    points: choices.points,
    trials: choices.trials,
    seed: choices.seed,
    epochs,
    judge,
    optimizers: optimizers.map((type) => ({ ...OPTIMIZER, ...optimizerOf(settings, type) })),
  });
}

/** What an optimizer has that the settings don't say. */
const OPTIMIZER = {
  momentum: 0,
  nesterov: false,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  alpha: 0.99,
  weightDecay: 0.01,
};

/** @param {Settings} settings @param {string} type */
const optimizerOf = (settings, type) => specFrom({ ...settings, optimizer: type }).training.optimizer;

/**
 * The experiment with numbers that are varied at the top of their ranges: so the program has a place for each.
 *
 * @param {Facts} facts
 * @param {Settings} settings
 * @param {ReturnType<typeof variedIn>} varied
 * @returns {Facts}
 */
function varying(facts, settings, varied) {
  const numbers = varied.filter(({ variable }) => !variable.choices && !variable.id.startsWith("layers."));
  const high = putAll(
    settings,
    numbers.map(({ variable }) => variable),
    numbers.map(({ axis }) => axis.high),
  );
  const { training, model } = /** @type {any} any: whole documents */ (specFrom(high));
  const own = facts.spec.training;
  const merged = {
    ...own,
    ...training,
    loss: own.loss,
    optimizer: { ...own.optimizer, ...training.optimizer },
    schedule: { ...own.schedule, ...training.schedule },
    stop: own.stop.patience && training.stop.patience ? { ...own.stop, patience: training.stop.patience } : own.stop,
  };
  const dropsOut = numbers.some(({ variable }) => variable.id === "dropout");
  const layers = dropsOut && model.layers ? model.layers : facts.spec.model.layers;
  return { ...facts, spec: { ...facts.spec, training: merged, model: { ...facts.spec.model, layers } } };
}
