// @ts-check
/** What a layer does at one place, with its real numbers: windows and kernels as small tables, sums as formulas. */
import { html, nothing } from "lit";
import { formatCount, formatShare } from "../../base/format.js";
import { formatValue } from "../../base/columnFormat.js";
import { inNumbers, read, written } from "./formulas.js";
import { ACTIVATIONS } from "./formulas.static.js";
import { factor, formula, fraction, indexed, name, number, power, row, sign, times } from "./maths.js";
import * as walk from "./walk.js";
import { parts, t } from "../../base/text.js";

/** @typedef {walk.Stage} Stage @typedef {walk.Place} Place */
/** @typedef {{stages: Stage[], step: number, stage: Stage, place: Place, channel: number, flat: Place | null}} Here */

/** Products of a dense layer that are written out, the largest. */
const MOST_TERMS = 8;

/** @param {Here} here @param {(k: number) => string} nameOf   of the classes */
export function sceneOf(here, nameOf) {
  const { stage, stages, step } = here;
  switch (stage.layer.type) {
    case "conv2d":
      return convolution(here);
    case "maxPool2d":
    case "avgPool2d":
      return pooling(here);
    case "flatten":
      return flattening(here);
    case "dense":
      return dense(here, step === stages.length - 1 || stages[step + 1].layer.type.endsWith("max") ? nameOf : null);
    case "softmax":
    case "sigmoid":
      return softmax(stage, nameOf);
    case "add":
      return sum(here);
    case "layerNorm":
      return html`<p>${t("microscope.walkLayerNorm")}</p>`;
    default:
      return html`<p>${t("microscope.walkDropout")}</p>`;
  }
}

/** A number of a table: as many digits as there is room for; the whole of it when one points at it. */
export const short = (/** @type {number} */ value) =>
  value === 0 ? "0" : (Math.abs(value) < 9.9995 ? value.toFixed(3) : formatValue(value)).replace("-", "−");

/**
 * Numbers as they lie. `kept`: the one that is taken, with a mark of its own.
 *
 * @param {string} caption @param {(number | null)[]} values @param {string} shown @param {number} [kept]
 */
function grid(caption, values, shown, kept = -1) {
  const side = Math.sqrt(values.length);
  const most = values.reduce((/** @type {number} */ all, value) => Math.max(all, Math.abs(value ?? 0)), 0);
  const cell = (/** @type {number | null} */ value, /** @type {number} */ i) => {
    const shade = value ? Math.ceil((4 * Math.abs(value)) / most) : 0;
    return html`<td data-shown=${shown} data-sign=${value === null ? "none" : value < 0 ? "minus" : "plus"} data-shade=${shade} data-kept=${i === kept}
      title=${value === null ? t("microscope.walkPadding") : formatValue(value)}>${value === null ? html`<i>0</i>` : short(value)}${i === kept ? html`<span role="img" aria-label="${t("microscope.walkKept")}">★</span>` : nothing}</td>`;
  };
  return html`
    <div class="walk-scroll" tabindex="0" role="group" aria-label=${caption}>
      <table class="walk-grid">
        <caption>${caption}</caption>
        <tbody>${Array.from({ length: side }, (_, y) => html`<tr>${values.slice(y * side, (y + 1) * side).map((value, x) => cell(value, y * side + x))}</tr>`)}</tbody>
      </table>
    </div>
  `;
}

const between = (/** @type {string} */ text) => html`<span class="walk-sign" aria-hidden="true">${text}</span>`;

/** What the activation makes of a sum: its rule there, and the engine's number. @param {Stage} stage @param {number} z @param {number} a */
function activated({ activation }, z, a) {
  const { symbol, value } = ACTIVATIONS[/** @type {keyof typeof ACTIVATIONS} */ (activation)];
  const tree = read(value[z > 0 ? 0 : value.length - 1]);
  return formula(
    row(name("a"), sign("="), name(symbol), sign("("), name("z"), sign(")")),
    activation === "linear" ? null : row(sign("="), written(tree)),
    ...(activation === "linear" ? [] : inNumbers(tree, { z })).slice(
      0,
      tree.op === "name" || tree.op === "number" ? 0 : 1,
    ),
    row(sign("="), number(a, "value")),
  );
}

