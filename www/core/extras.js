// @ts-check
/** What can wait until there is something to see and to train: thumbnails, explanations, the curve of a schedule. */
import { askForPreviews, askForRates } from "./previews.js";

export class Extras {
  #store;
  #client;
  #warn;
  #hasPreviews = false;
  #isHelpAsked = false;

  /**
   * @param {import("./store.js").Store<import("./state.js").State>} store
   * @param {import("./client.js").Client} client
   * @param {(text: string) => void} warn
   */
  constructor(store, client, warn) {
    this.#store = store;
    this.#client = client;
    this.#warn = warn;
  }

  /** With each frame; each part comes once. */
  ask() {
    if (!this.#hasPreviews) void this.#askForPreviews();
    if (!this.#isHelpAsked) void this.#askForHelp();
  }

  async #askForPreviews() {
    this.#hasPreviews = true;
    const previews = await askForPreviews(this.#client);
    if (previews) this.#store.set({ previews });
    else this.#hasPreviews = false; // the worker is gone; the next one is asked again
  }

  async #askForHelp() {
    this.#isHelpAsked = true;
    const help = await import("./help.js").catch(() => null);
    if (help) this.#store.set({ help: help.HELP });
    else this.#warn("The explanations of the settings could not be loaded. Check the connection, then reload the page to have them.");
  }

  async askForRates() {
    const { settings } = this.#store.get();
    const rates = await askForRates(this.#client, settings);
    if (this.#store.get().settings === settings) this.#store.set({ rates });
  }
}
