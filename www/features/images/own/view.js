// @ts-check
/** Pictures of one's own: classes with names, each with files, folders, what is pasted, or what a camera sees; and what the network will see of them. */
import { html, nothing } from "lit";
import { formatCount } from "../../../base/format.js";
import { CanvasPanel } from "../../../ui/canvasPanel.js";
import { download, saved } from "../../../ui/download.js";
import { iconButton } from "../../../ui/roundButton.js";
import { segments } from "../../../ui/segments.js";
import { paintInk } from "../paint.js";
import { loadPackage } from "../../../session/poolJob.js";
import { poolOf } from "../../../session/pool.js";
import { sentence } from "../../../session/tables.js";
import { frameAll, readAll } from "./byPool.js";
import { Camera } from "./camera.js";
import {
  LEAST_PICTURES,
  MOST_BYTES,
  MOST_CLASSES,
  countOf,
  fileOf,
  fullOf,
  isInverted,
  lackOf,
  roomIn,
  seeingOf,
} from "./collection.js";
import { fileField } from "./fileField.js";
import { ofDrop, ofField, ofFiles } from "./folders.js";
import { SIDE } from "./frame.js";
import { Seen } from "./seen.js";
import { parts, t } from "../../../base/text.js";

/** So many of a class are in sight. */
const SHOWN = 18;

/** So many names stand in a sentence. */
const NAMED = 3;

/** @typedef {(done: string, all: string) => string} HowFar */
/** @type {HowFar} */
const reading = (done, all) => t("ownImages.readingSome", { done, all });
/** @type {HowFar} */
const preparing = (done, all) => t("ownImages.preparing", { done, all });

/** @typedef {import("./collection.js").PictureClass} PictureClass */
/** @typedef {import("./folders.js").Found} Found */

