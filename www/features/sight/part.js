// @ts-check
/** What a network of images sees; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { FilterPanel } from "./filters.js";
import { GazePanel } from "./gaze.js";
import { ProbePanel } from "./probes.js";
import { SightPanel } from "./view.js";

const VIEWS = {
  "ty-sight": SightPanel,
  "ty-sight-gaze": GazePanel,
  "ty-sight-probes": ProbePanel,
  "ty-sight-filters": FilterPanel,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
