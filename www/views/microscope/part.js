// @ts-check
/** What is loaded when the microscope is opened. */
import { Glow } from "./glow.js";
import { LayerViews } from "./layers.js";
import { Microscope } from "./panel.js";

const VIEWS = { "ty-batch-glow": Glow, "ty-layer-views": LayerViews, "ty-microscope": Microscope };

export function define(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!registry.get(name)) registry.define(name, view);
  }
}
