// @ts-check
/**
 * The microscope: the next update, stage by stage, with the engine's own numbers, for one neuron or weight and one
 * example of the batch, or for all of them. Nothing of it is taken until "Apply this update".
 */
import { html, nothing } from "lit";
import { lockedIn } from "../../session/edits.js";
import { formatCount, upper } from "../../base/format.js";
import { Inside, STAGES, between } from "./model.js";
import { unitName } from "../../session/places.js";
import { placeOf } from "../../base/sample.js";
import { classWord, formatRaw, formatValue } from "../../base/columnFormat.js";
import { inputLabel } from "../../settings/sources.js";
import { Panel } from "../../ui/panel.js";
import { segments } from "../../ui/segments.js";
import { arrows } from "./arrows.js";
import * as scenes from "./stages.js";
import { select } from "../../ui/select.js";
import { nudge } from "../../ui/nudge.js";
import { t } from "../../base/text.js";

/** How long a stage stays in slow motion, in milliseconds. */
const SLOW_MS = 2600;

export class Microscope extends Panel {
  static properties = {
    ...Panel.properties,
    look: { state: true },
    problem: { state: true },
    stage: { state: true },
    example: { state: true },
    isAll: { state: true },
    isSlow: { state: true },
  };

  /** The frame that was looked at last, and whether a look is under way. */
  #seen = /** @type {Float32Array | undefined} */ (undefined);
  #isLooking = false;
  #timer = 0;
  /** @type {import("./batchHighlight.js").Glow | null} */
  #glow = null;

