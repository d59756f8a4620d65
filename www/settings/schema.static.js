// @ts-check
/**
 * What the core says of the Spec's fields, as a native test wrote it to schema.json: ranges, defaults, choices, what may
 * change while a run trains, the layers and the made sources. The build puts the values in the place of this file.
 *
 * A field is `[default, least, most]`, for whole numbers with a fourth entry 1; a flag is its default; a choice is
 * `[default, [names]]`. A default that depends on another field is an object by that one's values.
 *
 * @typedef {number | string | boolean | null} Plain
 * @typedef {[Plain | Record<string, number>, number, number, number?]} NumberField
 * @typedef {[Plain, string[]]} ChoiceField
 * @typedef {boolean | NumberField | ChoiceField} Field
 */
import schema from "../settings/schema.json" with { type: "json" };

/** By path. @type {Record<string, Field>} */
export const FIELDS = /** @type {any} any: TypeScript takes a list for one of any length */ (schema.fields);
/** Paths that a run may be told anew while it trains. @type {string[]} */
export const LIVE = schema.live;
/** Of objects with several types: the fields of each type that others lack. @type {Record<string, Record<string, string[]>>} */
export const VARIANTS = /** @type {any} any: likewise */ (schema.variants);
/** The fields of each type of layer, in order; a list of layers is null. @type {Record<string, [string, Field | null][]>} */
export const LAYERS = /** @type {any} any: likewise */ (schema.layers);
export const MOST_LAYERS = schema.mostLayers;
/** What a column may be taken for. @type {string[]} */
export const COLUMN_KINDS = schema.kinds;
/** What the data doctor may find. @type {string[]} */
export const FINDINGS = schema.findings;
/** Of each made source: its classes (0: a number is predicted), its columns, and how many points it has. @type {Record<string, [number, string[], number]>} */
export const SOURCES = /** @type {any} any: likewise */ (schema.sources);
