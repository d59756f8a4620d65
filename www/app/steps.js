// @ts-check
/** The strip of steps: what the process consists of, how far each step is, and the way to its view. */
import { html, nothing, svg } from "lit";
import { dataOf } from "../settings/spec.js";
import { padlockIcon } from "../ui/padlockIcon.js";
import { Panel } from "../ui/panel.js";
import { StoreController } from "../ui/storeController.js";
import { STEPS } from "./features.js";
import { stepStates } from "./stepStates.js";
import { stepOf } from "./views.js";
import { t } from "../base/text.js";

/** The doctor looks unasked at tables of so many cells: of more it takes its time, and looks when the Data step is opened. */
const MOST_CELLS = 500_000;

const tick = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d="M5.5 12.5l4.5 4.5 8.5-10" stroke-width="3" />`}</svg>`;

export class Steps extends Panel {
  static properties = { ...Panel.properties, findings: { state: true } };

  follows = [
    new StoreController(this, () => this.parts.coach),
    new StoreController(this, () => this.parts.keeper.store),
  ];

  #round = 0;

  constructor() {
    super();
    /** @type {import("./later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** Opens a step. @type {(step: string) => void} */
    this.go = () => {};
    /** @type {import("./bands.js").Band[]} */
    this.bands = [];
    /** How many things the data doctor found. @type {number | null} */
    this.findings = null;
  }

  /** @param {import("../session/state.js").State} state */
  picks({ description, run, lock, settings }) {
    return [description, run?.state, lock?.isOpen, stepOf(settings)];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ table, settings }) => [table.phase, table.description, table.source === settings.source],
      () => void this.#examine(),
    );
    void this.#examine();
  }

  async #examine() {
    const mine = ++this.#round;
    const { table, settings } = this.state;
    const { tables } = this.playground;
    this.findings = null;
    const { description, phase, source } = table;
    if (phase !== "ready" || !description || source !== settings.source) return;
    if (description.rows * description.columns.length > MOST_CELLS) return;
    await tables.pictured();
    if (mine !== this.#round) return;
    const findings = await tables.doctor(dataOf(settings)).catch(() => null); // the Data step says why
    if (mine === this.#round) this.findings = findings?.length ?? null;
  }

  /** Where they don't fit, the one that is open is in sight. */
  updated() {
    super.updated();
    const current = /** @type {HTMLElement | null} */ (this.querySelector("[aria-current]"));
    if (current) this.scrollLeft = current.offsetLeft - (this.clientWidth - current.offsetWidth) / 2;
  }

  render() {
    const { findings, state, parts } = this;
    const current = stepOf(state.settings);
    const states = stepStates({
      state,
      watch: parts.coach.get(),
      runs: parts.keeper.store.get().runs.length,
      findings,
    });
    // One that has nothing yet isn't shown.
    const shown = STEPS.filter(
      ({ id, panel }) => panel || this.bands.some(({ step, hidden }) => step.id === id && !hidden),
    );
    return html`
      <nav aria-label="${t("app.steps")}">
        <ol>
          ${shown.map(({ id, title }) => {
            const { is, count, words } = states[id];
            return html`<li><button type="button" data-step=${id} data-is=${is} aria-current=${id === current ? "step" : nothing} @click=${() => this.go(id)}>
              <span>${title}</span><span class="step-mark" aria-hidden="true">${{ done: tick, locked: padlockIcon(false), attention: count, open: nothing, none: nothing }[is]}</span>${words ? html`<span class="for-readers">, ${words}</span>` : nothing}</button></li>`;
          })}
        </ol>
      </nav>
    `;
  }
}
