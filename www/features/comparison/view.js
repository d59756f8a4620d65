// @ts-check
/** Runs side by side: A as it is set, B with one thing changed; or all optimizers from one start. */
import { html, nothing } from "lit";
import { lossCurves } from "../../ui/charts/lossCurves.js";
import { settingOf } from "../../settings/config.js";
import { ComparisonRun, changeWords, variantChoices, otherValue } from "./model.js";
import { optimizerPresets } from "../../session/racers.js";
import { formatCount, formatLoss, formatScore } from "../../base/format.js";
import { formatValue } from "../../base/columnFormat.js";
import { isLocked } from "../../base/padlock.js";
import { labeled } from "../../session/runRecord.js";
import { parseFor } from "../../settings/spec.js";
import { StoreController } from "../../ui/storeController.js";
import { SvgPanel } from "../../ui/svgPanel.js";
import { typed } from "../../ui/typed.js";
import { segments } from "../../ui/segments.js";
import { select } from "../../ui/select.js";
import { numberField } from "../../ui/numberField.js";
import { parts, t } from "../../base/text.js";

/** Told apart by dash and by sign, not by color alone. */
const SIGNS = "ABCDEF";

export class Comparison extends SvgPanel {
  static properties = {
    ...SvgPanel.properties,
    mode: { state: true },
    key: { state: true },
    value: { state: true },
    isOneRate: { state: true },
  };

