// @ts-check
/**
 * The loss around where a run stands, over a plane through its parameters: row by row from the middle outward, on a copy of
 * the run, so that what there is when it is canceled is a picture too.
 *
 * @typedef {import("./model.js").Drawn} Drawn
 */
import { isTable } from "../../settings/tableNames.js";
import { commandError } from "../../worker/commandError.js";
import { isRunning } from "../../worker/evaluate.js";
import { SLICE_MS } from "../../worker/timeSlice.js";
import { t } from "../../base/text.js";

/** How often the page is told how far it is, in milliseconds. */
const REPORT_MS = 120;

/**
 * @param {Pick<import("../../worker/jobs.js").JobParts, "engines" | "clock" | "signal">} parts
 * @param {import("../../session/protocol.js").JobCourse<"surface">} course
 * @param {(progress: {share: number, drawn: Drawn}) => void} onProgress
 * @returns {Promise<Drawn>}
 */
export async function drawSurface(
  { engines, clock, signal },
  { spec, bytes, path, counts, plane: { kind, seed }, size },
  onProgress,
) {
  const trainer = /** @type {import("../../worker/engines.js").FullTrainer} */ (
    isTable(spec.data?.source) ? await engines.cpu(spec) : await engines.full(spec, t("surface.draws"))
  );
  try {
    await trainer.branch(bytes); // what was changed of its training since it began does not matter here
    const { step, epoch } = trainer.progress();
    const parameters = await trainer.parameters();
    const count = parameters.length;
    const snapshots = Array.from({ length: path.length / count }, (_, i) => path.slice(i * count, (i + 1) * count));
    const plane = await trainer.plane({
      kind,
      seed,
      path: snapshots,
      ...(kind === "parameters" && { parameters: [0, 1] }),
    });
    if (isOneLine(plane.first, plane.second)) throw commandError("data", t("surface.oneLine"));
    const reach = reachOf(kind, plane.path);
    const losses = new Float64Array(size * size).fill(NaN);
    const rows = outward(size);
    const { eigenvalues } = plane;
    const groups = grouped(plane, parameters, snapshots, counts);
    const [own, ...trails] = groups;
    const share = trails.length ? own.share : plane.share;
    const origin = /** @type {[number, number]} */ (kind === "parameters" ? [parameters[0], parameters[1]] : [0, 0]);
    const facts = { kind, size, reach, origin, step, epoch, share, eigenvalues };
    let center = NaN;
    let told = clock.now();
    /** @returns {Drawn} what is sent leaves this thread: a copy */
    const drawn = () => ({
      ...facts,
      center,
      losses: losses.slice(),
      path: own.path.slice(),
      trails: trails.map((trail) => ({
        name: "",
        change: "",
        loss: NaN,
        share: trail.share,
        path: trail.path.slice(),
      })),
    });
    for (const [done, row] of rows.entries()) {
      const some = await trainer.surface(plane, { low: -reach, high: reach, size, from: row, to: row + 1 });
      losses.set(some.losses, row * size);
      center = some.center;
      await clock.turn();
      if (signal.aborted) break;
      if (clock.now() - told < REPORT_MS) continue;
      told = clock.now();
      onProgress({ share: (done + 1) / size, drawn: drawn() });
    }
    return drawn();
  } finally {
    trainer.free();
  }
}

/**
 * The paths one by one: a and b of each one's snapshots, and which share of its squared distances from the center they hold.
 *
 * @param {Pick<import("../../pkg-full/trainyard.js").SurfacePlane, "first" | "second" | "path">} plane
 * @param {Float32Array} center
 * @param {Float32Array[]} snapshots   of all paths
 * @param {number[]} counts            how many there are of each
 */
export function grouped({ first, second, path }, center, snapshots, counts) {
  const [ff, fs, ss] = [dot(first, first), dot(first, second), dot(second, second)];
  let at = 0;
  return counts.map((count) => {
    const own = path.slice(2 * at, 2 * (at + count));
    let [inside, all] = [0, 0];
    for (let i = 0; i < count; i++) {
      const [a, b] = [own[2 * i], own[2 * i + 1]];
      inside += a * a * ff + 2 * a * b * fs + b * b * ss;
      snapshots[at + i].forEach((value, k) => (all += (value - center[k]) ** 2));
    }
    at += count;
    return { path: own, share: all > 0 ? Math.min(inside / all, 1) : null };
  });
}

/**
 * The way of one optimizer from the experiment's own start.
 *
 * @typedef {{path: Float32Array, loss: number}} Walked   parameters at even steps; the training loss in the end, NaN where it diverged
 *
 * @param {Pick<import("../../worker/jobs.js").JobParts, "engines" | "clock" | "signal">} parts
 * @param {import("../../session/protocol.js").JobCourse<"walk">} course
 * @param {(progress: {share: number}) => void} onProgress
 * @returns {Promise<Walked | null>}   null where it was canceled
 */
export async function walk({ engines, clock, signal }, { spec, epochs, count }, onProgress) {
  const trainer = await engines.cpu(spec);
  try {
    const steps = epochs * trainer.describe().stepsPerEpoch;
    const all = [];
    for (let i = 0; i < count; i++) {
      const due = Math.round((i * steps) / Math.max(count - 1, 1));
      while (isRunning(trainer) && trainer.progress().step < due) {
        trainer.advance(due - trainer.progress().step, SLICE_MS);
        await clock.turn();
        if (signal.aborted) return null;
      }
      const parameters = await trainer.parameters();
      if (!parameters.every(Number.isFinite)) break;
      all.push(parameters);
      onProgress({ share: (i + 1) / count });
    }
    const path = new Float32Array(all.length * trainer.describe().parameterCount);
    all.forEach((one, i) => path.set(one, i * one.length));
    const hasDiverged = trainer.progress().status === "diverged";
    return { path, loss: hasDiverged ? NaN : ((await trainer.evaluate("train"))?.loss ?? NaN) };
  } finally {
    trainer.free();
  }
}

/** How far the axes go: as far as the path and a bit, or as far as the directions are meant to be looked along. */
export function reachOf(/** @type {import("./model.js").Kind} */ kind, /** @type {ArrayLike<number>} */ path) {
  const far = Array.from(path).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  const least = { random: 1, hessian: 0.5, trajectory: 0.05, parameters: 2 }[kind];
  return kind === "random" ? least : Math.max(far * 1.2, least);
}

const dot = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) =>
  a.reduce((sum, one, i) => sum + one * b[i], 0);

/** Whether two directions are no plane: random ones of a network whose units have one weight each may lie on one line. */
export function isOneLine(/** @type {Float32Array} */ first, /** @type {Float32Array} */ second) {
  return dot(first, second) ** 2 >= (1 - 1e-6) * dot(first, first) * dot(second, second);
}

/** Rows from the middle one to both ends. */
function outward(/** @type {number} */ size) {
  const middle = (size - 1) / 2;
  return Array.from({ length: size }, (_, row) => row).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}
