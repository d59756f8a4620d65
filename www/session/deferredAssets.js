// @ts-check
/** What can wait until there is something to see and to train: thumbnails, the curve of a schedule. */
import { askForPreviews, askForRates } from "./previews.js";

/** Resolves in a task of its own. */
const later = () => new Promise((resolve) => setTimeout(resolve));

export class DeferredAssets {
  #store;
  #client;
  #hasPreviews = false;

  /**
   * @param {import("../base/store.js").Store<import("./state.js").State>} store
   * @param {import("./client.js").Client} client
   */
  constructor(store, client) {
    this.#store = store;
    this.#client = client;
  }

  /** With each frame; they come once. */
  ask() {
    if (!this.#hasPreviews) void this.#askForPreviews();
  }

  async #askForPreviews() {
    this.#hasPreviews = true;
    await later(); // the frame itself is drawn first
    const previews = await askForPreviews(this.#client);
    if (previews) this.#store.set({ previews });
    else this.#hasPreviews = false; // the worker is gone; the next one is asked again
  }

  async askForRates() {
    const { settings } = this.#store.get();
    const rates = await askForRates(this.#client, settings);
    if (this.#store.get().settings === settings) this.#store.set({ rates });
  }
}
