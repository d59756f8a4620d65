// @ts-check
/** What the network made of a drawing, stroke by stroke: how it looked then, and which class was the likeliest. */
import { html, nothing } from "lit";
import { paintInk } from "./paint.js";
import { formatNumber, formatShare } from "../../base/format.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { Inquiry } from "../../session/inquiry.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { t } from "../../base/text.js";

/** Of a drawing with more strokes the last ones are looked at. */
const MOST = 24;

export class StrokeHistory extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, pictures: { attribute: false }, said: { state: true } };

  #inquiry = new Inquiry(() => this.#ask());
  #stop = new AbortController();

  constructor() {
    super();
    /** What the network saw after each stroke. @type {Uint8Array[]} */
    this.pictures = [];
    /** What it made of these. @type {{of: Uint8Array[], outputs: number[][], classes: number[]}} */
    this.said = { of: [], outputs: [], classes: [] };
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = new AbortController();
    this.follow(
      ({ frame, description }) => [frame, description],
      () => this.#inquiry.soon(),
    );
    this.atEnd(() => {
      this.#inquiry.stop();
      this.#stop.abort();
    });
  }

  /** @param {import("../../ui/viewElement.js").Changed} changed */
  willUpdate(changed) {
    if (changed.has("pictures") && this.pictures.length) this.#inquiry.soon();
  }

  async #ask() {
    const of = this.pictures.slice(-MOST);
    const { description } = this.state;
    if (!of.length || !description?.image || !this.isConnected) return;
    const pixels = new Uint8Array(of.length * of[0].length);
    of.forEach((one, i) => pixels.set(one, i * one.length));
    const course = { pixels, count: of.length };
    const found = await this.playground.client.job("drawings", course, () => {}, this.#stop.signal);
    if (this.state.description !== description) return;
    const { outputs, classes } = /** @type {{outputs: number[][], classes: number[]}} */ (found);
    this.said = { of, outputs, classes };
  }

  render() {
    const { description } = this.state;
    const shown = this.pictures.slice(-MOST);
    if (!description?.image || !shown.length) return nothing;
    const first = this.pictures.length - shown.length;
    return html`
      <section class="strokes" aria-label="${t("sight.strokes")}">
        <p class="note">${t("sight.strokes")}</p>
        <ol class="stroke-list" start=${first + 1}>${shown.map((_, i) => {
          const words = this.#words(description, shown[i]);
          const label = words
            ? t("sight.afterStroke", { number: first + i + 1, words })
            : t("sight.stroke", { number: first + i + 1 });
          return html`<li><canvas class="pixels" role="img" aria-label=${label} title=${label} data-stroke=${i} width="1" height="1"></canvas><span aria-hidden="true">${words || "–"}</span></li>`;
        })}</ol>
      </section>
    `;
  }

  /** The likeliest class and how likely it is; empty until that is known. @param {import("../../session/protocol.js").Description} description @param {Uint8Array} picture */
  #words(description, picture) {
    const { of, outputs, classes } = this.said;
    const at = of.indexOf(picture);
    if (at < 0) return "";
    const [one, all] = [classes[at], outputs[at]];
    const isShare = hasProbabilities(description);
    // Two classes share one number, about the second.
    const value = all.length > 1 ? all[one] : one ? all[0] : isShare ? 1 - all[0] : -all[0];
    const name = description.classNames?.[one] ?? String(one);
    return `${name} ${isShare ? formatShare(value, 0) : formatNumber(value)}`;
  }

  draw() {
    const { theme } = this;
    const width = this.state.description?.image?.width;
    if (!theme || !width) return;
    const shown = this.pictures.slice(-MOST);
    for (const canvas of this.querySelectorAll("canvas")) {
      const pixels = shown[Number(canvas.dataset.stroke)];
      if (pixels) paintInk(canvas, pixels, width, theme);
    }
  }
}
