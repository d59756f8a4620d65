// @ts-check
/** The search over settings; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { ParallelPlot } from "./parallel.js";
import { SearchPanel } from "./view.js";

export const define = (registry = customElements) =>
  defineAll({ "ty-search": SearchPanel, "ty-parallel": ParallelPlot }, registry);
