// @ts-check
/** ROC, precision–recall and the threshold, and the boundary that it draws on the picture; loaded when they are asked for. */
import { defineAll } from "../../ui/defineAll.js";
import { Boundary } from "./boundary.js";
import { ThresholdMap } from "./map.js";
import { ThresholdPanel } from "./view.js";

const VIEWS = { "ty-boundary": Boundary, "ty-threshold-map": ThresholdMap, "ty-threshold-panel": ThresholdPanel };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
