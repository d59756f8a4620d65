// @ts-check
/**
 * Looks at the run now and then: what the rules say of it, one thing at a time, and what happened when it blew up.
 *
 * @typedef {object} WatchState
 * @property {import("./alerts.js").Alert | null} alert
 * @property {Rescue | null} rescue
 *
 * @typedef {object} Rescue
 * @property {string} reason          a sentence
 * @property {number} epoch           where the run ended
 * @property {import("./timeTravel.js").Moment | null} sound   the last moment before it went wrong
 * @property {number} rate            a third of the rate that was too much
 */
import { alertsOf } from "./alerts.js";
import { saidAt } from "./confusion.js";
import { COMMANDS } from "./protocol.js";
import { lastSound, reasonOf, third } from "./rescue.js";
import { trainingRows, valuesOf } from "./sample.js";
import { createStore } from "./store.js";

/** Between two looks, in milliseconds. */
const EVERY_MS = 1000;

/** Rows that predictions are asked for. */
const ROWS = 400;

/** Activations that can die. */
const MORTAL = ["relu"];

export class Watchman {
  #playground;
  #travel;
  #ends;
  /** @type {import("./alerts.js").Look[]} */
  #looks = [];
  /** What the reader doesn't want to hear of again, in this run. @type {Set<string>} */
  #dismissed = new Set();
  #timer = /** @type {any} */ (0);
  #isLooking = false;

