// @ts-check
/**
 * How the file was read, above the table: each guess in plain words with its evidence, to be changed by hand and left to
 * the file again. What could be read in two ways is a question.
 *
 * @typedef {import("../../session/tables.js").Aspect} Aspect
 */
import { html, nothing } from "lit";
import { InspectorPart } from "./inspectorPart.js";
import { options, select } from "../../ui/select.js";
import { t } from "../../base/text.js";

/** What each aspect is called; in the order of the page. */
const LABELS = new Map(
  Object.entries({
    encoding: t("data.encoding"),
    format: t("data.format"),
    sheet: t("data.sheet"),
    delimiter: t("data.delimiter"),
    header: t("data.headerRow"),
    skip: t("data.linesSkipped"),
    comment: t("data.comments"),
    quote: t("data.quotes"),
    escape: t("data.quotesCells"),
    rowNames: t("data.rowNames"),
    unitsRow: t("data.rowBelowHeader"),
    decimal: t("data.decimalSign"),
    dates: t("data.dates"),
  }),
);

const labelOf = (/** @type {Aspect} */ { key }) => LABELS.get(key) ?? key;

/** Buttons of a question: of more choices, the likely ones. */
const MOST_ANSWERS = 4;

export class ReadingBar extends InspectorPart {
  static properties = { ...InspectorPart.properties, shown: { state: true } };

  constructor() {
    super();
    /** The aspect whose evidence is in sight. @type {string | null} */
    this.shown = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table }) {
    return [table.description, table.isRereading];
  }

  render() {
    const { reading = [] } = this.table.description ?? {};
    if (!reading.length) return;
    const order = [...LABELS.keys()];
    const aspects = [...reading].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    const open = aspects.filter(({ isSure, isChosen }) => !isSure && !isChosen);
    const told = aspects.find(({ key }) => key === this.shown) ?? null;
    return html`
      <section class="reading" aria-label="${t("data.howFileWasRead")}" aria-busy=${Boolean(this.table.isRereading)}>
        ${open.map((aspect) => this.#question(aspect))}
        <ul class="reading-aspects">${aspects.map((aspect) => this.#aspect(aspect))}</ul>
        <p class="reading-why note" aria-hidden="true">${told ? html`<b>${labelOf(told)}:</b> ${told.sentence}` : t("data.chooseFieldSeeWhy")}</p>
      </section>
    `;
  }

  #question(/** @type {Aspect} */ aspect) {
    const { key, value, choices, sentence, likely } = aspect;
    const answers =
      likely ?? (choices.length <= MOST_ANSWERS ? choices : choices.filter((choice) => choice.value === value));
    const id = `${this.uid}-${key}-question`;
    return html`
      <div class="reading-question" role="group" aria-labelledby=${id} data-aspect=${key}>
        <p id=${id}><b>${labelOf(aspect)}:</b> ${sentence}</p>
        <div class="reading-answers">
          ${answers.map((choice) => html`<button type="button" class="button" @click=${() => this.#choose(key, choice.value)}>${choice.label}${choice.value === value ? t("data.readNow") : ""}</button>`)}
          ${answers.length < choices.length ? html`<span class="note">${t("data.moreChoicesBelow")}</span>` : nothing}
        </div>
      </div>
    `;
  }

  #aspect(/** @type {Aspect} */ aspect) {
    const { key, isChosen, isSure, choices, sentence } = aspect;
    const id = `${this.uid}-${key}`;
    const show = () => (this.shown = key);
    const at = choices.findIndex((choice) => choice.value === aspect.value);
    const found = choices[at]?.label ?? String(aspect.value);
    const value = isChosen ? String(at) : "auto";
    const body =
      choices.length < 2
        ? html`<span class="reading-label">${labelOf(aspect)}</span><span class="reading-value" tabindex="0" aria-label="${labelOf(aspect)}: ${found}" aria-describedby="${id}-why" role="note">${found}</span>`
        : select({
            id,
            label: labelOf(aspect),
            about: `${id}-why`,
            choices: html`
              ${options([{ value: "auto", label: isChosen ? t("data.fileLooks") : `${found}${isSure ? "" : " ?"}` }], value)}
              <optgroup label="${t("data.hand")}">${options(
                choices.map(({ label }, i) => ({ value: String(i), label })),
                value,
              )}</optgroup>
            `,
            enter: (text) => this.#choose(key, text === "auto" ? "auto" : choices[Number(text)].value),
          });
    return html`
      <li class="reading-aspect" data-read=${key} data-chosen=${isChosen} data-sure=${isSure || isChosen} @pointerenter=${show} @focusin=${show}>
        ${body}
        ${isChosen ? html`<button type="button" class="reading-back" aria-label="${t("data.chosenHandBackHow", { aspect: labelOf(aspect) })}" title="${t("data.backHowFileLooks")}" @click=${() => this.#choose(key, "auto")}>${t("data.hand2")} <span aria-hidden="true">×</span></button>` : nothing}
        <span class="unseen" id="${id}-why">${sentence}${isChosen ? t("data.chosenHand") : ""}</span>
      </li>
    `;
  }

  #choose(/** @type {string} */ key, /** @type {Aspect["value"]} */ value) {
    this.shown = key;
    this.inspector.setRead(key, value);
  }
}
