// @ts-check
/** A double of the package with the GPU engine: steps are under way until somebody waits for them, and the device can be lost. */
import { FakeTrainer } from "./fakeTrainer.js";

export class FakeGpuTrainer extends FakeTrainer {
  isLost = false;
  isOnGpu = true;
  /** The most steps of one submission. */
  chunk = 50;
  #underWay = 0;
  /** Steps and epochs of what was brought home. */
  #home = [0, 0];
  #submissions = 0;
  #trained = 0;
  synced = 0;
  /** The first step waits for kernels. @type {Promise<void>} */
  compiled = Promise.resolve();

  advance(/** @type {number} */ most, /** @type {number} */ budget) {
    this.#findLoss();
    if (!this.isOnGpu) return super.advance(most, budget);
    if (!this.#underWay && this.progress().status !== "finished") this.#underWay = Math.min(most, this.chunk);
    return this.progress();
  }

  async idle() {
    await this.compiled;
    await this.#land();
  }

  landed() {
    return this.idle();
  }

  /** What is under way gets there. */
  async #land() {
    await new Promise((resolve) => setImmediate(resolve));
    this.#findLoss();
    const steps = this.#underWay;
    this.#underWay = 0;
    if (!steps) return;
    this.#submissions += 1;
    this.#trained += steps;
    if (!this.freed) super.advance(steps, 0);
  }

  async sync() {
    this.synced += 1;
    await this.idle();
    if (this.isOnGpu) this.#home = [this.steps, this.epoch];
  }

  /** Once what is under way is done. */
  async evaluate(/** @type {string} */ part) {
    await this.#land();
    return super.evaluate(part);
  }

  async restore(/** @type {Uint8Array} */ bytes) {
    await super.restore(bytes);
    this.#home = [this.steps, this.epoch];
  }

  /** Of what was brought home. */
  moment() {
    return this.isOnGpu ? this.momentOf(...this.#home) : super.moment();
  }

  engine() {
    return this.isOnGpu
      ? {
          engine: "gpu",
          reason: "GPU: as its driver names it",
          adapter: { name: "driver", isFallback: false },
          deviceBytes: 4096,
          dispatchesPerStep: 7,
        }
      : {
          engine: "cpu",
          reason: "CPU: the GPU was lost (a test), and training goes on here",
          adapter: null,
          deviceBytes: 0,
          dispatchesPerStep: 0,
        };
  }

  timings() {
    const submissions = this.#submissions;
    return {
      steps: this.#trained,
      submissions,
      recording: submissions,
      upload: submissions,
      inFlight: 10 * submissions,
      compute: 4 * submissions,
    };
  }

  loseDevice() {
    this.isLost = true;
  }

  /** What was done since the last copy is gone, and done again. */
  #findLoss() {
    if (!this.isLost || !this.isOnGpu) return;
    this.isOnGpu = false;
    this.#underWay = 0;
    [this.steps] = this.#home;
  }
}
