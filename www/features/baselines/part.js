// @ts-check
/** Simpler models beside the network; loaded when their question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { BaselinesPanel } from "./view.js";

export const define = (registry = customElements) => defineAll({ "ty-baselines": BaselinesPanel }, registry);
