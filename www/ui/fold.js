// @ts-check
/** A question below the panels, as a card. What answers it, a script and a style of its own, is loaded once somebody asks. */
import { html, nothing } from "lit";
import { lacks } from "./lacks.js";
import { Panel } from "./panel.js";
import { t } from "../base/text.js";

export class Fold extends Panel {
  static properties = { ...Panel.properties, load: { attribute: false }, stage: { state: true } };

  #advice = "";
  /** What answers. @type {HTMLElement | null} */
  #answer = null;

  constructor() {
    super();
    /** Gets the part, and its style into this element. @type {(place: HTMLElement) => Promise<unknown>} */
    this.load = async () => {};
    /** @type {"closed" | "loading" | "there" | "failed"} */
    this.stage = "closed";
    /** What stands on it. */
    this.question = "";
    /** The place of a small picture of it. */
    this.picture = Object.assign(document.createElement("div"), { className: "thumbnail" });
    /** Makes the element that answers, once. @type {() => HTMLElement} */
    this.contents = () => this;
  }

  render() {
    return html`
      <details @toggle=${this.#toggled}>
        <summary>${this.picture}<h3>${this.question}</h3></summary>
        ${this.stage === "there" ? (this.#answer ??= this.contents()) : nothing}
        ${this.stage === "loading" ? html`<p class="note" role="status" data-loading>${t("ui.loading")}</p>` : nothing}
        ${this.stage === "failed" ? lacks(t("ui.part"), this.#advice, () => this.#get()) : nothing}
      </details>
    `;
  }

  open() {
    this.isOpen = true;
  }

  get isOpen() {
    return this.querySelector("details")?.open ?? false;
  }

  set isOpen(isOpen) {
    this.performUpdate(); // it may be asked for before its turn to be drawn
    const details = this.querySelector("details");
    if (details) details.open = isOpen;
  }

  #toggled(/** @type {EventOn<HTMLDetailsElement>} */ event) {
    if (event.currentTarget.open) void this.#get();
  }

  async #get() {
    if (this.stage === "loading" || this.stage === "there") return;
    this.stage = "loading";
    try {
      await this.load(this);
      this.stage = "there";
    } catch (error) {
      this.#advice = /** @type {Error} */ (error).message;
      this.stage = "failed";
    }
  }
}
