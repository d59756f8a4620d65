// @ts-check
/** The loss curve of an element: loaded with the first of them. */
import { LossChart } from "../features/training/lossChart.js";
import { defineAll } from "../ui/defineAll.js";

export const define = (registry = customElements) => defineAll({ "ty-loss-chart": LossChart }, registry);
