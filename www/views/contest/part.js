// @ts-check
/** The contest's elements; loaded when its question is opened. */
import { Contest } from "./contest.js";
import { MiniField } from "./miniField.js";

const VIEWS = { "ty-contest": Contest, "ty-mini-field": MiniField };

export function define(registry = customElements) {
  for (const [name, view] of Object.entries(VIEWS)) if (!registry.get(name)) registry.define(name, view);
}
