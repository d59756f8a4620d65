// @ts-check
/** The contest's elements; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { Comparison } from "./view.js";
import { MiniField } from "./miniField.js";

const VIEWS = { "ty-comparison": Comparison, "ty-mini-field": MiniField };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
