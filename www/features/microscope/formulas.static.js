// @ts-check
/** Formulas of activations, losses and optimizers, as the core has them beside what it computes: a native test wrote formulas.json. */
import formulas from "./formulas.json" with { type: "json" };

/** By name in the Spec: how it is written, its value and its slope; of two formulas the first is for z above 0. @type {Record<string, {symbol: string, value: string[], slope: string[]}>} */
export const ACTIVATIONS = formulas.activations;
/** Line by line; of two lines for one name the first is for errors within ±1. @type {Record<string, string[]>} */
export const LOSSES = formulas.losses;
/** The rules, line by line. @type {Record<string, string[]>} */
export const OPTIMIZERS = formulas.optimizers;
/** What the Spec calls their constants. @type {Record<string, string>} */
export const SYMBOLS = formulas.symbols;
