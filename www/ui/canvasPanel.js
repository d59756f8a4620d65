// @ts-check
/**
 * A panel with a picture. The template is for what is around it; the picture itself is drawn
 * straight from the store, at most once a change of frame, size, theme or what else it follows.
 */
import { Panel } from "./panel.js";
import { forgetTheme, readTheme, watchTheme } from "./theme.js";
import { turn } from "./turns.js";

export class CanvasPanel extends Panel {
  /** @type {import("./charts/color.js").Theme | null} */
  theme = null;
  /** Whether it is drawn with every picture of a run that trains. */
  isLive = false;
  #isDue = false;
  /** Whether there was a frame to draw: before, the page is busy with its first pictures. */
  #isWarm = false;

  /** @param {import("../session/playground.js").State} _state */
  draws(_state) {
    return /** @type {unknown[]} */ ([]);
  }

  /** Draws the picture; called only when there is a theme. */
  draw() {}

  /** Called when the theme is new, before the next drawing. */
  themed() {}

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#await(); // moved to another place on the page
  }

  firstUpdated() {
    this.#await();
  }

  /** Begins once the pictures have a size: asking for it, or for a color, would lay out the page anew for each panel. */
  #await() {
    const pictures = this.querySelectorAll("canvas, .plot");
    if (!pictures.length) return this.#begin();
    let hasBegun = false;
    const observer = new ResizeObserver(() => {
      if (hasBegun) this.drawSeen();
      else this.#begin();
      hasBegun = true;
    });
    for (const picture of pictures) observer.observe(picture);
    this.atEnd(() => observer.disconnect());
  }

  #begin() {
    if (!this.isConnected) return; // it left before its turn came
    this.theme = readTheme(this, this.playground);
    this.themed();
    const changed = () => {
      forgetTheme(this.playground);
      this.theme = readTheme(this, this.playground);
      this.themed();
      this.drawSeen();
    };
    this.atEnd(watchTheme(changed));
    // The store changes inside an animation frame while training: drawing at once is drawing in time.
    this.follow(
      (state) => this.draws(state),
      () => this.#soon(),
      this.isLive,
    );
    this.#soon();
  }

  updated() {
    super.updated();
    if (this.theme) this.#soon();
  }

  /** What is in a tab that isn't shown has no size: it is drawn once it has one. */
  drawSeen() {
    if (this.getClientRects().length) this.draw();
  }

  /** Several changes at once are one drawing, after the template had its turn. */
  #soon() {
    if (this.#isDue) return;
    this.#isDue = true;
    const due = this.#isWarm ? this.updateComplete : turn();
    void due.then(() => {
      this.#isDue = false;
      const { frame } = this.state;
      // What there was to see is gone with its run.
      if (!frame) for (const canvas of this.querySelectorAll("canvas")) canvas.width = 0;
      this.#isWarm = frame !== null;
      if (this.theme) this.drawSeen();
    });
  }
}
