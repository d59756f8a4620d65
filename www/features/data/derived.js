// @ts-check
/** Features reckoned from columns: ticked for two of them, or written as a formula, which is tried out while it is typed. */
import { html, nothing } from "lit";
import { dataOf } from "../../settings/spec.js";
import { formulasOf, numberColumns, offersFor, withFormula, withoutFormula } from "../../session/derived.js";
import { formatValue } from "../../base/columnFormat.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { onEnter } from "../../ui/onEnter.js";
import { closeIcon } from "../../ui/icons.js";
import { InspectorPart } from "./inspectorPart.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

/** A formula is tried out when the hand rests so long. */
const REST_MS = 200;

export class DerivedFeatures extends InspectorPart {
  static properties = {
    ...InspectorPart.properties,
    x: { state: true },
    y: { state: true },
    text: { state: true },
    tried: { state: true },
  };

  #round = 0;

  constructor() {
    super();
    /** The columns called x and y here. */
    this.x = "";
    this.y = "";
    /** What is typed. */
    this.text = "";
    /** What came of it, and of which text. @type {{text: string, problem: string | null, words: string} | null} */
    this.tried = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, table }) {
    return [settings.features, table.description];
  }

  render() {
    const { state } = this;
    const columns = numberColumns(state);
    const formulas = formulasOf(state);
    const [x, y] = [
      columns.includes(this.x) ? this.x : columns[0],
      columns.includes(this.y) ? this.y : (columns[1] ?? columns[0]),
    ];
    return html`
      <details class="derived">
        <summary>${t("data.derivedFeatures")}${formulas.length ? `: ${formulas.length}` : ""}</summary>
        ${
          formulas.length
            ? html`
          <ul class="changed" aria-label="${t("data.derivedFeatures")}">
            ${formulas.map((formula) => html`<li><span>${formula}</span><button type="button" aria-label="${t("data.remove", { formula })}" @click=${() => this.playground.set("features", withoutFormula(this.state, formula))}>${closeIcon}</button></li>`)}
          </ul>`
            : nothing
        }
        ${columns.length ? html`<div class="derived-body">${this.#offers(columns, x, y, formulas)}${this.#formula(columns)}</div>` : html`<p class="note">${t("data.thereNoColumnNumbers")}</p>`}
      </details>
    `;
  }

  #offers(
    /** @type {string[]} */ columns,
    /** @type {string} */ x,
    /** @type {string} */ y,
    /** @type {string[]} */ formulas,
  ) {
    const column = (/** @type {"x" | "y"} */ key, /** @type {string} */ value) => {
      const id = `${this.uid}-${key}`;
      const choose = (/** @type {string} */ name) => (this[key] = name);
      return select({
        id,
        label: `${t("data.column2")} ${key}`,
        choices: columnOptions(columns, value),
        enter: choose,
      });
    };
    return html`
      <fieldset class="derived-offers">
        <legend>${t("data.twoColumns")}</legend>
        <div class="derived-columns">${column("x", x)}${column("y", y)}</div>
        <div class="features">
          ${offersFor(x, y).map(
            ({ label, formula }) => html`
            <label class="toggle" title=${formula}>
              <input type="checkbox" aria-label="${label}: ${formula}" .checked=${formulas.includes(formula)} @change=${(/** @type {EventOn<HTMLInputElement>} */ event) => this.#tick(formula, event.currentTarget)} />
              <span>${label}</span>
            </label>
          `,
          )}
        </div>
      </fieldset>
    `;
  }

  async #tick(/** @type {string} */ formula, /** @type {HTMLInputElement} */ box) {
    if (!box.checked) return this.playground.set("features", withoutFormula(this.state, formula));
    const tried = await this.#try(formula);
    if (tried?.problem) {
      box.checked = false;
      this.tried = { ...tried, text: this.text };
    } else this.playground.set("features", withFormula(this.state, formula));
  }

  #formula(/** @type {string[]} */ columns) {
    const { text, tried } = this;
    const isFor = tried !== null && tried.text === text;
    const problem = isFor ? tried.problem : null;
    const canAdd = text.trim() !== "" && isFor && problem === null;
    const add = () => {
      if (!canAdd) return;
      this.playground.set("features", withFormula(this.state, text.trim()));
      this.text = "";
      this.tried = null;
    };
    const example = columns.length > 1 ? `"${columns[0]}" / "${columns[1]}"` : `ln("${columns[0]}")`;
    return html`
      <div class="derived-formula">
        <label for="${this.uid}-formula">${t("data.formula")}</label>
        <div class="derived-line">
          <input type="text" id="${this.uid}-formula" autocomplete="off" spellcheck="false" maxlength="1000" placeholder=${example} .value=${text}
            aria-invalid=${problem ? "true" : "false"} aria-describedby="${this.uid}-tried" @input=${this.#typed} @keydown=${onEnter(add)} />
          <button type="button" class="button main" ?disabled=${!canAdd} @click=${add}>${t("data.add")}</button>
        </div>
        <p class="note ${problem ? "derived-problem" : ""}" id="${this.uid}-tried" role="status">${isFor ? (problem ?? tried.words) : text ? "…" : t("data.columnsQuotesSinCos")}</p>
      </div>
    `;
  }

  #typed(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) {
    this.text = currentTarget.value;
    const { text } = this;
    const mine = ++this.#round;
    if (text.trim() === "") return (this.tried = null);
    setTimeout(async () => {
      if (mine !== this.#round) return;
      const tried = await this.#try(text.trim());
      if (mine === this.#round && tried) this.tried = { ...tried, text };
    }, REST_MS);
  }

  /** What the core says of a formula; null where it can't be asked. */
  async #try(/** @type {string} */ formula) {
    if (formulasOf(this.state).includes(formula))
      return { text: formula, problem: t("data.featureThereAlready"), words: "" };
    try {
      const { problem, low, high } = await this.playground.tables.tryFormula(dataOf(this.state.settings), formula);
      const sentence = problem && `${problem}${/[.!?]$/.test(problem) ? "" : "."}`;
      return {
        text: formula,
        problem: sentence,
        words: low === null ? "" : t("data.goesFrom", { low: formatValue(low), high: formatValue(high) }),
      };
    } catch (error) {
      return { text: formula, problem: String(/** @type {Thrown} */ (error)?.message ?? error), words: "" };
    }
  }
}
