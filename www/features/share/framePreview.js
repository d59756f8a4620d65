// @ts-check
/** What is put together, in a frame beside it. It follows after a pause of so many milliseconds. */
const PAUSE_MS = 300;

export class FramePreview {
  #shown = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** Without an entry in the history, and without loading the page again. @param {HTMLIFrameElement | null} frame @param {string} link */
  show(frame, link) {
    if (!frame) return void (this.#shown = "");
    if (link === this.#shown) return;
    clearTimeout(this.#timer);
    const go = () => frame.contentWindow?.location.replace(link);
    if (this.#shown) this.#timer = setTimeout(go, PAUSE_MS);
    else go();
    this.#shown = link;
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
