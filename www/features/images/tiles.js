// @ts-check
/** Pictures side by side, each with what it is and what is predicted; one of them may be asked about. */
import { html, nothing } from "lit";
import { formatCount, formatShare } from "../../base/format.js";
import { paintInk } from "./paint.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { t } from "../../base/text.js";

/** A picture by its number. `said`: the class that is predicted; `value`: its probability, where that is to be read. @typedef {{row: number, is: number, said: number, value: number | null}} Tile */

export class PictureTiles extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, tiles: { attribute: false } };

  /** @type {Map<number, Uint8Array>} by their numbers, as far as they are here */
  #pixels = new Map();
  /** Of which set these are. */
  #source = "";
  #isAsking = false;

  constructor() {
    super();
    /** @type {Tile[]} */
    this.tiles = [];
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ ask, description }) {
    return [ask, description];
  }

  render() {
    const { ask, description } = this.state;
    if (!description?.image) return nothing;
    const name = (/** @type {number} */ k) => description.classNames?.[k] ?? String(k);
    const wordsOf = description.image.isOfSounds ? soundWords : pictureWords;
    return html`
      <ul class="tiles" data-named=${description.classNames?.some(({ length }) => length > 3) ?? false}>
        ${this.tiles.map(({ row, is, said, value }) => {
          const isRight = is === said;
          const what = wordsOf(formatCount(row + 1), name(is), name(said));
          const words =
            value === null ? what : t("images.tileValue", { what, said: name(said), value: formatShare(value, 0) });
          return html`
            <li>
              <button type="button" class="tile" data-right=${isRight} aria-pressed=${ask[0] === row} aria-label=${words} title=${words} @click=${() => this.playground.askAbout([row])}>
                <canvas data-row=${row} width="1" height="1"></canvas>
                <span aria-hidden="true">${isRight ? "✓" : "✗"} ${name(said)}${value === null ? nothing : html` <small>${formatShare(value, 0)}</small>`}</span>
              </button>
            </li>
          `;
        })}
      </ul>
    `;
  }

  updated() {
    super.updated();
    void this.#fetch();
  }

  async #fetch() {
    const { source } = this.state.settings;
    if (source !== this.#source) {
      this.#pixels.clear();
      this.#source = source;
    }
    const missing = this.tiles.map(({ row }) => row).filter((row) => !this.#pixels.has(row));
    if (!missing.length || this.#isAsking) return;
    this.#isAsking = true;
    const found = await this.playground.tables.pictures(missing).catch(() => null); // the worker was replaced: the next frame asks again
    this.#isAsking = false;
    if (!found || this.#source !== source) return;
    const size = found.pixels.length / missing.length;
    missing.forEach((row, i) => this.#pixels.set(row, found.pixels.subarray(i * size, (i + 1) * size)));
    this.draw();
    if (this.isConnected) void this.#fetch();
  }

  draw() {
    const { theme } = this;
    const width = this.state.description?.image?.width;
    if (!theme || !width) return;
    for (const canvas of this.querySelectorAll("canvas")) {
      const pixels = this.#pixels.get(Number(canvas.dataset.row));
      if (pixels) paintInk(canvas, pixels, width, theme);
    }
  }
}

const pictureWords = (/** @type {string} */ number, /** @type {string} */ is, /** @type {string} */ said) =>
  is === said ? t("images.tileRight", { number, is }) : t("images.tileWrong", { number, is, said });

const soundWords = (/** @type {string} */ number, /** @type {string} */ is, /** @type {string} */ said) =>
  is === said ? t("audio.tileRight", { number, is }) : t("audio.tileWrong", { number, is, said });