export class OwnImages extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    classes: { state: true },
    choices: { state: true },
    problem: { state: true },
    told: { state: true },
    busy: { state: true },
    isOn: { state: true },
  };

  #camera = new Camera();
  /** Ends what is done just now. */
  #stop = new AbortController();
  #rest = 0;
  /** The class that is pasted into. */
  #active = 0;
  #seen = new Seen();

  constructor() {
    super();
    /** @type {PictureClass[]} */
    this.classes = [];
    /** @type {import("./collection.js").Choices} */
    this.choices = { framing: "square", ink: "auto" };
    this.problem = "";
    this.told = "";
    /** What is done just now, and how far; empty while nothing is. */
    this.busy = "";
    /** Whether the camera is. */
    this.isOn = false;
  }

  /** @param {import("../../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.description, settings.source];
  }

  connectedCallback() {
    super.connectedCallback();
    if (!this.classes.length) this.classes = [1, 2].map((number) => this.#blank(number));
    this.atEnd(() => {
      this.#close();
      this.#stop.abort();
      cancelAnimationFrame(this.#rest);
    });
  }

  /** @returns {PictureClass} */
  #blank(/** @type {number} */ number) {
    return { name: t("ownImages.className", { number }), pictures: [] };
  }

  render() {
    const { classes, choices } = this;
    const count = countOf(classes);
    const lack = lackOf(classes);
    return html`
      <section class="own-images" aria-label="${t("ownImages.title")}" @paste=${this.#paste} @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${this.#drop}>
        <h3 tabindex="-1">${t("ownImages.title")}</h3>
        <p class="note">${t("ownImages.how", { least: LEAST_PICTURES })}</p>
        <div class="own-tools">
          ${fileField(t("ownImages.folders"), (files) => this.#take(ofField(files), -1), { isFolder: true })}
          <button type="button" class="button" aria-pressed=${this.isOn} @click=${() => (this.isOn ? this.#close() : this.#open())}>${this.isOn ? t("ownImages.closeCamera") : t("ownImages.openCamera")}</button>
          ${this.#canGoOn ? html`<button type="button" class="button" @click=${this.#goOn}>${t("ownImages.goOn")}</button>` : nothing}
        </div>
        <video class="own-video" ?hidden=${!this.isOn} muted playsinline aria-label="${t("ownImages.camera")}"></video>
        ${this.problem ? html`<p class="bring-problem" role="alert">${this.problem}</p>` : nothing}
        <ul class="own-classes">${classes.map((one, k) => this.#class(one, k))}</ul>
        <button type="button" class="button" ?disabled=${classes.length >= MOST_CLASSES} @click=${this.#more}>${t("ownImages.addClass")}</button>
        <div class="own-choices">
          <div><span class="own-label">${t("ownImages.framing")}</span>
            ${segments({
              name: `${this.uid}-framing`,
              label: t("ownImages.framing"),
              choices: [
                { value: "square", label: t("ownImages.square") },
                { value: "centered", label: t("ownImages.centered") },
              ],
              value: choices.framing,
              choose: (framing) =>
                (this.choices = { ...choices, framing: framing === "square" ? "square" : "centered" }),
            })}</div>
          <div><span class="own-label">${t("ownImages.ink")}</span>
            ${segments({
              name: `${this.uid}-ink`,
              label: t("ownImages.ink"),
              choices: [
                { value: "auto", label: t("ownImages.auto") },
                { value: "keep", label: t("ownImages.keep") },
                { value: "invert", label: t("ownImages.invert") },
              ],
              value: choices.ink,
              choose: (ink) => (this.choices = { ...choices, ink: ink === "keep" || ink === "invert" ? ink : "auto" }),
            })}</div>
        </div>
        <p class="note">${count && choices.ink === "auto" ? (isInverted(classes, choices) ? t("ownImages.guessInverted") : t("ownImages.guessKept")) : t("ownImages.seenAs")}</p>
        <div class="own-tools">
          <button type="button" class="button main" ?disabled=${lack !== null || this.busy} @click=${this.#use}>${t("ownImages.use")}</button>
          <button type="button" class="button" ?disabled=${lack !== null || this.busy} @click=${this.#save}>${t("ownImages.save")}</button>
        </div>
        <p class="note" role="status">${this.busy || this.told || (lack ?? t("ownImages.ready", { count, classes: classes.length }))}</p>
        ${this.busy ? html`<button type="button" class="button" @click=${() => this.#stop.abort()}>${t("ui.cancel")}</button>` : nothing}
      </section>
    `;
  }

  /** @param {PictureClass} one @param {number} k */
  #class({ name, pictures }, k) {
    const rest = pictures.length - SHOWN;
    return html`
      <li data-class=${k} @focusin=${() => (this.#active = k)}>
        <div class="own-head">
          <label><span class="hidden-label">${t("ownImages.nameOf", { number: k + 1 })}</span><input type="text" maxlength="40" .value=${name} @input=${(/** @type {EventOn<HTMLInputElement>} */ event) => this.#rename(k, event.currentTarget.value)} /></label>
          <span class="note">${t("count.images", { count: pictures.length })}</span>
          ${iconButton(t("ownImages.removeClass", { name }), "×", () => this.#set(this.classes.filter((_, i) => i !== k)))}
        </div>
        <div class="own-tools">
          ${fileField(t("ownImages.addFiles"), (files) => this.#take(ofFiles(files), k), { name })}
          ${fileField(t("ownImages.photo"), (files) => this.#take(ofFiles(files), k), { name, isPhoto: true })}
          ${this.isOn ? html`<button type="button" class="button" aria-label="${t("ownImages.snapshotOf", { name })}" @click=${() => this.#snap(k)}>${t("ownImages.snapshot")}</button>` : nothing}
        </div>
        <div class="own-tiles">
          ${pictures.slice(0, SHOWN).map(
            (_, i) => html`
            <button type="button" class="own-tile" data-at=${i} aria-label="${t("ownImages.remove", { number: i + 1, name })}" title="${t("ownImages.remove", { number: i + 1, name })}" @click=${() => this.#drop1(k, i)}><canvas width="1" height="1"></canvas></button>`,
          )}
          ${rest > 0 ? html`<span class="note">${parts("ownImages.more", { count: formatCount(rest) })}</span>` : nothing}
        </div>
      </li>
    `;
  }

  #set(/** @type {PictureClass[]} */ classes) {
    this.classes = classes;
    this.told = "";
  }

  #more() {
    this.#set([...this.classes, this.#blank(this.classes.length + 1)]);
  }

  #rename(/** @type {number} */ k, /** @type {string} */ name) {
    this.#set(this.classes.map((one, i) => (i === k ? { ...one, name } : one)));
  }

  #drop1(/** @type {number} */ k, /** @type {number} */ at) {
    this.#set(
      this.classes.map((one, i) => (i === k ? { ...one, pictures: one.pictures.filter((_, j) => j !== at) } : one)),
    );
  }

  /** @param {number} k @param {import("./frame.js").Picture[]} pictures @returns {boolean} whether there was room */
  #add(k, pictures) {
    const room = roomIn(this.classes);
    const fitting = pictures.slice(0, room);
    if (fitting.length)
      this.#set(this.classes.map((one, i) => (i === k ? { ...one, pictures: [...one.pictures, ...fitting] } : one)));
    if (pictures.length > room) this.problem = fullOf(this.classes) ?? "";
    return pictures.length <= room;
  }

  /** Files, each into its folder's class, or all into one. @param {Found[]} found @param {number} into   -1: by folders */
  async #take(found, into) {
    if (!found.length || this.busy) return;
    this.problem = "";
    /** @type {string[]} */
    const wrong = [];
    const small = found.filter(({ file }) => file.size <= MOST_BYTES || !wrong.push(file.name));
    const files = small.map(({ file }) => file);
    await this.#work(reading, files.length, (pool, signal, told) =>
      readAll(pool, files, signal, (pictures, first) => {
        for (const [i, picture] of pictures.entries()) {
          const { folder, file } = small[first + i];
          if (signal.aborted) return;
          if (!picture) wrong.push(file.name);
          else if (!this.#place(picture, folder, into)) this.#stop.abort();
        }
        told(first + pictures.length);
      }),
    );
    if (wrong.length)
      this.problem = t("ownImages.notImages", {
        count: wrong.length,
        names: `${wrong.slice(0, NAMED).join(", ")}${wrong.length > NAMED ? ", …" : ""}`,
      });
  }

  /** Whether there was a place for it. @param {import("./frame.js").Picture} picture @param {string} folder @param {number} into */
  #place(picture, folder, into) {
    const k = into >= 0 ? into : this.#classOf(folder);
    if (k < 0) this.problem = t("ownImages.manyClasses", { most: MOST_CLASSES });
    return k >= 0 && this.#add(k, [picture]);
  }

  /**
   * Work of many pictures by the page's pool, with how far it is and a way to end it.
   *
   * @template T
   * @param {HowFar} words
   * @param {number} whole
   * @param {(pool: import("../../../session/pool.js").Pool, signal: AbortSignal, told: (done: number) => void) => Promise<T>} does
   */
  async #work(words, whole, does) {
    const stop = new AbortController();
    this.#stop = stop;
    const told = (/** @type {number} */ done) => (this.busy = words(formatCount(done), formatCount(whole)));
    told(0);
    try {
      return await does(poolOf(this.playground, loadPackage), stop.signal, told);
    } catch (error) {
      this.problem = sentence(/** @type {Error} */ (error));
      return null;
    } finally {
      this.busy = "";
    }
  }

  /** The class of that name, a new one where there is none; -1 where there may be no more. */
  #classOf(/** @type {string} */ folder) {
    if (!folder) return Math.min(this.#active, this.classes.length - 1);
    const known = this.classes.findIndex(({ name }) => name === folder);
    if (known >= 0) return known;
    // Classes that nobody has begun give way.
    const free = this.classes.findIndex(
      ({ name, pictures }, i) => !pictures.length && name === this.#blank(i + 1).name,
    );
    if (free >= 0) this.#rename(free, folder);
    else if (this.classes.length < MOST_CLASSES) this.#set([...this.classes, { name: folder, pictures: [] }]);
    else return -1;
    return free >= 0 ? free : this.classes.length - 1;
  }

  #paste(/** @type {ClipboardEvent} */ event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    void this.#take(ofFiles(files), Math.min(this.#active, this.classes.length - 1));
  }

  async #drop(/** @type {DragEvent} */ event) {
    if (!event.dataTransfer) return;
    event.preventDefault();
    event.stopPropagation(); // no table is meant
    this.closest("[data-dropping]")?.removeAttribute("data-dropping");
    const over = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-class]"));
    const found = await ofDrop(event.dataTransfer).catch(() => []);
    if (!found.length) this.problem = t("ownImages.nothingDropped");
    if (over) this.#active = Number(over.dataset.class);
    await this.#take(found, -1);
  }

  async #open() {
    this.problem = "";
    const why = await this.#camera.open(/** @type {HTMLVideoElement} */ (this.querySelector("video")));
    if (!this.isConnected) return this.#close();
    this.isOn = why === null;
    this.problem = why ?? "";
  }

  #close() {
    this.#camera.close();
    this.isOn = false;
  }

  #snap(/** @type {number} */ k) {
    const picture = this.#camera.picture();
    if (picture) this.#add(k, [picture]);
    else this.problem = t("ownImages.noPictureYet");
  }

  /** Whether a set of one's own is on the page, and none of it here. */
  get #canGoOn() {
    const { table, settings } = this.state;
    return settings.source === "table" && Boolean(table.description?.image) && countOf(this.classes) === 0;
  }

  /** The pictures of the set that is on the page, as the network sees them. */
  async #goOn() {
    const { description } = this.state.table;
    const image = description?.image;
    if (!description || image?.width !== SIDE || image.height !== SIDE)
      return void (this.problem = t("ownImages.otherSize", { side: SIDE }));
    const names = description.columns[1].categories.map(({ name }) => name);
    const rows = [...Array(description.rows).keys()];
    const { pixels, labels } = await this.playground.tables.pictures(rows);
    const size = SIDE * SIDE;
    this.#set(
      names.map((name, k) => ({
        name,
        pictures: rows
          .filter((row) => labels[row] === k)
          .map((row) => ({
            gray: pixels.slice(row * size, (row + 1) * size),
            width: SIDE,
            height: SIDE,
            isSeen: true,
          })),
      })),
    );
  }

  /** The set as a file; null where it was ended, or can't be made. */
  async #file() {
    const { classes } = this;
    const pictures = classes.flatMap((one) => one.pictures);
    const seen = await this.#work(preparing, pictures.length, (pool, signal, told) =>
      frameAll(pool, pictures, seeingOf(classes, this.choices), signal, told),
    );
    return seen && new Blob([fileOf(classes, seen)]);
  }

  async #use() {
    const file = await this.#file();
    if (!file) return;
    this.busy = t("ownImages.reading");
    const rows = this.playground.openTable(file, t("ownImages.title"));
    this.dispatchEvent(new CustomEvent("ty-brought", { bubbles: true, detail: rows }));
    const isThere = await rows;
    this.busy = "";
    if (isThere) this.told = t("ownImages.there", { count: countOf(this.classes) });
  }

  async #save() {
    const file = await this.#file();
    if (!file) return;
    download(file, "images.images");
    this.told = saved("images.images");
  }

  /** The others come with the next frame. */
  #later() {
    cancelAnimationFrame(this.#rest);
    this.#rest = requestAnimationFrame(() => this.drawSeen());
  }

  draw() {
    const { theme, classes, choices } = this;
    if (!theme) return;
    const how = seeingOf(classes, choices);
    this.#seen.begin();
    for (const [k, { pictures }] of classes.entries())
      for (const tile of this.querySelectorAll(`[data-class="${k}"] .own-tile`)) {
        const picture = pictures[Number(/** @type {HTMLElement} */ (tile).dataset.at)];
        const canvas = tile.querySelector("canvas");
        if (!picture || !canvas) continue;
        const pixels = this.#seen.of(picture, how);
        if (!pixels) return this.#later();
        paintInk(canvas, pixels, SIDE, theme);
      }
  }
}
