// @ts-check
/**
 * The loss surface: what the loss would be with other weights, over a plane through the run's own, with the run's trail.
 *
 * @typedef {"random" | "trajectory" | "hessian" | "parameters"} Kind
 *
 * @typedef {object} Drawn
 * @property {Kind} kind
 * @property {number} size           places along each axis
 * @property {number} reach          both axes go from −reach to reach
 * @property {Float64Array} losses   row by row, the lowest b first; NaN where it was canceled before
 * @property {number} center         the loss where the run stood
 * @property {[number, number]} origin   the two parameters there, where the plane is of these; else 0
 * @property {number} step           of the run
 * @property {number} epoch
 * @property {number | null} share   of the run's path that lies in the plane
 * @property {[number, number] | null} eigenvalues
 * @property {Float64Array} path     a and b of the run's snapshots in turn, the first one first
 * @property {Trail[]} trails        of the optimizers that raced
 *
 * @typedef {object} Trail
 * @property {string} name
 * @property {string} change         its learning rate, in words
 * @property {number} loss           where it ends; NaN where it diverged
 * @property {Float64Array} path     as the run's
 * @property {number | null} share   of its path that lies in the plane
 *
 * @typedef {object} Own
 * @property {Drawn | null} drawn
 * @property {import("./scale.js").Scale | null} scale
 * @typedef {import("../../session/poolJob.js").PoolState & Own} SurfaceState
 */
import { formatCount, formatLoss, formatRate, formatShare } from "../../base/format.js";
import { PoolJob, READY, aboutOf } from "../../session/poolJob.js";
import { optimizerPresets } from "../../session/racers.js";
import { specFrom } from "../../settings/spec.js";
import { scaleOf } from "./scale.js";
import { t } from "../../base/text.js";

/** Places along each axis: the middle one is where the run stands. */
export const SIZE = 41;

/** Snapshots of the trail; fewer of large models, whose weights take so many numbers together. */
const SNAPSHOTS = 60;
const MOST_NUMBERS = 4e6;

/** Snapshots of each optimizer that races: with the run's own they are as many as the core takes. */
const SNAPSHOTS_OF_RACER = 36;

/** Epochs of a race, where the run has had none; and the most. */
const RACE_EPOCHS = 50;
const MOST_RACE_EPOCHS = 1000;

/** Weights of the first epochs are too few to make a path. */
const PATH_EPOCHS = 2;

/** The planes that there are for a run, the likeliest first. @returns {Kind[]} */
export function planesOf(/** @type {import("../../session/playground.js").State} */ { description, run }) {
  const hasPath = (run?.epoch ?? 0) > PATH_EPOCHS;
  // Of two parameters every plane is the same: one weight has no random directions but up and down.
  if (description?.parameterCount === 2) return ["parameters", "hessian"];
  return hasPath ? ["trajectory", "random", "hessian"] : ["random", "hessian"];
}

/** What a plane is called. */
export const planeName = (/** @type {Kind} */ kind) =>
  ({
    random: t("surface.random"),
    trajectory: t("surface.trajectory"),
    hessian: t("surface.hessian"),
    parameters: t("surface.parameters"),
  })[kind];

/** What its axes are, in words. */
export const planeWords = (/** @type {Kind} */ kind) =>
  ({
    random: t("surface.randomWords"),
    trajectory: t("surface.trajectoryWords"),
    hessian: t("surface.hessianWords"),
    parameters: t("surface.parametersWords"),
  })[kind];

/** What its axes are called on the picture. @returns {[string, string]} */
export const axisNames = (/** @type {Kind} */ kind) =>
  kind === "parameters"
    ? [t("surface.weight"), t("surface.bias")]
    : kind === "hessian"
      ? [t("surface.steepest"), t("surface.secondSteepest")]
      : kind === "trajectory"
        ? [t("surface.firstAxis"), t("surface.secondAxis")]
        : [t("surface.firstDirection"), t("surface.secondDirection")];

/** At most so many of these, evenly, the ends among them. */
export function evenly(/** @type {number[]} */ steps, most = SNAPSHOTS) {
  if (steps.length <= most) return steps;
  return Array.from({ length: most }, (_, i) => steps[Math.round((i * (steps.length - 1)) / (most - 1))]);
}

/** The place of a grid's column or row along its axis. */
export const placeOf = (/** @type {{size: number, reach: number}} */ { size, reach }, /** @type {number} */ index) =>
  reach * ((2 * index) / (size - 1) - 1);

