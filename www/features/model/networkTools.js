// @ts-check
/** Beside the graph: whether links show weights or gradients, what is locked, and the way back. */
import { html, nothing } from "lit";
import { lockedIn, pastOf, setLocked, undo } from "../../session/edits.js";
import { formatValue } from "../../base/columnFormat.js";
import { isWatched } from "../../ui/calm.js";
import { Panel } from "../../ui/panel.js";
import { segments } from "../../ui/segments.js";
import { t } from "../../base/text.js";

/** Gradients are asked for so often while the run moves, in milliseconds. */
const EVERY_MS = 200;

export class NetworkTools extends Panel {
  static properties = {
    ...Panel.properties,
    host: { attribute: false },
    shows: { state: true },
    largest: { state: true },
  };

  #timer = 0;

  constructor() {
    super();
    /** @type {import("./modelPanel.js").ModelPanel} */
    this.host = /** @type {never} */ (undefined);
    /** @type {"weights" | "gradients"} */
    this.shows = "weights";
    this.largest = NaN;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ edits, description }) {
    return [edits, description];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame }) => frame?.parameters,
      () => this.#ask(),
    );
    this.atEnd(() => clearTimeout(this.#timer));
  }

  render() {
    if (this.state.description?.image) return nothing; // there are maps in the place of links
    const past = pastOf(this.playground);
    const locked = lockedIn(this.playground);
    return html`
      <div class="network-tool-row" role="group" aria-label="${t("model.networksLinks")}">
        ${segments({
          name: `${this.uid}-links`,
          label: t("model.linksShow"),
          choices: [
            {
              value: "weights",
              label: t("model.weights"),
              title: t("model.linksShowWeightsCorner"),
            },
            { value: "gradients", label: t("model.gradients"), title: t("model.linksShowHowLoss") },
          ],
          value: this.shows,
          choose: (/** @type {"weights" | "gradients"} */ shows) => this.#show(shows),
        })}
        ${this.shows === "gradients" && Number.isFinite(this.largest) ? html`<span class="network-scale">${t("model.largest")} ${formatValue(this.largest)}</span>` : nothing}
        ${
          locked.length
            ? html`<button type="button" class="small-button" title="${t("model.letsAllThemMove")}"
              @click=${() => setLocked(this.playground, locked, false, t("model.allUnlocked"))}>${t("model.unlock")} ${locked.length}</button>`
            : nothing
        }
        ${past.length ? html`<button type="button" class="small-button" title=${past[past.length - 1].what} @click=${() => undo(this.playground)}>${t("model.undoEdit")}</button>` : nothing}
      </div>
    `;
  }

  #show(/** @type {"weights" | "gradients"} */ name) {
    this.shows = name;
    this.largest = NaN;
    const { extras } = this.host;
    if (name === "weights") {
      extras.values = extras.gradient = undefined;
      return this.host.drawSeen();
    }
    this.#ask();
  }

  /** Once now, and again while the run moves. */
  #ask() {
    if (this.shows === "weights" || this.#timer) return;
    const { frame, description } = this.state;
    this.#timer = setTimeout(async () => {
      const gradient = await this.playground.ask("gradient", { part: "train" }).catch(() => null);
      this.#timer = 0;
      if (!this.isConnected || this.shows === "weights" || !gradient || this.state.description !== description) return;
      const largest = gradient.reduce(
        (/** @type {number} */ size, /** @type {number} */ value) => Math.max(size, Math.abs(value)),
        0,
      );
      this.largest = largest;
      // Like weights of up to 2: what counts is which is large.
      Object.assign(this.host.extras, {
        gradient,
        values: gradient.map((/** @type {number} */ value) => (2 * value) / (largest || 1)),
      });
      this.host.drawSeen();
      if (isWatched(this) && this.state.frame?.parameters !== frame?.parameters) this.#ask();
    }, EVERY_MS);
  }
}
