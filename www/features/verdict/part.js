// @ts-check
/** The verdict card; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { VerdictPanel } from "./view.js";

export const define = (registry = customElements) => defineAll({ "ty-verdict": VerdictPanel }, registry);
