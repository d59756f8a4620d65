// @ts-check
/** A sound to be heard and seen: its wave, with what was taken for the word in full color, and who speaks. */
import { html, nothing } from "lit";
import { formatNumber } from "../../base/format.js";
import { prepare } from "../../ui/charts/canvas.js";
import { css, mix } from "../../ui/charts/color.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { iconButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

/** @typedef {import("../../session/tables.js").Clip} Clip */

/** One of the page: browsers give only a few. @type {AudioContext | null} */
let speaker = null;

export class SoundPlayer extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    row: { attribute: false },
    own: { attribute: false },
    clip: { state: true },
    isPlaying: { state: true },
  };

  /** @type {AudioBufferSourceNode | null} */
  #node = null;
  #asked = "";

  constructor() {
    super();
    /** The number of one of the set; with -1 it is `own`. */
    this.row = -1;
    /** @type {Clip | null} */
    this.own = null;
    /** @type {Clip | null} */
    this.clip = null;
    this.isPlaying = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description];
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(() => this.#stop());
  }

  /** @param {import("../../ui/viewElement.js").Changed} changed */
  willUpdate(changed) {
    if (changed.has("row") || changed.has("own")) void this.#fetch();
  }

  async #fetch() {
    this.#stop();
    const { row, own } = this;
    if (!(row >= 0)) return void (this.clip = own);
    const { source } = this.state.settings;
    const asked = (this.#asked = `${source} ${row}`);
    const found = await this.playground.tables.sound(row).catch(() => null); // the worker was replaced: the next one asked for comes
    if (this.#asked === asked && this.row === row) this.clip = found;
  }

  render() {
    const { clip, isPlaying } = this;
    const seconds = clip ? formatNumber(clip.samples.length / clip.rate) : "";
    const [from, to] = clip?.heard ?? [0, 0];
    const words = clip
      ? t("audio.wave", { seconds, from: formatNumber(from), to: formatNumber(to) })
      : t("audio.noSound");
    return html`
      <div class="sound">
        ${iconButton(isPlaying ? t("audio.stop") : t("audio.play"), isPlaying ? "■" : "▶\ufe0e", () => this.#toggle())}
        <canvas class="wave" role="img" aria-label=${words}></canvas>
      </div>
      ${clip?.voice ? html`<p class="note sound-voice">${t("audio.voice", { voice: clip.voice, seconds })}</p>` : nothing}
    `;
  }

  async #toggle() {
    if (this.isPlaying) return this.#stop();
    const { clip } = this;
    if (!clip) return;
    speaker ??= new AudioContext();
    const buffer = speaker.createBuffer(1, clip.samples.length, clip.rate);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (clip.samples), 0);
    const node = speaker.createBufferSource();
    node.buffer = buffer;
    node.connect(speaker.destination);
    node.onended = () => {
      if (this.#node === node) this.#stop();
    };
    this.#node = node;
    this.isPlaying = true;
    node.start();
    await speaker.resume();
  }

  #stop() {
    const node = this.#node;
    this.#node = null;
    this.isPlaying = false;
    node?.stop();
  }

  draw() {
    const canvas = this.querySelector("canvas");
    const { theme, clip } = this;
    if (!canvas || !theme) return;
    const { context, width, height } = prepare(canvas);
    if (!clip) return;
    const { samples, rate, heard } = clip;
    const columns = Math.max(1, Math.floor(width / theme.unit));
    const most = samples.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 1e-3);
    const faint = css(mix(theme.surface, theme.ink, 0.35));
    for (let i = 0; i < columns; i++) {
      const part = samples.subarray(
        Math.floor((i / columns) * samples.length),
        Math.ceil(((i + 1) / columns) * samples.length),
      );
      let [low, high] = [0, 0];
      for (const sample of part) [low, high] = [Math.min(low, sample), Math.max(high, sample)];
      const at = ((i / columns) * samples.length) / rate;
      context.fillStyle = at >= heard[0] && at <= heard[1] ? css(theme.accent) : faint;
      const [top, bottom] = [high, low].map((value) => (height / 2) * (1 - (0.95 * value) / most));
      context.fillRect(i * theme.unit, top, theme.unit, Math.max(theme.unit, bottom - top));
    }
  }
}
