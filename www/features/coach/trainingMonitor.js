// @ts-check
/**
 * Looks at the run now and then: what the rules say of it, one thing at a time, and what happened when it diverged. The
 * rules go by the run's own record, so when it looks changes nothing.
 *
 * @typedef {object} WatchState
 * @property {import("./alerts.js").Alert | null} alert
 * @property {number} judged       the epoch of the last look that was taken into account
 * @property {boolean} canGoBack   whether the epoch that the alert names can be had
 * @property {Rescue | null} rescue
 *
 * @typedef {object} Rescue
 * @property {string} reason          a sentence
 * @property {number} epoch           where the run ended
 * @property {number} sound           the last epoch before it went wrong
 * @property {number | null} rate     a smaller one, with which it doesn't diverge again; null where none is known
 * @property {boolean} clips          whether clipping gradients holds it as well
 * @property {boolean} isTried        whether that is known yet
 */
import { QUIET } from "./quiet.js";
import { alertsOf, curvatureEpoch } from "./alerts.js";
import { isLocked } from "../../base/padlock.js";
import {
  SOUND,
  allowedRate,
  lastStableSnapshot,
  mayClip,
  ratesFor,
  explainDivergence,
  trialSteps,
} from "./divergence.js";
import { liveChanges, specFrom } from "../../settings/spec.js";
import { createStore } from "../../base/store.js";
import { trainBy } from "../../session/trainBy.js";

/** Between two looks, in milliseconds. */
const EVERY_MS = 1000;

/** Going to an epoch may take so long, in seconds: where no moment is kept nearby, the way is trained again. */
const PATIENCE = 3;

/** Parameters times rows: of more, the curvature is not measured while the run trains. */
const MOST_MEASURED = 1e6;

/** What is changed to clip gradients. */
const CLIPPED = { clip: "norm", clipLimit: 1 };

const STANDING = ["paused", "finished"];

export class TrainingMonitor {
  #playground;
  #travel;
  #ends;
  /** What the reader doesn't want to hear of again, in this run. @type {Set<string>} */
  #dismissed = new Set();
  #timer = 0;
  #isLooking = false;
  #isAsked = false;
  #isRescuing = false;
  /** What is known of the curvature, and at which step. */
  #curvature = { step: -1, value: NaN };

