// @ts-check
/** How a trainer beside the run stands. @typedef {import("../session/protocol.js").Metrics} Metrics */

export const isRunning = (/** @type {import("./engines.js").Trainer} */ trainer) =>
  ["ready", "training"].includes(trainer.progress().status);

export async function evaluationOf(/** @type {import("./engines.js").Trainer} */ trainer) {
  const { status, epoch } = trainer.progress();
  const [training, test] = await Promise.all([trainer.evaluate("train"), trainer.evaluate("test")]);
  return { status, epoch, training: /** @type {Metrics} */ (training), test: test ?? null };
}
