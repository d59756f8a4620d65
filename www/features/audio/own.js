// @ts-check
/** A sound of one's own: recorded, opened or dropped. Beside its wave stands what the network is shown of it. */
import { html, nothing } from "lit";
import { paintInk } from "../../ui/charts/pixels.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { sentence } from "../../session/tables.js";
import { ACCEPTED, decode, isSound } from "./decode.js";
import { Recorder } from "./recorder.js";
import { t } from "../../base/text.js";

/** @typedef {Parameters<import("../../session/tables.js").Tables["hear"]>[0]} Given */

export class OwnSound extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    isShown: { attribute: false },
    recording: { state: true },
    clip: { state: true },
    problem: { state: true },
  };

  #recorder = new Recorder((recording) => (this.recording = recording));
  /** What the network is shown. @type {Uint8Array} */
  #pixels = new Uint8Array();
  #turn = 0;
  /** What was recorded, opened or dropped last. @type {Given | null} */
  #given = null;

  constructor() {
    super();
    /** Whether it is in sight: what it has is asked about then. */
    this.isShown = false;
    /** @type {import("./recorder.js").Recording} */
    this.recording = { phase: "idle", left: 0, level: 0 };
    /** @type {import("../../session/tables.js").Clip | null} */
    this.clip = null;
    this.problem = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description }) {
    return [description];
  }

  connectedCallback() {
    super.connectedCallback();
    // A file may be dropped anywhere on the page; one that is no sound is for others.
    const drop = (/** @type {DragEvent} */ event) => {
      const file = event.dataTransfer?.files[0];
      if (!file || !isSound(file)) return;
      event.preventDefault();
      event.stopPropagation();
      document.querySelectorAll("[data-dropping]").forEach((marked) => marked.removeAttribute("data-dropping"));
      void this.#take(decode(file, file.name));
    };
    document.addEventListener("drop", drop, true);
    this.atEnd(() => document.removeEventListener("drop", drop, true));
    this.atEnd(() => this.#recorder.cancel());
    // A run on other sounds, or by another worker, knows of no sound yet.
    this.follow(
      ({ description }) => description,
      () => void this.#tellAgain(),
    );
  }

  /** @param {import("../../ui/viewElement.js").Changed} changed */
  willUpdate(changed) {
    if (changed.has("isShown") && this.isShown && this.clip) this.playground.askAbout([-1]);
  }

  async #tellAgain() {
    if (this.#given && this.state.description?.image?.isOfSounds) await this.#hear(this.#given).catch(() => {});
  }

  /** @param {Promise<Given>} sound */
  async #take(sound) {
    const turn = ++this.#turn;
    this.problem = "";
    try {
      const given = await sound;
      if (turn !== this.#turn) return;
      await this.#hear(given);
      this.#given = given;
    } catch (error) {
      if (turn === this.#turn) this.problem = sentence(/** @type {Thrown} */ (error));
    }
  }

  /** @param {Given} given */
  async #hear(given) {
    const { tables } = this.playground;
    this.clip = await tables.hear(given);
    this.#pixels = (await tables.pictures([-1])).pixels;
    if (this.theme) this.draw();
    this.playground.askAbout([-1]);
  }

  async #record() {
    this.problem = "";
    try {
      const recorded = await this.#recorder.record();
      if (recorded) await this.#take(decode(recorded, t("audio.recording")));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  render() {
    const { recording, clip, problem } = this;
    const isIdle = recording.phase === "idle";
    const isSilent = clip !== null && clip.heard[1] === 0;
    const status = {
      idle: isSilent ? t("audio.silent") : clip ? "" : t("audio.saySomething"),
      asking: t("audio.asking"),
      counting: t("audio.counting", { left: recording.left }),
      recording: t("audio.sayNow"),
    }[recording.phase];
    return html`
      <div class="own-sound">
        <canvas class="pixels sound-pixels" role="img" aria-label="${t("audio.seen")}" title="${t("audio.seen")}" width="1" height="1"></canvas>
        <ty-sound-player .playground=${this.playground} .row=${-1} .own=${clip}></ty-sound-player>
        <div class="own-buttons">
          ${
            isIdle
              ? html`<button type="button" class="button" @click=${this.#record}>${t("audio.record")}</button>`
              : html`<button type="button" class="button" @click=${() => this.#recorder.cancel()}>${t("audio.cancel")}</button>`
          }
          <label class="button">${t("audio.open")}
            <input type="file" accept=${ACCEPTED} @change=${this.#chosen} />
          </label>
        </div>
        ${isIdle ? nothing : html`<meter class="sound-level" min="0" max="1" .value=${recording.level} aria-label="${t("audio.level")}"></meter>`}
        <p class="note own-status" role="status">${status}</p>
        ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
        <p class="note">${t("audio.stays")}</p>
      </div>
    `;
  }

  #chosen(/** @type {EventOn<HTMLInputElement>} */ event) {
    const input = event.currentTarget;
    const [file] = input.files ?? [];
    if (file) void this.#take(decode(file, file.name));
    input.value = ""; // so that the same file can be chosen again
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".sound-pixels"));
    const width = this.state.description?.image?.width;
    if (canvas && this.theme && width && this.#pixels.length) paintInk(canvas, this.#pixels, width, this.theme);
  }
}