function convolution(/** @type {Here} */ { stage, place, channel }) {
  const { parts: channels, bias, z } = walk.convolved(stage, place);
  const { window, kernel, products, sum: own } = channels[channel];
  const a = /** @type {Float32Array} */ (stage.output)[walk.indexOf(stage.to, place)];
  const { size, stride } = walk.windowOf(stage);
  const beyond = window.filter((value) => value === null).length;
  return html`
    <p>${t("microscope.walkConvolution", { size, stride, from: channels.length })}${beyond ? ` ${t("microscope.walkBeyond", { count: beyond })}` : ""}</p>
    <div class="walk-grids">
      ${grid(channels.length > 1 ? t("microscope.walkWindowOf", { channel: channel + 1 }) : t("microscope.walkWindow"), window, "window")}
      ${between("·")}
      ${grid(t("microscope.walkKernel", { map: place.map + 1 }), kernel, "kernel")}
      ${between("=")}
      ${grid(t("microscope.walkProducts"), products, "product")}
    </div>
    ${formula(row(indexed("s", channel + 1), sign("="), sign("∑"), name("w"), times, name("x")), row(sign("="), number(own, "channel-sum")))}
    ${formula(
      row(name("z"), sign("=")),
      ...channels.map(({ sum }, i) => row(i ? sign("+") : nothing, factor(sum, "sum-of-channel"))),
      row(sign("+"), factor(bias, "bias")),
      row(sign("="), number(z, "sum")),
    )}
    ${activated(stage, z, a)}
    <p class="note">${channels.length > 1 ? t("microscope.walkSumsMany", { count: channels.length }) : t("microscope.walkSumsOne")}</p>
  `;
}

function pooling(/** @type {Here} */ { stage, place }) {
  const { window, kept, sum: all, value } = walk.pooled(stage, place);
  const { size, stride } = walk.windowOf(stage);
  const isMax = kept >= 0;
  return html`
    <p>${isMax ? t("microscope.walkMaxPooling", { size, stride }) : t("microscope.walkAvgPooling", { size, stride })}</p>
    <div class="walk-grids">${grid(t("microscope.walkWindow"), window, "window", kept)}</div>
    ${
      isMax
        ? formula(row(name("a"), sign("="), name("max"), sign("="), number(value, "value")))
        : formula(
            row(name("a"), sign("="), fraction(number(all, "sum"), number(window.length))),
            row(sign("="), number(value, "value")),
          )
    }
    ${isMax ? html`<p class="note">${t("microscope.walkWon", { row: Math.floor(kept / size) + 1, column: (kept % size) + 1 })}</p>` : nothing}
  `;
}

function flattening(/** @type {Here} */ { stage, place, flat }) {
  const index = walk.indexOf(stage.to, place);
  if (!flat || stage.from.length < 3) return html`<p>${t("microscope.walkFlatAlready")}</p>`;
  const [, height, width] = stage.from;
  return html`
    <p>${t("microscope.walkFlatten")}</p>
    ${formula(
      row(name("n"), sign("="), number(flat.map, "map"), times, number(height * width)),
      row(sign("+"), number(flat.y, "row"), times, number(width)),
      row(sign("+"), number(flat.x + 1, "column")),
      row(sign("="), number(index + 1, "index")),
    )}
    <p class="note">${t("microscope.walkFlatWhere", { map: flat.map + 1, row: flat.y + 1, column: flat.x + 1, rows: height, columns: width })}</p>
  `;
}