  /**
   * @param {import("../../session/playground.js").Playground} playground
   * @param {import("../time-travel/model.js").TimeTravel} travel
   * @param {import("../../base/store.js").Store<WatchState>} [store]   who shows what it sees may be there before it
   */
  constructor(playground, travel, store = createStore(QUIET)) {
    this.#playground = playground;
    this.#travel = travel;
    this.store = store;
    this.#ends = [
      playground.store.subscribe((state, before) => {
        if (state.description !== before.description) this.#forget();
        if (isLocked(state) && !isLocked(before)) this.store.set({ alert: null }); // it may quote test rows
        if (state.run?.state !== before.run?.state) this.#turn(state.run?.state);
        // The last picture comes after the run has stopped; and opening the lock shows the test rows.
        else if (
          (state.frame !== before.frame || state.lock !== before.lock) &&
          STANDING.includes(state.run?.state ?? "")
        )
          void this.look();
        else if (state.frame !== before.frame && state.run?.state === "diverged" && !this.store.get().rescue)
          void this.#rescue();
      }),
    ];
    this.#turn(playground.store.get().run?.state);
  }

  /** Whether it is looking. */
  get isBusy() {
    return this.#isLooking || this.#isRescuing;
  }

  #forget() {
    this.#dismissed.clear();
    this.#curvature = { step: -1, value: NaN };
    this.store.set(QUIET);
  }

  #turn(/** @type {string | undefined} */ state) {
    clearInterval(this.#timer);
    if (state !== "diverged" && this.store.get().rescue) this.store.set({ rescue: null });
    if (state === "training") this.#timer = setInterval(() => void this.look(), EVERY_MS);
    else if (state === "diverged") void this.#rescue();
    else if (STANDING.includes(state ?? "")) void this.look();
  }

  /** Looks at the run. Somebody who asks while it looks has it look once more. */
  async look() {
    this.#isAsked = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      while (this.#isAsked) {
        this.#isAsked = false;
        await this.#lookOnce();
      }
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce() {
    const { description } = this.#playground.store.get();
    if (!description || this.#travel.store.get().isAway) return;
    await this.#travel.refresh();
    const { frame, run } = this.#playground.store.get();
    const { looks, now, isAway } = this.#travel.store.get();
    const isGone = () => this.#playground.store.get().description !== description;
    if (isGone() || !frame || isAway || run?.state === "diverged") return;
    const isStanding = STANDING.includes(run?.state ?? "");
    if (isStanding && (frame.step !== run?.step || now?.step !== frame.step)) return; // the picture of where it stands is still to come
    const last = isStanding && now && now.step > (looks.at(-1)?.step ?? -1) ? [now] : [];
    // What is newer than the curve that the page has is judged with the next one.
    const seen = looks.filter(({ step }) => step <= frame.step);
    const record = { points: pointsOf(this.#playground.store.get(), isStanding), looks: [...seen, ...last] };
    let [alert] = this.#alertsOf(record, -1);
    if (alert && alert.kind !== "overfitting") {
      const step = this.#stepOf(curvatureEpoch(alert, record));
      await this.#measure(step);
      if (isGone() || this.#playground.store.get().run?.state === "diverged") return;
      [alert] = this.#alertsOf(record, step);
    }
    this.store.set({
      alert: alert ?? null,
      judged: record.looks.at(-1)?.epoch ?? 0,
      canGoBack: alert?.best !== undefined && this.#canReach(alert.best),
    });
  }

  #alertsOf(/** @type {import("./alerts.js").RunRecord} */ record, /** @type {number} */ measuredAt) {
    const state = this.#playground.store.get();
    const { settings, description, frame } = state;
    if (!description || !frame) return [];
    const { step, value } = this.#curvature;
    const about = {
      settings,
      batchSize: settings.batchSize,
      trainingRows: description.rows.train,
      classNames: description.classNames,
      learningRate: frame.learningRate,
      watches: watchedBy(state),
      allowed: step === measuredAt ? allowedRate(value, settings.momentum) : NaN,
    };
    return alertsOf(record, about).filter(({ kind }) => !this.#dismissed.has(kind));
  }

  /** The curvature at a step: what to advise depends on it. While a large run trains, that would hold it up. */
  async #measure(/** @type {number} */ step) {
    const { settings, description, run } = this.#playground.store.get();
    if (!description || this.#curvature.step === step || settings.optimizer !== "sgd") return;
    if (run?.state === "training" && description.parameterCount * description.rows.train > MOST_MEASURED) return;
    const value = await this.#playground.ask("curvature", { step }).catch(() => NaN);
    this.#curvature = { step, value };
  }

  /** Whether an epoch's exact state is kept, or soon trained again. */
  #canReach(/** @type {number} */ epoch) {
    const { description, frame } = this.#playground.store.get();
    const { moments } = this.#travel.store.get();
    if (!description || !frame) return false;
    const step = epoch * description.stepsPerEpoch;
    const before = moments.findLast((moment) => moment.step <= step);
    if (!before || before.step === step) return before !== undefined;
    return description.engine === "cpu" && step - before.step <= PATIENCE * Math.max(frame.stepsPerSecond, 1);
  }

  dismiss() {
    const { alert } = this.store.get();
    if (alert) this.#dismissed.add(alert.kind);
    this.store.set({ alert: null });
    if (this.#playground.store.get().run?.state !== "training") void this.look();
  }

  /** What diverged, why, and what would not. */
  async #rescue() {
    const { description, settings } = this.#playground.store.get();
    const { client } = this.#playground;
    await this.#travel.refresh();
    const state = this.#playground.store.get();
    const { frame, run } = state;
    const isGone = () =>
      this.#playground.store.get().description !== description ||
      this.#playground.store.get().run?.state !== "diverged";
    if (isGone() || !description || !frame || !run || frame.step !== run.step || this.#isRescuing) return;
    const { moments, now } = this.#travel.store.get();
    if (now?.step !== frame.step) return;
    this.#isRescuing = true;
    try {
      const found = lastStableSnapshot(pointsOf(state, false));
      // No further back than there are moments; beside a GPU, to one of them.
      const wanted = (found?.epoch ?? 0) * description.stepsPerEpoch;
      const near = moments.findLast(({ step }) => step <= wanted) ?? moments[0];
      const isExact = near !== undefined && near.step <= wanted && description.engine === "cpu";
      const step = isExact ? wanted : (near?.step ?? 0);
      const sound = isExact ? (found?.epoch ?? 0) : (near?.epoch ?? 0);
      const [curvature, before] = moments.length
        ? await Promise.all([
            this.#playground.ask("curvature", { step }).catch(() => NaN),
            this.#playground.ask("weights", { steps: [step] }).catch(() => null),
          ])
        : [NaN, null];
      if (isGone()) return;
      const evidence = {
        settings,
        epoch: run.epoch,
        sound,
        curvature,
        learningRate: frame.learningRate,
        weights:
          before && frame.parameters ? /** @type {[Float32Array, Float32Array]} */ ([before, frame.parameters]) : null,
        units:
          now?.units?.reduce((sum, { dead, of }) => ({ dead: sum.dead + dead, of: sum.of + of }), { dead: 0, of: 0 }) ??
          null,
      };
      const rescue = {
        reason: explainDivergence(evidence),
        epoch: run.epoch,
        sound,
        rate: null,
        clips: false,
        isTried: false,
      };
      this.store.set({ alert: null, rescue });
      const steps = trialSteps({
        steps: frame.step - step,
        stepsPerEpoch: description.stepsPerEpoch,
        parameterCount: description.parameterCount,
        batchSize: settings.batchSize,
      });
      const most = Math.min(SOUND * (found?.training ?? Infinity), Number.MAX_VALUE);
      const tried = (/** @type {import("../../settings/spec.js").Settings[]} */ changes) =>
        changes.length
          ? client
              .ask("trial", { step, specs: changes.map((change) => specFrom({ ...settings, ...change })), steps, most })
              .catch(() => -1)
          : -1;
      const rates = ratesFor(evidence);
      const held = await tried(rates.map((learningRate) => ({ learningRate })));
      const clips = mayClip(evidence) && (await tried([CLIPPED])) === 0;
      if (!isGone()) this.store.set({ rescue: { ...rescue, rate: rates[held] ?? null, clips, isTried: true } });
    } finally {
      this.#isRescuing = false;
    }
  }

  /** Back to the last sound epoch, and on by a smaller rate. */
  slower() {
    const { rescue } = this.store.get();
    if (rescue?.rate) return this.#restart(rescue.sound, { learningRate: rescue.rate });
  }

  /** Back, and on with gradients that are clipped to norm 1. */
  clip() {
    const { rescue } = this.store.get();
    if (rescue) return this.#restart(rescue.sound, CLIPPED);
  }

  #restart(/** @type {number} */ epoch, /** @type {import("../../settings/spec.js").Settings} */ changes) {
    return this.#travel.restart(this.#stepOf(epoch), changes);
  }

  /** Does what a button of the alert promises, and trains. A run that went back goes on from there. */
  async apply(/** @type {import("./remedies.js").Remedy} */ { changes, from }) {
    const { alert } = this.store.get();
    const { frame, settings } = this.#playground.store.get();
    if (!alert || !frame) return;
    if (this.#travel.store.get().isAway) return this.#travel.restart(frame.step, changes);
    if (from !== undefined) return this.#restart(from, changes);
    const isLive = liveChanges(settings, { ...settings, ...changes }) !== null;
    if (isLive) this.dismiss(); // what the run's record says of the time before
    trainBy(this.#playground, changes);
  }

  /** Back to the epoch before it went wrong, by an alert. */
  goBack() {
    const { alert } = this.store.get();
    if (alert?.best !== undefined) return this.#travel.seek(this.#stepOf(alert.best), true);
  }

  #stepOf(/** @type {number} */ epoch) {
    return epoch * (this.#playground.store.get().description?.stepsPerEpoch ?? 0);
  }

  dispose() {
    clearInterval(this.#timer);
    for (const end of this.#ends) end();
  }
}

/**
 * What overfitting is judged by: validation rows where there are any, else test rows unless they are locked.
 *
 * @param {import("../../session/playground.js").State} state
 * @returns {"test" | "validation" | null}
 */
function watchedBy(state) {
  const { validation = 0, test = 0 } = state.description?.rows ?? {};
  if (validation) return "validation";
  return test && !isLocked(state) ? "test" : null;
}

/**
 * The curve as the chart has it. Where the run stands at an epoch's end, that is its last point: the weights may be others
 * than those that the curve saw there, when the best ones were taken back.
 *
 * @param {import("../../session/playground.js").State} state
 * @param {boolean} isStanding
 * @returns {import("./alerts.js").Point[]}
 */
export function pointsOf({ frame, description }, isStanding) {
  const { curve, step = 0, epoch = 0 } = frame ?? {};
  if (!curve) return [];
  const points = Array.from(curve.epoch, (at, i) => ({
    epoch: at,
    training: curve.training[i],
    test: curve.test[i] ?? NaN,
  }));
  if (!isStanding || step !== epoch * (description?.stepsPerEpoch ?? 0)) return points;
  return [
    ...points.filter((point) => point.epoch < epoch),
    { epoch, training: frame?.training.loss ?? NaN, test: frame?.test?.loss ?? NaN },
  ];
}
