// @ts-check
/**
 * The experiment for others. What its reader sees is put together here, with a preview: the link, the embed code, and the
 * QR code are made from that. And as a file; and theirs for us.
 */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { encode } from "uqr"; // QR codes with all their error correction in 6 KB, no dependencies
import { LEAVE, PREVIEW, isPreview } from "../../base/preview.js";
import { enginesOf, isExact } from "../../session/computedBy.js";
import { Dialog } from "../../ui/dialog.js";
import { saved } from "../../ui/download.js";
import { settingOf } from "../../settings/config.js";
import { linkOf } from "../../ui/link.js";
import { numberField, numberOf } from "../../ui/numberField.js";
import { onEnter } from "../../ui/onEnter.js";
import { padlockIcon } from "../../ui/padlockIcon.js";
import { select } from "../../ui/select.js";
import { typed } from "../../ui/typed.js";
import * as builder from "./builder.js";
import { FramePreview } from "./framePreview.js";
import { parts, t } from "../../base/text.js";

/** Longer links make codes that no camera reads from a screen. */
const MOST_IN_CODE = 900;

/** The preview is a page of this width, made smaller; a compact embed stands as it is. */
const PAGE_WIDTH = 1280;
const COMPACT_WIDTH = 320;

/** @type {[import("./builder.js").Layout, string][]} */
const LAYOUTS = [
  ["page", t("share.wholePage")],
  ["panels", t("share.panelsOnly")],
  ["compact", t("share.compactFrom320Pixels")],
];

/** @type {["title" | "question" | "aim" | "hint", string, string][]} */
const TEXTS = [
  ["title", t("share.title"), t("share.lesson3MoreThan")],
  ["question", t("share.question"), t("share.whatDataSetAsks")],
  ["aim", t("share.goal"), t("share.reach95AccuracyTest")],
  ["hint", t("share.hint"), t("share.whatLook")],
];

export class ShareDialog extends Dialog {
  static properties = {
    ...Dialog.properties,
    menu: { attribute: false },
    said: { state: true },
    problem: { state: true },
    draft: { state: true },
  };

