// @ts-check
/** Where rows come from: a file, the clipboard, or one of the real sets. */
import { html, nothing } from "lit";
import { OWN } from "../../settings/sources.js";
import { formatBytes, formatShare } from "../../base/format.js";
import { IMAGE_SETS } from "../../data/imageSets.js";
import { SETS } from "../../data/sets.js";
import { SOUND_SETS } from "../../data/soundSets.js";
import { Panel } from "../../ui/panel.js";
import { lacks } from "../../ui/lacks.js";
import { withStyle } from "../../ui/withStyle.js";
import { parts, t } from "../../base/text.js";

const ACCEPTED =
  ".csv,.tsv,.tab,.txt,.dat,.data,.json,.jsonl,.ndjson,.geojson,.arff,.svm,.libsvm,.xlsx,.xlsm,.xlsb,.xls,.ods,.images,.gz,text/*,application/json,application/gzip";

export class BringRows extends Panel {
  static properties = { ...Panel.properties, isPasting: { state: true }, own: { state: true } };

  /** The set whose card was last brought into sight. */
  #shown = "";

  constructor() {
    super();
    /** Whether the field for rows is in sight. */
    this.isPasting = false;
    /** What one collects pictures with; what it lacks, where it could not be had. @type {"absent" | "there" | {lacks: string}} */
    this.own = "absent";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.phase, table.title, table.progress, table.problem, table.isRereading, settings.source];
  }

  render() {
    return html`
      <div class="bring">
        ${this.#own()}
        ${this.#sets()}
        ${this.own === "there" ? html`<ty-own-images class="bring-pictures" .playground=${this.playground}></ty-own-images>` : nothing}
      </div>
    `;
  }

  async #collect() {
    if (this.own === "there") return void (this.own = "absent");
    try {
      await withStyle(document.head, { script: "features/images/own/part.js", style: "features/images/own/style.css" });
      this.own = "there";
      await this.updateComplete;
      const tools = /** @type {import("../../ui/viewElement.js").ViewElement | null} */ (
        this.querySelector("ty-own-images")
      );
      await tools?.updateComplete;
      tools?.scrollIntoView({ behavior: "instant", block: "start" });
      tools?.querySelector("h3")?.focus({ preventScroll: true });
    } catch (error) {
      this.own = { lacks: /** @type {Error} */ (error).message };
    }
  }

  #own() {
    const { table, settings } = this.state;
    return html`
      <section class="bring-own" aria-label="${t("data.yourOwnRows")}" data-chosen=${settings.source === OWN.name}>
        <h3>${t("data.yourOwn")}</h3>
        <p class="note">${t("data.csvTsvOtherDelimited")}</p>
        <div class="bring-buttons">
          <label class="button main">${t("data.openFile")}
            <input type="file" accept=${ACCEPTED} @change=${this.#chosen} />
          </label>
          <button type="button" class="button" aria-expanded=${this.isPasting} @click=${() => (this.isPasting = !this.isPasting)}>${t("data.pasteRows")}</button>
          <button type="button" class="button" aria-expanded=${this.own === "there"} @click=${this.#collect}>${t("ownImages.openButton")}</button>
        </div>
        ${typeof this.own === "object" ? lacks(t("ownImages.part"), this.own.lacks, () => void this.#collect()) : nothing}
        ${this.isPasting ? this.#paste() : html`<p class="note drop-hint">${t("data.dropFileAnywherePage")}</p>`}
        <div class="bring-state" role="status">${table.phase === "reading" || table.isRereading ? this.#progress(table) : nothing}</div>
        ${table.problem ? html`<p class="bring-problem" role="alert">${table.problem}</p>` : nothing}
      </section>
    `;
  }

  #chosen(/** @type {EventOn<HTMLInputElement>} */ event) {
    const input = event.currentTarget;
    const [file] = input.files ?? [];
    if (file) this.#brought(this.playground.openTable(file, file.name));
    input.value = ""; // so that the same file can be chosen again
  }

  /** Somebody wants to see these rows: the page brings them into sight once they are there. */
  #brought(/** @type {Promise<boolean | undefined>} */ rows) {
    this.dispatchEvent(new CustomEvent("ty-brought", { bubbles: true, detail: rows }));
  }

  #bringSet(/** @type {string} */ name) {
    if (name === this.state.settings.source) return;
    this.playground.set("source", name);
    this.#brought(
      this.playground.withTables(async ({ tables }) => {
        await tables.pictured();
        return tables.holds(name);
      }),
    );
  }

  #paste() {
    const use = () => {
      const field = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
      if (field.reportValidity())
        this.#brought(this.playground.openTable(new Blob([field.value]), t("data.pastedRows")));
    };
    return html`
      <div class="paste">
        <label for="${this.uid}-rows">${t("data.rowsCopiedFromSpreadsheet")}</label>
        <textarea id="${this.uid}-rows" rows="5" spellcheck="false" required placeholder=${t("data.sizePrice54310")}></textarea>
        <button type="button" class="button main" @click=${use}>${t("data.useTheseRows")}</button>
      </div>
    `;
  }

  #progress(/** @type {import("../../session/tables.js").TableState} */ { title, progress: { rows, bytes, total } }) {
    const share = total ? Math.min(bytes / total, 1) : undefined;
    return html`
      <p>${parts("data.reading", { title })}</p>
      <progress max="1" value=${share ?? nothing} aria-label="${t("data.reading2", { title })}"></progress>
      <p class="note" aria-hidden="true">${t("count.rows", { count: rows })}${total ? t("data.of", { bytes: formatBytes(bytes), total: formatBytes(total) }) : ""}</p>
      <button type="button" class="button" @click=${() => this.playground.tables.cancel()}>${t("data.cancel")}</button>
    `;
  }

  updated() {
    super.updated();
    const { settings, table } = this.state;
    if (table.phase !== "ready" || settings.source === this.#shown) return;
    this.#shown = settings.source;
    // The table is put on the page by now, and with it the cards into a row.
    requestAnimationFrame(() => this.#showChosen());
  }

  /** Along the row alone: the page stays where the reader has it. */
  #showChosen() {
    const card = this.querySelector('.set[data-chosen="true"]');
    const list = card?.closest("ul");
    if (!list || !card) return;
    const [whole, part] = [list, card].map((element) => element.getBoundingClientRect());
    list.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2;
  }

  #sets() {
    const { source } = this.state.settings;
    return html`
      <section class="bring-sets" aria-label="${t("data.realData")}">
        <h3>${t("data.realData")}</h3>
        <ul>
          ${SETS.map(
            (set) => html`
            <li class="set" data-chosen=${set.name === source}>
              <button type="button" class="set-name" aria-pressed=${set.name === source} @click=${() => this.#bringSet(set.name)}>${set.title}</button>
              <p class="set-facts">${factsOf(set)}</p>
              <p class="set-look">${set.look}</p>
              <details>
                <summary>${t("data.originLicense")}</summary>
                <p>${set.origin}</p>
                <p>${set.reference}</p>
                <p>${parts("data.license", { license: set.license })}</p>
                <p>${goodScore(set)}</p>
              </details>
            </li>
          `,
          )}
        </ul>
        <h3>${t("images.group")}</h3>
        <ul class="bring-images" aria-label="${t("images.group")}">${IMAGE_SETS.map((set) =>
          this.#setOfPictures(
            set,
            t("images.facts", { count: set.rows, side: set.side, classes: set.classes.length }),
            html`<ty-image-strip .playground=${this.playground} .name=${set.name}></ty-image-strip>`,
          ),
        )}</ul>
        <h3>${t("audio.group")}</h3>
        <ul class="bring-images" aria-label="${t("audio.group")}">${SOUND_SETS.map((set) =>
          this.#setOfPictures(set, t("audio.facts", { count: set.rows, voices: set.voices, unseen: set.unseen })),
        )}</ul>
      </section>
    `;
  }

  /** Of pictures, or of sounds. @param {import("../../data/imageSets.js").ImageSet | import("../../data/soundSets.js").SoundSet} set @param {string} facts @param {unknown} [strip] */
  #setOfPictures(
    { name, title, look, origin, reference, license, score },
    facts,
    strip = /** @type {unknown} */ (nothing),
  ) {
    const isChosen = name === this.state.settings.source;
    return html`
      <li class="set" data-chosen=${isChosen}>
        <button type="button" class="set-name" aria-pressed=${isChosen} @click=${() => this.#bringSet(name)}>${title}</button>
        ${strip}
        <p class="set-facts">${facts}</p>
        <p class="set-look">${look}</p>
        <details>
          <summary>${t("data.originLicense")}</summary>
          <p>${origin}</p>
          <p>${reference}</p>
          <p>${parts("data.license", { license })}</p>
          <p>${t("data.goodFirstModelTells", { value: formatShare(score.value, 0), without: formatShare(score.without, 0) })}</p>
        </details>
      </li>
    `;
  }
}

const factsOf = (/** @type {import("../../data/sets.js").RealSet} */ { rows, columns, missing, task, target }) =>
  `${t("count.rows", { count: rows })}, ${t("count.columns", { count: columns })}${missing ? `, ${t("count.gaps", { count: missing })}` : ""} · ${task === "regression" ? t("data.howMuch") : t("data.wordWhich")} ${target}`;

function goodScore(/** @type {import("../../data/sets.js").RealSet} */ { task, target, score }) {
  return task === "classification"
    ? t("data.goodFirstModelTells", { value: formatShare(score.value, 0), without: formatShare(score.without, 0) })
    : t("data.goodFirstModelOff", { value: score.value, target, without: score.without });
}
