// @ts-check
/**
 * An element that draws itself again once one of its properties was set: several changes are one drawing, after the task that
 * made them. It draws with lit-html, into its own light DOM. Of Lit's own element, which does this too, the page would need a
 * third: its views have neither attributes nor styles nor shadow roots.
 *
 * @typedef {Map<PropertyKey, unknown>} Changed   what was set since the last drawing, with the values before
 * @typedef {{hostConnected?: () => void, hostDisconnected?: () => void}} Controller   comes and goes with its element
 */
import { render } from "lit";

/** Tests in Node read views and have no elements. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

/** Views whose properties are watched. @type {WeakSet<object>} */
const watched = new WeakSet();

export class ViewElement extends Base {
  /** Names of what it is drawn from. @type {Record<string, object>} */
  static properties = {};

  hasUpdated = false;
  #isPending = false;
  /** @type {Changed} */
  #changed = new Map();
  /** @type {Set<Controller>} */
  #controllers = new Set();
  #begin = (/** @type {boolean} */ _hasBegun) => {};
  #hasBegun = false;
  /** The first drawing waits until it is on the page. @type {Promise<boolean>} */
  #complete = new Promise((resolve) => (this.#begin = resolve));
  /** @type {import("lit").RenderOptions} */
  #options = { host: this };
  /** @type {import("lit").RootPart | undefined} */
  #part = undefined;
  /** Of its properties. @type {Record<string, unknown>} */
  #values = {};
  /** What was set before its class was there. @type {Record<string, unknown>} */
  #early = {};

  constructor() {
    super();
    const names = Object.keys(new.target.properties);
    if (!watched.has(new.target)) for (const name of names) ViewElement.#watch(new.target.prototype, name);
    watched.add(new.target);
    const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
    for (const name of names.filter((name) => Object.hasOwn(this, name))) {
      this.#early[name] = own[name];
      delete own[name];
    }
    this.requestUpdate();
  }

  static #watch(/** @type {object} */ prototype, /** @type {string} */ name) {
    Object.defineProperty(prototype, name, {
      /** @this {ViewElement} */
      get() {
        return this.#values[name];
      },
      /** @this {ViewElement} */
      set(value) {
        const before = this.#values[name];
        this.#values[name] = value;
        if (!Object.is(value, before)) this.requestUpdate(name, before);
      },
    });
  }

  connectedCallback() {
    Object.assign(this, this.#early);
    this.#early = {};
    this.#hasBegun = true;
    this.#begin(true);
    for (const controller of this.#controllers) controller.hostConnected?.();
    this.#part?.setConnected(true);
  }

  disconnectedCallback() {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
    this.#part?.setConnected(false);
  }

  addController(/** @type {Controller} */ controller) {
    this.#controllers.add(controller);
    if (this.#hasBegun && this.isConnected) controller.hostConnected?.();
  }

  /** Resolves when it is drawn; to false where it has to be again. */
  get updateComplete() {
    return this.#complete;
  }

  /** To be drawn, soon. */
  requestUpdate(/** @type {string | undefined} */ name = undefined, /** @type {unknown} */ before = undefined) {
    if (name !== undefined && !this.#changed.has(name)) this.#changed.set(name, before);
    if (this.#isPending) return;
    this.#isPending = true;
    this.#complete = this.#updateAfter(this.#complete);
  }

  async #updateAfter(/** @type {Promise<unknown>} */ last) {
    await last.catch(() => {}); // the browser has told of it
    await this.scheduleUpdate();
    return !this.#isPending;
  }

  /** @returns {void | Promise<void>} */
  scheduleUpdate() {
    this.performUpdate();
  }

  /** Draws, if that is due. */
  performUpdate() {
    if (!this.#isPending) return;
    const changed = this.#changed;
    try {
      if (!this.shouldUpdate(changed)) return this.#settle();
      this.willUpdate(changed);
      this.update(changed);
    } catch (error) {
      this.#settle();
      throw error;
    }
    if (!this.hasUpdated) {
      this.hasUpdated = true;
      this.firstUpdated(changed);
    }
    this.updated(changed);
  }

  /** What is set from here on is drawn anew. */
  #settle() {
    this.#changed = new Map();
    this.#isPending = false;
  }

  /** @param {Changed} _changed */
  update(_changed) {
    const value = this.render();
    this.#settle();
    if (!this.hasUpdated) this.#options.isConnected = this.isConnected;
    this.#part = render(value, this, this.#options);
  }

  /** @returns {unknown} */
  render() {
    return undefined;
  }

  /** @param {Changed} _changed */
  shouldUpdate(_changed) {
    return true;
  }

  /** @param {Changed} _changed */
  willUpdate(_changed) {}

  /** @param {Changed} _changed */
  firstUpdated(_changed) {}

  /** @param {Changed} _changed */
  updated(_changed) {}
}