function dense(/** @type {Here} */ { stage, place }, /** @type {((k: number) => string) | null} */ nameOf) {
  const unit = walk.indexOf(stage.to, place);
  const { terms, bias, z } = walk.summed(stage, unit);
  const a = /** @type {Float32Array} */ (stage.output)[unit];
  const shown = terms.slice(0, MOST_TERMS);
  const left = terms.slice(MOST_TERMS);
  const rest = left.reduce((all, { product }) => all + product, 0);
  return html`
    <p>${t("microscope.walkDense", { count: formatCount(terms.length) })}${nameOf ? html` ${parts("microscope.walkScoreOf", { name: html`<b>${nameOf(unit)}</b>` })}` : nothing}</p>
    <div class="walk-scroll" tabindex="0" role="group" aria-label="${t("microscope.walkLargest")}">
      <table class="walk-terms">
        <caption>${t("microscope.walkLargest")}</caption>
        <thead><tr><th scope="col">${t("microscope.walkInput")}</th><th scope="col">x</th><th scope="col">w</th><th scope="col">w · x</th></tr></thead>
        <tbody>
          ${shown.map(({ input, x, w, product }) => html`<tr><th scope="row">${formatCount(input + 1)}</th><td data-shown="input">${formatValue(x)}</td><td data-shown="weight">${formatValue(w)}</td><td data-shown="product">${formatValue(product)}</td></tr>`)}
          ${left.length ? html`<tr><th scope="row" colspan="3">${t("microscope.walkOthers", { count: left.length })}</th><td data-shown="rest">${formatValue(rest)}</td></tr>` : nothing}
        </tbody>
      </table>
    </div>
    ${formula(row(name("z"), sign("="), sign("∑"), name("w"), times, name("x"), sign("+"), name("b")), row(sign("="), number(z - bias, "products"), sign("+"), factor(bias, "bias")), row(sign("="), number(z, "sum")))}
    ${activated(stage, z, a)}
  `;
}

function sum(/** @type {Here} */ { stage, place }) {
  const at = walk.indexOf(stage.to, place);
  const [around, through, all] = [stage.skip, stage.input, stage.output].map((values) => values?.[at] ?? NaN);
  return html`
    <p>${t("microscope.walkBlock")}</p>
    ${formula(row(number(around, "around"), sign("+"), factor(through, "through")), row(sign("="), number(all, "value")))}
  `;
}

/** @param {Stage} stage @param {(k: number) => string} nameOf */
function softmax({ input, output }, nameOf) {
  const [scores, shares] = [input, output].map((values) => Array.from(values ?? []));
  if (scores.length === 1)
    return html`
      <p>${parts("microscope.walkLogistic", { name: html`<b>${nameOf(1)}</b>` })}</p>
      ${formula(row(name("p"), sign("="), fraction(number(1), row(number(1), sign("+"), power(name("e"), row(sign("−"), name("z")))))), row(sign("="), number(shares[0], "probability")))}
      <p class="note">z = <b data-shown="score">${formatValue(scores[0])}</b></p>`;
  const { most, powers, sum: all } = walk.powersOf(scores);
  const said = shares.indexOf(Math.max(...shares));
  return html`
    <p>${t("microscope.walkSoftmaxAbout")}</p>
    ${formula(row(indexed("p", "k"), sign("="), fraction(power(name("e"), row(indexed("z", "k"), sign("−"), indexed("z", "max"))), row(sign("∑"), power(name("e"), row(indexed("z", "j"), sign("−"), indexed("z", "max")))))))}
    <div class="walk-scroll" tabindex="0" role="group" aria-label="${t("microscope.walkShares")}">
      <table class="walk-terms walk-shares">
        <caption>${t("microscope.walkShares")}</caption>
        <thead><tr><th scope="col">${t("microscope.walkClass")}</th><th scope="col">${t("microscope.walkScoreHead")}</th><th scope="col">${t("microscope.walkPowerHead")}</th><th scope="col">${t("microscope.walkShareHead")}</th><td></td></tr></thead>
        <tbody>
          ${scores.map(
            (
              score,
              k,
            ) => html`<tr data-said=${k === said}><th scope="row">${nameOf(k)}</th><td data-shown="score">${formatValue(score)}</td><td data-shown="power">${formatValue(powers[k])}</td><td data-shown="probability">${formatShare(shares[k])}</td>
            <td class="walk-bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-part" width=${100 * shares[k]} height="10"></rect></svg></td></tr>`,
          )}
          <tr><th scope="row">∑</th><td></td><td data-shown="powers">${formatValue(all)}</td><td>100%</td><td></td></tr>
        </tbody>
      </table>
    </div>
    <p class="note">${parts("microscope.walkLargestScore", { name: html`<b>${nameOf(said)}</b>`, value: formatValue(most) })}</p>
  `;
}
