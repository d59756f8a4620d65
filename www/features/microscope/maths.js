// @ts-check
/** Formulas as MathML, piece by piece, so that a long one breaks between its terms. */
import { html, mathml, nothing } from "lit";
import { formatValue } from "../../base/columnFormat.js";

/** A name: of one letter slanted, else upright. */
export const name = (/** @type {string} */ text) => mathml`<mi>${text}</mi>`;
/** An operator: those between two things keep their distance also where a piece begins. */
export const sign = (/** @type {string} */ text) =>
  "+−=·←,".includes(text) ? mathml`<mo form="infix">${text}</mo>` : mathml`<mo stretchy="false">${text}</mo>`;

/** A name under an accent. @param {string} text @param {string} accent */
const under = (text, accent) => mathml`<mover><mi>${text}</mi><mo stretchy="false">${accent}</mo></mover>`;
export const hat = (/** @type {string} */ text) => under(text, "^");
export const bar = (/** @type {string} */ text) => under(text, "‾");

/** A function's name, with a little room before what it is of. */
export const fn = (/** @type {string} */ text) => mathml`<mi>${text}</mi><mspace width="0.17em"></mspace>`;
export const words = (/** @type {string} */ text) => mathml`<mtext>${text}</mtext>`;

/** A name with an index. */
export const indexed = (/** @type {string} */ text, /** @type {string | number} */ index) =>
  mathml`<msub><mi>${text}</mi><mi>${index}</mi></msub>`;

/** A number; `shown` names it for who wants to find it. @param {number} value @param {string} [shown] */
export function number(value, shown) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= 0.0001 && size < 1e9))
    return mathml`<mn data-shown=${shown ?? nothing}>${formatValue(value)}</mn>`;
  const [digits, exponent] = value.toExponential(3).replaceAll("-", "−").split("e");
  return mathml`<mrow data-shown=${shown ?? nothing}><mn>${digits}</mn><mo>·</mo><msup><mn>10</mn><mn>${exponent.replace("+", "")}</mn></msup></mrow>`;
}

/** A number within a product: a negative one in brackets. @param {number} value @param {string} [shown] */
export const factor = (value, shown) =>
  value < 0
    ? mathml`<mrow><mo stretchy="false">(</mo>${number(value, shown)}<mo stretchy="false">)</mo></mrow>`
    : number(value, shown);

export const fraction = (/** @type {unknown} */ above, /** @type {unknown} */ below) =>
  mathml`<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;
export const root = (/** @type {unknown} */ inner) => mathml`<msqrt>${inner}</msqrt>`;
export const power = (/** @type {unknown} */ base, /** @type {unknown} */ exponent) =>
  mathml`<msup><mrow>${base}</mrow><mrow>${exponent}</mrow></msup>`;
/** The derivative of the mean loss. */
export const slope = (/** @type {unknown} */ by) => fraction(mathml`<mo>∂</mo>${bar("L")}`, mathml`<mo>∂</mo>${by}`);
export const times = sign("·");
export const row = (/** @type {unknown[]} */ ...parts) => mathml`<mrow>${parts}</mrow>`;

/** A formula on a line of its own; each argument is a piece that stays whole. */
export const formula = (/** @type {unknown[]} */ ...pieces) =>
  html`<p class="scope-formula">${pieces.filter(Boolean).map((piece) => html`<math displaystyle="true">${piece}</math> `)}</p>`;
