// @ts-check
/** The loss surface; loaded when its question is opened. */
import { defineAll } from "../../ui/defineAll.js";
import { Landscape } from "./landscape.js";
import { SurfacePanel } from "./view.js";

const VIEWS = { "ty-surface": SurfacePanel, "ty-landscape": Landscape };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