  /** @param {import("./playground.js").Playground} playground @param {import("./timeTravel.js").TimeTravel} travel */
  constructor(playground, travel) {
    this.#playground = playground;
    this.#travel = travel;
    /** @type {import("./store.js").Store<WatchState>} */
    this.store = createStore(/** @type {WatchState} */ ({ alert: null, rescue: null }));
    this.#ends = [
      playground.store.subscribe((state, before) => {
        if (state.description !== before.description) this.#forget();
        if (state.run?.state !== before.run?.state) this.#turn(state.run?.state);
      }),
    ];
    this.#turn(playground.store.get().run?.state);
  }

  #forget() {
    this.#looks = [];
    this.#dismissed.clear();
    this.store.set({ alert: null, rescue: null });
  }

  #turn(/** @type {string | undefined} */ state) {
    clearInterval(this.#timer);
    if (state !== "diverged" && this.store.get().rescue) this.store.set({ rescue: null });
    if (state === "training") this.#timer = setInterval(() => void this.#look(), EVERY_MS);
    else if (state === "diverged") void this.#rescue();
    else if (state === "finished" || state === "paused") void this.#look();
  }

  async #look() {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { description, frame, settings } = this.#playground.store.get();
      if (!description || !frame || this.#travel.store.get().isAway) return;
      await this.#travel.refresh();
      const look = await this.#lookAtRows();
      if (this.#playground.store.get().description !== description) return;
      // A run that went back is younger than what was seen of it.
      this.#looks = [...this.#looks.filter(({ epoch }) => epoch < frame.epoch).slice(-200), ...(look ? [{ ...look, epoch: frame.epoch }] : [])];
      const about = { batchSize: settings.batchSize, trainingRows: description.rows.train };
      this.#show(alertsOf(this.#travel.store.get().moments, this.#looks, about).filter(({ kind }) => !this.#dismissed.has(kind)));
    } finally {
      this.#isLooking = false;
    }
  }

  /** What is shown stays as long as it holds, though others may hold too: nothing flickers. */
  #show(/** @type {import("./alerts.js").Alert[]} */ alerts) {
    const { alert } = this.store.get();
    this.store.set({ alert: alerts.find(({ kind }) => kind === alert?.kind) ?? alerts[0] ?? null });
  }

  /** What is predicted for the training rows, and which units answer at all. */
  async #lookAtRows() {
    const { description, points } = this.#playground.store.get();
    if (!description || !points || !points.targets.length) return null;
    const width = points.inputs.length / points.targets.length;
    const rows = trainingRows(points.part, ROWS);
    if (!rows.length || !Number.isInteger(width)) return null;
    const inputs = valuesOf(points, rows, width);
    const { client } = this.#playground;
    const units = await this.#deadUnits(inputs, rows.length);
    if (description.task !== "classification") return { only: null, rows: rows.length, units };
    const outputs = await client.predict(inputs).catch(() => null);
    if (!outputs) return null;
    const classes = outputs.length / rows.length;
    const told = rows.map((_, i) => saidAt(outputs, i, classes));
    // Rows of one class may well get one answer.
    const isMixed = rows.some((row) => points.targets[row] !== points.targets[rows[0]]);
    return { only: isMixed && told.every((one) => one === told[0]) ? told[0] : null, rows: rows.length, units };
  }

  /** Of each hidden layer whose units can die; nothing where units can't be asked. */
  async #deadUnits(/** @type {Float32Array} */ inputs, /** @type {number} */ rows) {
    const { description } = this.#playground.store.get();
    if (!Object.hasOwn(COMMANDS, "activations") || !description) return undefined;
    const hidden = description.layers.slice(0, -1);
    if (!hidden.some(({ activation }) => MORTAL.includes(activation))) return undefined;
    const values = await this.#playground.client.ask("activations", { inputs }).catch(() => null);
    if (!values) return undefined;
    // The inputs may stand before the units.
    let unit = values.length / rows - description.layers.reduce((sum, { outputs }) => sum + outputs, 0);
    return hidden.map(({ outputs, activation }, layer) => {
      let dead = 0;
      for (let i = 0; i < outputs; i++, unit++) {
        if (values.subarray(unit * rows, (unit + 1) * rows).every((/** @type {number} */ value) => value <= 0)) dead += 1;
      }
      return { layer: layer + 1, dead: MORTAL.includes(activation) ? dead : 0, of: outputs };
    });
  }

  dismiss() {
    const { alert } = this.store.get();
    if (alert) this.#dismissed.add(alert.kind);
    this.store.set({ alert: null });
  }

  /** What blew up, and why. */
  async #rescue() {
    this.store.set({ alert: null });
    const { description, settings } = this.#playground.store.get();
    const { client } = this.#playground;
    await this.#travel.refresh();
    const sound = lastSound(this.#travel.store.get().moments);
    const at = sound ? { step: sound.step } : {};
    const [curvature, before, look] = await Promise.all([
      client.ask("curvature", at).catch(() => NaN),
      sound ? client.ask("weights", { steps: [sound.step] }).catch(() => null) : null,
      this.#lookAtRows().catch(() => null),
    ]);
    const { description: now, frame, run } = this.#playground.store.get();
    if (now !== description || run?.state !== "diverged") return;
    /** @type {[Float32Array, Float32Array] | null} */
    const weights = before && frame?.parameters ? [before, frame.parameters] : null;
    const units = look?.units?.reduce((sum, { dead, of }) => ({ dead: sum.dead + dead, of: sum.of + of }), { dead: 0, of: 0 }) ?? null;
    const reason = reasonOf({ settings, epoch: run.epoch, sound, curvature, weights, units });
    this.store.set({ rescue: { reason, epoch: run.epoch, sound, rate: third(settings.learningRate) } });
  }

  /** Back to the last sound moment, and on by a third of the rate. */
  slower() {
    const { rescue } = this.store.get();
    if (rescue) return this.#travel.restart(rescue.sound?.step ?? 0, { learningRate: rescue.rate });
  }

  /** Back, and on with gradients that are cut to length 1. */
  clip() {
    const { rescue } = this.store.get();
    if (rescue) return this.#travel.restart(rescue.sound?.step ?? 0, { clip: "norm", clipLimit: 1 });
  }

  /** Back to the moment before it went wrong, by an alert. */
  goBack() {
    const { alert } = this.store.get();
    if (alert?.step !== undefined) return this.#travel.seek(alert.step);
  }

  dispose() {
    clearInterval(this.#timer);
    for (const end of this.#ends) end();
  }
}
