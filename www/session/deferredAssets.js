// @ts-check
/** What can wait until there is something to see and to train: thumbnails, explanations, the curve of a schedule. */
import { tellLack } from "./pending.js";
import { askForPreviews, askForRates } from "./previews.js";
import { t } from "../base/text.js";

/** Resolves in a task of its own. */
const later = () => new Promise((resolve) => setTimeout(resolve));

export class DeferredAssets {
  #store;
  #client;
  #loadHelp;
  #hasPreviews = false;
  #isHelpAsked = false;

  /**
   * @param {import("../base/store.js").Store<import("./state.js").State>} store
   * @param {import("./client.js").Client} client
   * @param {(() => Promise<typeof import("../settings/help.js")>) | undefined} loadHelp
   */
  constructor(store, client, loadHelp) {
    this.#store = store;
    this.#client = client;
    this.#loadHelp = loadHelp;
  }

  /** With each frame; each part comes once. */
  ask() {
    if (!this.#hasPreviews) void this.#askForPreviews();
    if (!this.#isHelpAsked) void this.#askForHelp();
  }

  async #askForPreviews() {
    this.#hasPreviews = true;
    await later(); // the frame itself is drawn first
    const previews = await askForPreviews(this.#client);
    if (previews) this.#store.set({ previews });
    else this.#hasPreviews = false; // the worker is gone; the next one is asked again
  }

  async #askForHelp() {
    this.#isHelpAsked = true;
    await later();
    try {
      const part = await this.#loadHelp?.();
      if (part) this.#store.set({ help: part.HELP, about: part.ABOUT });
    } catch (error) {
      tellLack(
        this.#store,
        t("session.explanationsSettingsCouldNot", { message: /** @type {Error} */ (error).message }),
        () => void this.#askForHelp(),
      );
    }
  }

  async askForRates() {
    const { settings } = this.#store.get();
    const rates = await askForRates(this.#client, settings);
    if (this.#store.get().settings === settings) this.#store.set({ rates });
  }
}
