// @ts-check
/** What is loaded when the microscope is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { Glow } from "./batchHighlight.js";
import { LayerViews } from "./layers.js";
import { Microscope } from "./panel.js";
import { ImageWalk } from "./walkView.js";

const VIEWS = {
  "ty-batch-glow": Glow,
  "ty-image-walk": ImageWalk,
  "ty-layer-views": LayerViews,
  "ty-microscope": Microscope,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
