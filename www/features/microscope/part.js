// @ts-check
/** What is loaded when the microscope is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { Glow } from "./batchHighlight.js";
import { LayerViews } from "./layers.js";
import { Microscope } from "./panel.js";

const VIEWS = { "ty-batch-glow": Glow, "ty-layer-views": LayerViews, "ty-microscope": Microscope };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
