// @ts-check
/**
 * A double of the browser's WebGPU below the real package: it computes nothing, so that every buffer reads 0, and answers as
 * a test says. `"at once"`: a map resolves when its work is done. `"on ticks"`: as in Firefox, which looks ten times a second
 * and with each submission whether work is done. `"never"`, `"rejects"`, `"throws"`: as a browser whose GPU is gone.
 *
 * @typedef {"at once" | "on ticks" | "never" | "rejects" | "throws"} Manner
 */

/** So long work takes, and so far apart Firefox looks, in milliseconds. */
export const WORK_MS = 3;
export const LOOK_MS = 100;

const noop = () => {};
/** An object of which nothing is asked, or that takes whatever it is told. */
const thing = () => ({ label: "" });
const pass = new Proxy({}, { get: (_, name) => (name === "label" ? "" : noop) });

export class FakeGpuDevice {
  /** @type {Manner} */
  manner = "at once";
  counts = { submissions: 0, empty: 0, maps: 0, seenOnTick: 0, seenOnSubmission: 0 };
  /** The most maps that waited at a time. */
  mostPending = 0;
  /** What the next calls of this name throw. @type {Record<string, string>} */
  throwing = {};
  /** @type {(info: {reason: string, message: string}) => void} */
  lose = noop;
  /** Resolves as a browser's does. */
  lost = new Promise((resolve) => (this.lose = resolve));
  features = new Set();
  limits = new Proxy({}, { get: () => 1 << 28 });
  #doneAt = 0;
  /** @type {{at: number, resolve: () => void}[]} */
  #pending = [];
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  queue = {
    submit: (/** @type {unknown[]} */ commands) => {
      this.#mayThrow("submit");
      this.counts.submissions += 1;
      if (commands.length) this.#doneAt = Math.max(this.#doneAt, this.#now()) + WORK_MS;
      else this.counts.empty += 1;
      this.counts.seenOnSubmission += this.#look();
    },
    writeBuffer: noop,
    onSubmittedWorkDone: async () => {},
  };

  /** Looks whether work is done: Firefox's timer. */
  tick() {
    this.counts.seenOnTick += this.#look();
  }

  #look() {
    if (this.manner !== "on ticks") return 0;
    const done = this.#pending.filter(({ at }) => at <= this.#now());
    this.#pending = this.#pending.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
    return done.length;
  }

  /** @param {string} name */
  #mayThrow(name) {
    const message = this.throwing[name];
    if (message) throw new TypeError(message);
  }

  /** @returns {Promise<void>} */
  #map() {
    if (this.manner === "throws") throw new TypeError("no more");
    if (this.manner === "rejects") return Promise.reject(new DOMException("no more", "OperationError"));
    if (this.manner === "never") return new Promise(noop);
    this.counts.maps += 1;
    const isPrompt = this.manner === "at once";
    return new Promise((resolve) => {
      const done = () => resolve(undefined);
      if (isPrompt) return void setTimeout(done, Math.max(0, this.#doneAt - this.#now()));
      this.#pending.push({ at: this.#doneAt, resolve: done });
      this.mostPending = Math.max(this.mostPending, this.#pending.length);
    });
  }

  createBuffer(/** @type {{size: number}} */ { size }) {
    return {
      mapAsync: () => this.#map(),
      getMappedRange: (/** @type {number} */ from, /** @type {number} */ bytes) =>
        new ArrayBuffer(bytes ?? size - from),
      unmap: noop,
      destroy: noop,
    };
  }

  createCommandEncoder() {
    this.#mayThrow("createCommandEncoder");
    return { label: "", beginComputePass: () => pass, copyBufferToBuffer: noop, finish: thing };
  }

  createShaderModule = thing;
  createBindGroupLayout = thing;
  createPipelineLayout = thing;
  createComputePipeline = thing;
  createBindGroup = thing;
  addEventListener = noop;
  removeEventListener = noop;

  destroy() {
    this.lose({ reason: "destroyed", message: "" });
  }
}

/** Puts it where the package looks for WebGPU, until the function that is returned is called. @param {FakeGpuDevice} device */
export function offerGpu(device) {
  const adapter = {
    info: { vendor: "a", architecture: "b", device: "", description: "a double" },
    features: new Set(),
    limits: device.limits,
    requestDevice: async () => device,
  };
  const scope = /** @type {any} */ (globalThis);
  const gpu = { requestAdapter: async () => adapter, wgslLanguageFeatures: new Set() };
  const put = { Window: class Window {}, navigator: { gpu } };
  const before = Object.keys(put).map((name) => [name, Object.getOwnPropertyDescriptor(scope, name)]);
  for (const [name, value] of Object.entries(put)) Object.defineProperty(scope, name, { value, configurable: true });
  return () => {
    for (const [name, descriptor] of before)
      if (descriptor) Object.defineProperty(scope, name, descriptor);
      else delete scope[name];
  };
}
