// @ts-check
/** Formulas as MathML, piece by piece, so that a long one breaks between its terms. */
import { html, mathml, nothing } from "lit";
import { formatValue } from "../../core/units.js";

/** A name: of one letter slanted, else upright. */
export const name = (/** @type {string} */ text) => mathml`<mi>${text}</mi>`;
/** An operator: those between two things keep their distance also where a piece begins. */
export const sign = (/** @type {string} */ text) => ("+−=·←,".includes(text) ? mathml`<mo form="infix">${text}</mo>` : mathml`<mo stretchy="false">${text}</mo>`);

/** A name with an index. */
export const indexed = (/** @type {string} */ text, /** @type {string | number} */ index) => mathml`<msub><mi>${text}</mi><mi>${index}</mi></msub>`;

/** A number; `shown` names it for who wants to find it. @param {number} value @param {string} [shown] */
export const number = (value, shown) => mathml`<mn data-shown=${shown ?? nothing}>${formatValue(value)}</mn>`;

/** A number within a product: a negative one in brackets. @param {number} value @param {string} [shown] */
export const factor = (value, shown) => (value < 0 ? mathml`<mrow><mo stretchy="false">(</mo>${number(value, shown)}<mo stretchy="false">)</mo></mrow>` : number(value, shown));

export const fraction = (/** @type {unknown} */ above, /** @type {unknown} */ below) => mathml`<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;
export const root = (/** @type {unknown} */ inner) => mathml`<msqrt>${inner}</msqrt>`;
export const square = (/** @type {unknown} */ inner) => mathml`<msup><mrow>${inner}</mrow><mn>2</mn></msup>`;
export const power = (/** @type {unknown} */ base, /** @type {unknown} */ exponent) => mathml`<msup><mrow>${base}</mrow><mrow>${exponent}</mrow></msup>`;
export const slope = (/** @type {string} */ of, /** @type {unknown} */ by) => fraction(mathml`<mo>∂</mo><mi>${of}</mi>`, mathml`<mo>∂</mo>${by}`);
export const times = sign("·");
export const row = (/** @type {unknown[]} */ ...parts) => mathml`<mrow>${parts}</mrow>`;

/** A formula on a line of its own; each argument is a piece that stays whole. */
export const formula = (/** @type {unknown[]} */ ...pieces) => html`<p class="scope-formula">${pieces.filter(Boolean).map((piece) => html`<math>${piece}</math> `)}</p>`;
