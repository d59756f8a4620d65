// @ts-check
/** How training images are varied: a slider for each kind, and what the network is shown of one of them. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { rowsOf } from "../../base/sample.js";
import { Inquiry } from "../../session/inquiry.js";
import { AUGMENTS, augmentWords, usual, withStrength } from "../../session/augmentation.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { slider } from "../../ui/slider.js";
import { paintInk } from "./paint.js";
import { t } from "../../base/text.js";

/** So many epochs are shown. */
const EPOCHS = 8;

export class ImageAugment extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    moved: { state: true },
    place: { state: true },
    shown: { state: true },
    problem: { state: true },
  };

  /** One question at a time: the worker has one job of a kind. */
  #inquiry = new Inquiry(() => this.#ask());
  #stop = new AbortController();

  constructor() {
    super();
    /** A slider that is being moved: what it says counts once it is let go. @type {{key: string, value: number} | null} */
    this.moved = null;
    /** Which of the training images is shown. */
    this.place = 0;
    /** The image as it is, then as it is shown epoch after epoch. @type {{row: number, images: Uint8Array[]} | null} */
    this.shown = null;
    this.problem = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, points, engine }) {
    return [settings.augment, settings.engine, description, points, engine];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ description, points }) => [description, points],
      () => void this.#inquiry.now(),
    );
    this.#stop = new AbortController();
    this.atEnd(() => {
      this.#inquiry.stop();
      this.#stop.abort();
    });
    void this.#inquiry.now();
  }

  /** The numbers of the training images. */
  get #rows() {
    const { points } = this.state;
    return points ? rowsOf(points.part, 0).map((place) => points.inputs[place]) : [];
  }

  async #ask() {
    const { description, points } = this.state;
    const rows = this.#rows;
    if (!description?.image || !points || !rows.length) return void (this.shown = null);
    const row = rows[this.place % rows.length];
    try {
      const { playground } = this;
      const [{ pixels: own }, { pixels }] = await Promise.all([
        playground.tables.pictures([row]),
        /** @type {Promise<{pixels: Float64Array}>} */ (
          playground.client.job("variants", { row, first: 0, count: EPOCHS }, () => {}, this.#stop.signal)
        ),
      ]);
      if (this.state.description !== description || row !== this.#rows[this.place % this.#rows.length]) return;
      const varied = Uint8Array.from(pixels, (ink) => Math.round(255 * ink));
      const images = Array.from({ length: EPOCHS }, (_, i) => varied.slice(i * own.length, (i + 1) * own.length));
      this.shown = { row, images: [own, ...images] };
      this.problem = "";
    } catch (error) {
      // The worker was replaced, or the run: what comes then asks again.
      if (this.state.description === description) this.problem = /** @type {Error} */ (error).message;
    }
  }

  #another() {
    this.place = (this.place + 1) % Math.max(1, this.#rows.length);
    void this.#inquiry.now();
  }

  #set(/** @type {Record<string, number> | null} */ augment) {
    this.moved = null;
    this.playground.set("augment", augment);
  }

  render() {
    const { description, settings } = this.state;
    if (!description?.image) return nothing;
    const words = augmentWords(settings.augment);
    return html`
      <section class="augment" aria-labelledby="${this.uid}-title">
        <h3 id="${this.uid}-title">${t("images.augment")}</h3>
        <p class="note">${t("images.augmentAbout")}</p>
        <div class="augment-body">
          <div class="augment-side">
            ${AUGMENTS.map((kind) => this.#slider(kind))}
            <div class="edit-acts">
              <button type="button" class="button" @click=${() => this.#set(usual())}>${t("images.augmentUsual")}</button>
              <button type="button" class="button" ?disabled=${!words} @click=${() => this.#set(null)}>${t("images.augmentOff")}</button>
            </div>
          </div>
          ${this.#preview()}
        </div>
        <p class="note" role="status">${words ? t("images.augmented", { words }) : t("images.notAugmented")} ${words && settings.engine !== "cpu" ? t("images.augmentEngine") : ""}</p>
      </section>
    `;
  }

  #slider(/** @type {(typeof AUGMENTS)[number]} */ { key, label, most, step, written }) {
    const held = this.state.settings.augment?.[key] ?? 0;
    const value = this.moved?.key === key ? this.moved.value : held;
    return slider({
      id: `${this.uid}-${key}`,
      label,
      max: Math.max(most, held),
      step: held % step > 1e-9 && step - (held % step) > 1e-9 ? "any" : step,
      value,
      shown: value ? written(value) : t("images.augmentNone"),
      enter: (text) => (this.moved = { key, value: Number(text) }),
      release: (text) => this.#set(withStrength(this.state.settings.augment, key, Number(text))),
    });
  }

  #preview() {
    const number = this.shown ? formatCount(this.shown.row + 1) : "–";
    const names = [
      t("images.augmentAsIs"),
      ...Array.from({ length: EPOCHS }, (_, i) => t("images.augmentEpoch", { epoch: i + 1 })),
    ];
    return html`
      <div class="augment-preview">
        <div class="wall-head">
          <span class="note">${t("images.augmentSeen", { number, epochs: EPOCHS })}</span>
          <button type="button" class="button" @click=${() => this.#another()}>${t("images.augmentAnother")}</button>
        </div>
        <ul class="stroke-list augment-list" aria-label=${t("images.augmentSeen", { number, epochs: EPOCHS })}>
          ${names.map((name) => html`<li><canvas class="pixels" role="img" aria-label=${name} width="1" height="1"></canvas><small aria-hidden="true">${name}</small></li>`)}
        </ul>
        ${this.problem ? html`<p class="bring-problem" role="alert">${this.problem}</p>` : nothing}
      </div>
    `;
  }

  draw() {
    const width = this.state.description?.image?.width;
    const { theme, shown } = this;
    if (!theme || !width || !shown) return;
    this.querySelectorAll("canvas").forEach((canvas, i) => {
      if (shown.images[i]) paintInk(canvas, shown.images[i], width, theme);
    });
  }
}
