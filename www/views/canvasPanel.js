// @ts-check
/**
 * A panel with a picture. The template is for what is around it; the picture itself is drawn
 * straight from the store, at most once a change of frame, size, theme or what else it follows.
 */
import { Panel } from "./panel.js";
import { forgetTheme, readTheme, watchTheme } from "./theme.js";

export class CanvasPanel extends Panel {
  /** @type {import("../charts/colour.js").Theme | null} */
  theme = null;
  #isDue = false;

  /** @param {import("../core/playground.js").State} _state */
  draws(_state) {
    return /** @type {unknown[]} */ ([]);
  }

  /** Draws the picture; called only when there is a theme. */
  draw() {}

  /** Called when the theme is new, before the next drawing. */
  themed() {}

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#begin(); // moved to another place on the page
  }

  firstUpdated() {
    this.#begin();
  }

  #begin() {
    this.theme = readTheme(this, this.playground);
    this.themed();
    const changed = () => {
      forgetTheme(this.playground);
      this.theme = readTheme(this, this.playground);
      this.themed();
      this.draw();
    };
    this.atEnd(watchTheme(changed));
    // The store changes inside an animation frame while training: drawing at once is drawing in time.
    this.follow((state) => this.draws(state), () => this.#soon());
    const observer = new ResizeObserver(() => this.draw());
    for (const picture of this.querySelectorAll("canvas, .plot")) observer.observe(picture);
    this.atEnd(() => observer.disconnect());
    this.draw();
  }

  updated() {
    super.updated();
    if (this.theme) this.#soon();
  }

  /** Several changes at once are one drawing, after the template had its turn. */
  #soon() {
    if (this.#isDue) return;
    this.#isDue = true;
    void this.updateComplete.then(() => {
      this.#isDue = false;
      if (this.isConnected) this.draw();
    });
  }
}