  constructor() {
    super();
    /** @type {{inside: Inside, of: import("../../session/protocol.js").Description, step: number} | null} */
    this.look = null;
    this.problem = "";
    this.stage = 0;
    this.example = 0;
    this.isAll = false;
    this.isSlow = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, picked, run, edits }) {
    return [description, picked, run?.state, edits];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, run }) => [frame?.parameters, run?.state],
      () => void this.#lookAgain(),
    );
    const details = this.closest("details");
    const toggled = () => (details?.open ? void this.#lookAgain() : this.#stop());
    details?.addEventListener("toggle", toggled);
    this.atEnd(() => {
      details?.removeEventListener("toggle", toggled);
      this.#stop();
    });
    void this.#lookAgain();
  }

  #stop() {
    clearInterval(this.#timer);
    this.isSlow = false;
    this.#glow?.remove();
    this.#glow = null;
  }

  get #isOpen() {
    return this.closest("details")?.open ?? true;
  }

  /** Why there is nothing to look at, if so. */
  get #lack() {
    const { description, run } = this.state;
    if (this.state.settings.dropout && description?.layers.length) return t("microscope.dropoutSwitchesNeuronsOff");
    if (description && description.layers.some(({ type }) => type !== "dense")) return t("microscope.updateOfDense");
    if (run?.state === "diverged") return t("microscope.lossNoLongerNumber");
    return "";
  }

  async #lookAgain() {
    const { frame, description, run } = this.state;
    if (
      this.#isLooking ||
      !this.#isOpen ||
      !frame?.parameters ||
      !description ||
      run?.state === "training" ||
      this.#lack
    )
      return;
    if (this.#seen === frame.parameters && this.look) return;
    this.#isLooking = true;
    try {
      const look = await this.playground.ask("look");
      this.#seen = frame.parameters;
      this.problem = "";
      if (this.state.description === description)
        this.look = { inside: new Inside(look, description), of: description, step: frame.step + 1 };
      this.example = Math.min(this.example, look.rows.length - 1);
    } catch (error) {
      const { code, message } = /** @type {import("../../session/protocol.js").Failure} */ (error);
      this.problem = code === "offline" ? message : "";
    } finally {
      this.#isLooking = false;
    }
    if (this.state.frame?.parameters !== frame.parameters || this.state.description !== description)
      void this.#lookAgain();
  }

  /** The neuron and weight under the lens: what was picked in the graph, else the first. @returns {import("./model.js").Spot} */
  get spot() {
    const { description, picked } = this.state;
    const { layers = [] } = description ?? {};
    if (!picked || picked.kind === "layer" || picked.layer < 1 || picked.layer > layers.length)
      return { layer: 1, unit: 0, input: 0 };
    const { inputs, outputs } = layers[picked.layer - 1];
    const unit = Math.min(picked.unit, outputs - 1);
    return {
      layer: picked.layer,
      unit,
      input: picked.kind === "weight" ? Math.min(picked.input, inputs - 1) : picked.kind === "bias" ? inputs : 0,
    };
  }

  #choose(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number} */ input) {
    const { description } = this.state;
    const inputs = description?.layers[layer - 1].inputs ?? 0;
    this.playground.store.set({
      picked: input < inputs ? { kind: "weight", layer, unit, input } : { kind: "bias", layer, unit },
    });
  }

  #name(/** @type {number} */ layer, /** @type {number} */ unit) {
    const { description } = this.state;
    if (!description) return "";
    const inputs = (description.inputNames ?? description.features).map(inputLabel);
    const outputs = Array.from({ length: description.outputs }, (_, i) => String(description.classNames?.[i] ?? i));
    return unitName(description, { inputs, outputs }, layer, unit);
  }

  render() {
    const { description, run } = this.state;
    const lack = this.#lack || this.problem;
    const walk = description?.image
      ? html`<ty-image-walk class="walk" .playground=${this.playground}></ty-image-walk>`
      : nothing;
    if (lack) return html`${walk}<p class="scope-lack" role="alert">${lack}</p>${this.#layers()}`;
    const { look } = this;
    if (!look || !description || look.of !== description) {
      const why =
        run?.state === "training"
          ? html`${t("microscope.training")} <button type="button" class="button" @click=${() => this.playground.pause()}>${t("microscope.pauseTraining")}</button> ${t("microscope.lookInsideNextUpdate")}`
          : t("microscope.looking");
      return html`${walk}<p class="note" role="status" ?data-loading=${run?.state !== "training"}>${why}</p>${this.#layers()}`;
    }
    const isTraining = run?.state === "training";
    return html`
      ${walk}
      <div class="scope-bar">
        ${this.#batch(look.inside, description)}
        ${this.#lens(description)}
      </div>
      <ol class="scope-stages" aria-label="${t("microscope.stagesUpdate")}">
        ${STAGES.map(({ label }, i) => html`<li><button type="button" aria-current=${i === this.stage ? "step" : "false"} @click=${() => (this.stage = i)}><span aria-hidden="true">${i + 1}</span>${label}</button></li>`)}
      </ol>
      <div class="scope-body ${isTraining ? "is-old" : ""}">
        <section class="scope-scene" aria-label="${t("microscope.stage", { stage: this.stage + 1, label: STAGES[this.stage].label })}">
          <p class="scope-about">${STAGES[this.stage].about}</p>
          ${this.#scene(look, description)}
        </section>
        <aside class="scope-compare" aria-label="${t("microscope.batchsGradientBesideWhole")}">${this.#compare(look.inside, description)}</aside>
      </div>
      <div class="scope-acts">
        <button type="button" class="button" ?disabled=${this.stage === 0} @click=${() => (this.stage -= 1)}>${t("microscope.previousStage")}</button>
        <button type="button" class="button" ?disabled=${this.stage === STAGES.length - 1} @click=${() => (this.stage += 1)}>${t("microscope.nextStage")}</button>
        <button type="button" class="button" aria-pressed=${this.isSlow} @click=${() => this.#slow()}>${t("microscope.slowMotion")}</button>
        <button type="button" class="button main" ?disabled=${isTraining || run?.state === "finished"} @click=${() => this.#apply()}>${t("microscope.applyUpdate")}</button>
        <p class="note" role="status">${isTraining ? t("microscope.trainingUpdateWasNext") : run?.state === "finished" ? t("microscope.runHasEndedUpdate") : t("microscope.updateNotYetTaken", { step: formatCount(look.step) })}</p>
      </div>
      ${this.#layers()}
    `;
  }

  #layers() {
    return html`<ty-layer-views .playground=${this.playground}></ty-layer-views>`;
  }

  #batch(/** @type {Inside} */ inside, /** @type {import("../../session/protocol.js").Description} */ description) {
    const { points } = this.state;
    const count = inside.rows;
    const at = this.example;
    const go = (/** @type {number} */ by) => () => (this.example = (at + by + count) % count);
    const width = description.columns.length;
    const rowNumber = inside.look.rows[at];
    const place = points ? placeOf(points, rowNumber) : -1;
    const target = points?.targets[place];
    const isKnown = points && place >= 0; // of many rows the page has but some
    const tableRow = inside.look.tableRows?.[at];
    const row =
      tableRow === undefined
        ? t("microscope.point", { rowNumber: formatCount(rowNumber + 1) })
        : t("microscope.row", { tableRow: formatCount(tableRow + 1) });
    const words = isKnown
      ? [
          ...description.columns
            .slice(0, 3)
            .map((column, i) => `${column} ${formatRaw(description, i, points.inputs[place * width + i])}`),
          description.task === "classification"
            ? classWord(description, Number(target))
            : t("microscope.target", { target: formatValue(target) }),
          ...(tableRow === undefined ? [] : [row]),
        ].join(", ")
      : row;
    return html`
      <div class="scope-batch" role="group" aria-label="${t("microscope.example")}">
        ${segments({
          name: `${this.uid}-what`,
          label: t("microscope.example"),
          choices: [
            { value: false, label: t("microscope.oneExample") },
            { value: true, label: t("microscope.batchsMean") },
          ],
          value: this.isAll,
          choose: (isAll) => (this.isAll = isAll),
        })}
        <span class="scope-turn">
          ${nudge("◀", t("microscope.previousExample"), this.isAll || count < 2, go(-1))}
          <span class="scope-which"><b>${this.isAll ? t("microscope.all", { count }) : t("microscope.of", { at: at + 1, count })}</b> <span class="scope-row">${this.isAll ? "" : words}</span></span>
          ${nudge("▶", t("microscope.nextExample"), this.isAll || count < 2, go(1))}
        </span>
      </div>
    `;
  }

  #lens(/** @type {import("../../session/protocol.js").Description} */ description) {
    const { layer, unit, input } = this.spot;
    const { inputs } = description.layers[layer - 1];
    const neurons = description.layers.flatMap(({ outputs }, l) =>
      Array.from({ length: outputs }, (_, u) => ({ value: `${l + 1},${u}`, label: upper(this.#name(l + 1, u)) })),
    );
    const weights = Array.from({ length: inputs }, (_, k) => ({
      value: String(k),
      label: `${t("microscope.from")} ${this.#name(layer - 1, k)}`,
    }));
    return html`
      <div class="scope-lens">
        ${select({ id: `${this.uid}-neuron`, label: t("microscope.neuron"), as: "beside", choices: neurons, value: `${layer},${unit}`, enter: (text) => this.#choose(.../** @type {[number, number]} */ (text.split(",").map(Number)), 0) })}
        ${select({ id: `${this.uid}-weight`, label: t("microscope.weight"), as: "beside", choices: [...weights, { value: String(inputs), label: t("microscope.bias") }], value: String(input), enter: (text) => this.#choose(layer, unit, Number(text)) })}
      </div>
    `;
  }

  #scene(
    /** @type {NonNullable<Microscope["look"]>} */ { inside, step },
    /** @type {import("../../session/protocol.js").Description} */ description,
  ) {
    const { spot } = this;
    const isLocked = lockedIn(this.playground).includes(inside.index(spot));
    /** @type {import("./stages.js").Scene} */
    const scene = {
      inside,
      description,
      spot,
      example: this.isAll ? null : this.example,
      step,
      isLocked,
      nameOf: (layer, unit) => this.#name(layer, unit),
    };
    return [scenes.forward, scenes.loss, scenes.gradient, scenes.update][this.stage](scene);
  }

  #compare(
    /** @type {Inside} */ { look, rows },
    /** @type {import("../../session/protocol.js").Description} */ description,
  ) {
    const { first, second, angle } = between(look.gradient, look.fullGradient);
    return html`
      <h3>${t("microscope.batchAllRows")}</h3>
      ${arrows(first, second, angle)}
      <dl>
        <dt class="scope-key-batch">${t("microscope.batch")} ${rows}</dt><dd><b data-shown="batch-length">${formatValue(first)}</b></dd>
        <dt class="scope-key-full">${t("microscope.all2")} ${description.rows.train}</dt><dd><b data-shown="full-length">${formatValue(second)}</b></dd>
        <dt>${t("microscope.angle")}</dt><dd><b data-shown="angle">${Number.isFinite(angle) ? `${formatValue(angle)}°` : "–"}</b></dd>
      </dl>
      <p class="note">${!Number.isFinite(angle) ? t("microscope.oneThemZero") : angle < 90 ? t("microscope.lengthsAngleTwoGradients") : t("microscope.beyond90BatchsStep")}</p>
    `;
  }

  #apply() {
    this.playground.step("batch");
    this.stage = 0;
  }

  #slow() {
    if (this.isSlow) {
      clearInterval(this.#timer);
      this.isSlow = false;
      return;
    }
    this.isSlow = true;
    this.#timer = setInterval(() => {
      const { run } = this.state;
      if (!this.isConnected || run?.state === "training" || run?.state === "finished" || run?.state === "diverged") {
        clearInterval(this.#timer);
        this.isSlow = false;
      } else if (this.stage < STAGES.length - 1) this.stage += 1;
      else this.#apply();
    }, SLOW_MS);
  }

  updated() {
    super.updated();
    this.#shine();
  }

  /** The batch glows in the picture of what the net has learned. */
  #shine() {
    const { description } = this.state;
    const { look } = this;
    const stage =
      this.#isOpen && look && look.of === description
        ? this.playground &&
          this.getRootNode() &&
          /** @type {ParentNode} */ (this.getRootNode()).querySelector(".stage")
        : null;
    if (!stage || !look) {
      this.#glow?.remove();
      this.#glow = null;
      return;
    }
    this.#glow ??= /** @type {import("./batchHighlight.js").Glow} */ (document.createElement("ty-batch-glow"));
    Object.assign(this.#glow, {
      playground: this.playground,
      rows: look.inside.look.rows,
      current: this.isAll ? -1 : this.example,
      choose: (/** @type {number} */ example) => Object.assign(this, { example, isAll: false }),
    });
    if (this.#glow.parentNode !== stage) stage.append(this.#glow);
    this.#glow.requestUpdate();
  }
}
