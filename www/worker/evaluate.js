// @ts-check
/** How a trainer beside the run stands. */

export const isRunning = (/** @type {any} */ trainer) => ["ready", "training"].includes(trainer.progress().status);

export async function evaluationOf(/** @type {any} */ trainer) {
  const { status, epoch } = trainer.progress();
  const [training, test] = await Promise.all([trainer.evaluate("train"), trainer.evaluate("test")]);
  return { status, epoch, training, test: test ?? null };
}