/** The column or row that is nearest to a place, on the grid. */
export const indexOf = (/** @type {{size: number, reach: number}} */ { size, reach }, /** @type {number} */ place) =>
  Math.min(Math.max(Math.round(((place / reach + 1) / 2) * (size - 1)), 0), size - 1);

/** The loss at any place on the grid, between the four that are around it. @param {Pick<Drawn, "losses" | "size" | "reach">} drawn @param {number} a @param {number} b */
export function between({ losses, size, reach }, a, b) {
  const along = (/** @type {number} */ place) => {
    const at = Math.min(Math.max(((place / reach + 1) / 2) * (size - 1), 0), size - 1);
    const index = Math.min(Math.floor(at), size - 2);
    return /** @type {const} */ ([index, at - index]);
  };
  const [[column, right], [row, up]] = [along(a), along(b)];
  const at = (/** @type {number} */ i, /** @type {number} */ j) => losses[(row + j) * size + column + i];
  const level = (/** @type {number} */ j) => at(0, j) * (1 - right) + at(1, j) * right;
  return level(0) * (1 - up) + level(1) * up;
}

/** Where the loss is lowest, as column and row; null where nothing is a number. @returns {[number, number] | null} */
export function lowestOf(/** @type {Pick<Drawn, "losses" | "size">} */ { losses, size }) {
  let best = -1;
  losses.forEach((loss, i) => {
    if (Number.isFinite(loss) && (best < 0 || loss < losses[best])) best = i;
  });
  return best < 0 ? null : [best % size, Math.floor(best / size)];
}

/** What is to be seen, in sentences. @param {Drawn} drawn */
export function surfaceWords(drawn) {
  const { kind, losses, size, center, share, eigenvalues } = drawn;
  const lowest = lowestOf(drawn);
  return [
    t("surface.center", { center: formatLoss(center) }),
    lowest && t("surface.lowest", { lowest: formatLoss(losses[lowest[1] * size + lowest[0]]) }),
    kind === "parameters"
      ? t("surface.wholeSurface")
      : share === null
        ? t("surface.noPath")
        : t("surface.share", { share: formatShare(share, share < 0.1 ? 1 : 0) }),
    eigenvalues && t("surface.curvature", { first: formatRate(eigenvalues[0]), second: formatRate(eigenvalues[1]) }),
  ]
    .filter(Boolean)
    .join(" ");
}

/** What is to be known of an optimizer's path, in words. @param {Trail} trail */
export const trailFacts = ({ change, loss, share }) =>
  [
    change,
    Number.isNaN(loss) ? t("surface.racerDiverged") : t("surface.racerLoss", { loss: formatLoss(loss) }),
    share !== null && t("surface.racerShare", { share: formatShare(share, share < 0.1 ? 1 : 0) }),
  ]
    .filter(Boolean)
    .join(" · ");

/** Whether the run has gone elsewhere since. @param {import("../../session/playground.js").State} state @param {Drawn | null} drawn */
export const isEarlier = ({ frame }, drawn) => drawn !== null && frame !== null && frame.step !== drawn.step;

/** @extends {PoolJob<SurfaceState>} */
export class SurfaceJob extends PoolJob {
  /** What the scale is of: a picture of another experiment or plane has its own. */
  #scaled = "";

