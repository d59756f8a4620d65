// @ts-check
/** The experiment for others: its link, as text, as a code for a camera, as a piece of a page, as a file; and theirs for us. */
import { html, nothing } from "lit";
import { encode } from "uqr";
import { Dialog } from "../../ui/dialog.js";
import { saved } from "../../ui/download.js";
import { onEnter } from "../../ui/onEnter.js";

/** Longer links make codes that no camera reads from a screen. */
const MOST_IN_CODE = 900;

export class ShareDialog extends Dialog {
  static properties = {
    ...Dialog.properties,
    menu: { attribute: false },
    said: { state: true },
    problem: { state: true },
    isBare: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../menu/part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
    this.said = "";
    this.problem = "";
    this.isBare = true;
  }

  get heading() {
    return "Share, save, open";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings }) {
    return [settings];
  }

  async open() {
    this.said = "";
    this.problem = "";
    await super.open();
  }

  /** The same experiment as a document. */
  #editSpec() {
    this.close();
    this.menu.act("spec");
  }

  contents() {
    const link = this.menu.link();
    const isOwn = this.state.settings.source === "table";
    return html`
      <div class="share">
        <section>
          <h3>The link is the experiment</h3>
          <p class="note">Whoever opens it sees the same data, the same start and the same curve.${isOwn ? " Your own rows stay here: send the file below instead." : ""}</p>
          <div class="share-row">
            <input type="text" readonly aria-label="Link to this experiment" .value=${link} @focus=${selectAll} />
            <button type="button" class="plain" @click=${() => this.#copy("Link", link)}>Copy link</button>
            <button type="button" class="plain" @click=${() => this.#editSpec()}>Edit the Spec</button>
          </div>
          ${this.#code(link)}
        </section>
        <section>
          <h3>In a page of your own</h3>
          <div class="share-row">
            <input type="text" readonly aria-label="Embed code" .value=${this.#embed()} @focus=${selectAll} />
            <button type="button" class="plain" @click=${() => this.#copy("Embed code", this.#embed())}>Copy code</button>
          </div>
          <label class="share-check"><input type="checkbox" .checked=${this.isBare} @change=${(/** @type {EventOn<HTMLInputElement>} */ event) => (this.isBare = event.currentTarget.checked)} /> Without heading and folds</label>
        </section>
        <section>
          <h3>As a file</h3>
          <p class="note">Settings, weights and${isOwn ? " your table" : " all that belongs to them"}: what was trained goes on elsewhere, or tomorrow.</p>
          <div class="share-row">
            <button type="button" class="plain" @click=${() => this.#try(() => this.menu.download(), saved("file"))}>Download the experiment</button>
            <label class="plain share-file">Open an experiment …
              <input type="file" accept=".json,application/json" aria-label="Open an experiment file" @change=${this.#openFile} />
            </label>
          </div>
        </section>
        <section>
          <h3>As a report</h3>
          <p class="note">What was trained on what, how, and what came out: text in Markdown.</p>
          <div class="share-row">
            <button type="button" class="plain" @click=${() => this.#copy("Report", this.menu.report, "The browser does not let this page copy: download the report instead.")}>Copy report</button>
            <button type="button" class="plain" @click=${() => this.#try(() => this.menu.downloadReport(), saved("report"))}>Download the report</button>
          </div>
        </section>
        <section>
          <h3>A link from elsewhere</h3>
          <p class="note">One of ours, or of TensorFlow Playground: the same model opens here.</p>
          <div class="share-row" @keydown=${onEnter(() => void this.#openLink())}>
            <input type="text" name="link" aria-label="Link to open" autocomplete="off" spellcheck="false" placeholder="playground.tensorflow.org/#activation=tanh&…" />
            <button type="button" class="plain" @click=${() => this.#openLink()}>Open link</button>
          </div>
        </section>
        <p class="share-said" role="status">${this.said}</p>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      </div>
    `;
  }

  #code(/** @type {string} */ link) {
    if (link.length > MOST_IN_CODE)
      return html`<p class="note">The link is too long for a code that a camera could read.</p>`;
    const { data, size } = encode(link, { border: 2 });
    const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
    return html`<svg class="share-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
      <rect width=${size} height=${size} fill="#ffffff"></rect><path d=${path} fill="#000000"></path>
    </svg>`;
  }

  #embed() {
    const address = this.menu
      .link(this.isBare ? ["text", "folds"] : [])
      .replaceAll("&", "&amp;")
      .replaceAll('"', "%22");
    return `<iframe src="${address}" title="Trainyard: a neural network that learns" width="100%" height="900" loading="lazy" style='border:0'></iframe>`;
  }

  async #copy(
    /** @type {string} */ what,
    /** @type {string} */ text,
    otherwise = "The browser does not let this page copy: the text is in the field, mark it and press Ctrl + C.",
  ) {
    await this.#try(() => navigator.clipboard.writeText(text), `${what} copied.`, otherwise);
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
