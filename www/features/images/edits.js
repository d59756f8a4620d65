// @ts-check
/** The picture that is asked about, to be given another label or dropped; and all that was changed, to be taken back. */
import { html, nothing } from "lit";
import { watch } from "../../base/store.js";
import { formatCount } from "../../base/format.js";
import { Panel } from "../../ui/panel.js";
import { select } from "../../ui/select.js";
import { changed, changesOf, draft, draftStore, effectOf, trainAgain, wanted } from "./changes.js";
import { t } from "../../base/text.js";

/** So many changes are listed. */
const MOST = 8;

/** What is said of a picture. */
const OF_IMAGES = {
  all: t("images.edits"),
  one: (/** @type {string} */ number) => t("images.editImage", { number }),
  drop: t("images.editDrop"),
  isTest: t("images.editTest"),
  none: t("images.editNone"),
  dropped: (/** @type {number} */ count) => t("images.imagesDropped", { count }),
  without: (/** @type {number} */ count) => t("images.editWithout", { count }),
};

/** And of a sound, which is a picture to the network alone. @type {typeof OF_IMAGES} */
const OF_SOUNDS = {
  all: t("audio.edits"),
  one: (number) => t("audio.editRecording", { number }),
  drop: t("audio.editDrop"),
  isTest: t("audio.editTest"),
  none: t("audio.editNone"),
  dropped: (count) => t("audio.recordingsDropped", { count }),
  without: (count) => t("audio.editWithout", { count }),
};

export class PictureEdits extends Panel {
  static properties = { ...Panel.properties, labels: { state: true } };

  #source = "";