  /** @param {import("../../session/playground.js").Playground} playground @param {() => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    super(playground, { ...READY, drawn: null, scale: null }, load);
  }

  section() {
    const { drawn } = this.store.get();
    if (!drawn) return null;
    return {
      title: t("app.surface"),
      facts: [t("surface.ofEpoch", { plane: planeName(drawn.kind), epoch: formatCount(drawn.epoch) })],
      words: [surfaceWords(drawn), ...drawn.trails.map((trail) => `${trail.name}: ${trailFacts(trail)}`)],
    };
  }

  /** Of the run as it stands, which goes on meanwhile. `seed`: of random directions. */
  async start(/** @type {Kind} */ kind, /** @type {number} */ seed) {
    const state = this.playground.store.get();
    if (this.isRunning || !state.description) return;
    try {
      const { path, bytes, snapshots } = await this.#standing(state.description.parameterCount, SNAPSHOTS);
      const plane = { kind, seed };
      const course = { spec: specFrom(state.settings), bytes, path, counts: [snapshots], plane, size: SIZE };
      /** @type {Drawn | null} */
      let soFar = null;
      await this.work([{ kind: /** @type {const} */ ("surface"), course }], {
        begin: {},
        progress: (_, { share, drawn }) => {
          soFar = drawn;
          return share;
        },
        finish: ([outcome]) => {
          if (outcome && "problem" in outcome) return { problem: outcome.problem };
          const drawn = /** @type {Drawn | null} */ (outcome?.value ?? soFar);
          return drawn ? { drawn, scale: this.#scale(drawn) } : {};
        },
      });
    } catch (error) {
      this.store.set({ problem: String(/** @type {Error} */ (error)?.message ?? error) });
    }
  }

  /** Optimizers from the run's own start, on the surface around where it stands: over the plane in which all paths lie most. */
  async race() {
    const { playground } = this;
    const { settings, description, run } = playground.store.get();
    if (this.isRunning || !description || !run) return;
    const racers = optimizerPresets(settings, false).filter((racer) => !racer.settings.nesterov);
    const count = Math.min(SNAPSHOTS_OF_RACER, this.#most(description.parameterCount, racers.length + 1));
    const epochs = Math.min(run.epoch || Math.min(settings.epochs ?? RACE_EPOCHS, RACE_EPOCHS), MOST_RACE_EPOCHS);
    const tasks = racers.map((racer) => ({
      kind: /** @type {const} */ ("walk"),
      course: { spec: specFrom({ ...racer.settings, epochs }), epochs, count },
    }));
    try {
      const own = await this.#standing(description.parameterCount, count);
      /** @type {import("./worker.js").Walked[]} */
      let walked = [];
      await this.work(tasks, {
        begin: {},
        progress: (_, { share }) => share,
        finish: (outcomes) => {
          walked = outcomes.flatMap((outcome) =>
            outcome && "value" in outcome && outcome.value ? [outcome.value] : [],
          );
          const failed = outcomes.find((outcome) => outcome && "problem" in outcome);
          return failed && "problem" in failed ? { problem: failed.problem } : {};
        },
        then: async (ask) => {
          if (walked.length < racers.length) return {};
          const paths = [own.path, ...walked.map(({ path }) => path)];
          const path = new Float32Array(paths.reduce((sum, { length }) => sum + length, 0));
          paths.reduce((at, one) => (path.set(one, at), at + one.length), 0);
          const counts = paths.map(({ length }) => length / description.parameterCount);
          const kind = description.parameterCount === 2 ? /** @type {const} */ ("parameters") : "trajectory";
          const course = {
            spec: specFrom(settings),
            bytes: own.bytes,
            path,
            counts,
            plane: { kind, seed: 0 },
            size: SIZE,
          };
          const [outcome] = await ask([{ kind: /** @type {const} */ ("surface"), course }]);
          if (outcome && "problem" in outcome) return { problem: outcome.problem };
          const drawn = /** @type {Drawn | null} */ (outcome?.value ?? null);
          if (!drawn) return {};
          const trails = drawn.trails.map((trail, i) => {
            const { name, change } = racers[i];
            return { ...trail, name, change, loss: walked[i].loss };
          });
          return { drawn: { ...drawn, trails }, scale: this.#scale(drawn) };
        },
      });
    } catch (error) {
      this.store.set({ problem: String(/** @type {Error} */ (error)?.message ?? error) });
    }
  }

  /** So many snapshots of each path. */
  #most(/** @type {number} */ parameters, paths = 1) {
    return Math.max(2, Math.floor(MOST_NUMBERS / parameters / paths));
  }

  /** The run's weights up to here, at most so many, and the run. */
  async #standing(/** @type {number} */ parameters, /** @type {number} */ snapshots) {
    const { playground } = this;
    const bytes = await playground.client.save();
    const here = playground.store.get().run?.step ?? 0;
    const { moments } = await playground.ask("past", {});
    const steps = evenly(
      moments.map(({ step }) => step).filter((step) => step <= here),
      Math.min(snapshots, this.#most(parameters)),
    );
    const path = steps.length ? await playground.ask("weights", { steps }) : new Float32Array();
    return { bytes, path, snapshots: steps.length };
  }

  #scale(/** @type {Drawn} */ { kind, losses }) {
    const of = aboutOf(this.playground.store.get()) + kind;
    const before = of === this.#scaled ? this.store.get().scale : null;
    this.#scaled = of;
    return scaleOf(losses, before);
  }
}