  #preview = new FramePreview();
  #sizes = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    /** @type {import("../menu/part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
    this.said = "";
    this.problem = "";
    /** @type {import("./builder.js").Draft} */
    this.draft = /** @type {never} */ (undefined);
  }

  get heading() {
    return t("share.shareSaveOpen");
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings }) {
    return [settings];
  }

  async open() {
    this.said = "";
    this.problem = "";
    this.#preview.show(null, "");
    this.draft = builder.draftOf(this.state.settings);
    await super.open();
  }

  connectedCallback() {
    super.connectedCallback();
    const left = (/** @type {MessageEvent} */ { source, data }) => {
      if (data === LEAVE && source && source === this.#frame?.contentWindow) this.close();
    };
    addEventListener("message", left);
    this.atEnd(() => removeEventListener("message", left));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#preview.stop();
  }

  updated() {
    super.updated();
    const frame = this.#frame;
    if (!frame) return;
    this.#sizes.observe(/** @type {Element} */ (frame.parentElement));
    this.#fit();
    this.#preview.show(frame, this.#link);
  }

  get #frame() {
    return /** @type {HTMLIFrameElement | null} */ (this.querySelector(".share-preview iframe"));
  }

  /** A page is made as small as there is room for it. */
  #fit() {
    const frame = this.#frame;
    if (!frame) return;
    const isCompact = this.draft.embed === "compact";
    const room = /** @type {HTMLElement} */ (frame.parentElement).clientWidth;
    const width = isCompact ? Math.min(COMPACT_WIDTH, room) : PAGE_WIDTH;
    const scale = Math.min(1, room / width);
    frame.style.width = `${width}px`;
    frame.style.height = `${this.draft.height}px`;
    frame.style.transform = `scale(${scale})`;
    frame.style.marginBottom = `${(scale - 1) * this.draft.height}px`;
  }

  get #link() {
    return linkOf(builder.settingsFrom(this.state.settings, this.draft));
  }

  /** The same experiment as a document. */
  #editSpec() {
    this.close();
    this.menu.act("spec");
  }

  contents() {
    const link = this.#link;
    const code = builder.embedCode(link, this.draft);
    const isOwn = this.state.settings.source === "table";
    return html`
      <div class="share">
        <section>
          <h3>${t("share.link")}</h3>
          <p class="note">${isExact(enginesOf(this.state)) ? t("share.whoeverOpensGetsSame") : t("share.whoeverOpensInexact")}${isOwn ? t("share.yourOwnRowsStay2") : ""}</p>
          <div class="share-row">
            <input type="text" readonly aria-label="${t("share.linkExperiment2")}" .value=${link} @focus=${selectAll} />
            <button type="button" class="button" @click=${() => this.#copy(t("share.link"), link)}>${t("share.copyLink")}</button>
          </div>
          <p class="share-said" role="status">${this.said}</p>
          ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        </section>
        <div class="share-builder">
          <div class="share-choices">${this.#layout()}${this.#texts()}${this.#checklist()}</div>
          <section class="share-result">
            <h3>${t("share.preview")}</h3>
            ${isPreview() ? html`<p class="note">${t("share.preview2")}</p>` : html`<div class="share-preview" role="group" aria-label="${t("share.preview")}" tabindex="0"><iframe name=${PREVIEW} title="${t("share.previewSharedPage")}"></iframe></div>`}
            <h3>${t("share.embedCode")}</h3>
            <div class="share-row">
              <input type="text" readonly aria-label="${t("share.embedCode")}" .value=${code} @focus=${selectAll} />
              <button type="button" class="button" @click=${() => this.#copy(t("share.embedCode"), code)}>${t("share.copyCode")}</button>
            </div>
            ${this.#code(link)}
          </section>
        </div>
        <ty-snippet-builder .playground=${this.playground} .lock=${this.draft.lock}></ty-snippet-builder>
        <section>
          <h3>${t("share.file")}</h3>
          <p class="note">${parts("share.settingsWeightsTrainingGoes", { value: isOwn ? t("share.yourTable") : t("share.allBelongsThem") })}</p>
          <div class="share-row">
            <button type="button" class="button" @click=${() => this.#try(() => this.menu.download(), saved("file"))}>${t("share.downloadExperiment")}</button>
            <label class="button share-file">${t("share.openExperiment2")}
              <input type="file" accept=".json,application/json" aria-label="${t("share.openExperimentFile")}" @change=${this.#openFile} />
            </label>
            <button type="button" class="button" @click=${() => this.#editSpec()}>${t("share.editSpec")}</button>
          </div>
        </section>
        <section>
          <h3>${t("share.report")}</h3>
          <p class="note">${t("share.whatWasTrainedWhat2")}</p>
          <div class="share-row">
            <button type="button" class="button" @click=${() => this.#copy(t("share.report"), this.menu.report(), t("share.browserDoesNotLet3"))}>${t("share.copyReport")}</button>
            <button type="button" class="button" @click=${() => this.#try(() => this.menu.downloadReport(), saved("report"))}>${t("share.downloadReport")}</button>
          </div>
        </section>
        <section>
          <h3>${t("share.linkFromElsewhere")}</h3>
          <p class="note">${t("share.linkPageTensorflowPlayground")}</p>
          <div class="share-row" @keydown=${onEnter(() => void this.#openLink())}>
            <input type="text" name="link" aria-label="${t("share.linkOpen")}" autocomplete="off" spellcheck="false" placeholder="playground.tensorflow.org/#activation=tanh&…" />
            <button type="button" class="button" @click=${() => this.#openLink()}>${t("share.openLink")}</button>
          </div>
        </section>
      </div>
    `;
  }

  #layout() {
    const { draft } = this;
    const layout = builder.layoutOf(draft);
    const choices = builder.controlChoices(this.state.settings);
    const chosen = choices.some(({ value }) => value === draft.control) ? draft.control : "learningRate";
    const height = (/** @type {number} */ asked) => {
      const { LEAST_HEIGHT, MOST_HEIGHT } = builder;
      const next = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.round(asked) || draft.height));
      this.draft = { ...draft, height: next };
      return String(next);
    };
    const id = (/** @type {string} */ name) => `${this.uid}-${name}`;
    return html`
      <fieldset class="share-layout">
        <legend>${t("share.layout")}</legend>
        ${LAYOUTS.map(
          ([name, words]) =>
            html`<label class="share-check"><input type="radio" name="${this.uid}-layout" .checked=${live(name === layout)} @change=${() => (this.draft = builder.withLayout(draft, name))} />${words}</label>`,
        )}
        <div class="share-fields">
          ${select({ id: id("lang"), label: settingOf("lang").label, choices: settingOf("lang").choices, value: draft.lang, enter: (lang) => (this.draft = { ...draft, lang }) })}
          ${
            layout === "compact"
              ? select({
                  id: id("control"),
                  label: t("share.control"),
                  choices,
                  value: chosen,
                  enter: (control) => (this.draft = { ...draft, control }),
                })
              : nothing
          }
          ${numberField({ id: id("height"), label: t("share.heightEmbedPixels"), mode: "numeric", text: typed(String(draft.height)), enter: (text, input) => (input.value = height(numberOf(text))), go: (by) => height(draft.height + by) })}
        </div>
      </fieldset>
    `;
  }

  #texts() {
    return html`
      <fieldset class="share-texts">
        <legend>${t("share.words")}</legend>
        ${TEXTS.map(
          ([key, label, example]) => html`<label>${label}
          <input type="text" placeholder=${example} autocomplete="off" .value=${live(this.draft[key])}
            @input=${(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => (this.draft = { ...this.draft, [key]: currentTarget.value })} />
        </label>`,
        )}
      </fieldset>
    `;
  }

  #checklist() {
    const { draft } = this;
    return html`
      <fieldset class="share-parts">
        <legend>${t("share.readerSeesMayChange")}</legend>
        ${builder.checklist(this.state.settings, draft).map(
          ({ name, parts }) => html`
          <div role="group" aria-label=${name}>
            <p class="share-group" aria-hidden="true">${name}</p>
            ${parts.map(
              (part) =>
                html`<div class="share-part"><label class="share-check"><input type="checkbox" .checked=${live(!draft.hide.includes(part))}
              @change=${(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => (this.draft = builder.withPart(draft, part, currentTarget.checked))} />${builder.partWords(part)}</label>${builder.isLockable(part) ? this.#lock(part) : nothing}</div>`,
            )}
          </div>`,
        )}
      </fieldset>
    `;
  }

  /** Whether the reader only sees it. */
  #lock(/** @type {string} */ part) {
    const { draft } = this;
    const lock = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) =>
      (this.draft = builder.withLock(draft, part, currentTarget.checked));
    return html`<label class="share-check share-lock"><input type="checkbox" aria-label=${t("share.lockPart", { part: builder.partWords(part) })}
      .checked=${live(draft.lock.includes(part))} @change=${lock} />${padlockIcon(false)}${t("share.lockWord")}</label>`;
  }

  #code(/** @type {string} */ link) {
    if (link.length > MOST_IN_CODE) return html`<p class="note">${t("share.linkTooLongQr")}</p>`;
    const { data, size } = encode(link, { border: 2 });
    const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
    return html`<svg class="share-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="${t("share.qrCodeLink")}" shape-rendering="crispEdges">
      <rect width=${size} height=${size} fill="#ffffff"></rect><path d=${path} fill="#000000"></path>
    </svg>`;
  }

  async #copy(
    /** @type {string} */ what,
    /** @type {string | Promise<string>} */ text,
    otherwise = t("share.browserDoesNotLet4"),
  ) {
    await this.#try(async () => navigator.clipboard.writeText(await text), t("share.copied", { what }), otherwise);
  }

  async #openFile(/** @type {EventOn<HTMLInputElement>} */ event) {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = "";
    if (!file) return;
    await this.#try(() => this.menu.openFile(file), "");
    if (!this.problem) this.close();
  }

  async #openLink() {
    const { value } = /** @type {HTMLInputElement} */ (this.querySelector("input[name=link]"));
    await this.#try(() => this.menu.openLink(value), "");
    if (!this.problem) this.close();
  }

  async #try(
    /** @type {() => unknown} */ act,
    /** @type {string} */ done,
    /** @type {string | undefined} */ failed = undefined,
  ) {
    this.said = "";
    this.problem = "";
    try {
      await act();
      this.said = done;
    } catch (error) {
      this.problem = failed ?? (error instanceof Error ? error.message : String(error));
    }
  }
}

const selectAll = (/** @type {EventOn<HTMLInputElement>} */ event) => event.currentTarget.select();