  /** @type {ComparisonRun} */
  run = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.run.store);

  constructor() {
    super();
    /** @type {"one" | "optimizers"} */
    this.mode = "one";
    this.key = "learningRate";
    /** What B has; null: a value near the one that A has. @type {string | null} */
    this.value = null;
    this.isOneRate = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, run }) {
    return [settings, description, run?.state];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".contest-curves"));
  }

  connectedCallback() {
    this.run ??= new ComparisonRun(this.playground);
    super.connectedCallback();
    this.follow(isLocked, (isShut) => isShut && this.run.hideTest());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.run.stop();
  }

  render() {
    const { phase, verdict, problem, runs } = this.run.store.get();
    return html`
      <p class="contest-about">${t("comparison.runsStartFromSame")}</p>
      <div class="contest-controls">
        ${segments({
          name: `${this.uid}-mode`,
          label: t("comparison.whatCompare"),
          choices: [
            { value: "one", label: t("comparison.bOneThing") },
            { value: "optimizers", label: t("comparison.optimizerRace") },
          ],
          value: this.mode,
          choose: (/** @type {Comparison["mode"]} */ mode) => (this.mode = mode),
          disabled: this.run.isRunning,
        })}
        ${this.mode === "one" ? this.#chooseOne() : this.#chooseRates()}
        ${this.#buttons(phase)}
      </div>
      ${
        this.run.isRunning || runs.length
          ? html`
            <div class="contest-body">
              <svg class="contest-curves" role="img" aria-label=${this.#words()}>${this.#curves()}</svg>
              ${this.#standings()}
            </div>`
          : html`<p class="note">${t("comparison.pressStartEachGets")}</p>`
      }
      <p class="contest-verdict" role="status">${verdict}</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
    `;
  }

  #chooseOne() {
    const { settings } = this.state;
    const rows = variantChoices(settings);
    const row = rows.find(({ key }) => key === this.key) ?? rows[0];
    const value = this.value ?? otherValue(row, settings);
    const { problem } = parseFor(settings.source, row.key, value);
    const how = {
      id: `${this.uid}-b`,
      label: "B",
      problem: problem ?? "",
      enter: (/** @type {string} */ text) => (this.value = text),
    };
    const choices =
      row.type === "flag"
        ? [
            { value: "true", label: t("comparison.yes") },
            { value: "false", label: t("comparison.no") },
          ]
        : row.choices?.filter((choice) => parseFor(settings.source, row.key, choice.value).problem === null);
    return html`
      ${select({ id: `${this.uid}-what`, label: t("comparison.whatDiffers"), choices: rows.map(({ key, label }) => ({ value: key, label })), value: row.key, enter: (key) => ((this.key = key), (this.value = null)) })}
      <div class="field contest-a"><span>${t("comparison.set")}</span><output aria-label="A">${row.type === "flag" ? (settings[row.key] ? t("comparison.yes") : t("comparison.no")) : labeled(row, settings[row.key])}</output></div>
      ${
        choices
          ? select({ ...how, choices, value })
          : numberField({ ...how, mode: row.type === "number" ? "decimal" : "text", text: typed(value) })
      }
    `;
  }

  #chooseRates() {
    const id = `${this.uid}-rates`;
    return select({
      id,
      label: t("comparison.learningRates"),
      choices: [
        { value: "own", label: t("comparison.eachUsualOne") },
        { value: "one", label: t("comparison.allSet", { learningRate: this.state.settings.learningRate }) },
      ],
      value: this.isOneRate ? "one" : "own",
      enter: (which) => (this.isOneRate = which === "one"),
    });
  }

  /** @returns {import("./model.js").Variant[] | null} */
  #variants() {
    const { settings } = this.state;
    if (this.mode === "optimizers") return optimizerPresets(settings, this.isOneRate);
    const row = settingOf(
      variantChoices(settings).some(({ key }) => key === this.key) ? this.key : variantChoices(settings)[0].key,
    );
    const { value, problem } = parseFor(settings.source, row.key, this.value ?? otherValue(row, settings));
    if (problem !== null) return null;
    return [
      { name: "A", change: t("comparison.set2"), settings },
      { name: "B", change: changeWords(row, settings[row.key], value), settings: { ...settings, [row.key]: value } },
    ];
  }

  #buttons(/** @type {string} */ phase) {
    const { epoch, epochs } = this.run.store.get();
    const { isRunning } = this.run;
    const variants = this.#variants();
    const cannot = !variants || !this.state.run || this.state.run.state === "failed";
    return html`
      <div class="contest-buttons">
        <button type="button" class="button main starts" ?disabled=${phase === "stopping" || (!isRunning && cannot)}
          @click=${() => (isRunning ? this.run.stop() : variants && void this.run.start(variants))}>${isRunning ? t("comparison.cancel") : t("comparison.start")}</button>
        ${isRunning ? html`<progress max=${epochs || 1} .value=${epoch} aria-label="${t("comparison.epochsContest")}"></progress><span class="note">${formatCount(epoch)} ${parts("comparison.epochs", { epochs: formatCount(epochs) })}</span>` : nothing}
      </div>
    `;
  }

  #series() {
    const { runs } = this.run.store.get();
    return runs.map(({ curve, test }, i) => ({
      epoch: curve.epoch,
      losses: test ? curve.test : curve.training,
      className: `series-${i}`,
      sign: SIGNS[i],
    }));
  }

  #curves() {
    return lossCurves(this.size, this.#series(), this.run.store.get().epochs || 100);
  }

  #words() {
    const { runs, variants } = this.run.store.get();
    if (!runs.length) return t("comparison.lossesEpochNothingTrained");
    return t("comparison.lossesEpoch", {
      value: runs[0].test ? t("comparison.test") : t("comparison.training"),
      runs: runs
        .map(({ test, training }, i) =>
          t("comparison.at", { name: variants[i].name, loss: formatLoss((test ?? training).loss) }),
        )
        .join(", "),
    });
  }

  #standings() {
    const { runs, variants, phase } = this.run.store.get();
    if (!runs.length) return nothing;
    const { task, target } = this.state.description ?? {};
    const isClasses = task === "classification";
    return html`
      <ul class="contest-standings" aria-label="${t("comparison.howTheyStand")}">
        ${runs.map(
          (run, i) => html`
          <li class="series-${i}">
            ${run.outputs ? html`<ty-mini-field .playground=${this.playground} .run=${run} .label=${t("comparison.whatGivesOverPlane", { name: variants[i].name })}></ty-mini-field>` : nothing}
            <div>
              <p><b class="contest-sign">${SIGNS[i]}</b> <b>${this.mode === "one" && variants[i].name.length === 1 ? "" : variants[i].name}</b> <span class="note">${variants[i].change}</span></p>
              <p class="contest-score"><span>${run.test ? t("comparison.test") : t("comparison.training")} ${t("comparison.loss")} <b>${formatLoss((run.test ?? run.training).loss)}</b></span>
                <span>${isClasses ? t("comparison.accuracy") : t("comparison.meanError")} <b>${formatScore(run.test ?? run.training, target ? formatValue : undefined)}</b></span></p>
              ${phase === "done" && i > 0 ? html`<button type="button" class="small-button" @click=${() => this.#take(i)}>${t("comparison.takeOver")}</button>` : nothing}
            </div>
          </li>
        `,
        )}
      </ul>
    `;
  }

  /** Its settings become the page's. */
  #take(/** @type {number} */ index) {
    const { settings, hand } = this.state;
    const taken = this.run.store.get().variants[index].settings;
    const changed = Object.fromEntries(Object.entries(taken).filter(([key, value]) => value !== settings[key]));
    this.playground.take(taken, { ...hand, ...changed });
  }
}
