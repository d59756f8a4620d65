// @ts-check
/** A few pictures of a set, small, on the card that offers it. They come with the cards: the set itself may have megabytes. */
import { html } from "lit";
import { IMAGE_STRIPS, STRIP_SIDE } from "../../data/imageStrips.js";
import { mix } from "../../ui/charts/color.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";

/** Between two, in their pixels. */
const GAP = 2;

export class ImageStrip extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, name: { attribute: false } };

  constructor() {
    super();
    /** The set. */
    this.name = "";
  }

  render() {
    return html`<canvas class="image-strip" aria-hidden="true"></canvas>`;
  }

  draw() {
    const canvas = this.querySelector("canvas");
    const pixels = IMAGE_STRIPS[this.name];
    const { theme } = this;
    if (!canvas || !theme || !pixels) return;
    const size = STRIP_SIDE * STRIP_SIDE;
    const count = pixels.length / size;
    Object.assign(canvas, { width: count * (STRIP_SIDE + GAP) - GAP, height: STRIP_SIDE });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    for (let i = 0; i < count; i++) {
      const image = context.createImageData(STRIP_SIDE, STRIP_SIDE);
      for (let at = 0; at < size; at++) {
        const ink = Number.parseInt(pixels[i * size + at], 16) / 15;
        image.data.set([...mix(theme.surface, theme.ink, ink), 255], 4 * at);
      }
      context.putImageData(image, i * (STRIP_SIDE + GAP), 0);
    }
  }
}
