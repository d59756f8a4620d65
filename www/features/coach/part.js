// @ts-check
/** The coach: loaded once there is a run to look at. */
import { defineAll } from "../../ui/defineAll.js";
import { Coach } from "./view.js";

export { TrainingMonitor } from "./trainingMonitor.js";

export const define = (registry = customElements) => defineAll({ "ty-coach": Coach }, registry);