  constructor() {
    super();
    /** What pictures are labeled in the set, as far as that was asked. @type {Map<number, number>} */
    this.labels = new Map();
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ ask, description, points, settings, run }) {
    return [ask, description, points, settings.clean, run?.state === "training"];
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(
      watch(
        draftStore(this.playground),
        ({ draft: one }) => one,
        () => this.requestUpdate(),
      ),
    );
  }

  updated() {
    super.updated();
    void this.#ask();
  }

  /** The labels that the set has. */
  async #ask() {
    const { ask, settings, description } = this.state;
    if (!description?.image) return;
    const known = this.#source === settings.source ? this.labels : new Map();
    this.#source = settings.source;
    const { labels, dropped } = changesOf(wanted(this.playground));
    const rows = [...new Set([ask[0], ...labels.keys(), ...dropped])].filter((row) => row >= 0 && !known.has(row));
    if (!rows.length) return;
    const found = await this.playground.tables.pictures(rows).catch(() => null); // the worker was replaced: the next look asks again
    if (found && this.#source === settings.source)
      this.labels = new Map([
        ...known,
        ...rows.map((row, i) => /** @type {[number, number]} */ ([row, found.labels[i]])),
      ]);
  }

  get #said() {
    return this.state.description?.image?.isOfSounds ? OF_SOUNDS : OF_IMAGES;
  }

  #name(/** @type {number | undefined} */ label) {
    return label === undefined ? "–" : (this.state.description?.classNames?.[label] ?? String(label));
  }

  #change(/** @type {number} */ row, /** @type {{to?: string, dropped?: boolean}} */ change) {
    // To what it is in the set is no change.
    const isSame = change.to !== undefined && change.to === this.#name(this.labels.get(row));
    draft(this.playground, changed(wanted(this.playground), row, isSame ? {} : change));
  }

  render() {
    const { description, points, settings } = this.state;
    if (!description?.image || !points) return nothing;
    const steps = wanted(this.playground);
    const changes = changesOf(steps);
    const isWaiting = JSON.stringify(steps) !== JSON.stringify(settings.clean);
    const count = changes.labels.size + changes.dropped.length;
    return html`
      <div class="picture-edits" role="group" aria-label=${this.#said.all}>
        ${this.#one(changes)}
        <p class="note" role="status">${count || isWaiting ? this.#words(changes, isWaiting) : this.#said.none}</p>
        ${count ? this.#list(changes, count) : nothing}
        ${
          count || isWaiting
            ? html`<div class="edit-acts">
                ${isWaiting ? html`<button type="button" class="button main" @click=${() => trainAgain(this.playground, steps)}>${t("images.editAgain")}</button>` : nothing}
                ${count ? html`<button type="button" class="button" @click=${() => draft(this.playground, [])}>${t("images.editUndoAll")}</button>` : nothing}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  /** @param {import("./changes.js").Changes} changes */
  #one({ labels, dropped }) {
    const { ask, description, points } = this.state;
    const [row] = ask;
    if (!description || !points || row < 0) return nothing;
    const at = points.inputs.indexOf(row);
    const isDropped = dropped.includes(row);
    if (points.part[at] === 2) return html`<p class="note">${this.#said.isTest}</p>`;
    if (at < 0 && !isDropped) return nothing; // it may be a test image, out of sight
    const label = labels.get(row) ?? this.#name(this.labels.get(row));
    return html`
      <div class="edit-one">
        <b>${this.#said.one(formatCount(row + 1))}</b>
        ${select({
          id: `${this.uid}-label`,
          label: t("images.editTo"),
          as: "beside",
          choices: Array.from({ length: description.classes ?? 0 }, (_, k) => this.#name(k)).map((name) => ({
            value: name,
            label: name,
          })),
          value: label,
          enter: (to) => this.#change(row, { to }),
          disabled: isDropped || !this.labels.has(row),
        })}
        ${isDropped ? nothing : html`<button type="button" class="button" @click=${() => this.#change(row, { dropped: true })}>${this.#said.drop}</button>`}
        ${isDropped || labels.has(row) ? html`<button type="button" class="button" @click=${() => this.#change(row, {})}>${t("images.editKeep")}</button>` : nothing}
      </div>
    `;
  }

  /** What was changed, and whether the run knows. @param {import("./changes.js").Changes} changes @param {boolean} isWaiting */
  #words(changes, isWaiting) {
    const { description, points, table } = this.state;
    const said = (/** @type {{relabeled: number, dropped: number}} */ { relabeled, dropped }) =>
      [
        ...(relabeled || !dropped ? [t("images.labelsChanged", { count: relabeled })] : []),
        ...(dropped ? [this.#said.dropped(dropped)] : []),
      ].join(", ");
    if (isWaiting || !description || !points)
      return `${said({ relabeled: changes.labels.size, dropped: changes.dropped.length })}. ${t("images.editWaiting")}`;
    const { train, validation, test } = description.rows;
    const all = table.description?.rows ?? 0;
    const effect = effectOf(changes, points, all - train - validation - test);
    return `${said(effect)}.${effect.without ? ` ${this.#said.without(effect.without)}` : ""}`;
  }

  /** @param {import("./changes.js").Changes} changes @param {number} count */
  #list({ labels, dropped }, count) {
    const all = [
      ...dropped.map((row) => ({
        row,
        words: t("images.editDropped", { which: this.#said.one(formatCount(row + 1)) }),
      })),
      ...[...labels].map(([row, to]) => ({
        row,
        words: t("images.editRelabeled", {
          which: this.#said.one(formatCount(row + 1)),
          from: this.#name(this.labels.get(row)),
          to,
        }),
      })),
    ];
    return html`
      <ul class="edit-list" aria-label=${this.#said.all}>
        ${all.slice(0, MOST).map(({ row, words }) => html`<li><span>${words}</span> <button type="button" class="small-button" aria-label="${t("images.editKeep")}: ${words}" @click=${() => this.#change(row, {})}>${t("images.editKeep")}</button></li>`)}
        ${count > MOST ? html`<li>${t("images.editMore", { count: count - MOST })}</li>` : nothing}
      </ul>
    `;
  }
}
