// @ts-check
/**
 * What a run makes of several drawings. It is asked about the drawing by −1, as by everybody: each is put in its place in
 * turn, and what was drawn last is put back before anybody else has a turn.
 *
 * @param {import("../../../worker/jobs.js").JobParts} parts
 * @param {import("../../../session/protocol.js").JobCourse<"drawings">} course
 * @returns {Promise<{outputs: number[][], classes: number[]}>}
 */
export async function classifyDrawings({ engines, run }, { pixels, count }) {
  const tables = await engines.tables();
  const found = run();
  if (!found?.description.image) return { outputs: [], classes: [] };
  const { trainer } = found;
  const ask = (/** @type {string} */ what, /** @type {object} */ data) =>
    tables.obey({ type: /** @type {const} */ ("table"), id: 0, ask: what, data });
  const last = /** @type {{pixels: Uint8Array}} */ (ask("pictures", { rows: [-1] })).pixels;
  const size = pixels.length / count;
  const asked = Array.from({ length: count }, (_, i) => {
    ask("drawn", { pixels: pixels.subarray(i * size, (i + 1) * size) });
    return trainer.classify(Float64Array.of(-1));
  });
  ask("drawn", { pixels: last });
  const answers = await Promise.all(asked);
  return {
    outputs: answers.map(({ outputs }) => Array.from(outputs)),
    classes: answers.map(({ classes }) => classes[0]),
  };
}
